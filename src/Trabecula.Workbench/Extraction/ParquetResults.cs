using Parquet;
using Parquet.Schema;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>Parquet with one row group, Snappy: features as doubles (null where a case failed), all else as texts.</summary>
internal sealed class ParquetResults : ResultWriter
{
    public override void Write(Stream stream, ResultTable table) => WriteAsync(stream, table).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, ResultTable table)
    {
        DataField[] inputs = [.. table.InputColumns.Select(name => new DataField<string>(name))];
        DataField[] diagnostics = [.. table.DiagnosticColumns.Select(name => new DataField<string>(name))];
        DataField[] features = [.. table.FeatureColumns.Select(name => new DataField<double?>(name))];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };

        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. inputs, .. diagnostics, .. features]), stream, options).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            string[][] cells = [.. Enumerable.Range(0, table.Count).Select(table.InputCells)];
            for (int i = 0; i < inputs.Length; i++)
                await group.WriteAsync(inputs[i], [.. cells.Select(row => row[i])]).ConfigureAwait(false);
            for (int i = 0; i < diagnostics.Length; i++)
                await group.WriteAsync(diagnostics[i], Texts(table, table.DiagnosticColumns[i])!).ConfigureAwait(false);
            for (int i = 0; i < features.Length; i++)
                await group.WriteAsync<double>(features[i], Numbers(table, table.FeatureColumns[i])).ConfigureAwait(false);
        }
    }

    private static string?[] Texts(ResultTable table, string column)
    {
        var texts = new string?[table.Count];
        for (int row = 0; row < texts.Length; row++)
        {
            if (table.Values(row) is { } values && values.Layout.TryFindDiagnostic(column, out int place))
                texts[row] = PythonText.Of(values.Diagnostics[place]);
        }
        return texts;
    }

    private static double?[] Numbers(ResultTable table, string column)
    {
        var numbers = new double?[table.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (table.Values(row) is { } values && values.Layout.TryFindFeature(column, out int place))
                numbers[row] = values.Features[place];
        }
        return numbers;
    }
}
