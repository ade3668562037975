using System.Globalization;
using Sylvan.Data.Csv;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.PyRadiomics;

/// <summary>A case: its columns in their order, and the files to work on.</summary>
internal sealed record PyRadiomicsCase(int Position, IReadOnlyList<KeyValuePair<string, string>> Columns)
{
    /// <summary>The value of a column, or null.</summary>
    public string? this[string name] => Columns.FirstOrDefault(column => column.Key == name) is { Key: not null } found ? found.Value : null;

    /// <summary>The whole number in a column, also as <c>1.0</c>, which spreadsheets make of it; null where it is empty or missing.</summary>
    /// <exception cref="FormatException">The cell holds something else.</exception>
    public uint? Number(string name) => this[name] is not { Length: > 0 } text ? null
        : uint.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out uint number) ? number
        : throw new FormatException($"{name} '{text}': expected a whole number.");

    /// <summary>The columns as results begin with them.</summary>
    public List<KeyValuePair<string, DiagnosticValue>> Values() => [.. Columns.Select(column => KeyValuePair.Create(column.Key, DiagnosticValue.Text(column.Value)))];
}

/// <summary>Reads the cases of a command line, as PyRadiomics does: a table has commas, and paths are taken from its folder.</summary>
internal static class PyRadiomicsCases
{
    /// <summary>The cases, or null where the input names none; why is logged then.</summary>
    public static IReadOnlyList<PyRadiomicsCase>? Read(PyRadiomicsRequest request, Action<LogLevel, string> log)
    {
        if (!request.Input.EndsWith(".csv", StringComparison.Ordinal))
        {
            if (request.Mask is not null)
                return [new PyRadiomicsCase(1, [new("Image", request.Input), new("Mask", request.Mask)])];
            log(LogLevel.Error, "Input is not recognized as batch, no mask specified, cannot compute result!");
            return null;
        }
        // A quote that is not closed takes the rest of the file into one cell.
        var options = new CsvDataReaderOptions { Delimiter = ',', HasHeaders = false, BufferSize = (int)Math.Min(1 << 30, Math.Max(1 << 16, new FileInfo(request.Input).Length + 1)) };
        using CsvDataReader reader = CsvDataReader.Create(request.Input, options);
        string[]? header = null;
        var cases = new List<PyRadiomicsCase>();
        string folder = Path.GetDirectoryName(Path.GetFullPath(request.Input)) ?? "";
        for (int line = 1; reader.Read(); line++)
        {
            string[] cells = [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)];
            if (header is null)
            {
                header = cells;
                foreach (string required in (string[])["Image", "Mask"])
                {
                    if (header.Contains(required))
                        continue;
                    log(LogLevel.Error, $"Required column \"{required}\" not present in input, unable to extract features...");
                    return null;
                }
                continue;
            }
            // Of two columns with one name the last counts, as in Python's DictReader.
            var columns = new OrderedDictionary<string, string>(StringComparer.Ordinal);
            foreach ((string name, string cell) in header.Zip(cells))
                columns[name] = cell;
            if (columns.GetValueOrDefault("Image", "").Length == 0 || columns.GetValueOrDefault("Mask", "").Length == 0)
            {
                log(LogLevel.Warning, FormattableString.Invariant($"Batch L{line}: Missing required Image or Mask, skipping this case..."));
                continue;
            }
            foreach (string name in (string[])["Image", "Mask"])
                columns[name] = Path.GetFullPath(Path.Combine(folder, columns[name]));
            cases.Add(new PyRadiomicsCase(cases.Count + 1, [.. columns]));
        }
        return cases;
    }
}
