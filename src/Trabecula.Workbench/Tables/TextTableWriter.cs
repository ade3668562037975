using System.IO.Compression;
using System.Text;

namespace Trabecula.Workbench.Tables;

/// <summary>Writes delimited text in UTF-8, quoted only where needed, <c>\n</c> at the ends of lines.</summary>
internal static class TextTableWriter
{
    public static void Write(Stream stream, DataTable table, char delimiter, bool compress)
    {
        if (!compress)
        {
            Write(stream, table, delimiter);
            return;
        }
        using var compressed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(compressed, table, delimiter);
    }

    private static void Write(Stream stream, DataTable table, char delimiter)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        for (int column = 0; column < table.Columns.Count; column++)
            WriteCell(table.Columns[column], column);
        writer.Write('\n');
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < table.Columns.Count; column++)
                WriteCell(table.Cell(row, column), column);
            writer.Write('\n');
        }

        void WriteCell(ReadOnlySpan<char> cell, int column)
        {
            if (column > 0)
                writer.Write(delimiter);
            // A row of one empty cell would read as an empty line.
            bool quoted = cell.Contains(delimiter) || cell.ContainsAny("\"\n\r") || (cell.IsEmpty && table.Columns.Count == 1);
            if (!quoted)
            {
                writer.Write(cell);
                return;
            }
            writer.Write('"');
            foreach (char c in cell)
            {
                if (c == '"')
                    writer.Write('"');
                writer.Write(c);
            }
            writer.Write('"');
        }
    }
}
