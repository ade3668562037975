using System.Globalization;

namespace Trabecula.Radiomics.Filters;

/// <summary>The decomposition filters of PyWavelets' discrete wavelets, in double precision and as single precision holds them.</summary>
/// <param name="Low">The scaling filter, PyWavelets' <c>dec_lo</c>.</param>
/// <param name="High">The wavelet filter, <c>dec_hi</c>.</param>
/// <param name="LowSingle">As <paramref name="Low"/>, for images of 32-bit floating point.</param>
/// <param name="HighSingle">As <paramref name="High"/>.</param>
/// <remarks>
/// Orthogonal: high[k] = (-1)^(n-1-k) low[n-1-k], reversed. Biorthogonal: the low filter of one side gives the high filter of the other; a
/// reverse one swaps the sides. Sources: Daubechies, Ten Lectures on Wavelets (1992); the numbers, see <c>wavelets.txt</c>.
/// </remarks>
internal sealed record WaveletFilters(double[] Low, double[] High, float[] LowSingle, float[] HighSingle)
{
    private const string Splines = "1.1 1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3 3.5 3.7 3.9 4.4 5.5 6.8";

    private static readonly Lazy<Dictionary<string, double[]>> s_table = new(ReadTable);

    /// <summary>All names, as <c>pywt.wavelist(kind='discrete')</c> has them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Splines.Split(' ').Select(order => "bior" + order), .. Numbered("coif", 1, 17), .. Numbered("db", 1, 38), "dmey", "haar",
        .. Splines.Split(' ').Select(order => "rbio" + order), .. Numbered("sym", 2, 20),
    ];

    /// <summary>Taps of each filter.</summary>
    public int Length => Low.Length;

    /// <summary>The filters of a name.</summary>
    public static WaveletFilters Of(string name)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"No discrete wavelet is called {name}.", nameof(name));
        if (name.StartsWith("bior", StringComparison.Ordinal) || name.StartsWith("rbio", StringComparison.Ordinal))
            return Biorthogonal(name[4..], reverse: name[0] == 'r');
        double[] scaling = s_table.Value[name == "haar" ? "db1" : name];
        float[] single = [.. scaling.Select(value => (float)value)];
        if (name.StartsWith("coif", StringComparison.Ordinal))
        {
            single = [.. single.Select(value => value * (float)Math.Sqrt(2))];
            scaling = [.. scaling.Select(value => value * Math.Sqrt(2))];
        }
        return Make(Reversed(scaling), Alternated(scaling, scaling.Length - 1), Reversed(single), Alternated(single, scaling.Length - 1));
    }

    private static WaveletFilters Biorthogonal(string order, bool reverse)
    {
        double[] member = s_table.Value["bior" + order], padded = s_table.Value[$"bior{order[0]}.0"];
        // The family's reconstruction filter stands in the middle of its longest member.
        int length = member.Length, margin = (padded.Length - length) / 2;
        double[] family = padded[margin..(margin + length)];
        double[] low = reverse ? Reversed(family) : Reversed(member), high = Alternated(reverse ? member : family, length - 1);
        return Make(low, high, [.. low.Select(value => (float)value)], [.. high.Select(value => (float)value)]);
    }

    private static WaveletFilters Make(double[] low, double[] high, float[] lowSingle, float[] highSingle) => new(low, high, lowSingle, highSingle);

    private static T[] Reversed<T>(T[] values) => [.. values.Reverse()];

    private static double[] Alternated(double[] values, int last) => [.. values.Select((value, k) => (last - k) % 2 == 0 ? value : -value)];

    private static float[] Alternated(float[] values, int last) => [.. values.Select((value, k) => (last - k) % 2 == 0 ? value : -value)];

    private static IEnumerable<string> Numbered(string family, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(number => FormattableString.Invariant($"{family}{number}"));

    private static Dictionary<string, double[]> ReadTable()
    {
        using Stream stream = typeof(WaveletFilters).Assembly.GetManifestResourceStream("wavelets.txt")
            ?? throw new InvalidOperationException("The assembly lacks its resource wavelets.txt.");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<string, double[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is string line)
        {
            if (line.StartsWith('#'))
                continue;
            string[] parts = line.Split(' ');
            table.Add(parts[0], [.. parts.Skip(1).Select(part => double.Parse(part, CultureInfo.InvariantCulture))]);
        }
        return table;
    }
}
