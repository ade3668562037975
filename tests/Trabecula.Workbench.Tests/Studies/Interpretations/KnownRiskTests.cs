using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Interpretations;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Interpretations;

/// <summary>The synthetic study's true risk is known: what importance and ablation make of it is held to that.</summary>
public sealed class KnownRiskTests
{
    private const int Patients = 4000;

    private static readonly string[] s_true = ["ivc", "tlf", "bmd", "texture", "anisotropy", "coarseness"];

    private static readonly string[] s_factors = ["size", "density", "texture", "cleft", "anisotropy", "coarseness", "g7", "g8", "g9", "g10", "g11", "g12"];

    // Drawn once for all tests.
    private static readonly Lazy<(SyntheticPatient[] Patients, FeatureTable Table)> s_cohort = new(Draw);

    private static readonly Lazy<StudyResult> s_study = new(() => Run(s_cohort.Value.Table, new StudyDesign
    {
        // Without radiomic columns nothing is read twice, and the scope of the last step is empty.
        Preparation = new PreparationSteps([new ReproducibilityFilter(), new StandardScaler(), new VarianceFilter { Scope = ColumnScope.Radiomic }]),
        Models =
        [
            Fixed(new LogisticRegression()), Fixed(new RandomForest { NEstimators = 60, MinSamplesLeaf = 10 }),
        ],
        Interpretation = new InterpretationPlan
        {
            Model = "Logistic regression",
            Repeats = 5,
            Ablation = new AblationPlan { Top = 6, Meanings = [AblationMeaning.Masked, AblationMeaning.Refit, AblationMeaning.Retuned] },
        },
        Seed = new Seed(17),
    }));

    /// <summary>A model cannot do better than the truth but by chance, and one of the true form comes near to it: more is a leak, less a fault.</summary>
    [Fact]
    public void HeldOut_BesideTheTrueRisks_IsWithinWhatChanceAndTheFormOfTheModelAllow()
    {
        Learning.Splitting.HeldOutPredictions found = s_study.Value.Splits[0].HeldOut;
        Dictionary<string, double> truth = s_cohort.Value.Patients.Index().ToDictionary(each => Id(each.Index), each => SyntheticPatient.Logistic(-2 + each.Item.LinearPredictor()));
        double[] risks = [.. found.Subjects.Select(subject => truth[subject])];
        RiskEvaluation oracle = RiskEvaluation.Of(found.Outcomes, risks, []);
        // The outcomes were drawn with these risks: their own calibration is perfect but for chance.
        ConfidenceInterval own = oracle.Calibration.SlopeInterval(0.999);
        Assert.InRange(1, own.Lower, own.Upper);
        // A forest of large leaves draws risks to the middle: it is held to be nearer to them than their mean is.
        double ofTheMean = risks.Average(risk => Math.Abs(risk - risks.Average()));
        foreach ((int m, double least, double largestError) in ((int, double, double)[])[(0, 0.02, 0.035), (1, 0.05, ofTheMean)])
        {
            var against = AurocComparison.Of(found.Outcomes, found.Risks[m], risks);
            ConfidenceInterval difference = against.Interval(0.999);
            Assert.True(difference.Lower < 0, $"Model {m} is better than the truth by {against.Difference}.");
            Assert.True(against.Difference > -least, $"Model {m} loses {against.Difference}.");
            double error = found.Risks[m].Zip(risks, (a, b) => Math.Abs(a - b)).Average();
            Assert.InRange(error, 0.001, largestError);
            // Brier's score exceeds the truth's own by the mean squared distance of the risks, and a part of mean 0 whose spread the true risks tell.
            (double, double)[] pairs = [.. found.Risks[m].Zip(risks)];
            double squares = pairs.Average(pair => Math.Pow(pair.Item1 - pair.Item2, 2));
            double spread = 2 * Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.Item1 - pair.Item2, 2) * pair.Item2 * (1 - pair.Item2))) / pairs.Length;
            Assert.InRange(RiskEvaluation.Of(found.Outcomes, found.Risks[m], []).Brier.Value - oracle.Brier.Value, squares - 4 * spread, squares + 4 * spread);
        }
        // Logistic regression has the form of the truth: calibrated as well.
        ConfidenceInterval slope = RiskEvaluation.Of(found.Outcomes, found.Risks[0], []).Calibration.SlopeInterval(0.999);
        Assert.InRange(1, slope.Lower, slope.Upper);
    }

    [Fact]
    public void Ranking_OverFolds_HasTheTruePredictorsFirst()
    {
        SplitInterpretation found = s_study.Value.Splits[0].Interpretation!;
        Assert.Equal(s_true.Order(), found.Ranking.Take(6).Select(group => group.Name).Order());
        // What has no effect loses nothing but chance.
        Assert.All(found.Ranking.Skip(6), group => Assert.InRange(group.AurocDrop, -0.004, 0.004));
    }

    [Fact]
    public void Importance_OnHeldOutPatients_HasTheTruePredictorsFirstInEveryModelAndMeasure()
    {
        SplitInterpretation found = s_study.Value.Splits[0].Interpretation!;
        foreach (ExaminedModel model in found.Models)
        {
            Assert.Equal(s_true.Order(), model.Importances.OrderByDescending(group => group.AurocDrop).Take(6).Select(group => group.Name).Order());
            Assert.Equal(s_true.Order(), model.Importances.OrderByDescending(group => group.BrierRise).Take(6).Select(group => group.Name).Order());
            double[] magnitudes = model.Shap!.MeanMagnitudes();
            Assert.Equal(s_true.Order(), Enumerable.Range(0, magnitudes.Length).OrderByDescending(p => magnitudes[p]).Take(6).Select(p => model.Shap.Names[p]).Order());
        }
    }

    [Fact]
    public void PartialDependence_OfTruePredictors_GoesTheirWay()
    {
        SplitInterpretation found = s_study.Value.Splits[0].Interpretation!;
        Assert.Equal(4, found.Curves.Count);
        foreach (PartialDependence curve in found.Curves)
        {
            bool rises = curve.Predictor is not ("bmd" or "coarseness");
            Assert.Equal(rises, curve.MeanRisks[^1] > curve.MeanRisks[0] + 0.03);
        }
    }

    [Fact]
    public void Ablation_OfTheTruePredictors_LeavesChanceInEveryMeaning()
    {
        SplitResult split = s_study.Value.Splits[0];
        foreach (AblationMeaning meaning in Enum.GetValues<AblationMeaning>())
        {
            AblationOutcome[] phase = [.. split.Interpretation!.Ablation.Where(outcome => outcome.Meaning == meaning && outcome.Step.Phase == 1)];
            Assert.Equal(6, phase.Length);
            double[] areas = [.. phase.Select(outcome => Auroc.ValueOf(split.HeldOut.Outcomes, outcome.Risks!))];
            // Each step takes something that was true; 1,200 patients tell an AUROC to 0.02.
            Assert.True(areas[0] < Auroc.ValueOf(split.HeldOut.Outcomes, split.HeldOut.Risks[0]) - 0.01);
            Assert.All(areas.Zip(areas.Skip(1)), pair => Assert.True(pair.Second < pair.First));
            // Density goes with bone density, and cleft with the intravertebral cleft: refit, these make up for a part.
            Assert.InRange(areas[^1], 0.44, meaning == AblationMeaning.Masked ? 0.56 : 0.66);
        }
    }

    [Fact]
    public void Ablation_OfASource_LeavesWhatTheOtherTrulyTells()
    {
        SplitResult split = s_study.Value.Splits[0];
        Dictionary<string, SyntheticPatient> patients = s_cohort.Value.Patients.Select((patient, i) => (patient, i)).ToDictionary(each => Id(each.i), each => each.patient);
        double clinical = TrueArea(patient => 1.4 * (patient.Ivc ? 1 : 0) + 1.2 * (patient.Tlf ? 1 : 0) - 0.7 * patient.Bmd!.Value / 0.55);
        double radiomic = TrueArea(patient => 0.75 * patient.Factors[SyntheticFactors.Texture] + 0.6 * patient.Factors[SyntheticFactors.Anisotropy] - 0.5 * patient.Factors[SyntheticFactors.Coarseness]);
        foreach (AblationOutcome outcome in split.Interpretation!.Ablation.Where(outcome => outcome.Step.Phase == 2))
        {
            Assert.Equal("", outcome.Note);
            bool isRadiomicOut = outcome.Step.Name == "without all radiomic";
            Assert.Equal(isRadiomicOut ? 12 : 11, outcome.Step.LeftOut.Count);
            // Refit without clinical columns, the factors that go along with them say a little more.
            double found = Auroc.ValueOf(split.HeldOut.Outcomes, outcome.Risks!);
            Assert.InRange(found, (isRadiomicOut ? clinical : radiomic) - 0.02, (isRadiomicOut ? clinical : radiomic) + 0.05);
        }

        double TrueArea(Func<SyntheticPatient, double> predictor) =>
            Auroc.ValueOf(split.HeldOut.Outcomes, [.. split.HeldOut.Subjects.Select(subject => predictor(patients[subject]))]);
    }

    [Fact]
    public void Summary_OfTheStudy_CountsWhatIsLostFromTheWholeModel()
    {
        StudyResult result = s_study.Value;
        InterpretationSummary summary = InterpretationSummaries.Of(result, new InterpretationPlan { Repeats = 5 }, [0.2])!;
        Assert.Equal(("Logistic regression", 0.2, false), (summary.Explained, summary.Ablation!.Threshold, summary.Ablation.IsShareOfEvents));
        IReadOnlyList<double> risks = result.Splits[0].HeldOut.Risks[0];
        ConfusionMatrix matrix = ConfusionMatrix.Of(result.Splits[0].HeldOut.Outcomes, risks, 0.2);
        Assert.Equal((matrix.TruePositives, matrix.FalsePositives), (summary.Ablation.Full.TruePositives, summary.Ablation.Full.FalsePositives));
        Assert.Equal((0, 0, 0), (summary.Ablation.Full.AurocChange, summary.Ablation.Full.AurocChangeLower, summary.Ablation.Full.AurocChangeUpper));
        AblationRow last = summary.Ablation.Steps.Last(step => step is { Meaning: AblationMeaning.Masked, Phase: 1 });
        Assert.Equal(6, last.LeftOut);
        Assert.Equal(last.Measures!.Auroc - summary.Ablation.Full.Auroc, last.Measures.AurocChange, 1e-12);
        Assert.True(last.Measures.AurocChangeUpper < -0.1);
        Assert.True(last.Measures.NetBenefit < summary.Ablation.Full.NetBenefit);
        FamilyImportance clinical = summary.Models[0].Images.Single(family => family.Name == "clinical");
        Assert.Equal((11, 12), (clinical.Columns, summary.Models[0].Images.Single(family => family.Name == "other radiomic").Columns));
        Assert.Equal(summary.Models[0].Predictors.Where(p => p.Name is not ("size" or "density" or "texture" or "cleft" or "anisotropy" or "coarseness") && p.Name[0] != 'g').Sum(p => p.AurocDrop), clinical.SummedDrops, 1e-12);
        // Without a threshold the share of events in training.
        AblationSummary shares = InterpretationSummaries.Of(result, new InterpretationPlan(), [])!.Ablation!;
        Assert.True(shares.IsShareOfEvents);
        Assert.Equal((double)result.Splits[0].Final.Prepared.Table.EventCount / result.Splits[0].Final.Prepared.Table.RowCount, shares.Threshold);
    }

    [Fact]
    public void PartialDependenceTable_OfTheStudy_HasEveryCurveOfTheFigureAndShowsTheMean()
    {
        InterpretationSummary summary = InterpretationSummaries.Of(s_study.Value, new InterpretationPlan(), [])!;
        ReportTable table = InterpretationTables.Of(summary).Single(table => table.Name == InterpretationTables.Dependence);
        Assert.Equal(["predictor", "value", "mean risk", "curve 1", "curve 2"], table.Columns.Take(5));
        Assert.Equal((43, "curve 40"), (table.Columns.Count, table.Columns[^1]));
        Assert.Equal(
            summary.Curves.SelectMany(curve => curve.Values.Select((_, point) => curve.Curves.Select(risks => StudyTables.Number(risks[point])))),
            table.Rows.Select(row => row.Skip(3)));
        Assert.Equal(["predictor", "value", "mean risk"], ReadableTable.PartsOf(table).Single().Columns);
    }

    [Fact]
    public void ShapTable_OfTheStudy_AddsUpToTheRiskOfEverySubject()
    {
        InterpretationSummary summary = InterpretationSummaries.Of(s_study.Value, new InterpretationPlan(), [])!;
        ReportTable table = InterpretationTables.Of(summary).Single(table => table.Name == InterpretationTables.Shap);
        Assert.Equal(["subject", "baseline"], table.Columns.Take(2));
        Assert.Equal(["13 other predictors", "prediction in log odds"], ReadableTable.PartsOf(table).Single().Columns.Skip(12));
        // What the figure says in colours.
        Assert.Equal(summary.Shap!.Predictors[9].Levels.Select(StudyTables.Number), table.Rows.Select(row => row[23]));
        IReadOnlyList<double> risks = s_study.Value.Splits[0].HeldOut.Risks[0];
        Assert.Equal(risks.Count, table.Rows.Count);
        foreach ((int subject, IReadOnlyList<string> row) in table.Rows.Index())
        {
            double[] parts = [.. row.Skip(1).Take(13).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(parts[^1], parts[..^1].Sum(), 1e-12);
            Assert.Equal(risks[subject], SyntheticPatient.Logistic(parts[^1]), 1e-12);
        }
    }

    [Fact]
    public void Importance_OfTheExamplesStudyOverFiveSplits_FindsTheClinicalRiskFactors()
    {
        SyntheticStudy study = SyntheticStudy.Draw(SyntheticStudy.DefaultSeed);
        (FeatureColumn[] schema, double[][] clinical) = Clinical([.. study.Eligible.Select(record => record.Patient)]);
        int features = study.Readings.Columns.Count;
        var table = new FeatureTable(
            [.. schema, .. study.Readings.Columns.Select(column => new FeatureColumn(column.Name))], [.. study.Eligible.Select(record => record.Id)],
            [.. study.Eligible.Select(record => record.Pain[1] >= SyntheticPain.Threshold && record.Pain[3] >= SyntheticPain.Threshold)],
            [.. clinical.SelectMany((row, i) => (double[])[.. row, .. study.Readings.First[(i * features)..((i + 1) * features)]])]);
        StudyResult result = Run(table, new StudyDesign
        {
            Split = new StratifiedKFold(),
            Preparation = new PreparationSteps([new AdaptiveScaler(), new UnivariateScreening { Scope = ColumnScope.Radiomic }, new Mrmr { Scope = ColumnScope.Radiomic, Features = 15 }]),
            Models = [Fixed(new LogisticRegression { C = 0.05 })],
            Interpretation = new InterpretationPlan(),
            Seed = new Seed(4),
        });
        InterpretationSummary summary = InterpretationSummaries.Of(result, new InterpretationPlan(), [])!;
        Assert.Equal((5, 0, 0), (summary.Splits, summary.Curves.Count, summary.Ranking.Count));
        Assert.Null(summary.Ablation);
        PredictorImportance[] ranked = [.. summary.Models[0].Predictors.Where(predictor => schema.Any(column => column.Name == predictor.Name))];
        Assert.Equal(["bmd", "ivc", "tlf"], ranked.Take(3).Select(predictor => predictor.Name).Order());
        Assert.All(ranked, predictor => Assert.Equal(5, predictor.Splits));
        // Radiomic columns are selected anew in every split, and each carries a part; together they matter.
        Assert.Contains(summary.Models[0].Predictors, predictor => predictor.Splits < 5);
        Assert.True(summary.Models[0].Images.Where(family => family.Name != "clinical").Sum(family => family.AurocDrop) > 0.01);
    }

    private static (SyntheticPatient[], FeatureTable) Draw()
    {
        SyntheticPatient[] patients = [.. Enumerable.Range(0, Patients).Select(i => SyntheticPatient.Draw(new Seed(3).Derive("patient", i)))];
        (FeatureColumn[] schema, double[][] clinical) = Clinical(patients);
        RandomSequence random = new Seed(3).Derive("outcomes").Open();
        bool[] outcomes = [.. patients.Select(patient => random.NextDouble() < SyntheticPatient.Logistic(-2 + patient.LinearPredictor()))];
        return (patients, new FeatureTable(
            [.. schema, .. s_factors.Select(name => new FeatureColumn(name))], [.. Enumerable.Range(0, Patients).Select(Id)], outcomes,
            [.. clinical.SelectMany((row, i) => (double[])[.. row, .. patients[i].Factors])],
            [[.. clinical.SelectMany((row, i) => (double[])[.. Enumerable.Repeat(double.NaN, row.Length), .. patients[i].Factors])]]));
    }

    private static (FeatureColumn[] Schema, double[][] Rows) Clinical(SyntheticPatient[] patients) =>
    (
        [.. ((string[])["age", "female", "bmi", "bmd", "vas", "odi", "ivc", "tlf", "location", "height_reduction", "cobb"]).Select(name => new FeatureColumn(
            name, name is "female" or "ivc" or "tlf" or "location" ? ColumnKind.Binary : ColumnKind.Continuous, ColumnSource.Clinical))],
        [.. patients.Select(p => (double[])[p.Age, p.Female ? 1 : 0, p.Bmi, p.Bmd!.Value, p.Vas, p.Odi, p.Ivc ? 1 : 0, p.Tlf ? 1 : 0, p.IsThoracolumbar ? 1 : 0, p.HeightReduction, p.Cobb])]
    );

    private static string Id(int patient) => FormattableString.Invariant($"P{patient:D4}");

    private static CandidateModel Fixed(Classifier model) => new(model.Name, [new Configuration("fixed", model)]);

    private static StudyResult Run(FeatureTable table, StudyDesign design) => StudyExecution.Run(table, design, 2, cancellationToken: TestContext.Current.CancellationToken);
}
