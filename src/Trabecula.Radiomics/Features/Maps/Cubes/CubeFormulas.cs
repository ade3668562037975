using Trabecula.Radiomics.Features.Blocks;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>The features of a kernel's co-occurrence matrix in one direction, but for MCC: as sums over the cells, whole where they can be.</summary>
internal sealed class CubeFormulas
{
    /// <summary>The place of MCC among the features.</summary>
    public static readonly int MaximalCorrelation = Array.IndexOf(Glcm.GlcmFeatures.Names, "MCC");

    /// <summary>2^-52, which PyRadiomics adds to divisors and inside logarithms.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    // A level is an end of 36 pairs at most, counted both ways.
    private const int MostEnds = 36 + 1;

    private static readonly double[] Reciprocals = [0, .. Enumerable.Range(1, MostEnds - 1).Select(count => 1.0 / count)];

    // The part of the entropy of a cell on the diagonal, then of two beside it.
    private static readonly double[] CellLogs =
        [.. Enumerable.Range(0, MostEnds).Select(Log2.TimesItself), .. Enumerable.Range(0, MostEnds).Select(count => 2 * Log2.TimesItself(count))];

    private readonly CubeCounts _sums = new(), _differences = new();

    /// <summary>Writes the features in the order of <see cref="Glcm.GlcmFeatures.Names"/>; Imc2 may be NaN, and what is not wanted is left as it was.</summary>
    public void Compute(CubeMatrix matrix, CubeLevels levels, PairFeatures wanted, Span<double> values)
    {
        ReadOnlySpan<CubeMatrix.Cell> cells = matrix.Cells;
        int total = 2 * matrix.Pairs, energy = 0, maximum = 0, cellCount = 0;
        long sum = 0, squares = 0, products = 0, distance = 0;
        double logs = 0;
        int[] level = levels.Levels;
        foreach (CubeMatrix.Cell cell in cells)
        {
            long i = level[cell.I], j = level[cell.J], pairs = cell.Count;
            // A cell on the diagonal counts twice, one beside it stands for two.
            int isBeside = cell.I == cell.J ? 0 : 1, count = cell.Count << (1 - isBeside);
            sum += pairs * (i + j);
            squares += pairs * (i * i + j * j);
            products += pairs * (i * j);
            distance += pairs * Math.Abs(i - j);
            energy += count * count << isBeside;
            logs += CellLogs[isBeside * MostEnds + count];
            maximum = Math.Max(maximum, count);
            cellCount += 1 + isBeside;
        }
        (products, distance) = (2 * products, 2 * distance);
        long contrast = 2 * squares - 2 * products;
        double share = Reciprocals[total], shareSquared = share * share, mean = sum * share;
        double variance = (total * squares - sum * sum) * shareSquared, covariance = (total * products - sum * sum) * shareSquared;
        double entropy = Log2.OfCount(total) - logs * share - cellCount * Log2.EpsilonPerCell, n = total;
        values[0] = products * share;
        values[3] = 2 * (variance + covariance);
        values[4] = contrast * share;
        values[5] = variance == 0 ? 1 : covariance / (variance + Epsilon);
        values[6] = distance * share;
        values[8] = (total * contrast - distance * distance) * shareSquared;
        values[16] = mean;
        values[17] = energy * shareSquared;
        values[18] = entropy;
        values[20] = maximum * share;
        values[21] = 2 * mean;
        values[23] = variance;
        if (wanted.HasFlag(PairFeatures.Distributions))
            Distributions(cells, levels, mean, n, values);
        if (wanted.HasFlag(PairFeatures.Information))
            Information(matrix, levels.Count, entropy, values);
    }

    private void Distributions(ReadOnlySpan<CubeMatrix.Cell> cells, CubeLevels levels, double mean, double n, Span<double> values)
    {
        _sums.Clear(2 * levels.HighestLevel + 1);
        _differences.Clear(levels.HighestLevel + 1);
        foreach (CubeMatrix.Cell cell in cells)
        {
            int i = levels.Levels[cell.I], j = levels.Levels[cell.J];
            _sums.Add(i + j, 2 * cell.Count);
            _differences.Add(Math.Abs(i - j), 2 * cell.Count);
        }
        double shade = 0, prominence = 0, id = 0, idm = 0, idn = 0, idmn = 0, inverse = 0, highest = levels.HighestLevel;
        foreach (int place in _sums.Places)
        {
            double d = place - 2 * mean, cubed = d * d * d * _sums[place];
            shade += cubed;
            prominence += cubed * d;
        }
        foreach (int k in _differences.Places)
        {
            double count = _differences[k], squared = (double)k * k;
            id += count / (1 + k);
            idm += count / (1 + squared);
            idn += count / (1 + k / highest);
            idmn += count / (1 + squared / (highest * highest));
            inverse += k > 0 ? count / squared : 0;
        }
        values[1] = prominence / n;
        values[2] = shade / n;
        values[7] = _differences.Entropy(n);
        values[9] = id / n;
        values[10] = idm / n;
        values[11] = idmn / n;
        values[12] = idn / n;
        values[15] = inverse / n;
        values[22] = _sums.Entropy(n);
    }

    /// <summary>Haralick's f12 and f13, with e = 2^-52 in the logarithms to first order as in <see cref="Glcm.GlcmFeatures"/>.</summary>
    private static void Information(CubeMatrix matrix, int levelCount, double entropy, Span<double> values)
    {
        int total = 2 * matrix.Pairs, levels = 0;
        double logs = 0, ratios = 0;
        for (int k = 0; k < levelCount; k++)
        {
            logs += Log2.TimesItself(matrix.Ends[k]);
            levels += matrix.Ends[k] > 0 ? 1 : 0;
        }
        if (levels == 1)
        {
            (values[13], values[14]) = (0, 0);
            return;
        }
        foreach (CubeMatrix.Cell cell in matrix.Cells)
            ratios += 2.0 * cell.Count * total / ((double)matrix.Ends[cell.I] * matrix.Ends[cell.J]);
        double marginal = Log2.OfCount(total) - logs / total;
        double hx = marginal - levels * Log2.EpsilonPerCell;
        double hxy1 = 2 * marginal - ratios * Log2.EpsilonPerCell, hxy2 = 2 * marginal - (double)levels * levels * Log2.EpsilonPerCell;
        values[13] = hx == 0 ? 0 : (entropy - hxy1) / hx;
        values[14] = hxy2 == entropy ? 0 : Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - entropy)));
    }

    /// <summary>Counts of whole numbers of which few occur.</summary>
    private sealed class CubeCounts
    {
        private readonly int[] _places = new int[Cube.Voxels];
        private int _placeCount;
        private int[] _counts = [];

        /// <summary>The numbers that occur.</summary>
        public ReadOnlySpan<int> Places => _places.AsSpan(0, _placeCount);

        public int this[int place] => _counts[place];

        public void Clear(int length)
        {
            foreach (int place in Places)
                _counts[place] = 0;
            _placeCount = 0;
            if (_counts.Length < length)
                _counts = new int[length];
        }

        public void Add(int place, int count)
        {
            if (_counts[place] == 0)
                _places[_placeCount++] = place;
            _counts[place] += count;
        }

        public double Entropy(double total)
        {
            double logs = 0;
            foreach (int place in Places)
                logs += Log2.TimesItself(_counts[place]);
            return Log2.OfCount((int)total) - logs / total - _placeCount * Log2.EpsilonPerCell;
        }
    }
}
