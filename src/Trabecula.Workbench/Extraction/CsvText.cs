using System.Text;

namespace Trabecula.Workbench.Extraction;

/// <summary>Comma-separated text with quotes only where they are needed and <c>\n</c> at the ends of lines.</summary>
internal sealed class CsvText(Stream stream) : IDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };

    public void WriteRow(IReadOnlyList<string> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                _writer.Write(',');
            string cell = cells[i];
            // A row of one empty cell would read as an empty line.
            if (cell.AsSpan().ContainsAny(",\"\n\r") || (cell.Length == 0 && cells.Count == 1))
            {
                _writer.Write('"');
                _writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
                _writer.Write('"');
            }
            else
                _writer.Write(cell);
        }
        _writer.Write('\n');
    }

    public void Dispose() => _writer.Dispose();
}
