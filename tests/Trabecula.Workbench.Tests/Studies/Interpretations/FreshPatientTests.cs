using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Interpretations;

/// <summary>
/// The demonstration's study, its models fixed, with three thousand more patients of the same generator: whether weak ranks of the known risk factors on 256 held-out
/// patients are a fault of permutation importance, or of the model, or of the number of events.
/// </summary>
public sealed class FreshPatientTests
{
    private const int Training = 600, HeldOut = 256, Fresh = 3000;

    private static readonly string[] s_clinical = ["age", "female", "bmi", "bmd", "vas", "odi", "ivc", "tlf", "location", "height_reduction", "cobb"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Permutation_OnFreshPatients_FindsWhatTheModelTrulyUses(ulong seed)
    {
        (FeatureTable study, FeatureTable fresh) = Draw(new Seed(seed));
        TrainingSet training = GivenSplit.HoldOut(study.Subjects.Take(Training), study.Subjects.Skip(Training)).Split(study, new Seed(0))[0].Training;
        FinalFit final = FinalFit.Of(training, s_steps, [], [new LogisticRegression { C = 0.1 }, new RandomForest { NEstimators = 100, MinSamplesLeaf = 4 }], new Seed(8), 2, cancellationToken: Cancellation);
        // Logistic regression has all three among its first four. A forest of 600 has less use of tlf, a rare yes or no beside twenty columns that are correlated with the risk.
        foreach ((FittedPipeline pipeline, (string[] factors, int within)) in final.Pipelines.Zip(((string[], int)[])[(["ivc", "tlf", "bmd"], 4), (["ivc", "bmd"], 5)]))
        {
            FeatureTable rows = pipeline.Prepare(fresh);
            IReadOnlyList<ColumnGroup> groups = ColumnGroup.OfPredictors(pipeline.Steps, rows.Schema);
            string[] ranked = [.. Importance(groups).OrderByDescending(group => group.AurocDrop).Select(group => group.Name)];
            Assert.All(factors, factor => Assert.InRange(Array.IndexOf(ranked, factor), 0, within - 1));
            Assert.Contains(ranked[0], (string[])["ivc", "bmd"]);
            // Radiomic columns stand in for each other: one alone says little, all together most.
            Dictionary<string, double> sources = Importance(ColumnGroup.Join(groups, name => s_clinical.Contains(name) ? "clinical" : "radiomic")).ToDictionary(group => group.Name, group => group.AurocDrop);
            Assert.True(sources["clinical"] > 0.03 && sources["radiomic"] > 0.1);

            IReadOnlyList<GroupImportance> Importance(IReadOnlyList<ColumnGroup> which) => new PermutationImportance { Repeats = 3 }.Of(pipeline.Model, rows, which, new Seed(3), Cancellation);
        }
    }

    private static readonly PreparationSteps s_steps = new(
    [
        new AdaptiveScaler { Scope = ColumnScope.Radiomic }, new ReproducibilityFilter { Scope = ColumnScope.Radiomic },
        new UnivariateScreening { Scope = ColumnScope.Radiomic, Fallback = new ScreeningFallback(20, 50) }, new Mrmr { Scope = ColumnScope.Radiomic },
        new AdaptiveScaler { Scope = ColumnScope.Clinical }, new UnivariateScreening { Scope = ColumnScope.Clinical },
    ]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (FeatureTable Study, FeatureTable Fresh) Draw(Seed seed)
    {
        const int all = Training + HeldOut + Fresh;
        SyntheticPatient[] patients = [.. Enumerable.Range(0, all).Select(i => SyntheticPatient.Draw(seed.Derive("patient", i)))];
        RandomSequence random = seed.Derive("outcomes").Open();
        bool[] outcomes = [.. patients.Select(patient => random.NextDouble() < SyntheticPatient.Logistic(-2.95 + patient.LinearPredictor()))];
        string[] names = [.. FeatureColumns.Of(ExtractionParameters.Paper)];
        SyntheticReadings readings = SyntheticReadings.Draw(names, patients, seed.Derive("readings"));
        FeatureColumn[] schema =
        [
            .. s_clinical.Select(name => new FeatureColumn(name, name is "female" or "ivc" or "tlf" or "location" ? ColumnKind.Binary : ColumnKind.Continuous, ColumnSource.Clinical)),
            .. names.Select(name => new FeatureColumn(name)),
        ];
        return (Table(0, Training + HeldOut), Table(Training + HeldOut, all));

        FeatureTable Table(int from, int to) => new(
            schema, [.. Enumerable.Range(from, to - from).Select(i => $"P{i:D4}")], outcomes[from..to],
            [.. Enumerable.Range(from, to - from).SelectMany(i => Clinical(patients[i]).Concat(readings.First[(i * names.Length)..((i + 1) * names.Length)]))],
            [[.. Enumerable.Range(from, to - from).SelectMany(i => Enumerable.Repeat(double.NaN, s_clinical.Length).Concat(readings.Second[(i * names.Length)..((i + 1) * names.Length)]))]]);
    }

    private static double[] Clinical(SyntheticPatient p) =>
        [p.Age, p.Female ? 1 : 0, p.Bmi, p.Bmd!.Value, p.Vas, p.Odi, p.Ivc ? 1 : 0, p.Tlf ? 1 : 0, p.IsThoracolumbar ? 1 : 0, p.HeightReduction, p.Cobb];
}
