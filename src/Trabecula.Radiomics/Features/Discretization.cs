using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features;

/// <summary>How intensities are put into bins.</summary>
/// <param name="Width">Width of a bin.</param>
/// <param name="Count">Number of bins, in place of the width; null for the width.</param>
/// <param name="IsSingle">Whether the image is one of 32-bit floating point.</param>
internal readonly record struct Binning(double Width, int? Count, bool IsSingle)
{
    /// <summary>Bins of a width.</summary>
    public static Binning OfWidth(double width) => new(width, null, false);

    /// <summary>The binning of an image.</summary>
    public static Binning Of(ExtractionSettings settings, VoxelType type) => new(settings.BinWidth, settings.BinCount, type == VoxelType.Float32);
}

/// <summary>
/// Grey levels of a region (PyRadiomics <c>binWidth</c>, IBSI "fixed bin size"): bin edges at multiples of the bin width from the
/// region's minimum downwards, levels counted from 1.
/// </summary>
/// <remarks>
/// PyRadiomics builds the edges with <c>numpy.arange(low, max + 2w, w)</c> and counts the edges that are not above a value. NumPy computes edge
/// <c>k</c> as <c>low + k * step</c> with <c>step = (low + w) - low</c> rounded, so a value on an edge must be compared with that
/// very number: for w = 0.1, <c>floor(x / w)</c> puts 0.3 and 0.6 one level off.
/// </remarks>
internal sealed class Discretization
{
    /// <summary>What to do about too many grey levels.</summary>
    public const string Cure = "Choose a larger binWidth: it is in units of the image, after normalisation if there is one.";

    /// <summary>What to do about too few of them.</summary>
    public const string NarrowerCure = "Choose a smaller binWidth: it is in units of the image, after normalisation if there is one.";

    /// <summary>Beyond this many bins, a bin width in the wrong unit is the likely cause.</summary>
    private const double MaximumBins = 1e6;

    private int[] _levelOfVoxel = [];
    private int[] _rankOfLevel = [];
    private int[] _oddCounts = [];

    /// <summary>The level of each rank, ascending: <c>Levels[rank - 1]</c>. Levels that no voxel has are left out.</summary>
    public int[] Levels { get; private set; } = [];

    /// <summary>Number of voxels of each rank.</summary>
    public int[] Histogram { get; private set; } = [];

    /// <summary>The highest level, PyRadiomics' Ng.</summary>
    public int HighestLevel => Levels[^1];

    /// <summary>The rank of each region voxel's level, from 1.</summary>
    public ReadOnlySpan<int> Ranks => _levelOfVoxel.AsSpan(0, VoxelCount);

    public int VoxelCount { get; private set; }

    /// <summary>Puts the region's voxels into bins, of a width or of a number; a voxel that is not a number, which one of the filters can give, has
    /// the level after the last edge, where NumPy sorts it.</summary>
    /// <exception cref="RadiomicsException">More than a million bins.</exception>
    public void Apply(ReadOnlySpan<double> voxels, double minimum, double maximum, Binning binning, string imageName)
    {
        if (binning.Count is int count)
            ApplyCount(voxels, minimum, maximum, count, binning.IsSingle, imageName);
        else
            Apply(voxels, minimum, maximum, binning.Width, imageName);
    }

    private void Apply(ReadOnlySpan<double> voxels, double minimum, double maximum, double binWidth, string imageName)
    {
        double low = minimum - FlooredModulo(minimum, binWidth);
        double step = low + binWidth - low;
        if (!(step > 0) || (maximum - low) / step > MaximumBins)
            throw TooManyLevels(imageName, minimum, maximum, binWidth);
        int edges = (int)Math.Ceiling((maximum + 2 * binWidth - low) / binWidth), highest = Math.Max(LevelOf(maximum, low, step), edges);
        Prepare(voxels.Length, highest);

        double perStep = 1 / step;
        Span<int> levels = _levelOfVoxel.AsSpan(0, voxels.Length);
        Span<int> counts = _rankOfLevel.AsSpan(0, highest + 1);
        ref double voxel = ref MemoryMarshal.GetReference(voxels);
        int whole = voxels.Length & ~7;
        for (int i = 0; i < whole; i += 8)
        {
            Vector256<double> first = (Vector256.LoadUnsafe(ref voxel, (nuint)i) - Vector256.Create(low)) * perStep;
            Vector256<double> second = (Vector256.LoadUnsafe(ref voxel, (nuint)i + 4) - Vector256.Create(low)) * perStep;
            // A whole number added to 2^52 stands in the last bits of the sum.
            Vector256<double> floor = Vector256.Floor(first), floorOfSecond = Vector256.Floor(second), last = Vector256.Create(4503599627370497.0);
            (Vector256.Narrow((floor + last).AsInt64(), (floorOfSecond + last).AsInt64())).StoreUnsafe(ref MemoryMarshal.GetReference(levels), (nuint)i);
            if ((BetweenEdges(first - floor) & BetweenEdges(second - floorOfSecond)) == Vector256<double>.AllBitsSet)
                continue;
            for (int k = i; k < i + 8; k++)
                levels[k] = LevelNearEdges(voxels[k], low, step, perStep, edges);
        }
        for (int i = whole; i < voxels.Length; i++)
            levels[i] = LevelNearEdges(voxels[i], low, step, perStep, edges);
        Count(levels, counts, _oddCounts);
        RankLevels(counts);
        for (int i = 0; i < levels.Length; i++)
            levels[i] = counts[levels[i]];
    }

    /// <summary>Two tables take turns: a count that waits for the one just before it costs several cycles, and neighbouring voxels often share a level.</summary>
    private static void Count(ReadOnlySpan<int> levels, Span<int> counts, Span<int> odd)
    {
        int i = 0;
        for (; i < levels.Length - 1; i += 2)
        {
            counts[levels[i]]++;
            odd[levels[i + 1]]++;
        }
        if (i < levels.Length)
            counts[levels[i]]++;
        for (int level = 0; level < counts.Length; level++)
            counts[level] += odd[level];
    }

    /// <summary>Only a value within rounding of an edge needs the edges themselves.</summary>
    private static Vector256<double> BetweenEdges(Vector256<double> fraction) =>
        Vector256.GreaterThan(fraction, Vector256.Create(1e-6)) & Vector256.LessThan(fraction, Vector256.Create(1 - 1e-6));

    private static int LevelNearEdges(double voxel, double low, double step, double perStep, int edges)
    {
        double position = (voxel - low) * perStep, fraction = position - (int)position;
        return fraction is > 1e-6 and < 1 - 1e-6 ? (int)position + 1 : double.IsNaN(fraction) ? edges : LevelOf(voxel, low, step);
    }

    /// <summary>
    /// <c>numpy.histogram</c>'s edges: equally spaced from the minimum to the maximum, the last one raised by 1 so that the maximum falls below
    /// it; in single precision for an image of that type.
    /// </summary>
    private void ApplyCount(ReadOnlySpan<double> voxels, double minimum, double maximum, int count, bool isSingle, string imageName)
    {
        if (count > MaximumBins)
        {
            throw new RadiomicsException(ExtractionStage.Discretization,
                FormattableString.Invariant($"Image '{imageName}': binCount {count} gives more than a million grey levels."), "Choose a smaller binCount.");
        }
        double first = minimum == maximum ? minimum - 0.5 : minimum, last = minimum == maximum ? maximum + 0.5 : maximum;
        double Rounded(double edge) => isSingle ? (float)edge : edge;
        double step = (last - first) / count;
        var edges = new double[count + 1];
        for (int k = 0; k < count; k++)
            edges[k] = Rounded(k * step + first);
        edges[count] = Rounded(Rounded(last) + 1);

        Prepare(voxels.Length, count + 1);
        Span<int> levels = _levelOfVoxel.AsSpan(0, voxels.Length);
        Span<int> counts = _rankOfLevel.AsSpan(0, count + 2);
        for (int i = 0; i < voxels.Length; i++)
        {
            int level = double.IsNaN(voxels[i]) ? count + 1 : Math.Clamp((int)((voxels[i] - first) / step) + 1, 0, count + 1);
            while (level > 0 && edges[level - 1] > voxels[i])
                level--;
            while (level <= count && edges[level] <= voxels[i])
                level++;
            levels[i] = level;
            counts[level]++;
        }
        RankLevels(counts);
        for (int i = 0; i < levels.Length; i++)
            levels[i] = counts[levels[i]];
    }

    private void Prepare(int voxelCount, int highest)
    {
        VoxelCount = voxelCount;
        if (_levelOfVoxel.Length < voxelCount)
            _levelOfVoxel = GC.AllocateUninitializedArray<int>(voxelCount);
        if (_rankOfLevel.Length <= highest)
            (_rankOfLevel, _oddCounts) = (new int[highest + 1], new int[highest + 1]);
        Array.Clear(_rankOfLevel, 0, highest + 1);
        Array.Clear(_oddCounts, 0, highest + 1);
    }

    private void RankLevels(Span<int> counts)
    {
        int present = 0;
        foreach (int count in counts)
            present += count > 0 ? 1 : 0;
        Levels = new int[present];
        Histogram = new int[present];
        for (int level = 0, rank = 0; level < counts.Length; level++)
        {
            if (counts[level] == 0)
                continue;
            (Levels[rank], Histogram[rank]) = (level, counts[level]);
            counts[level] = ++rank;
        }
    }

    private static int LevelOf(double value, double low, double step)
    {
        int k = (int)((value - low) / step);
        while (value < low + k * step)
            k--;
        while (value >= low + (k + 1) * step)
            k++;
        return k + 1;
    }

    /// <summary>Python's <c>%</c>: the sign of the divisor.</summary>
    private static double FlooredModulo(double value, double divisor)
    {
        double remainder = value % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    private static RadiomicsException TooManyLevels(string imageName, double minimum, double maximum, double binWidth) => new(
        ExtractionStage.Discretization,
        FormattableString.Invariant($"Image '{imageName}': intensities from {minimum:R} to {maximum:R} in bins of {binWidth:R} give more than a million grey levels."),
        Cure);
}
