using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

public sealed class PipelineBootstrapTests
{
    private static readonly Pipeline s_selecting = new(
        new PreparationSteps([new StandardScaler(), new UnivariateScreening { Alpha = 0.1, Fallback = new ScreeningFallback(5, 5) }]), [],
        new LogisticRegression { C = 1 });

    [Fact]
    public void Correct_PureNoiseWithSelection_IsNearChanceWhereTheApparentAreaIsHigh()
    {
        // 60 columns of noise, screened by P: in 120 subjects the apparent area is far above one half, and only refits that screen anew see it.
        FeatureTable noise = Tables.Gaussian(new Seed(7), 120, 60, effect: 0);
        OptimismCorrected whole = Run(s_selecting, noise).Correct(Auroc.ValueOf);
        Assert.True(whole.Apparent > 0.68);
        Assert.InRange(whole.Corrected, 0.40, 0.60);
        // No refit saw these. An area on 120 subjects of no relation has a standard deviation of 0.053; three of these.
        Assert.InRange(whole.LeftOut, 0.34, 0.66);

        // The same steps fitted once before the bootstrap hide most of the optimism: what a pipeline leaves out stays in the result.
        FeatureTable screened = s_selecting.Preparation.Fit(Tables.Train(noise), new Seed(1), cancellationToken: TestContext.Current.CancellationToken).Prepared.Table;
        OptimismCorrected part = Run(s_selecting with { Preparation = new PreparationSteps([]) }, screened).Correct(Auroc.ValueOf);
        Assert.True(part.Corrected > whole.Corrected + 0.05);
    }

    [Fact]
    public void Correct_EqualsTheMeanOverRefitsOfDrawLessOriginal()
    {
        PipelineBootstrapResult result = Run(s_selecting, Tables.Gaussian(new Seed(8), 80, 6));
        OptimismCorrected brier = result.Correct((y, p) => BrierScore.Of(y, p).Value);
        double optimism = result.Refits.Average(refit =>
            BrierScore.Of(refit.DrawnOutcomes, refit.DrawnRisks).Value - BrierScore.Of(result.Outcomes, refit.Risks).Value);
        Assert.Equal(optimism, brier.Optimism, 1e-12);
        Assert.Equal(brier.Apparent - optimism, brier.Corrected, 1e-12);
        Assert.True(optimism < 0);
        Assert.True(brier.Interval().Contains(brier.Corrected) && brier.Interval(0.5).Upper < brier.Interval().Upper);
        Assert.Equal(result.Refits.Average(refit => BrierScore.Of(refit.LeftOutcomes, refit.LeftRisks).Value), brier.LeftOut, 1e-12);
    }

    [Fact]
    public void Run_MoreThreads_GivesTheSameBits()
    {
        FeatureTable table = Tables.Gaussian(new Seed(9), 60, 5);
        PipelineBootstrapResult one = Run(s_selecting, table), two = new PipelineBootstrap { Resamples = 40, Jobs = 2 }.Run(
            s_selecting, Tables.Train(table), new Seed(3), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(one.Refits.Select(refit => refit.Risks), two.Refits.Select(refit => refit.Risks));
    }

    [Fact]
    public void Instability_ModelThatIgnoresItsRows_IsZero()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(10), 60, 3));
        FittedPipeline fitted = s_selecting.Fit(training, new Seed(4), cancellationToken: TestContext.Current.CancellationToken);
        RiskInstability instability = RiskInstability.Of(new PipelineBootstrap { Resamples = 20 }.Run(
            (_, _, _) => fitted, training, new Seed(5), cancellationToken: TestContext.Current.CancellationToken), 0.5);
        Assert.Equal(0, instability.MeanAbsoluteError);
        Assert.All(instability.Subjects, subject => Assert.Equal((subject.Risk, subject.Risk, 0), (subject.Interval.Lower, subject.Interval.Upper, subject.Reclassified)));
    }

    [Fact]
    public void Instability_FewerSubjects_IsLarger()
    {
        RiskInstability small = RiskInstability.Of(Run(s_selecting, Tables.Gaussian(new Seed(11), 50, 20)), 0.5);
        RiskInstability large = RiskInstability.Of(Run(s_selecting, Tables.Gaussian(new Seed(11), 400, 20)), 0.5);
        Assert.True(small.MeanAbsoluteError > 1.5 * large.MeanAbsoluteError);
        Assert.Equal(50, small.Subjects.Count);
        Assert.All(small.Subjects, subject => Assert.True(subject.Interval.Lower <= subject.Interval.Upper && subject.Reclassified is >= 0 and <= 1));
        Assert.True(small.LargestAbsoluteError >= small.MeanAbsoluteError);
    }

    [Fact]
    public void Run_DrawsThatCannotBeFitted_AreCountedWithTheirReason()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(12), 40, 3));
        int call = 0;
        PipelineBootstrapResult result = new PipelineBootstrap { Resamples = 10 }.Run((rows, seed, token) =>
            call++ is 2 or 5 ? throw new LearningException("Separated.", "Penalise.") : s_selecting.Fit(rows, seed, token),
            training, new Seed(6), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(8, result.RefitCount);
        Assert.Equal(["Separated. Penalise.", "Separated. Penalise."], result.Failures);
    }

    [Fact]
    public void Comparison_ColumnThatCarriesTheEffect_BeatsTheOneThatDoesNot()
    {
        TrainingSet training = Tables.Train(Tables.Gaussian(new Seed(13), 200, 4));
        PipelineComparison comparison = PipelineComparison.Of(training,
            [("all", Plain()), ("f0 alone", Plain("f0")), ("f1 alone", Plain("f1"))],
            new RepeatedStratifiedKFold { NSplits = 5, NRepeats = 2 }, new Seed(7), 1, cancellationToken: TestContext.Current.CancellationToken);
        CorrectedResampledTTest gain = comparison.Difference("all", "f1 alone"), none = comparison.Difference("all", "f0 alone");
        Assert.True(gain.Mean > 0.2 && gain.P < 0.001);
        Assert.True(none.P > 0.01 && Math.Abs(none.Mean) < 0.05);
        Assert.Equal((160, 40, 9), (comparison.TrainingSize, comparison.TestSize, gain.DegreesOfFreedom));
        Assert.Equal(0.1 + 0.25, gain.Factor, 1e-12);

        static Pipeline Plain(params string[] columns) => new(
            new PreparationSteps(columns.Length == 0 ? [new StandardScaler()] : [new ColumnChoice { Names = columns }, new StandardScaler()]), [], new LogisticRegression());
    }

    [Fact]
    public void ColumnChoice_UnknownColumn_IsNamed() => Assert.StartsWith("Column choice: there is no column 'volume'", Assert.Throws<LearningException>(() =>
        new ColumnChoice { Names = ["volume"] }.Fit(Tables.Train(Tables.Gaussian(new Seed(1), 20, 2)), new Seed(0), cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    private static PipelineBootstrapResult Run(Pipeline pipeline, FeatureTable table) =>
        new PipelineBootstrap { Resamples = 40 }.Run(pipeline, Tables.Train(table), new Seed(3), cancellationToken: TestContext.Current.CancellationToken);
}
