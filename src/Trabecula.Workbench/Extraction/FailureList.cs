using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// The list of failed cases beside a result. Several results of one folder share it: a run replaces only the rows of its own result,
/// which the last column names, and a file of this name with another header is somebody else's and never touched.
/// </summary>
internal sealed class FailureList(string outputPath)
{
    /// <summary>The list's name.</summary>
    public const string FileName = "failures.csv";

    private static readonly string[] Columns = ["subject", "label", "stage", "reason", "what_to_do", "result"];
    private static readonly byte[] Header = Encoding.ASCII.GetBytes(string.Join(',', Columns) + "\n");

    private readonly string _result = System.IO.Path.GetFileName(outputPath);

    /// <summary>The list that belongs to the output.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(outputPath) ?? "", FileName);

    /// <summary>Finds out before the work whether the list can be written.</summary>
    /// <exception cref="ExtractionException">Another file or a folder has its name.</exception>
    public void Probe()
    {
        if (File.Exists(Path))
            RequireOurs();
        ExtractionException.Guard(Path, () => AtomicFile.Probe(Path));
    }

    /// <summary>Replaces the rows of the own result and keeps the others; a list without rows is removed.</summary>
    /// <returns>The list's path where this result has failures.</returns>
    /// <exception cref="ExtractionException">The list cannot be written, or another file has taken its name meanwhile.</exception>
    public string? Write(IReadOnlyList<CaseFailure> failures)
    {
        bool exists = File.Exists(Path);
        List<string[]> rows = exists ? RowsOfOtherResults() : [];
        rows.AddRange(failures.Select(failure => (string[])
        [
            failure.Subject, failure.Label?.ToString(CultureInfo.InvariantCulture) ?? "", failure.Stage, failure.Reason, failure.Cure, _result,
        ]));
        if (rows.Count > 0)
            ExtractionException.Guard(Path, () => AtomicFile.Write(Path, stream => WriteRows(stream, rows)));
        else if (exists)
            ExtractionException.Guard(Path, () => File.Delete(Path));
        return failures.Count > 0 ? Path : null;
    }

    private List<string[]> RowsOfOtherResults()
    {
        RequireOurs();
        var rows = new List<string[]>();
        ExtractionException.Guard(Path, () =>
        {
            string text = File.ReadAllText(Path);
            var options = new CsvDataReaderOptions { Delimiter = ',', HasHeaders = false, BufferSize = Math.Max(0x10000, text.Length + 1) };
            using CsvDataReader reader = CsvDataReader.Create(new StringReader(text), options);
            reader.Read();
            while (reader.Read())
            {
                string[] cells = [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)];
                if (cells[^1] != _result)
                    rows.Add(cells);
            }
        });
        return rows;
    }

    private void RequireOurs()
    {
        byte[] start = new byte[Header.Length];
        int length = 0;
        ExtractionException.Guard(Path, () =>
        {
            // A pipe or a device has no length, and its opening could wait for ever.
            if (StoredFile.LengthOf(Path) < Header.Length)
                return;
            using FileStream stream = File.OpenRead(Path);
            length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        });
        if (length < Header.Length || !start.AsSpan().SequenceEqual(Header))
        {
            throw ExtractionException.Input(
                $"{Path}: failed cases are listed under this name, but this file is not such a list. Rename it, or write to another folder with --out.");
        }
    }

    private static void WriteRows(Stream stream, List<string[]> rows)
    {
        using var text = new CsvText(stream);
        text.WriteRow(Columns);
        foreach (string[] row in rows)
            text.WriteRow(row);
    }
}
