using System.Text.Json;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Xunit;

namespace Trabecula.Learning.Tests.Interpretation;

/// <summary>Against Python's shap 0.51 on a forest and a logistic regression of scikit-learn.</summary>
public sealed class ShapGoldenTests
{
    [Fact]
    public void TreeShap_ForestOfScikitLearn_EqualsTheShapPackage()
    {
        JsonElement golden = ShapGolden.Read(), forest = golden.GetProperty("forest");
        ExplainedNode[][] trees = [.. forest.GetProperty("trees").EnumerateArray().Select(TreeOf)];
        var ensemble = new TreeEnsemble(trees, trees.Length, 0, ShapScale.Risk);
        (FeatureTable explained, FeatureTable background) = ShapGolden.Rows(golden);
        double[] predictions = ReferenceData.Doubles(forest.GetProperty("predict"));
        Assert.Equal(predictions, Enumerable.Range(0, explained.RowCount).Select(row => ensemble.Predict(explained.Row(row))), (a, b) => Math.Abs(a - b) < 1e-12);

        ShapValues byPaths = PathDependentShap.Of(ensemble, explained, TestContext.Current.CancellationToken);
        Assert.Equal(forest.GetProperty("expected").GetDouble(), byPaths.Baseline, 1e-12);
        double worst = ShapGolden.Compare(forest.GetProperty("path_dependent"), byPaths, 1e-12);
        ShapValues byBackground = InterventionalShap.Of(ensemble, explained, background, TestContext.Current.CancellationToken);
        Assert.Equal(forest.GetProperty("interventional_expected").GetDouble(), byBackground.Baseline, 1e-12);
        // The package keeps the values of its leaves, and the trees' sums, in 32 bits here.
        double worstInterventional = ShapGolden.Compare(forest.GetProperty("interventional"), byBackground, 1e-7);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"largest differences {worst:E1}, {worstInterventional:E1}"));
    }

    [Fact]
    public void LinearShap_LogisticOfScikitLearn_EqualsTheShapPackage()
    {
        JsonElement golden = ShapGolden.Read(), linear = golden.GetProperty("linear");
        (FeatureTable explained, FeatureTable background) = ShapGolden.Rows(golden);
        var model = new FittedLogisticRegression(
            null, explained.Schema, ReferenceData.Doubles(linear.GetProperty("coefficients")), linear.GetProperty("intercept").GetDouble(), null);
        ShapValues shap = Shap.Of(model, explained, background, TestContext.Current.CancellationToken)!;
        Assert.Equal(linear.GetProperty("expected").GetDouble(), shap.Baseline, 1e-13);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"largest difference {ShapGolden.Compare(linear.GetProperty("shap"), shap, 1e-13):E1}"));
    }

    private static ExplainedNode[] TreeOf(JsonElement tree)
    {
        int[] left = Integers("left"), right = Integers("right"), columns = Integers("feature");
        double[] thresholds = Doubles("threshold"), covers = Doubles("cover"), shares = Doubles("probability");
        return [.. left.Select((child, at) => new ExplainedNode(
            child < 0 ? -1 : columns[at], child, right[at], thresholds[at], false, covers[at], shares[at]))];

        int[] Integers(string key) => ReferenceData.Integers(tree.GetProperty(key));

        double[] Doubles(string key) => ReferenceData.Doubles(tree.GetProperty(key));
    }
}
