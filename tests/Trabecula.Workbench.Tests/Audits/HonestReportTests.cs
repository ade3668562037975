using CsCheck;
using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Audits;
using Xunit;

namespace Trabecula.Workbench.Tests.Audits;

/// <summary>True reports are never called impossible, and what the plain search over all matrices calls impossible always is.</summary>
public sealed class HonestReportTests
{
    private const int Reports = 2000;

    [Fact]
    public void Of_ThousandsOfTrueReports_CallsNoneImpossible()
    {
        var accused = new List<string>();
        var verdicts = new Dictionary<AuditVerdict, int>();
        for (int i = 0; i < Reports; i++)
        {
            var report = new HonestReport(new Seed((ulong)i));
            foreach (AuditFinding finding in ResultsAudit.Of(Parse(report.Text)))
            {
                verdicts[finding.Verdict] = verdicts.GetValueOrDefault(finding.Verdict) + 1;
                if (finding.Verdict == AuditVerdict.DoesNotFit)
                    accused.Add($"{report.Text}{finding.Place}: {finding.Statement} {finding.Arithmetic}");
            }
        }
        Assert.Empty(accused);
        // The reports must reach the checks, not only pass them by.
        Assert.True(verdicts[AuditVerdict.Fits] > 3 * Reports && verdicts[AuditVerdict.Notable] > Reports);
    }

    /// <summary>The search cuts the matrices into stretches; here each is tried.</summary>
    [Fact]
    public void Of_MeasuresOfAnyNumbers_AreImpossibleWhereNoMatrixHasThem() =>
        Gen.Select(Gen.Select(Gen.Int[1, 12], Gen.Int[1, 25]), Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]), Gen.Int[1, 3], Gen.Int[1, 255], Gen.Int[0, 7], Gen.Double[-0.1, 0.1])
            .Sample((sizes, rates, digits, which, altered, by) =>
            {
                (int events, int others) = sizes;
                int tp = (int)(rates.Item1 * events), fp = (int)(rates.Item2 * others);
                var matrix = new ConfusionMatrix(tp, events - tp, fp, others - fp);
                MatrixMeasure[] measures = [.. MatrixMeasure.All.Where((_, i) => (which & 1 << i) != 0)];
                var printed = measures.ToDictionary(measure => measure.Name, measure => ReportedNumber.Read(
                    Math.Clamp(measure.Average(matrix, ClassReading.Event, 0) + (measure == MatrixMeasure.All[altered] ? by : 0), measure.Name is "kappa" or "mcc" ? -1 : 0, 1)
                        .ToString($"F{digits}", CultureInfo.InvariantCulture))!);
                bool exists = (from a in Enumerable.Range(0, events + 1)
                               from b in Enumerable.Range(0, others + 1)
                               let m = new ConfusionMatrix(a, events - a, b, others - b)
                               where measures.All(measure => MatrixReading.All.Any(reading => measure.Fits(m, printed[measure.Name], reading)))
                               select m).Any();
                IReadOnlyList<AuditFinding> findings = ResultsAudit.Of(Parse(
                    $"models: [{{ name: M, subjects: {events + others}, events: {events}, averaged: none, {string.Join(", ", printed.Select(each => $"{each.Key}: {each.Value}"))} }}]"));
                return exists != findings.Any(finding => finding.Verdict == AuditVerdict.DoesNotFit);
            }, iter: 1000);

    /// <summary>Where the file does not say of what the numbers are, the finding asks.</summary>
    [Theory]
    [InlineData("subjects: 256, events: 30, auroc: 0.911, brier: 0.010", AuditVerdict.Notable, "name there the numbers that are means over folds")]
    [InlineData("subjects: 256, events: 30, averaged: none, auroc: 0.911, brier: 0.010", AuditVerdict.DoesNotFit, "No one set of predictions of these subjects")]
    [InlineData("subjects: 256, events: 30, averaged: auroc, auroc: 0.911, brier: 0.010", AuditVerdict.NotChecked, "is not bound by the other numbers")]
    [InlineData("subjects: 256, events: 30, tp: 25, fp: 1, averaged: none, auroc: 0.70", AuditVerdict.Notable, "give the threshold")]
    [InlineData("subjects: 256, events: 30, tp: 25, fp: 1, averaged: none, threshold: 0.5, auroc: 0.70", AuditVerdict.DoesNotFit, "No curve with this area")]
    [InlineData("subjects: 256, events: 30, tp: 25, fn: 4", AuditVerdict.Notable, "The counts do not add up")]
    public void Of_NumbersOfOneSetOfPredictionsOrNot_AreJudgedAsTheFileSays(string model, AuditVerdict verdict, string statement)
    {
        AuditFinding finding = ResultsAudit.Of(Parse($"models: [{{ name: Model, {model} }}]"))[^1];
        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(statement, finding.Statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("percentages: [{ name: x, count: 102, of: 856, share: 11.91% }]", AuditVerdict.Notable)]
    [InlineData("percentages: [{ name: x, count: 249, of: 2000, share: 13% }]", AuditVerdict.Notable)]
    [InlineData("percentages: [{ name: x, count: 102, of: 856, share: 11.8% }]", AuditVerdict.DoesNotFit)]
    [InlineData("means: [{ name: x, subjects: 28, mean: 5.17 }]", AuditVerdict.Notable)]
    [InlineData("means: [{ name: x, subjects: 28, mean: 5.19 }]", AuditVerdict.DoesNotFit)]
    [InlineData("means: [{ name: x, subjects: 28, mean: -5.17 }]", AuditVerdict.Notable)]
    [InlineData("principalComponents: [{ name: x, subjects: 50, columns: 15, first: 6% }]", AuditVerdict.Notable)]
    [InlineData("principalComponents: [{ name: x, subjects: 50, columns: 15, first: 5% }]", AuditVerdict.DoesNotFit)]
    [InlineData("principalComponents: [{ name: x, subjects: 856, columns: 106, standardised: false, first: 35% }]", AuditVerdict.NotChecked)]
    [InlineData("principalComponents: [{ name: x, subjects: 856, columns: 106, standardised: false, first: 1.7% }]", AuditVerdict.Notable)]
    [InlineData("split: { subjects: 100, events: 20, training: 60, trainingEvents: 12, heldOut: 20, heldOutEvents: 4 }", AuditVerdict.Notable)]
    [InlineData("split: { subjects: 100, events: 20, training: 60, trainingEvents: 12, heldOut: 20, heldOutEvents: 9 }", AuditVerdict.DoesNotFit)]
    public void Of_DigitsCutOffOrRoundedTwice_AreToLookAt(string text, AuditVerdict verdict) =>
        Assert.Equal(verdict, Assert.Single(ResultsAudit.Of(Parse(text))).Verdict);

    /// <summary>Twelve thousand others and twelve hundred events have fourteen million matrices.</summary>
    [Fact]
    public void Of_ALargeCohort_IsSearchedWhole()
    {
        AuditFinding finding = Assert.Single(ResultsAudit.Of(Parse(
            "models: [{ name: M, subjects: 13200, events: 1200, averaged: none, accuracy: 0.9341, sensitivity: 0.6025, specificity: 0.9673, f1: 0.6244, kappa: 0.5881, mcc: 0.5990 }]")));
        Assert.Equal(AuditVerdict.DoesNotFit, finding.Verdict);
    }

    private static ReportedResults Parse(string text) => ReportedFile.Parse($"schemaVersion: 1\n{text}", "reported.yaml");
}
