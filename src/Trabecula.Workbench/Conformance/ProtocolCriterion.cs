using System.Globalization;

namespace Trabecula.Workbench.Conformance;

/// <summary>One criterion of a protocol.</summary>
/// <param name="Key">Its key in the file.</param>
/// <param name="Demand">What it demands, for tables.</param>
/// <param name="Judge">Judges an acquisition.</param>
internal sealed record ProtocolCriterion(string Key, string Demand, Func<Acquisition, Judgement> Judge)
{
    // Positions and spacings are rounded in files; a nominal 3 mm may be 2.998.
    private const double RelativeTolerance = 0.01;

    /// <summary>Values that must lie within bounds, such as the voltages of all slices.</summary>
    public static ProtocolCriterion Within(string key, double low, double high, string unit, Func<Acquisition, IReadOnlyList<double>> values) =>
        new(key, low == high ? $"{Text(low)} {unit}".TrimEnd() : $"{Text(low)} to {Text(high)} {unit}".TrimEnd(), acquisition =>
        {
            IReadOnlyList<double> found = values(acquisition);
            if (found.Count == 0)
                return Judgement.NotRecorded();
            double least = found.Min(), most = found.Max(), slack = low == high ? RelativeTolerance * low : 1e-9 * high;
            return Judgement.Of(least >= low - slack && most <= high + slack, (least == most ? Text(least) : $"{Text(least)} to {Text(most)}") + (unit.Length > 0 ? $" {unit}" : ""));
        });

    /// <summary>A text that must hold one of some words, upper and lower case alike.</summary>
    public static ProtocolCriterion OneOf(string key, IReadOnlyList<string> words, Func<Acquisition, string> text) =>
        new(key, string.Join(" or ", words), acquisition =>
        {
            string found = text(acquisition);
            return found.Length == 0 ? Judgement.NotRecorded()
                : Judgement.Of(words.Any(word => found.Contains(word, StringComparison.OrdinalIgnoreCase)), found);
        });

    /// <summary>The columns and rows of a slice.</summary>
    public static ProtocolCriterion Matrix(string key, double columns, double rows) =>
        new(key, $"{Text(columns)} x {Text(rows)}", acquisition =>
            Judgement.Of(acquisition.Matrix.Columns == columns && acquisition.Matrix.Rows == rows, FormattableString.Invariant($"{acquisition.Matrix.Columns} x {acquisition.Matrix.Rows}")));

    /// <summary>Whether slices neither overlap nor leave gaps: nominal thickness and measured distance agree.</summary>
    public static ProtocolCriterion Contiguous(string key, bool wanted) => new(key, wanted ? "yes" : "no", acquisition =>
    {
        if (acquisition.Series?.SliceThicknessMm is not { } thickness || acquisition.SpacingMm is not { } spacing)
            return Judgement.NotRecorded();
        bool contiguous = Math.Abs(thickness - spacing) <= RelativeTolerance * spacing;
        return Judgement.Of(contiguous == wanted, $"{Text(thickness)} mm thick, {Text(spacing)} mm apart");
    });

    /// <summary>Automatic tube current. Where no attribute names it, currents that differ between slices show it.</summary>
    public static ProtocolCriterion Modulation(string key, bool wanted) => new(key, wanted ? "yes" : "no", acquisition =>
    {
        if (acquisition.Series is not { } series)
            return Judgement.NotRecorded();
        if (series.ExposureModulation.Length > 0)
            return Judgement.Of(wanted != series.ExposureModulation.Equals("NONE", StringComparison.OrdinalIgnoreCase), series.ExposureModulation);
        IReadOnlyList<double> currents = series.TubeCurrentsMilliampere;
        return currents.Count > 1 ? Judgement.Of(wanted, $"{Text(currents[0])} to {Text(currents[^1])} mA")
            : Judgement.NotRecorded(currents.Count == 1 ? $"{Text(currents[0])} mA in all slices" : "");
    });

    /// <summary>The noise index, which DICOM has no attribute for: vendors keep it among their own, which are not read.</summary>
    public static ProtocolCriterion NoiseIndex(string key, double wanted) => new(key, Text(wanted), _ => Judgement.NotRecorded());

    /// <summary>Whether a contrast agent was given. Files without one need not say so.</summary>
    public static ProtocolCriterion Contrast(string key, bool wanted) => new(key, wanted ? "yes" : "no", acquisition =>
        acquisition.Series is not { } series ? Judgement.NotRecorded()
        : series.HasContrast ? Judgement.Of(wanted, "an agent is named") : wanted ? Judgement.NotRecorded("no agent is named") : Judgement.Of(true, "none named"));

    /// <summary>Whether the slices form a volume, which no protocol need ask for.</summary>
    public static ProtocolCriterion RegularVolume { get; } = new("regularVolume", "always", acquisition =>
        acquisition.Problems.Count == 0 ? Judgement.Of(true, "") : Judgement.Of(false, string.Join("; ", acquisition.Problems)));

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
