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

    private static readonly UnivariateScreening ClinicalScreening = new() { Scope = ColumnScope.Clinical };

    [Fact]
    public void Clean_TrainingAndFolds_KeepTheReferenceColumns()
    {
        JsonElement split = StudyData.Golden(Path.Combine("synthetic", "split.json"));
        JsonElement expected = StudyData.Golden(Path.Combine("synthetic", "python_clean.json")).GetProperty("selection");
        FeatureTable training = StudyData.SyntheticCohort().TakeRows(Integers(split.GetProperty("train")));
        AssertClean(training, expected.GetProperty("on_training"));

        int[] folds = Integers(split.GetProperty("fold_of_train"));
        Assert.Equal(5, expected.GetProperty("in_folds").GetArrayLength());
        for (int fold = 0; fold < 5; fold++)
            AssertClean(Without(training, folds, fold), expected.GetProperty("in_folds")[fold]);
    }

    [Fact]
    public void Paper_WholeCohort_KeepsTheReferenceColumns()
    {
        JsonElement expected = StudyData.Golden(Path.Combine("synthetic", "python_paper.json")).GetProperty("selection");
        FeatureTable cohort = StudyData.SyntheticCohort();
        FittedPreparation fitted = Fit(cohort, RadiomicSteps);
        Assert.Equal(
            expected.GetProperty("z_scaled").GetInt32(),
            ((FittedAdaptiveScaler)fitted.Steps[0]).Scalings.Where((scaling, i) =>
                scaling.Rule == ScalingRule.MeanDeviation && cohort.Schema[i].Source == ColumnSource.Radiomic).Count());
        AssertRadiomic(fitted, expected, "mrmr");

        // The clinical screen of this variant sees the training rows.
        int[] rows = Integers(StudyData.Golden(Path.Combine("synthetic", "split.json")).GetProperty("train"));
        var screening = (FittedUnivariateScreening)ClinicalScreening.Fit(
            Tables.Train(fitted.Prepared.Table.TakeRows(rows)), new Seed(0), TestContext.Current.CancellationToken);
        Assert.Equal(11, screening.Tests.Count);
        // Written with six digits.
        Assert.All(screening.Tests, test => Assert.Equal(
            expected.GetProperty("clinical_p").GetProperty(screening.Input[test.Column].Name).GetDouble(), test.P, 6e-6 * test.P + 1e-12));
        Assert.Equal(Texts(expected.GetProperty("clinical")), Clinical(screening));
    }

    [Fact]
    public void RealTables_GivenFolds_KeepTheReferenceColumns()
    {
        JsonElement results = StudyData.Golden("radmlbench.json").GetProperty("tables");
        JsonElement folds = StudyData.Golden("radmlbench_folds.json").GetProperty("tables");
        int compared = 0;
        foreach (string name in StudyData.Tables)
        {
            FeatureTable table = StudyData.RealTable(name);
            foreach (JsonElement expected in results.GetProperty(name).GetProperty("folds").EnumerateArray())
            {
                int[] foldOfRow = Integers(folds.GetProperty(name)[expected.GetProperty("repeat").GetInt32()]);
                FittedPreparation fitted = Fit(
                    Without(table, foldOfRow, expected.GetProperty("fold").GetInt32()),
                    new StandardScaler(), new UnivariateScreening { Fallback = new ScreeningFallback(10, 50) }, new Mrmr { Features = 10 });
                var screening = (FittedUnivariateScreening)fitted.Steps[1];
                Assert.Equal(expected.GetProperty("passed").GetInt32(), screening.Passed);
                Assert.Equal(expected.GetProperty("fallback").GetBoolean(), screening.FellBack);
                // Elsewhere the package turned a mean |r| that rounded to exactly 1 into infinity.
                if (!expected.GetProperty("numpy_agrees").GetBoolean())
                    continue;
                Assert.Equal(Integers(expected.GetProperty("mrmr")), ((FittedMrmr)fitted.Steps[2]).Ranking.Select(choice => screening.Kept[choice.Column]));
                compared++;
            }
        }
        Assert.Equal(143, compared);
    }

    private static void AssertClean(FeatureTable training, JsonElement expected)
    {
        FittedPreparation fitted = Fit(training, [.. RadiomicSteps, ClinicalScreening]);
        AssertRadiomic(fitted, expected, "mrmr_columns");
        Assert.Equal(Texts(expected.GetProperty("clinical")), Clinical(fitted.Steps[4]));
    }

    private static void AssertRadiomic(FittedPreparation fitted, JsonElement expected, string ranking)
    {
        Assert.Equal(expected.GetProperty("ccc_pass").GetInt32(), ((FittedReproducibilityFilter)fitted.Steps[1]).Passed);
        Assert.Equal(expected.GetProperty("wilcoxon_pass").GetInt32(), ((FittedUnivariateScreening)fitted.Steps[2]).Passed);
        var mrmr = (FittedMrmr)fitted.Steps[3];
        Assert.Equal(Texts(expected.GetProperty(ranking)), mrmr.Ranking.Select(choice => mrmr.Input[choice.Column].Name));
    }

    private static FittedPreparation Fit(FeatureTable training, params Transformer[] steps) =>
        new PreparationSteps(steps).Fit(Tables.Train(training), new Seed(0), TestContext.Current.CancellationToken);

    private static FeatureTable Without(FeatureTable table, int[] foldOfRow, int fold) =>
        table.TakeRows([.. Enumerable.Range(0, foldOfRow.Length).Where(row => foldOfRow[row] != fold)]);

    private static IEnumerable<string> Clinical(FittedTransformer step) =>
        step.Output.Where(column => column.Source == ColumnSource.Clinical).Select(column => column.Name);

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];
}
