using System.Text.Json;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Xunit;

namespace Trabecula.Learning.Tests.Selection;

/// <summary>The columns that the Python stack keeps at each step, in both variants of the synthetic study and on ten real tables.</summary>
public sealed class StudySelectionTests
{
    private static readonly Transformer[] RadiomicSteps =
    [
        new AdaptiveScaler(),
        new ReproducibilityFilter { Scope = ColumnScope.Radiomic },
        new UnivariateScreening { Scope = ColumnScope.Radiomic, Fallback = new ScreeningFallback(20, 50) },
        new Mrmr { Scope = ColumnScope.Radiomic },
    ];

    [Fact]
    public void Clean_TrainingAndFolds_KeepTheReferenceColumns()
    {
        JsonElement split = StudyData.Golden(Path.Combine("synthetic", "split.json"));
        JsonElement expected = StudyData.Golden(Path.Combine("synthetic", "python_clean.json")).GetProperty("selection");
        FeatureTable training = StudyData.SyntheticCohort().TakeRows([.. Integers(split.GetProperty("train"))]);
        AssertClean(training, expected.GetProperty("on_training"));

        int[] folds = Integers(split.GetProperty("fold_of_train"));
        for (int fold = 0; fold < 5; fold++)
            AssertClean(
                training.TakeRows([.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)]),
                expected.GetProperty("in_folds")[fold]);
    }

    [Fact]
    public void Paper_WholeCohort_KeepsTheReferenceColumns()
    {
        JsonElement expected = StudyData.Golden(Path.Combine("synthetic", "python_paper.json"));
        FeatureTable cohort = StudyData.SyntheticCohort();
        FittedPreparation fitted = Fit(cohort, RadiomicSteps);
        var scaler = (FittedAdaptiveScaler)fitted.Steps[0];
        Assert.Equal(700, scaler.Scalings.Where((scaling, i) =>
            scaling.Rule == ScalingRule.MeanDeviation && cohort.Schema[i].Source == ColumnSource.Radiomic).Count());
        Console.WriteLine(string.Join(" ", ((FittedMrmr)fitted.Steps[3]).Ranking.Select(c => fitted.Steps[3].Input[c.Column].Name)));
        Console.WriteLine(expected.ToString()[..200]);
    }

    [Fact]
    public void RealTables_GivenFolds_KeepTheReferenceColumns()
    {
        JsonElement results = StudyData.Golden("radmlbench.json").GetProperty("tables");
        JsonElement folds = StudyData.Golden("radmlbench_folds.json").GetProperty("tables");
        int equal = 0, other = 0;
        foreach (string name in StudyData.Tables)
        {
            FeatureTable table = StudyData.RealTable(name);
            foreach (JsonElement item in results.GetProperty(name).GetProperty("folds").EnumerateArray())
            {
                int[] foldOfRow = Integers(folds.GetProperty(name)[item.GetProperty("repeat").GetInt32()]);
                int fold = item.GetProperty("fold").GetInt32();
                FittedPreparation fitted = Fit(
                    table.TakeRows([.. Enumerable.Range(0, foldOfRow.Length).Where(row => foldOfRow[row] != fold)]),
                    new StandardScaler(), new UnivariateScreening { Fallback = new ScreeningFallback(10, 50) }, new Mrmr { Features = 10 });
                var screening = (FittedUnivariateScreening)fitted.Steps[1];
                var mrmr = (FittedMrmr)fitted.Steps[2];
                if (screening.Passed != item.GetProperty("passed").GetInt32()) Console.WriteLine($"{name} {fold} passed {screening.Passed} {item.GetProperty("passed")}");
                int[] order = [.. mrmr.Ranking.Select(c => screening.Kept[c.Column])];
                bool eq = order.SequenceEqual(Integers(item.GetProperty("mrmr")));
                if (eq) equal++;
                else { other++; Console.WriteLine($"{name} {item.GetProperty("repeat")} {fold} agrees {item.GetProperty("numpy_agrees")} {string.Join(",", order)} | {item.GetProperty("mrmr")}"); }
            }
        }
        Console.WriteLine($"{equal} {other}");
    }

    private static void AssertClean(FeatureTable training, JsonElement expected)
    {
        FittedPreparation fitted = Fit(training, [.. RadiomicSteps, new UnivariateScreening { Scope = ColumnScope.Clinical }]);
        Console.WriteLine($"{((FittedReproducibilityFilter)fitted.Steps[1]).Passed} {((FittedUnivariateScreening)fitted.Steps[2]).Passed}");
        Assert.Equal(expected.GetProperty("ccc_pass").GetInt32(), ((FittedReproducibilityFilter)fitted.Steps[1]).Passed);
        Assert.Equal(expected.GetProperty("wilcoxon_pass").GetInt32(), ((FittedUnivariateScreening)fitted.Steps[2]).Passed);
        Assert.Equal(Texts(expected.GetProperty("mrmr_columns")), ((FittedMrmr)fitted.Steps[3]).Ranking.Select(c => fitted.Steps[3].Input[c.Column].Name));
        Assert.Equal(Texts(expected.GetProperty("clinical")), fitted.Steps[4].Output.Where(c => c.Source == ColumnSource.Clinical).Select(c => c.Name));
    }

    private static FittedPreparation Fit(FeatureTable training, params Transformer[] steps) =>
        new PreparationSteps(steps).Fit(Tables.Train(training), new Seed(0), TestContext.Current.CancellationToken);

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];
}
