using System.Text;
using Trabecula.Radiomics;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.PyRadiomics;

/// <summary>Writes results byte for byte as PyRadiomics' command writes them.</summary>
internal static class PyRadiomicsOutput
{
    /// <summary>Appends all cases to a stream.</summary>
    public static void Write(Stream stream, PyRadiomicsRequest request, IReadOnlyList<List<KeyValuePair<string, DiagnosticValue>>> results)
    {
        string start = request.Input.EndsWith(".csv", StringComparison.Ordinal)
            ? Path.GetDirectoryName(Path.GetFullPath(request.Input)) ?? "" : Directory.GetCurrentDirectory();
        List<KeyValuePair<string, DiagnosticValue>>[] cases = [.. results.Select(result => Prepare(request, result, start))];
        switch (request.Format)
        {
            case "csv":
                WriteCsv(stream, results, cases);
                break;
            case "json":
                using (var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
                    JsonResults.Write(writer, new DiagnosticValue.ListValue([.. cases.Select(DiagnosticValue.Dictionary)]), 0);
                break;
            default:
                using (var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
                {
                    for (int i = 0; i < cases.Length; i++)
                    {
                        foreach ((string name, DiagnosticValue value) in cases[i])
                            writer.Write(FormattableString.Invariant($"Case-{i + 1}_{name}: {PythonText.Of(value)}\n"));
                    }
                }
                break;
        }
    }

    /// <summary>Writes one case as a table of two lines.</summary>
    public static void WriteCase(Stream stream, List<KeyValuePair<string, DiagnosticValue>> values)
    {
        using var text = new CsvText(stream);
        text.WriteRow([.. values.Select(value => value.Key)]);
        text.WriteRow([.. values.Select(value => Cell(value.Value))]);
    }

    // The first case's columns keep their order; what only later cases have follows by name.
    private static void WriteCsv(
        Stream stream, IReadOnlyList<List<KeyValuePair<string, DiagnosticValue>>> results, List<KeyValuePair<string, DiagnosticValue>>[] cases)
    {
        string[] first = [.. results[0].Select(value => value.Key)];
        string[] columns = [.. first, .. results.Skip(1).SelectMany(result => result.Select(value => value.Key)).Distinct(StringComparer.Ordinal)
            .Except(first, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        using var text = new CsvText(stream);
        text.WriteRow(columns);
        foreach (List<KeyValuePair<string, DiagnosticValue>> values in cases)
        {
            Dictionary<string, DiagnosticValue> byName = values.ToDictionary(StringComparer.Ordinal);
            text.WriteRow([.. columns.Select(column => byName.TryGetValue(column, out DiagnosticValue? value) ? Cell(value) : "")]);
        }
    }

    private static string Cell(DiagnosticValue value) => value is DiagnosticValue.NoneValue ? "" : PythonText.Of(value);

    private static List<KeyValuePair<string, DiagnosticValue>> Prepare(PyRadiomicsRequest request, List<KeyValuePair<string, DiagnosticValue>> result, string start)
    {
        var prepared = new List<KeyValuePair<string, DiagnosticValue>>(result.Count);
        foreach ((string name, DiagnosticValue value) in result)
        {
            if (name is "Image" or "Mask" && value is DiagnosticValue.TextValue path)
                prepared.Add(new(name, DiagnosticValue.Text(Format(request, path.Value, start))));
            else if (!request.SkipsNans || value is not DiagnosticValue.FloatValue { Value: double.NaN })
                prepared.Add(new(name, value));
        }
        return prepared;
    }

    private static string Format(PyRadiomicsRequest request, string path, string start)
    {
        string formatted = request.PathFormat switch
        {
            "relative" => Path.GetRelativePath(start, path),
            "basename" => Path.GetFileName(path),
            _ => Path.GetFullPath(path),
        };
        return request.HasUnixPaths ? formatted.Replace(Path.DirectorySeparatorChar, '/') : formatted;
    }
}
