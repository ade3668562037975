using Xunit;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>Every feature of every reference case, complete both ways: a feature without a reference fails, and the reverse.</summary>
public sealed class GoldenFeatureTests
{
    private const double RelativeTolerance = 1e-6;

    /// <summary>For values that are zero but for rounding, such as the entropy of a single grey level.</summary>
    private const double AbsoluteTolerance = 1e-9;

    /// <summary>
    /// Patterns that are turns of each other have the same value in the image lbp-3D-m2 but for the last bits, and NumPy's complex products leave
    /// those to the processor (they are fused where it can). The bounds P10 and P90 fall among such values, and this feature takes all voxels of a
    /// pattern in or leaves them out by the last bit: one of some dozens of patterns moves it by some thousandths.
    /// </summary>
    private const string DecidedByLastBits = "lbp-3D-m2_firstorder_RobustMeanAbsoluteDeviation";

    private const double LastBitsTolerance = 5e-3;

    public static TheoryData<string, string> Synthetic() => Cases(GoldenCase.Synthetic());

    public static TheoryData<string, string> Real()
    {
        TheoryData<string, string> cases = Cases(GoldenCase.Real());
        if (cases.Count == 0)
            cases.Add("", "");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Synthetic))]
    public void Features_SyntheticCase_EqualPyRadiomics(string name, string settings) => Check(GoldenCase.ReadSynthetic(name, settings));

    [Theory]
    [MemberData(nameof(Real))]
    public void Features_RealCase_EqualPyRadiomics(string name, string settings)
    {
        Assert.SkipWhen(name.Length == 0, "The open data is not there (../shared/data or TRABECULA_TEST_DATA).");
        Check(GoldenCase.ReadReal(name, settings));
    }

    private static void Check(GoldenCase golden)
    {
        if (golden.Error is not null)
        {
            RadiomicsException error = Assert.Throws<RadiomicsException>(golden.Extract);
            Assert.NotEmpty(error.Cure);
            return;
        }
        IReadOnlyDictionary<string, double> actual = golden.ExtractFeatures();
        Assert.Equal(golden.Features.Keys, actual.Keys);
        string[] wrong =
        [
            .. golden.Features.Where(f => !Near(f.Value, actual[f.Key], f.Key == DecidedByLastBits ? LastBitsTolerance : RelativeTolerance))
                .Select(f => FormattableString.Invariant($"{f.Key}: {actual[f.Key]:R} instead of {f.Value:R}")),
        ];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {golden.Features.Count} features differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static bool Near(double expected, double actual, double tolerance) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= AbsoluteTolerance + tolerance * Math.Abs(expected);

    private static TheoryData<string, string> Cases(IEnumerable<(string Name, string Settings)> references)
    {
        var cases = new TheoryData<string, string>();
        foreach ((string name, string settings) in references)
            cases.Add(name, settings);
        return cases;
    }
}
