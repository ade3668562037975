namespace Trabecula.Radiomics.Features;

/// <summary>
/// A matrix of counts over grey level i and size j (run length, zone size or dependence), kept as the sums that its features need.
/// GLRLM, GLSZM and GLDM differ in what they count and in the names of their features, not in the formulas.
/// </summary>
/// <remarks>
/// With c(i, j) the counts and N their sum, each feature is a sum over cells that factors into a sum over sizes inside a sum over
/// levels, so a cell is looked at once. Sums of whole numbers are exact in double up to 2^53.
/// </remarks>
internal sealed class LevelSizeMatrix
{
    private const int DenseSizes = 1024;

    private readonly double[] _countOfSize = new double[DenseSizes + 1];
    private readonly List<(int Size, double Count)> _largeSizes = [];
    private double[] _countOfLevel = [];
    private double[] _smallOfLevel = [];
    private double[] _largeOfLevel = [];
    private int[] _levels = [];
    private int _levelCount;
    private double _total, _sumSize, _sumSizeSquared, _sumCountLogCount;
    private int _cells, _largestDense;

    /// <summary>Empties the matrix for a region with these levels.</summary>
    public void Clear(ReadOnlySpan<int> levels)
    {
        _levelCount = levels.Length;
        if (_countOfLevel.Length < levels.Length)
        {
            _levels = new int[levels.Length];
            _countOfLevel = new double[levels.Length];
            _smallOfLevel = new double[levels.Length];
            _largeOfLevel = new double[levels.Length];
        }
        levels.CopyTo(_levels);
        Array.Clear(_countOfLevel, 0, _levelCount);
        Array.Clear(_smallOfLevel, 0, _levelCount);
        Array.Clear(_largeOfLevel, 0, _levelCount);
        Array.Clear(_countOfSize, 0, _largestDense + 1);
        _largeSizes.Clear();
        (_total, _sumSize, _sumSizeSquared, _sumCountLogCount, _cells, _largestDense) = (0, 0, 0, 0, 0, 0);
    }

    /// <summary>Adds a cell. Each level and size may come once only: entropy needs whole cells.</summary>
    /// <param name="rank">The level's rank, from 1.</param>
    /// <param name="size">The size, from 1.</param>
    /// <param name="count">How many, at least 1.</param>
    public void Add(int rank, int size, int count) => Add(rank, size, count, Log2.TimesItself(count));

    /// <summary>Adds a cell of a weighted matrix, which need not be a whole number, above 0.</summary>
    public void Add(int rank, int size, double count) => Add(rank, size, count, count * Math.Log2(count));

    private void Add(int rank, int size, double count, double countLogCount)
    {
        double squared = (double)size * size;
        _total += count;
        _sumSize += count * size;
        _sumSizeSquared += count * squared;
        _sumCountLogCount += countLogCount;
        _cells++;
        _countOfLevel[rank - 1] += count;
        _smallOfLevel[rank - 1] += count / squared;
        _largeOfLevel[rank - 1] += count * squared;
        if (size <= DenseSizes)
        {
            _countOfSize[size] += count;
            _largestDense = Math.Max(_largestDense, size);
        }
        else
        {
            _largeSizes.Add((size, count));
        }
    }

    /// <summary>The feature values of the counts added so far.</summary>
    public LevelSizeFeatures Compute()
    {
        double n = _total;
        double small = 0, large = 0, levelSquared = 0, sumLevel = 0, sumLevelSquared = 0, low = 0;
        double smallLow = 0, smallHigh = 0, largeLow = 0, largeHigh = 0;
        for (int r = 0; r < _levelCount; r++)
        {
            double i = _levels[r], i2 = i * i, count = _countOfLevel[r];
            small += _smallOfLevel[r];
            large += _largeOfLevel[r];
            levelSquared += count * count;
            sumLevel += count * i;
            sumLevelSquared += count * i2;
            low += count / i2;
            smallLow += _smallOfLevel[r] / i2;
            smallHigh += _smallOfLevel[r] * i2;
            largeLow += _largeOfLevel[r] / i2;
            largeHigh += _largeOfLevel[r] * i2;
        }
        double sizeSquared = SumOfSquaredSizeCounts();
        return new LevelSizeFeatures
        {
            SmallEmphasis = small / n,
            LargeEmphasis = large / n,
            GrayLevelNonUniformity = levelSquared / n,
            GrayLevelNonUniformityNormalized = levelSquared / (n * n),
            SizeNonUniformity = sizeSquared / n,
            SizeNonUniformityNormalized = sizeSquared / (n * n),
            Percentage = n / _sumSize,
            GrayLevelVariance = (sumLevelSquared - sumLevel * sumLevel / n) / n,
            SizeVariance = (_sumSizeSquared - _sumSize * _sumSize / n) / n,
            Entropy = Log2.Entropy(_sumCountLogCount, n, _cells),
            LowGrayLevelEmphasis = low / n,
            HighGrayLevelEmphasis = sumLevelSquared / n,
            SmallLowGrayLevelEmphasis = smallLow / n,
            SmallHighGrayLevelEmphasis = smallHigh / n,
            LargeLowGrayLevelEmphasis = largeLow / n,
            LargeHighGrayLevelEmphasis = largeHigh / n,
        };
    }

    private double SumOfSquaredSizeCounts()
    {
        double sum = 0;
        for (int size = 1; size <= _largestDense; size++)
            sum += _countOfSize[size] * _countOfSize[size];
        _largeSizes.Sort();
        for (int k = 0; k < _largeSizes.Count;)
        {
            int size = _largeSizes[k].Size;
            double count = 0;
            for (; k < _largeSizes.Count && _largeSizes[k].Size == size; k++)
                count += _largeSizes[k].Count;
            sum += count * count;
        }
        return sum;
    }
}

/// <summary>The features that GLRLM, GLSZM and GLDM share, with "size" for run length, zone size and dependence.</summary>
internal readonly record struct LevelSizeFeatures
{
    public double SmallEmphasis { get; init; }
    public double LargeEmphasis { get; init; }
    public double GrayLevelNonUniformity { get; init; }
    public double GrayLevelNonUniformityNormalized { get; init; }
    public double SizeNonUniformity { get; init; }
    public double SizeNonUniformityNormalized { get; init; }
    public double Percentage { get; init; }
    public double GrayLevelVariance { get; init; }
    public double SizeVariance { get; init; }
    public double Entropy { get; init; }
    public double LowGrayLevelEmphasis { get; init; }
    public double HighGrayLevelEmphasis { get; init; }
    public double SmallLowGrayLevelEmphasis { get; init; }
    public double SmallHighGrayLevelEmphasis { get; init; }
    public double LargeLowGrayLevelEmphasis { get; init; }
    public double LargeHighGrayLevelEmphasis { get; init; }
}
