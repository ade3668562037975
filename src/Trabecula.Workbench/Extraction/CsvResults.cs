using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>CSV byte for byte as Python's csv module writes PyRadiomics' results.</summary>
internal sealed class CsvResults : ResultWriter
{
    public override void Write(Stream stream, ResultTable table)
    {
        using var text = new CsvText(stream);
        text.WriteRow([.. table.InputColumns, .. table.DiagnosticColumns, .. table.FeatureColumns]);
        int columns = table.InputColumns.Count + table.DiagnosticColumns.Count + table.FeatureColumns.Count;
        Dictionary<string, int> places = Places(table);
        for (int row = 0; row < table.Count; row++)
        {
            var cells = new string[columns];
            Array.Fill(cells, "");
            table.InputCells(row).CopyTo(cells, 0);
            if (table.Values(row) is { } values)
            {
                for (int i = 0; i < values.Diagnostics.Length; i++)
                    cells[places[values.Layout.Diagnostics[i]]] = PythonText.Of(values.Diagnostics[i]);
                for (int i = 0; i < values.Features.Length; i++)
                    cells[places[values.Layout.Features[i]]] = PythonText.Of(values.Features[i]);
            }
            text.WriteRow(cells);
        }
    }

    private static Dictionary<string, int> Places(ResultTable table)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int place = table.InputColumns.Count;
        foreach (string column in table.DiagnosticColumns.Concat(table.FeatureColumns))
            places[column] = place++;
        return places;
    }
}
