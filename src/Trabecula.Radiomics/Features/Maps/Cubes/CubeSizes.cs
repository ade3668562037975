using System.Runtime.CompilerServices;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// What <see cref="LevelSizeMatrix"/> is for regions, for kernels of at most 27 voxels: sums over the cells of a matrix of grey level and size. With
/// entropy alone, the only one of the features that needs no other sum, the others are left out.
/// </summary>
internal sealed class CubeSizes
{
    private static readonly double[] InverseSquares = [0, .. Enumerable.Range(1, Cube.Voxels).Select(size => 1.0 / ((double)size * size))];

    private readonly int[] _ofLevel = new int[Cube.Voxels];
    private readonly int[] _ofSize = new int[Cube.Voxels + 1];
    private readonly double[] _level = new double[Cube.Voxels];
    private readonly double[] _squared = new double[Cube.Voxels];
    private readonly double[] _inverse = new double[Cube.Voxels];
    private readonly int[] _tally = new int[Cube.Voxels + 1];
    private bool _entropyAlone;
    private int _levelCount, _largestTallied, _total, _cells, _sumSize, _sumSizeSquared;
    private double _logs, _small, _large, _sumLevel, _sumLevelSquared, _low, _smallLow, _smallHigh, _largeLow, _largeHigh;

    /// <summary>Begins with the matrices of a kernel.</summary>
    public void Begin(CubeLevels levels, bool entropyAlone)
    {
        (_levelCount, _entropyAlone) = (levels.Count, entropyAlone);
        if (!entropyAlone)
        {
            for (int k = 0; k < _levelCount; k++)
            {
                double level = levels.Levels[k], squared = level * level;
                (_level[k], _squared[k], _inverse[k]) = (level, squared, 1 / squared);
            }
        }
        Clear();
    }

    /// <summary>Empties the matrix, for the next direction.</summary>
    public void Clear()
    {
        (_total, _cells, _sumSize, _sumSizeSquared, _logs) = (0, 0, 0, 0, 0);
        if (_entropyAlone)
            return;
        (_small, _large, _sumLevel, _sumLevelSquared, _low) = (0, 0, 0, 0, 0);
        (_smallLow, _smallHigh, _largeLow, _largeHigh) = (0, 0, 0, 0);
        _ofLevel.AsSpan().Clear();
        _ofSize.AsSpan().Clear();
    }

    /// <summary>Adds a cell. Each level and size may come once only.</summary>
    /// <param name="rank">The level's place, from 0.</param>
    /// <param name="size">The size, from 1.</param>
    /// <param name="count">How many, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int rank, int size, int count)
    {
        _total += count;
        _cells++;
        _logs += Log2.TimesItself(count);
        if (!_entropyAlone)
            AddToOthers(rank, size, count);
    }

    /// <summary>Counts one of a size, of the level that <see cref="AddTallied"/> will name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tally(int size)
    {
        _tally[size]++;
        _largestTallied = Math.Max(_largestTallied, size);
    }

    /// <summary>Adds the sizes counted as cells of a level, and begins to count anew.</summary>
    public void AddTallied(int rank)
    {
        for (int size = 1; size <= _largestTallied; size++)
        {
            if (_tally[size] == 0)
                continue;
            Add(rank, size, _tally[size]);
            _tally[size] = 0;
        }
        _largestTallied = 0;
    }

    private void AddToOthers(int rank, int size, int count)
    {
        int squared = size * size;
        double small = count * InverseSquares[size], large = count * squared;
        _sumSize += count * size;
        _sumSizeSquared += count * squared;
        _ofLevel[rank] += count;
        _ofSize[size] += count;
        _small += small;
        _large += large;
        _sumLevel += count * _level[rank];
        _sumLevelSquared += count * _squared[rank];
        _low += count * _inverse[rank];
        _smallLow += small * _inverse[rank];
        _smallHigh += small * _squared[rank];
        _largeLow += large * _inverse[rank];
        _largeHigh += large * _squared[rank];
    }

    /// <summary>The entropy of the cells added.</summary>
    public double Entropy() => Log2.OfCount(_total) - _logs / _total - _cells * Log2.EpsilonPerCell;

    /// <summary>The features of the cells added; not after a beginning with entropy alone.</summary>
    public LevelSizeFeatures Compute()
    {
        double n = _total, share = 1 / n;
        long ofLevels = 0, ofSizes = 0;
        for (int k = 0; k < _levelCount; k++)
            ofLevels += _ofLevel[k] * _ofLevel[k];
        foreach (int count in _ofSize)
            ofSizes += count * count;
        return new LevelSizeFeatures
        {
            SmallEmphasis = _small * share,
            LargeEmphasis = _large * share,
            GrayLevelNonUniformity = ofLevels * share,
            GrayLevelNonUniformityNormalized = ofLevels / (n * n),
            SizeNonUniformity = ofSizes * share,
            SizeNonUniformityNormalized = ofSizes / (n * n),
            Percentage = n / _sumSize,
            GrayLevelVariance = (_sumLevelSquared - _sumLevel * _sumLevel * share) * share,
            SizeVariance = (_sumSizeSquared - (double)_sumSize * _sumSize * share) * share,
            Entropy = Entropy(),
            LowGrayLevelEmphasis = _low * share,
            HighGrayLevelEmphasis = _sumLevelSquared * share,
            SmallLowGrayLevelEmphasis = _smallLow * share,
            SmallHighGrayLevelEmphasis = _smallHigh * share,
            LargeLowGrayLevelEmphasis = _largeLow * share,
            LargeHighGrayLevelEmphasis = _largeHigh * share,
        };
    }
}
