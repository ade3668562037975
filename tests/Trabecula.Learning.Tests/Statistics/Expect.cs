using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>Comparison of numbers with reference values.</summary>
internal static class Expect
{
    /// <summary>Statistics: README of the reference values.</summary>
    internal const double Statistic = 1e-10;

    /// <summary>P values and intervals: different codes of the incomplete gamma and beta functions.</summary>
    internal const double Probability = 1e-9;

    /// <summary>Equal within a relative tolerance; values whose scale is given are compared on it, since a mean of 0 is rounding.</summary>
    internal static void Close(double expected, double actual, double relative, string what, double scale = 0)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected))
        {
            Assert.True(expected.Equals(actual), string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected}, got {actual}"));
            return;
        }
        double bound = relative * Math.Max(Math.Abs(expected), scale);
        Assert.True(Math.Abs(expected - actual) <= bound, string.Create(CultureInfo.InvariantCulture,
            $"{what}: expected {expected:R}, got {actual:R}, difference {Math.Abs(expected - actual):E2} over {bound:E2}"));
    }

    /// <summary>Compares every entry of an object by the entries given, and fails on one that nothing was given for, and the reverse.</summary>
    internal static void Object(JsonElement expected, Dictionary<string, Action<JsonElement>> entries)
    {
        Assert.Equal(entries.Keys.Order(StringComparer.Ordinal), expected.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        foreach (JsonProperty property in expected.EnumerateObject())
            entries[property.Name](property.Value);
    }

    /// <summary>An entry that is an input or a description.</summary>
    internal static void Given(JsonElement _)
    {
    }

    /// <summary>An entry that is a statistic.</summary>
    internal static Action<JsonElement> Number(double actual, string what, double relative = Statistic, double scale = 0) =>
        expected => Close(ReferenceData.Double(expected), actual, relative, what, scale);

    /// <summary>An entry that is a P or the end of an interval.</summary>
    internal static Action<JsonElement> P(double actual, string what, double relative = Probability) =>
        expected => Close(ReferenceData.Double(expected), actual, relative, what);

    /// <summary>An entry that is a list of numbers.</summary>
    internal static Action<JsonElement> Numbers(IReadOnlyList<double> actual, string what, double relative = Statistic, double scale = 0) =>
        expected =>
        {
            double[] values = ReferenceData.Doubles(expected);
            Assert.Equal(values.Length, actual.Count);
            for (int i = 0; i < values.Length; i++)
                Close(values[i], actual[i], relative, string.Create(CultureInfo.InvariantCulture, $"{what}[{i}]"), scale);
        };
}
