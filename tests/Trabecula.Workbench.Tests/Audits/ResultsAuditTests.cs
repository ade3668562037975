using CsCheck;
using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Audits;
using Trabecula.Workbench.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Audits;

/// <summary>Reported results that can be true together, and such that cannot.</summary>
public sealed class ResultsAuditTests
{
    [Fact]
    public void Of_ThePublishedStudy_FindsWhatCannotBeAndWhatChanceGives()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "ge.yaml");
        ReportedFile.WriteExample(path);
        IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(ReportedFile.Read(path));
        Assert.Equal(["TabNet, kappa 0.882", "XGBoost, Brier 0.010 with AUROC 0.911"], Places(findings, AuditVerdict.DoesNotFit));
        Assert.Equal(
            ["sample size 158 for 0.15 against 0.25, alpha 0.05, power 0.9", "Wilcoxon rank-sum, 106 of 940 at P < 0.1", "principal components of screened features", "principal components of selected features"],
            Places(findings, AuditVerdict.Notable));
        AuditFinding kappa = findings.Single(finding => finding.Place == "TabNet, kappa 0.882");
        Assert.Contains("The only one with the rest is TP 25, FN 5, FP 1, TN 225 with kappa 0.8798.", kappa.Statement, StringComparison.Ordinal);
        Assert.Contains("0.976563 - 0.805054", kappa.Arithmetic, StringComparison.Ordinal);
    }

    /// <summary>No true result is ever called impossible: any matrix, its measures rounded to any digits, fits.</summary>
    [Fact]
    public void Of_MeasuresOfARealMatrix_AlwaysFit() =>
        Gen.Select(Gen.Int[1, 25], Gen.Int[1, 60], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 4]).Sample((events, others, sensitivity, fall, digits) =>
        {
            var matrix = new ConfusionMatrix((int)(sensitivity * events), events - (int)(sensitivity * events), (int)(fall * others), others - (int)(fall * others));
            IEnumerable<string> measures = MatrixMeasure.All
                .Select(measure => (measure.Name, Value: double.IsNaN(measure.Of(matrix)) ? events % 2 : measure.Of(matrix)))
                .Select(each => $"{each.Name}: {each.Value.ToString($"F{digits}", CultureInfo.InvariantCulture)}");
            IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(Parse($"""
                models:
                  - name: Model
                    subjects: {events + others}
                    events: {events}
                    {string.Join("\n    ", measures)}
                """));
            return findings.Count == 1 && findings[0].Verdict == AuditVerdict.Fits;
        });

    /// <summary>Nor if classes are averaged, 0 / 0 is printed as 0 or 1, or digits are cut off: all of them usual, the classifier however bad.</summary>
    [Fact]
    public void Of_MeasuresAveragedOrCutOff_AreNeverCalledImpossible() =>
        Gen.Select(Gen.Select(Gen.Int[1, 25], Gen.Int[1, 60]), Gen.Double[-0.3, 1.3], Gen.Double[-0.3, 1.3], Gen.Int[1, 4], Gen.Enum<ClassReading>(), Gen.Int[0, 3]).Sample(
            (sizes, sensitivity, fall, digits, classes, convention) =>
            {
                (int events, int others) = sizes;
                int tp = (int)(Math.Clamp(sensitivity, 0, 1) * events), fp = (int)(Math.Clamp(fall, 0, 1) * others);
                var matrix = new ConfusionMatrix(tp, events - tp, fp, others - fp);
                var mode = convention > 1 ? MidpointRounding.ToZero : MidpointRounding.AwayFromZero;
                IEnumerable<string> measures = MatrixMeasure.All.Select(measure =>
                    $"{measure.Name}: {Math.Round((decimal)measure.Average(matrix, classes, convention % 2), digits, mode).ToString($"F{digits}", CultureInfo.InvariantCulture)}");
                return ResultsAudit.Of(Parse($"""
                    models:
                      - name: Model
                        subjects: {events + others}
                        events: {events}
                        {string.Join("\n    ", measures)}
                    """)).All(finding => finding.Verdict != AuditVerdict.DoesNotFit);
            });

    [Theory]
    [InlineData("accuracy: 0.883, sensitivity: 0.000, precision: 0.000, f1: 0.000", AuditVerdict.Fits, "One matrix", "0 / (0 + 0) = 0 / 0, which programs print as 0 or as 1")]
    [InlineData("accuracy: 0.976, sensitivity: 0.833, precision: 0.961, specificity: 0.995, f1: 0.892, kappa: 0.879", AuditVerdict.Notable, "if digits are cut off", "25 / (25 + 1)")]
    [InlineData("accuracy: 0.977, precision: 0.976, sensitivity: 0.977, f1: 0.976, kappa: 0.880", AuditVerdict.Notable, "by their sizes (weighted)", "precision read so: 0.9763")]
    [InlineData("accuracy: 0.977, precision: 0.970, sensitivity: 0.914, f1: 0.940, kappa: 0.880", AuditVerdict.Notable, "each alike (macro)", "f1 read so: 0.9398")]
    public void Of_MeasuresInAnotherConvention_FitOrAreToLookAt(string measures, AuditVerdict verdict, string statement, string arithmetic)
    {
        AuditFinding finding = Assert.Single(ResultsAudit.Of(Parse($"models: [{{ name: Model, subjects: 256, events: 30, {measures} }}]")));
        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(statement, finding.Statement, StringComparison.Ordinal);
        Assert.Contains(arithmetic, finding.Arithmetic, StringComparison.Ordinal);
    }

    /// <summary>With averages printed, the point of the event's curve is another.</summary>
    [Fact]
    public void Of_AurocBesideAveragedMeasures_IsNotAccused() => Assert.DoesNotContain(
        ResultsAudit.Of(Parse("models: [{ name: Model, subjects: 256, events: 30, accuracy: 0.867, sensitivity: 0.867, auroc: 0.550 }]")),
        finding => finding.Verdict == AuditVerdict.DoesNotFit);

    [Fact]
    public void Of_TwoMeasuresThatTheCountsContradict_AreEachShownWithTheirArithmetic()
    {
        IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(Parse("models: [{ name: Model, subjects: 256, events: 30, averaged: none, tp: 25, fn: 5, fp: 1, tn: 225, f1: 0.80, kappa: 0.70 }]"));
        Assert.Equal(["Model, f1 0.80", "Model, kappa 0.70"], Places(findings, AuditVerdict.DoesNotFit));
        Assert.Equal("f1 = 2 x 25 / (2 x 25 + 1 + 5) = 0.8929", findings[0].Arithmetic);
    }

    [Fact]
    public void Of_MeasuresThatAgreeInSmallerSets_NamesTheLargestThatFits()
    {
        AuditFinding finding = Assert.Single(ResultsAudit.Of(Parse(
            "models: [{ name: Model, subjects: 256, events: 30, averaged: none, accuracy: 0.977, sensitivity: 0.833, specificity: 0.996, kappa: 0.500, mcc: 0.300 }]")));
        Assert.Contains("TP 25, FN 5, FP 1, TN 225 goes with accuracy 0.977, sensitivity 0.833, specificity 0.996, and with no more", finding.Statement, StringComparison.Ordinal);
        Assert.Contains("0.8798", finding.Arithmetic, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sampleSizes: [{ first: 0.15, second: 0.25, power: 0.9, subjects: 335 }]", "one group")]
    [InlineData("sampleSizes: [{ first: 0.15, second: 0.25, power: 0.9, subjects: 176 }]", "158 and 10 % dropout")]
    [InlineData("sampleSizes: [{ first: 0.15, second: 0.25, power: 0.9, subjects: 160 }]", "others exist")]
    [InlineData("screening: [{ name: t, candidates: 940, kept: 0, below: 0.1 }]", "Fewer than the 94 that chance alone would give.")]
    [InlineData("screening: [{ name: t, candidates: 940, kept: 106, below: 0.1 }]", "no more than chance alone would often give")]
    [InlineData("models: [{ name: M, subjects: 7, events: 3, auroc: 0.950 }]", "No ranking of these subjects has this AUROC")]
    [InlineData("models: [{ name: M, subjects: 256, events: 30, auroc: 0.089, brier: 0.050 }]", "AUROC is 0.911, that of the other direction")]
    [InlineData("principalComponents: [{ name: x, subjects: 856, columns: 106, first: 1.1% }]", "smaller than that of independent noise")]
    public void Of_WhatMayHaveAReason_IsToLookAt(string text, string statement)
    {
        AuditFinding finding = Assert.Single(ResultsAudit.Of(Parse(text)));
        Assert.Equal(AuditVerdict.Notable, finding.Verdict);
        Assert.Contains(statement, finding.Statement, StringComparison.Ordinal);
    }

    /// <summary>Nor are a Brier score and an AUROC of any risks.</summary>
    [Fact]
    public void Of_BrierAndAurocOfRealRisks_AlwaysFit() =>
        Gen.Select(Gen.Select(Gen.Bool, Gen.Double[0, 1]).Array[5, 40], Gen.Double[0, 1]).Sample((drawn, skill) =>
        {
            bool[] outcomes = [.. drawn.Select((each, i) => i < 2 || (i > 3 && each.Item1))];
            // Risks from useless to perfect: it is the good ones that come near the bound.
            double[] risks = [.. drawn.Select((each, i) => skill * (outcomes[i] ? 1 : 0) + (1 - skill) * each.Item2)];
            double auroc = Auroc.Of(outcomes, risks).Value, brier = risks.Select((risk, i) => (risk - (outcomes[i] ? 1 : 0)) * (risk - (outcomes[i] ? 1 : 0))).Average();
            IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(Parse(string.Create(CultureInfo.InvariantCulture, $$"""
                models:
                  - { name: Model, subjects: {{outcomes.Length}}, events: {{outcomes.Count(outcome => outcome)}}, auroc: {{auroc:F3}}, brier: {{brier:F3}} }
                """)));
            return findings.All(finding => finding.Verdict != AuditVerdict.DoesNotFit);
        });

    [Theory]
    [InlineData("{ tp: 25, fn: 4 }", "Model, confusion matrix", "TP 25 + FN 4 should be 30")]
    [InlineData("{ tp: 25, fn: 5, fp: 1, tn: 225, f1: 0.90 }", "Model, f1 0.90", "2 x 25 / (2 x 25 + 1 + 5)")]
    [InlineData("{ tp: 25, fp: 1, threshold: 0.5, auroc: 0.70 }", "Model, AUROC 0.70 with the confusion matrix", "their product, 0.8296")]
    [InlineData("{ tp: 10, fp: 1, threshold: 0.5000, brier: 0.018 }", "Model, Brier 0.018 with the confusion matrix", "20 x (1 - 0.50005)^2")]
    [InlineData("{ accuracy: 0.977, sensitivity: 0.267 }", "Model, accuracy 0.977", "accuracy = ")]
    public void Of_NumbersThatDoNotGoTogether_AreNamedWithTheirArithmetic(string model, string place, string arithmetic)
    {
        IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(Parse($"models: [ {{ name: Model, subjects: 256, events: 30, averaged: none, {model[1..]} ]"));
        AuditFinding finding = Assert.Single(findings, finding => finding.Place == place);
        Assert.Equal(AuditVerdict.DoesNotFit, finding.Verdict);
        Assert.Contains(arithmetic, finding.Arithmetic, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("percentages: [{ name: events, count: 102, of: 856, share: 12.1% }]", "The counts give 0.1192.")]
    [InlineData("means: [{ name: VAS, subjects: 28, mean: 5.19 }]", "No 28 such values have this mean.")]
    [InlineData("features: { shape: 14, images: 14, perImage: 93, total: 1223 }", "The parts give 1316 features.")]
    [InlineData("split: { subjects: 10, events: 20, training: 7, trainingEvents: 9, heldOut: 3, heldOutEvents: 11 }", "There are more events than subjects.")]
    [InlineData("screening: [{ name: t, candidates: 10, kept: 11 }]", "More columns are kept than there were.")]
    [InlineData("split: { subjects: 10, events: 4, training: 7, trainingEvents: 3, heldOut: 4, heldOutEvents: 1 }", "Both sides together are not all subjects and all events.")]
    [InlineData("principalComponents: [{ name: x, subjects: 50, columns: 10, first: 8% }]", "The first of 10 components has at least one in 10 of the variance.")]
    [InlineData("principalComponents: [{ name: x, subjects: 11, columns: 100, first: 5% }]", "The first of 10 components has at least one in 10 of the variance.")]
    [InlineData("principalComponents: [{ name: x, subjects: 50, columns: 10, first: 20%, firstThree: 70% }]", "Three components have at most three times the share of the first.")]
    public void Of_OneStatementThatCannotBe_IsFound(string text, string statement)
    {
        AuditFinding finding = Assert.Single(ResultsAudit.Of(Parse(text)), finding => finding.Verdict == AuditVerdict.DoesNotFit);
        Assert.Equal(statement, finding.Statement);
    }

    [Theory]
    [InlineData("means: [{ name: VAS, subjects: 28, mean: 5.18 }]", AuditVerdict.Fits)]
    [InlineData("means: [{ name: VAS, subjects: 856, mean: 5.19 }]", AuditVerdict.NotChecked)]
    [InlineData("split: { subjects: 856, events: 102, training: 599, trainingEvents: 71, heldOut: 257, heldOutEvents: 31, share: 0.7 }", AuditVerdict.Fits)]
    [InlineData("split: { subjects: 856, events: 102, training: 590, trainingEvents: 71, heldOut: 266, heldOutEvents: 31, share: 0.7 }", AuditVerdict.Notable)]
    [InlineData("screening: [{ name: t, candidates: 940, kept: 160, below: 0.1 }]", AuditVerdict.Fits)]
    [InlineData("principalComponents: [{ name: x, subjects: 856, columns: 106, first: 35%, firstThree: 52% }]", AuditVerdict.Fits)]
    [InlineData("title: nothing", AuditVerdict.NotChecked)]
    [InlineData("sampleSizes: [{ first: 0.15, second: 0.1500001, subjects: 158 }]", AuditVerdict.NotChecked)]
    [InlineData("models: [{ name: M, subjects: 256, events: 30, auroc: 0.911 }]", AuditVerdict.NotChecked)]
    [InlineData("principalComponents: [{ name: x, subjects: 50, columns: 1, first: 100% }]", AuditVerdict.NotChecked)]
    public void Of_OneStatement_HasTheVerdict(string text, AuditVerdict verdict) => Assert.Equal(verdict, ResultsAudit.Of(Parse(text))[^1].Verdict);

    [Fact]
    public void Parse_SeveralMistakes_AreReportedTogetherWithTheirLines()
    {
        PlanException fault = Assert.Throws<PlanException>(() => Parse("""
            models:
              - { name: A, auroc: 91, subjects: 10, events: 4 }
              - { name: B, aurc: 0.9, kappa: high, subjects: 10, events: 4 }
            """));
        Assert.Equal(
            [
                "line 3: models[0].auroc = 91: Expected a number from 0 to 1 with the digits that were printed, as 0.910 or 91.0%. Write 91% for a percentage.",
                "line 4: models[1].aurc: 'aurc' is no key here. Did you mean auroc?",
                "line 4: models[1].kappa = high: Expected a number from -1 to 1 with the digits that were printed, as 0.910 or 91.0%.",
            ], fault.Problems.Select(problem => problem.ToString()));
        PlanException written = Assert.Throws<PlanException>(() => Parse("""
            models: [{ name: A, subjects: 10, events: 4, auroc: 0,91 }]
            means: [{ name: VAS, subjects: 28, mean: 5.19 mm }]
            sampleSizes: [{ first: 0.15, second: 0.25, power: 1, subjects: 158 }]
            """));
        Assert.Equal(
            [
                "line 2: models[0].91: '91' is no key here. A comma ends a value here: write decimals with a point, as 0.91.",
                "line 3: means[0].mean = 5.19 mm: Expected a number with the digits that were printed, as 5.20.",
                "line 4: sampleSizes[0].power = 1: Expected a number above 0 and below 1.",
            ], written.Problems.Select(problem => problem.ToString()).Order());
        PlanException sizes = Assert.Throws<PlanException>(() => Parse("models: [{ name: A, auroc: 0.9 }]"));
        Assert.Contains("A: subjects and events are missing. Give them, or a split with its held-out side.", sizes.Message, StringComparison.Ordinal);
    }

    private static ReportedResults Parse(string text) => ReportedFile.Parse($"schemaVersion: 1\n{text}", "reported.yaml");

    private static IEnumerable<string> Places(IEnumerable<AuditFinding> findings, AuditVerdict verdict) =>
        findings.Where(finding => finding.Verdict == verdict).Select(finding => finding.Place);
}
