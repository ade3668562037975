using Sylvan.Data.Csv;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.PyRadiomics;

/// <summary>A case: its columns in their order, and the files to work on.</summary>
internal sealed record PyRadiomicsCase(int Number, IReadOnlyList<KeyValuePair<string, string>> Columns)
{
    /// <summary>The value of a column, or null.</summary>
    public string? this[string name] => Columns.FirstOrDefault(column => column.Key == name) is { Key: not null } found ? found.Value : null;

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
        using CsvDataReader reader = CsvDataReader.Create(request.Input, new CsvDataReaderOptions { Delimiter = ',', HasHeaders = false });
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
            if (cells.Length < header.Length && (Array.IndexOf(header, "Image") >= cells.Length || Array.IndexOf(header, "Mask") >= cells.Length))
            {
                log(LogLevel.Warning, FormattableString.Invariant($"Batch L{line}: Missing required Image or Mask, skipping this case..."));
                continue;
            }
            cases.Add(new PyRadiomicsCase(cases.Count + 1, [.. header.Zip(cells, (name, cell) =>
                KeyValuePair.Create(name, name is "Image" or "Mask" ? Path.GetFullPath(Path.Combine(folder, cell)) : cell))]));
        }
        return cases;
    }
}
