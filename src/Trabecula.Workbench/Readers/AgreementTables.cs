using System.Globalization;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Readers;

/// <summary>The tables of a comparison.</summary>
internal static class AgreementTables
{
    internal static ReportTable Masks(IReadOnlyList<MaskPair> pairs, IReadOnlyList<MaskMeasure> measures) => new(
        "masks", "Masks, case by case", ["Subject", "Label", "Reader 1", "Reader 2", .. measures.Select(measure => measure.Name)],
        [.. pairs.Select(pair => (IReadOnlyList<string>)[pair.Subject, pair.Label, Number(pair.First), Number(pair.Second), .. measures.Select(measure => Number(measure.Of(pair.Agreement)))])])
    {
        Note = "Distances between surface voxels. Surface Dice: share of both surfaces, by area, within the tolerance of the other one. Volume differences are second less first, by the mean of both.",
    };

    internal static ReportTable MaskSummary(IReadOnlyList<MaskPair> pairs, IReadOnlyList<MaskMeasure> measures) => new(
        "masks-summary", "Masks, all cases", ["Label", "Measure", "Pairs", "Pairs without value", "Median", "Lower quartile", "Upper quartile", "Least", "Most"],
        [.. pairs.GroupBy(pair => pair.Label).SelectMany(label => measures.Select(measure => Row(label.Key, measure, label.Count(), [.. label.Select(pair => measure.Of(pair.Agreement)).Where(double.IsFinite).Order()])))])
    { Note = "A distance needs both masks: pairs in which a reader drew nothing have none. Overlaps are 0 there, and have no value where both drew nothing." };

    internal static ReportTable Concordances(FeatureReadings readings, IReadOnlyList<FeatureAgreement> features) => new(
        "concordance", "Lin's concordance correlation",
        ["Feature", "Reader 1", "Reader 2", "Subjects", "CCC", "Lower", "Upper", "Pearson's r", "Bias correction"],
        [.. features.SelectMany(feature => feature.Pairs.Select(pair => (IReadOnlyList<string>)
        [
            feature.Feature, readings.Readers[pair.First], readings.Readers[pair.Second], Number(pair.Concordance.Count), Number(pair.Concordance.Coefficient),
            Number(pair.Concordance.Lower), Number(pair.Concordance.Upper), Number(pair.Concordance.Pearson), Number(pair.Concordance.BiasCorrection),
        ]))])
    { Note = "95 % intervals by Fisher's z (Lin 1989, 2000)." };

    internal static ReportTable Correlations(FeatureReadings readings, IReadOnlyList<FeatureAgreement> features) => new(
        "icc", "Intraclass correlations",
        ["Feature", "Subjects", "Readers", .. Enum.GetValues<IccForm>().SelectMany(form => (string[])[Name(form), $"{Name(form)} lower", $"{Name(form)} upper"])],
        [.. features.Select(feature => (IReadOnlyList<string>)
        [
            feature.Feature, Number(feature.Subjects), Number(readings.Readers.Count),
            .. feature.Correlations.SelectMany(icc => IsPossible(icc) ? (string[])[Number(icc.Coefficient), Number(icc.Lower), Number(icc.Upper)] : ["", "", ""]),
        ])])
    { Note = "Shrout and Fleiss 1979; 95 % intervals. (1,1): other readers for each subject; (2,1): readers are a sample, absolute agreement; (3,1): these readers, consistency; k: the mean of all readers. Empty where subjects do not differ or are too few for a value." };

    internal static ReportTable Differences(FeatureReadings readings, IReadOnlyList<FeatureAgreement> features) => new(
        "bland-altman", "Differences after Bland and Altman",
        ["Feature", "Reader 1", "Reader 2", "Subjects", "Bias", "Bias lower", "Bias upper", "Deviation", "Lower limit", "Lower limit lower", "Lower limit upper",
            "Upper limit", "Upper limit lower", "Upper limit upper"],
        [.. features.SelectMany(feature => feature.Pairs.Select(pair => (IReadOnlyList<string>)
        [
            feature.Feature, readings.Readers[pair.First], readings.Readers[pair.Second], Number(pair.Differences.Count),
            Number(pair.Differences.Bias), .. Ends(pair.Differences.BiasInterval), Number(pair.Differences.Deviation),
            Number(pair.Differences.LowerLimit), .. Ends(pair.Differences.LowerLimitInterval),
            Number(pair.Differences.UpperLimit), .. Ends(pair.Differences.UpperLimitInterval),
        ]))])
    { Note = "Second reader less first; limits at 1.96 deviations of the differences, with their 95 % intervals." };

    internal static string Name(IccForm form) => form switch
    {
        IccForm.OneWaySingle => "ICC(1,1)",
        IccForm.TwoWayRandomSingle => "ICC(2,1)",
        IccForm.TwoWayMixedSingle => "ICC(3,1)",
        IccForm.OneWayAverage => "ICC(1,k)",
        IccForm.TwoWayRandomAverage => "ICC(2,k)",
        _ => "ICC(3,k)",
    };

    private static IReadOnlyList<string> Row(string label, MaskMeasure measure, int pairs, double[] sorted) =>
    [
        label, measure.Name, Number(sorted.Length), Number(pairs - sorted.Length),
        .. ((double[])[0.5, 0.25, 0.75, 0, 1]).Select(share => Number(Quantiles.OfSorted(sorted, share))),
    ];

    /// <summary>With subjects that do not differ, or with two or three of them, the formulas give numbers that are no correlation.</summary>
    private static bool IsPossible(IntraclassCorrelation icc) => icc.F > 0 && double.IsFinite(icc.Coefficient) && icc.Coefficient <= 1;

    private static string[] Ends(ConfidenceInterval interval) => [Number(interval.Lower), Number(interval.Upper)];

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
