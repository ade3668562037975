using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Synthesis;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Synthesis;

public sealed class SyntheticStudyTests : IClassFixture<SyntheticStudyTests.Files>
{
    private readonly Files _files;

    public SyntheticStudyTests(Files files) => _files = files;

    [Fact]
    public void Cohort_FromItsFiles_HasThePapersNumbers()
    {
        StudyCohort cohort = _files.Cohort;

        Assert.DoesNotContain(cohort.Findings, f => f.Severity > Severity.Notice);
        Assert.Equal(1253, cohort.Flow.Screened);
        Assert.Equal([61, 74, 83, 38, 47, 21, 24, 12, 5, 14, 18, 0, 0], cohort.Flow.Steps.Select(s => s.Left));
        Assert.Equal(6, cohort.Flow.Steps.Count(s => s.Reason == FlowReason.Inclusion));
        Assert.Equal(5, cohort.Flow.Steps.Count(s => s.Reason == FlowReason.Exclusion));
        Assert.True(cohort.Flow.Steps[3].MissingRows.Count > 0 && cohort.Flow.Steps[4].MissingRows.Count > 0);
        Assert.Equal(856, cohort.Flow.Analysed);
        Assert.Equal((856, 102, 2, 11 + 1223), (cohort.Features!.RowCount, cohort.Features.EventCount, cohort.Features.ReadingCount, cohort.Features.ColumnCount));
        Assert.Contains(cohort.Scores, s => s.Missing > 0);
        var findings = new List<Finding>();
        Assert.Equal(856, cohort.Dates("date", findings).Count);
        Assert.Empty(findings);
    }

    [Fact]
    public void TrueRisk_OfTheEligible_IsCalibratedAndPredicts()
    {
        DataTable truth = TableFile.Read(_files.Folder[SyntheticStudyFiles.TruePatients]);
        double[] risks = truth.Numbers(truth.Find("true_risk"), []);

        Assert.Equal(_files.Cohort.Features!.Subjects, truth.Texts(0));
        Assert.Equal(102, risks.Sum(), 0.01);
        Assert.InRange(Auroc.Of(_files.Cohort.Features.Outcomes, risks).Value, 0.80, 0.88);
    }

    [Fact]
    public void Truth_IsNeverAmongPredictors()
    {
        DataTable truth = TableFile.Read(_files.Folder[SyntheticStudyFiles.TruePatients]);
        FeatureTable features = _files.Cohort.Features!;
        Assert.Empty(features.Columns.Intersect(truth.Columns));
        for (int t = 1; t < truth.Columns.Count; t++)
        {
            double[] hidden = truth.Numbers(t, []);
            double strongest = Enumerable.Range(0, features.ColumnCount).Max(c => Math.Abs(Correlation(hidden, features.Column(c))));
            Assert.InRange(strongest, 0.3, 0.95);
        }
    }

    [Fact]
    public void Concordance_OfTheReaders_TellsThePlantedColumns()
    {
        DataTable truth = TableFile.Read(_files.Folder[SyntheticStudyFiles.TrueColumns]);
        FeatureTable features = _files.Cohort.Features!;
        int correlated = 0;
        for (int c = 0; c < truth.RowCount; c++)
        {
            Assert.Equal(truth.Text(c, 0), features.Columns[11 + c]);
            double[] first = features.Column(11 + c), second = features.Column(11 + c, 1);
            Assert.Equal(truth.Text(c, 1) == "Reliable", Concordance(first, second) >= 0.85);
            correlated += truth.Text(c, 1) == "Shifted" && Correlation(first, second) >= 0.85 ? 1 : 0;
        }
        Assert.Equal([940, 243, 40], ((string[])["Reliable", "Noisy", "Shifted"]).Select(kind => truth.Texts(1).Count(text => text == kind)));
        // Scaling each reader by himself would let these through.
        Assert.True(correlated >= 35, $"{correlated} of the 40 shifted columns are correlated.");
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        using var other = new TemporaryFolder();
        SyntheticStudy.Draw(SyntheticStudy.DefaultSeed).Write(other["study"]);

        string[] names = [.. Directory.EnumerateFiles(other["study"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(other["study"], path))];
        Assert.Equal(6, names.Length);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(_files.Folder[name]), File.ReadAllBytes(Path.Combine(other["study"], name))));
        Assert.Contains("Nothing here is from a person", File.ReadAllText(_files.Folder["README.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WithAnotherSeed_KeepsTheNumbers()
    {
        SyntheticStudy study = SyntheticStudy.Draw(new Seed(2));

        Assert.Equal((1253, 856), (study.Records.Count, study.Eligible.Count));
        Assert.Equal(102, study.Eligible.Count(record => record.Pain[1] >= 4 && record.Pain[3] >= 4));
        Assert.NotEqual(study.TrueRisks[0], SyntheticStudy.Draw(SyntheticStudy.DefaultSeed).TrueRisks[0]);
    }

    [Fact]
    public void FeatureColumns_OfThePaper_AreThoseOfAnExtraction()
    {
        VertebraPhantom phantom = VertebraPhantom.Render(SyntheticCohort.Draw(1, new Seed(1))[0].Traits, new Seed(1));
        FeatureVector features = new FeatureExtractor(ExtractionParameters.Paper).Extract(phantom.Image, phantom.Mask, 1, TestContext.Current.CancellationToken);

        Assert.Equal(features.Features.Select(f => f.Name), FeatureColumns.Of(ExtractionParameters.Paper));
    }

    private static double Correlation(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.Sqrt(xx * yy);
    }

    /// <summary>Lin's coefficient, moments over n.</summary>
    private static double Concordance(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), xy = 0, both = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            both += (x[i] - meanX) * (x[i] - meanX) + (y[i] - meanY) * (y[i] - meanY);
        }
        return 2 * xy / (both + x.Length * (meanX - meanY) * (meanX - meanY));
    }

    public sealed class Files : IDisposable
    {
        public Files()
        {
            SyntheticStudy.Draw(SyntheticStudy.DefaultSeed).Write(Path.GetDirectoryName(Folder["x"])!);
            Cohort = StudyCohort.Build(
                SyntheticStudyDesign.Cohort, TableFile.Read(Folder[SyntheticStudyFiles.Screened]),
                [
                    RadiomicTable.Of("reader 1", TableFile.Read(Folder[SyntheticStudyFiles.Reader1]), "id"),
                    RadiomicTable.Of("reader 2", TableFile.Read(Folder[SyntheticStudyFiles.Reader2]), "id"),
                ]);
        }

        internal TemporaryFolder Folder { get; } = new();

        internal StudyCohort Cohort { get; }

        public void Dispose() => Folder.Dispose();
    }
}
