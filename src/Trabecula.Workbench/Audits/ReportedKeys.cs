using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Audits;

/// <summary>All keys of a file of reported results.</summary>
internal static class ReportedKeys
{
    private static readonly WholeShape s_count = new(0), s_some = new(1);
    private static readonly NumberShape s_share = new(0, 1);
    private static readonly ReportedNumberShape s_printedShare = new(0, 1);

    internal static readonly BlockShape<ReportedResults> Results = new BlockShape<ReportedResults>(new ReportedResults(), "What a prediction study printed")
        .Required("schemaVersion", "The version of this format: 1", new WholeShape(ReportedResults.Version, ReportedResults.Version), (report, _) => report)
        .Optional("title", "The study", new TextShape("a title"), (report, value) => report with { Title = value })
        .Optional("percentages", "Counts with their percentages", new ListShape<ReportedPercentage>(Percentage()), (report, value) => report with { Percentages = value })
        .Optional("means", "Means of whole numbers, as of scores", new ListShape<ReportedMean>(Mean()), (report, value) => report with { Means = value })
        .Optional("features", "How the number of features comes about", Features(), (report, value) => report with { Features = value })
        .Optional("sampleSizes", "Sample-size calculations of tests of proportions", new ListShape<ReportedSampleSize>(SampleSize()),
            (report, value) => report with { SampleSizes = value })
        .Optional("screening", "Univariate screenings", new ListShape<ReportedScreening>(Screening()), (report, value) => report with { Screening = value })
        .Optional("principalComponents", "Principal component analyses", new ListShape<ReportedComponents>(Components()),
            (report, value) => report with { PrincipalComponents = value })
        .Optional("split", "Training and held-out subjects", Split(), (report, value) => report with { Split = value })
        .Optional("models", "Models on held-out subjects", new ListShape<ReportedModel>(Model()), (report, value) => report with { Models = value })
        .Check(MissingSizes);

    private static BlockShape<ReportedPercentage> Percentage() => new BlockShape<ReportedPercentage>(new ReportedPercentage(), "A count with its percentage")
        .Required("name", "What is counted", new TextShape("a name"), (each, value) => each with { Name = value })
        .Required("count", "The count", s_count, (each, value) => each with { Count = value })
        .Required("of", "Of how many", s_some, (each, value) => each with { Of = value })
        .Required("share", "The percentage as printed", s_printedShare, (each, value) => each with { Share = value });

    private static BlockShape<ReportedMean> Mean() => new BlockShape<ReportedMean>(new ReportedMean(), "A mean of whole numbers")
        .Required("name", "What is averaged", new TextShape("a name"), (each, value) => each with { Name = value })
        .Required("subjects", "Over how many", s_some, (each, value) => each with { Subjects = value })
        .Optional("step", "The step of the scale", new NumberShape(0, aboveMinimum: true), each => each.Step, (each, value) => each with { Step = value })
        .Required("mean", "The mean as printed", new ReportedNumberShape(double.NegativeInfinity, double.PositiveInfinity), (each, value) => each with { Mean = value });

    private static BlockShape<ReportedFeatures> Features() => new BlockShape<ReportedFeatures>(new ReportedFeatures(), "The number of features")
        .Required("shape", "Features of shape", s_count, (each, value) => each with { Shape = value })
        .Required("images", "Images: the original and every filtered one", s_some, (each, value) => each with { Images = value })
        .Required("perImage", "Features of each image", s_some, (each, value) => each with { PerImage = value })
        .Required("total", "The number as printed", s_some, (each, value) => each with { Total = value });

    private static BlockShape<ReportedSampleSize> SampleSize() => new BlockShape<ReportedSampleSize>(new ReportedSampleSize(), "A sample size of a test of proportions")
        .Required("first", "The proportion of the null hypothesis, or of the first group", Inside(), (each, value) => each with { First = value })
        .Required("second", "The proportion to be found, or of the second group", Inside(), (each, value) => each with { Second = value })
        .Optional("alpha", "Two-sided significance level", Inside(), each => each.Alpha, (each, value) => each with { Alpha = value })
        .Optional("power", "Power", Inside(), each => each.Power, (each, value) => each with { Power = value })
        .Required("subjects", "The number as printed", s_some, (each, value) => each with { Subjects = value })
        .Check(each => each.First == each.Second ? ["first and second are equal, expected two proportions."] : []);

    private static BlockShape<ReportedScreening> Screening() => new BlockShape<ReportedScreening>(new ReportedScreening(), "A univariate screening")
        .Required("name", "The test", new TextShape("a name"), (each, value) => each with { Name = value })
        .Required("candidates", "Columns tested", s_some, (each, value) => each with { Candidates = value })
        .Required("kept", "Columns kept", s_count, (each, value) => each with { Kept = value })
        .Optional("below", "The P value below which a column is kept", Inside(), each => each.Below, (each, value) => each with { Below = value });

    private static BlockShape<ReportedComponents> Components() => new BlockShape<ReportedComponents>(new ReportedComponents(), "A principal component analysis")
        .Required("name", "Of what", new TextShape("a name"), (each, value) => each with { Name = value })
        .Required("subjects", "Rows", new WholeShape(2), (each, value) => each with { Subjects = value })
        .Required("columns", "Columns", s_some, (each, value) => each with { Columns = value })
        .Optional("standardised", "Whether the columns were brought to equal variance", new FlagShape(), each => each.Standardised, (each, value) => each with { Standardised = value })
        .Optional("first", "Share of variance of the first component", s_printedShare, (each, value) => each with { First = value })
        .Optional("firstThree", "Share of variance of the first three together", s_printedShare, (each, value) => each with { FirstThree = value })
        .Check(each => each is { First: null, FirstThree: null } ? ["A share is missing: give first or firstThree."] : []);

    private static BlockShape<ReportedSplit> Split() => new BlockShape<ReportedSplit>(new ReportedSplit(), "The sizes of a split")
        .Required("subjects", "All subjects", s_some, (each, value) => each with { Subjects = value })
        .Required("events", "All events", s_count, (each, value) => each with { Events = value })
        .Required("training", "Training subjects", s_some, (each, value) => each with { Training = value })
        .Required("trainingEvents", "Events among them", s_count, (each, value) => each with { TrainingEvents = value })
        .Required("heldOut", "Held-out subjects", s_some, (each, value) => each with { HeldOut = value })
        .Required("heldOutEvents", "Events among them", s_count, (each, value) => each with { HeldOutEvents = value })
        .Optional("share", "The share meant for training", s_share, (each, value) => each with { Share = value });

    private static BlockShape<ReportedModel> Model()
    {
        BlockShape<ReportedModel> block = new BlockShape<ReportedModel>(new ReportedModel(), "A model's results")
            .Required("name", "The model", new TextShape("a name"), (each, value) => each with { Name = value })
            .Optional("subjects", "Subjects it was evaluated on, where not the split's held-out ones", s_some, (each, value) => each with { Subjects = value })
            .Optional("events", "Events among them", s_count, (each, value) => each with { Events = value })
            .Optional("tp", "True positives", s_count, (each, value) => each with { TruePositives = value })
            .Optional("fn", "False negatives", s_count, (each, value) => each with { FalseNegatives = value })
            .Optional("fp", "False positives", s_count, (each, value) => each with { FalsePositives = value })
            .Optional("tn", "True negatives", s_count, (each, value) => each with { TrueNegatives = value })
            .Optional("threshold", "The risk from which on a subject counts as positive, of the same risks as the AUROC and the Brier score", s_printedShare, (each, value) => each with { Threshold = value })
            .Optional("averaged", "The numbers that are means over folds, repeats or resamples; none where all are of one set of predictions",
                new ListShape<AveragedNumber>(new ChoiceShape<AveragedNumber>(), 1), (each, value) => each with { Averaged = value })
            .Optional("auroc", "AUROC as printed", s_printedShare, (each, value) => each with { Auroc = value })
            .Optional("brier", "Brier score as printed", s_printedShare, (each, value) => each with { Brier = value });
        foreach (MatrixMeasure measure in MatrixMeasure.All)
        {
            double least = measure.Name is "kappa" or "mcc" ? -1 : 0;
            block.Optional(measure.Name, $"{measure.Meaning}, as printed", new ReportedNumberShape(least, 1), (each, value) =>
                each with { Measures = new SortedDictionary<string, ReportedNumber>(each.Measures.ToDictionary(), StringComparer.Ordinal) { [measure.Name] = value } });
        }
        return block;
    }

    private static NumberShape Inside() => new(0, 1, aboveMinimum: true, belowMaximum: true);

    private static IEnumerable<string> MissingSizes(ReportedResults report) =>
        from model in report.Models
        let subjects = model.Subjects ?? report.Split?.HeldOut
        let events = model.Events ?? report.Split?.HeldOutEvents
        where subjects is null || events is null || events < 1 || events >= subjects
        select subjects is null || events is null
            ? $"{model.Name}: subjects and events are missing. Give them, or a split with its held-out side."
            : FormattableString.Invariant($"{model.Name}: {events} events among {subjects} subjects; expected some with the event and some without.");
}
