using System.Globalization;
using System.Text;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>The worst difference from PyRadiomics per settings and feature class, as rows of a Markdown table.</summary>
/// <remarks>
/// Differences are given as the power of ten that bounds them: the last digits of a logarithm differ between C libraries, and a table
/// that tests hold to be current must not.
/// </remarks>
internal static class ConformanceTable
{
    /// <summary>Below this a value counts as zero, and its absolute difference as its relative one.</summary>
    private const double NearZero = 1e-9;

    public static string Rows(IEnumerable<GoldenCase> cases)
    {
        var worst = new SortedDictionary<(string Settings, int Class), Worst>();
        foreach (GoldenCase golden in cases.Where(c => c.Error is null))
        {
            IReadOnlyDictionary<string, double> actual = golden.ExtractFeatures();
            foreach ((string name, double expected) in golden.Features)
            {
                string[] parts = name.Split('_');
                (string, int) key = (golden.Settings, ClassOf(parts[1]));
                if (!worst.TryGetValue(key, out Worst? row))
                    worst.Add(key, row = new Worst());
                row.Add(golden.Name, Difference(expected, actual[name]));
            }
        }
        var text = new StringBuilder();
        foreach (((string settings, int featureClass), Worst row) in worst)
        {
            string className = FeatureNames.NameOf((FeatureClass)featureClass);
            text.Append(CultureInfo.InvariantCulture, $"| {settings} | {className} | {row.Cases.Count} | {row.Values} | {Bound(row.Difference)} |\n");
        }
        return text.ToString();
    }

    private static int ClassOf(string name) => (int)Enum.GetValues<FeatureClass>().Single(c => FeatureNames.NameOf(c) == name);

    private static double Difference(double expected, double actual)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual))
            return 0;
        double difference = Math.Abs(actual - expected);
        return Math.Abs(expected) > NearZero ? difference / Math.Abs(expected) : difference;
    }

    private static string Bound(double difference) =>
        difference < 1e-15 ? "below 1e-15" : string.Create(CultureInfo.InvariantCulture, $"below 1e{Math.Floor(Math.Log10(difference)) + 1}");

    private sealed class Worst
    {
        public HashSet<string> Cases { get; } = [];

        public int Values { get; private set; }

        public double Difference { get; private set; }

        public void Add(string golden, double difference)
        {
            Cases.Add(golden);
            Values++;
            Difference = Math.Max(Difference, difference);
        }
    }
}
