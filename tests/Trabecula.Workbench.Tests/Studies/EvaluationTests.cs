using System.Globalization;
using System.Xml.Linq;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Tests.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

/// <summary>What a study makes of its stored predictions.</summary>
public sealed class EvaluationTests
{
    private static readonly MetricsPlan s_plan = new() { Thresholds = [0.2, 0.4], Rationale = "Because < this." };

    [Fact]
    public void Tables_OfAPool_HoldWhatTheMeasuresSay()
    {
        HeldOutPool pool = Pool(120);
        EvaluationSummary summary = EvaluationAnalysis.Of(pool, s_plan, new Seed(1))!;
        Dictionary<string, ReportTable> tables = EvaluationTables.Of(pool, summary, new Seed(2)).ToDictionary(table => table.Name);
        Assert.Equal(["measures", "hosmer-lemeshow", "classifications", "comparison", "decision-curves"], tables.Keys);
        Assert.Equal(Auroc.ValueOf(pool.Outcomes, pool.Models[1].Risks), Cell(tables["measures"], 1, "AUROC"), 1e-12);
        Assert.Equal(CalibrationCurve.Of(pool.Outcomes, pool.Models[0].Risks).Ici, Cell(tables["measures"], 0, "ICI"), 1e-12);
        var matrix = ConfusionMatrix.Of(pool.Outcomes, pool.Models[1].Risks, 0.4);
        ReportTable classes = tables["classifications"];
        Assert.Equal(4, classes.Rows.Count);
        Assert.Equal("second at 0.4", classes.Rows[3][1]);
        Assert.Equal(matrix.TruePositives, Cell(classes, 3, "true positives"));
        Assert.Equal(matrix.SensitivityInterval().Lower, Cell(classes, 3, "sensitivity lower"), 1e-12);
        double benefit = Cell(classes, 3, "net benefit");
        Assert.Equal(NetBenefit.Of(pool.Outcomes, pool.Models[1].Risks, 0.4).Model, benefit, 1e-12);
        Assert.InRange(benefit, Cell(classes, 3, "net benefit lower"), Cell(classes, 3, "net benefit upper"));
        Assert.Equal(matrix.Kappa, Cell(classes, 3, "kappa"), 1e-12);
        foreach (string measure in (string[])["F1", "kappa", "Matthews correlation"])
            Assert.InRange(Cell(classes, 3, measure), Cell(classes, 3, measure + " lower") + 1e-3, Cell(classes, 3, measure + " upper") - 1e-3);
        // The parts of the Brier score make it up again.
        ReportTable measures = tables["measures"];
        Assert.Equal(
            Cell(measures, 0, "Brier score"), Cell(measures, 0, "miscalibration (CORP)") - Cell(measures, 0, "discrimination (CORP)") + Cell(measures, 0, "uncertainty (CORP)"), 1e-12);
        Assert.Equal(HosmerLemeshowTest.Of(pool.Outcomes, pool.Models[1].Risks).ExternalP, Cell(tables["hosmer-lemeshow"], 1, "P"), 1e-12);
        ReportTable curve = tables["decision-curves"];
        int at = curve.Rows.ToList().FindIndex(row => row[0] == "0.4");
        Assert.Equal(benefit, Cell(curve, at, "second"), 1e-12);
        Assert.Equal(NetBenefit.Of(pool.Outcomes, pool.Models[1].Risks, 0.4).Interval().Lower, Cell(curve, at, "second lower"), 1e-12);
        Assert.Equal(benefit * pool.Outcomes.Count / pool.Events, Cell(curve, at, "second, standardised"), 1e-12);
        var pair = AurocComparison.Of(pool.Outcomes, pool.Models[0].Risks, pool.Models[1].Risks);
        Assert.Equal(pair.P, Cell(tables["comparison"], 0, "P (Holm)"), 1e-12);
        Assert.Equal(pair.Difference, Cell(tables["comparison"], 0, "difference in AUROC"), 1e-12);
        Assert.All(tables.Values, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
    }

    [Fact]
    public void Tables_AnyOrderOfRows_AreTheSame()
    {
        HeldOutPool pool = Pool(60);
        int[] order = [.. Enumerable.Range(0, 60).OrderBy(i => i * 23 % 60)];
        HeldOutPool shuffled = new([.. order.Select(i => pool.Subjects[i])], [.. order.Select(i => pool.Outcomes[i])],
            [.. pool.Models.Select(model => model with { Risks = [.. order.Select(i => model.Risks[i])] })]);
        Assert.Equal(Intervals(pool), Intervals(shuffled));

        static double[] Intervals(HeldOutPool pool)
        {
            EvaluationSummary summary = EvaluationAnalysis.Of(pool, s_plan, new Seed(1))!;
            ReportTable table = EvaluationTables.Of(pool, summary, new Seed(2)).First(table => table.Name == "comparison");
            return [.. table.Rows[0].Skip(2).Select(cell => Math.Round(double.Parse(cell, CultureInfo.InvariantCulture), 12))];
        }
    }

    [Fact]
    public void Tables_NoThresholdsOrOneModel_LeaveOutWhatNeedsThem()
    {
        HeldOutPool pool = Pool(60);
        HeldOutPool single = pool with { Models = [pool.Models[0]] };
        Assert.Equal(["measures", "hosmer-lemeshow", "decision-curves"], EvaluationTables.Of(single, EvaluationAnalysis.Of(single, new MetricsPlan(), new Seed(1)), new Seed(2)).Select(table => table.Name));
        HeldOutPool oneEvent = pool with { Outcomes = [.. pool.Outcomes.Select((_, i) => i == 0)] };
        Assert.Null(EvaluationAnalysis.Of(oneEvent, s_plan, new Seed(1)));
    }

    [Theory]
    [InlineData(0.119, new double[] { 0.1, 0.2 }, 40)]
    [InlineData(0.02, new double[0], 10)]
    [InlineData(0.6, new double[] { 0.9 }, 99)]
    public void DecisionThresholds_EndWhereSomebodyMightAct(double prevalence, double[] chosen, int last)
    {
        double[] thresholds = EvaluationAnalysis.DecisionThresholds(chosen, prevalence);
        Assert.Equal((0.01, last / 100.0, last), (thresholds[0], thresholds[^1], thresholds.Length));
    }

    [Fact]
    public void Figures_OfHardRisks_AreWellFormedAndHoldNoNaN()
    {
        HeldOutPool pool = Pool(60);
        HeldOutPool hard = pool with { Models = [pool.Models[0], new ModelRisks("a & b <all ties>", [.. pool.Outcomes.Select(_ => 0.3)]), new ModelRisks("hard labels", [.. pool.Outcomes.Select((y, i) => y != (i % 7 == 0) ? 1.0 : 0)])] };
        EvaluationSummary evaluation = EvaluationAnalysis.Of(hard, s_plan, new Seed(1))!;
        Assert.Null(evaluation.Calibration[1]);
        foreach ((ModelRisks model, CalibrationBand? band) in hard.Models.Zip(evaluation.Calibration))
        {
            Parse(CalibrationFigure.Render(model.Name, hard.Outcomes, model.Risks, band));
            Parse(ConfusionFigure.Render(model.Name, ConfusionMatrix.Of(hard.Outcomes, model.Risks, 0.2), 0.2));
        }
        Parse(ConfusionFigure.Render("none", new ConfusionMatrix(0, 0, 0, 5), 0.2));
        Parse(InstabilityFigure.Render(new RefitSummary("m", 9, [0.1, 0.9], [0, 0.5], [0.4, 1], 0.1)));

        static void Parse(string svg)
        {
            XDocument.Parse(svg);
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MergedIntervals_ValueWithEnds_BecomesOneColumn()
    {
        var table = new ReportTable("t", "t", ["name", "x", "x lower", "x upper", "y"], [["a", "1", "0", "2", "5"], ["b", "", "", "", ""]]);
        ReportTable merged = MergedIntervals.Of(table);
        Assert.Equal(["name", "x", "y"], merged.Columns);
        Assert.Equal(["a", "1.000 (0.000 to 2.000)", "5"], merged.Rows[0]);
        Assert.Equal(["b", "", ""], merged.Rows[1]);
    }

    [Fact]
    public void Run_BaselinesAndRefits_AreFittedOnTheTrainingRowsAndKeptApartFromTheModels()
    {
        var random = new Seed(3).Open();
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextGaussian())];
        var table = new FeatureTable(
            [new FeatureColumn("age", Source: ColumnSource.Clinical), new FeatureColumn("volume"), new FeatureColumn("texture"), new FeatureColumn("other")],
            [.. Enumerable.Range(0, 100).Select(i => $"S{i}")], [.. Enumerable.Range(0, 100).Select(i => values[4 * i + 2] + random.NextGaussian() > 0.5)], values);
        var design = new StudyDesign
        {
            Preparation = new PreparationSteps([new StandardScaler()]),
            Models = [new CandidateModel("lr", [new Configuration("fixed", new LogisticRegression())])],
            Baselines = [new BaselinePlan("clinical") { Source = ColumnSource.Clinical }, new BaselinePlan("volume") { Columns = ["volume"] }],
            Refits = 6,
        };
        StudyResult result = StudyExecution.Run(table, design, 2, cancellationToken: TestContext.Current.CancellationToken);
        SplitResult split = result.Splits[0];
        Assert.Single(split.HeldOut.Risks);
        Assert.Equal(2, split.BaselineRisks.Count);
        Assert.All(split.BaselineRisks, risks => Assert.Equal(split.HeldOut.Outcomes.Count, risks.Count));
        Assert.Equal((6, 71), (split.Refits[0].RefitCount, split.Refits[0].Outcomes.Count));
        ReportTable comparison = Assert.Single(BaselineComparisons.Of(
            HeldOutPool.Of(result), [.. split.Baselines.Select((small, b) => new ModelRisks(small.Name, split.BaselineRisks[b]))], design.Baselines, [0.3], new Seed(5)));
        Assert.Equal(["lr − clinical", "lr − volume"], comparison.Rows.Select(row => row[1]));
        Assert.True(Cell(comparison, 1, "difference in AUROC") > 0.1);
        ReportTable[] refits = [.. RefitTables.Of([("lr", split.Refits[0])], [0.3], searched: false)];
        Assert.Equal(["optimism", "instability"], refits.Select(each => each.Name));
        Assert.Equal(71, refits[1].Rows.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tables_RisksThatAreTiedOrPartTheClasses_ClaimNoCertainty(bool part)
    {
        HeldOutPool pool = Pool(60);
        pool = pool with { Models = [new ModelRisks("same", [.. pool.Outcomes.Select(outcome => part && outcome ? 0.8 : 0.3)])] };
        ReportTable measures = EvaluationTables.Of(pool, EvaluationAnalysis.Of(pool, s_plan, new Seed(1)), new Seed(2))[0];
        int area = measures.Columns.ToList().IndexOf("AUROC");
        Assert.Equal([part ? "1" : "0.5", "", ""], measures.Rows[0].Skip(area).Take(3));
        Assert.Equal($"{(part ? "1.000" : "0.500")}, interval not estimable (DeLong's variance is 0: all risks are tied, or part the classes fully)", HeadlineAuroc.OfRisks(pool.Outcomes, pool.Models[0].Risks).Words("-"));
    }

    [Fact]
    public void Subgroups_CutsAndWords_PartTheSubjectsAndSuppressSmallOnes()
    {
        HeldOutPool pool = Pool(120);
        var attributes = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["age"] = pool.Subjects.Index().ToDictionary(s => s.Item, s => (50 + s.Index % 30).ToString(CultureInfo.InvariantCulture)),
            ["site"] = pool.Subjects.Index().Where(s => s.Index > 0).ToDictionary(s => s.Item, s => s.Index < 100 ? "A" : "B"),
        };
        MetricsPlan plan = s_plan with { Subgroups = [new SubgroupPlan("age") { Cuts = [60, 70] }, new SubgroupPlan("site")] };
        SubgroupTable.Require(plan, attributes);
        ReportTable table = Assert.Single(SubgroupTable.Of(pool, plan, attributes));
        Assert.Equal(["below 60", "60 to below 70", "70 and above"], table.Rows.Take(3).Select(row => row[1]));
        IReadOnlyList<string> small = table.Rows.First(row => row[1] == "B");
        Assert.Equal(("20", ""), (small[3], small[5]));
        Assert.Equal(120, table.Rows.Take(3).Sum(row => int.Parse(row[3], CultureInfo.InvariantCulture)));
        Assert.Contains("at most 20", Assert.Throws<StudyException>(() => SubgroupTable.Require(s_plan with { Subgroups = [new SubgroupPlan("age")] }, attributes)).Message, StringComparison.Ordinal);
        Assert.Contains("'A' of", Assert.Throws<StudyException>(() => SubgroupTable.Require(s_plan with { Subgroups = [new SubgroupPlan("site") { Cuts = [1] }] }, attributes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_MetricsInFull_IsRead()
    {
        MetricsPlan metrics = PlanText.Plan(PlanText.With("metrics: { thresholds: [0.1], rationale: r, subgroups: [sex, { column: age, cuts: [65, 75] }], baselines: [{ name: volume alone, columns: volume }, { name: clinical, source: clinical }], refits: 200 }")).Metrics;
        Assert.Equal(["sex", "age"], metrics.Subgroups.Select(subgroup => subgroup.Column));
        Assert.Equal([65, 75], metrics.Subgroups[1].Cuts);
        Assert.Equal("volume", Assert.Single(metrics.Baselines[0].Columns));
        Assert.Equal((ColumnSource.Clinical, 200), (metrics.Baselines[1].Source, metrics.Refits));
        Assert.Contains("rise", Assert.Single(PlanText.Problems(PlanText.With("metrics: { subgroups: [{ column: age, cuts: [75, 65] }] }"))), StringComparison.Ordinal);
        Assert.Contains("columns, source", Assert.Single(PlanText.Problems(PlanText.With("metrics: { baselines: [{ name: x }] }"))), StringComparison.Ordinal);
        Assert.Contains("at least 2", Assert.Single(PlanText.Problems(PlanText.With("metrics: { refits: 1 }"))), StringComparison.Ordinal);
        Assert.Contains(PlanText.Problems(PlanText.With("profile: paper", "stepsBeforeSplit: [standardScaling]", "metrics: { baselines: [{ name: x, columns: age }] }")),
            problem => problem.Contains("Steps before the split", StringComparison.Ordinal));
    }

    private static double Cell(ReportTable table, int row, string column) =>
        double.Parse(table.Rows[row][table.Columns.ToList().IndexOf(column)], CultureInfo.InvariantCulture);

    private static HeldOutPool Pool(int count)
    {
        var random = new Seed(9).Open();
        double[] truth = [.. Enumerable.Range(0, count).Select(_ => 0.1 + 0.6 * random.NextDouble())];
        bool[] outcomes = [.. truth.Select(risk => random.NextDouble() < risk)];
        return new HeldOutPool([.. Enumerable.Range(0, count).Select(i => $"S{i:D3}")], outcomes,
            [new ModelRisks("first", truth), new ModelRisks("second", [.. truth.Select(risk => Math.Clamp(risk + 0.3 * (random.NextDouble() - 0.5), 0, 1))])]);
    }
}
