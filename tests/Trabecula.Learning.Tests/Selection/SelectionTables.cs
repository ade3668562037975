using Trabecula.Learning.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

/// <summary>Tables by columns, as tests of choices among them are written.</summary>
internal static class SelectionTables
{
    /// <summary>A table of continuous, radiomic columns f0, f1 ...</summary>
    internal static FeatureTable Of(bool[] outcomes, params double[][] columns) =>
        Of(outcomes, [.. columns.Select((_, i) => new FeatureColumn($"f{i}"))], columns);

    /// <summary>A table of the columns given.</summary>
    internal static FeatureTable Of(bool[] outcomes, FeatureColumn[] schema, double[][] columns, params double[][][] repeats) => new(
        schema, [.. Enumerable.Range(0, outcomes.Length).Select(row => $"S{row}")], outcomes, RowMajor(columns), [.. repeats.Select(RowMajor)]);

    /// <summary>Outcomes 0, 1, 0, 1 ...</summary>
    internal static bool[] Alternating(int rows) => [.. Enumerable.Range(0, rows).Select(row => row % 2 == 1)];

    /// <summary>Fits a step on all rows of a table.</summary>
    internal static T Fit<T>(Transformer step, FeatureTable table)
        where T : FittedTransformer =>
        (T)step.Fit(Tables.Train(table), new Seed(0), TestContext.Current.CancellationToken);

    /// <summary>What a step became when it was written and read again.</summary>
    internal static T Reread<T>(T step)
        where T : FittedTransformer => (T)FittedState.Default.ReadTransformer(step.ToJson());

    /// <summary>The names of the columns that a choice handed on.</summary>
    internal static IEnumerable<string> Names(FittedSelection selection) => selection.Output.Select(column => column.Name);

    private static double[] RowMajor(double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).SelectMany(row => columns.Select(column => column[row]))];
}
