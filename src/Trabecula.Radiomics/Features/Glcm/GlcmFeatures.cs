using System.Numerics;

namespace Trabecula.Radiomics.Features.Glcm;

/// <summary>
/// PyRadiomics <c>glcm</c>: 24 features of the symmetric co-occurrence matrix at distance 1, computed per direction and averaged over the
/// directions that hold pairs (IBSI 3.6, "averaged over 3-D directions").
/// </summary>
internal sealed class GlcmFeatures
{
    public static readonly string[] Names =
    [
        "Autocorrelation", "ClusterProminence", "ClusterShade", "ClusterTendency", "Contrast", "Correlation", "DifferenceAverage",
        "DifferenceEntropy", "DifferenceVariance", "Id", "Idm", "Idmn", "Idn", "Imc1", "Imc2", "InverseVariance", "JointAverage", "JointEnergy",
        "JointEntropy", "MCC", "MaximumProbability", "SumAverage", "SumEntropy", "SumSquares",
    ];

    private readonly CooccurrenceMatrix _matrix = new();
    private readonly MaximalCorrelation _maximalCorrelation = new();
    private int[] _sums = [];
    private int[] _differences = [];

    /// <summary>Writes the features in the order of <see cref="Names"/>; all NaN where no two voxels of the region touch.</summary>
    public void Compute<T>(LevelGrid<T> grid, Discretization levels, Span<double> values) where T : unmanaged, IBinaryInteger<T>
    {
        values.Clear();
        int directions = 0, imc2Directions = 0;
        Span<double> ofDirection = stackalloc double[Names.Length];
        _matrix.Prepare(grid, levels.Levels.Length);
        foreach (RegionGrid.Direction direction in grid.Region.Directions)
        {
            _matrix.Count(grid, direction);
            if (_matrix.Total == 0)
                continue;
            ComputeDirection(levels, ofDirection);
            directions++;
            // PyRadiomics averages with nanmean: where rounding turns the root's argument negative, the direction does not count.
            imc2Directions += double.IsNaN(ofDirection[Imc2]) ? 0 : 1;
            for (int k = 0; k < values.Length; k++)
                values[k] += k == Imc2 && double.IsNaN(ofDirection[k]) ? 0 : ofDirection[k];
        }
        for (int k = 0; k < values.Length; k++)
            values[k] /= k == Imc2 ? imc2Directions : directions;
    }

    private const int Imc2 = 14;

    private void ComputeDirection(Discretization levels, Span<double> values)
    {
        int[] level = levels.Levels;
        int size = level.Length;
        double total = _matrix.Total;
        Prepare(levels.HighestLevel);

        // One pass over the upper triangle fills the distributions of i + j and |i - j| and everything that needs single cells.
        double energy = 0, cellLogs = 0;
        int cells = 0, maximum = 0;
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<int> row = _matrix.Counts.AsSpan(i * size, size);
            for (int j = i; j < size; j++)
            {
                int count = row[j];
                if (count == 0)
                    continue;
                int both = i == j ? count : 2 * count;
                _sums[level[i] + level[j]] += both;
                _differences[level[j] - level[i]] += both;
                maximum = Math.Max(maximum, count);
                int copies = i == j ? 1 : 2;
                energy += copies * ((double)count * count);
                cellLogs += copies * Log2.TimesItself(count);
                cells += copies;
            }
        }

        Marginal marginal = ComputeMarginal(level, total);
        SumDistribution sum = ComputeSums(levels.HighestLevel, marginal.Mean, total);
        DifferenceDistribution difference = ComputeDifferences(levels.HighestLevel, total);

        // (i - u)(j - u) = ((i + j - 2u)^2 - (i - j)^2) / 4
        double covariance = (sum.Tendency - difference.Contrast) / 4;
        double jointEntropy = Log2.Entropy(cellLogs, total, cells);
        MaximalCorrelation.Result mcc = _maximalCorrelation.Compute(_matrix);
        (double imc1, double imc2) = InformationalCorrelation(jointEntropy, marginal, mcc.SumOfRatios);

        values[0] = covariance + marginal.Mean * marginal.Mean;
        values[1] = sum.Prominence;
        values[2] = sum.Shade;
        values[3] = sum.Tendency;
        values[4] = difference.Contrast;
        values[5] = marginal.Variance == 0 ? 1 : covariance / (marginal.Variance + Epsilon);
        values[6] = difference.Average;
        values[7] = difference.Entropy;
        values[8] = difference.Variance;
        values[9] = difference.Id;
        values[10] = difference.Idm;
        values[11] = difference.Idmn;
        values[12] = difference.Idn;
        values[13] = imc1;
        values[Imc2] = imc2;
        values[15] = difference.InverseVariance;
        values[16] = marginal.Mean;
        values[17] = energy / (total * total);
        values[18] = jointEntropy;
        values[19] = mcc.Value;
        values[20] = maximum / total;
        values[21] = sum.Average;
        values[22] = sum.Entropy;
        values[23] = marginal.Variance;
    }

    /// <summary>2^-52, which PyRadiomics adds to divisors and inside logarithms.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    private void Prepare(int highest)
    {
        if (_sums.Length < 2 * highest + 1)
        {
            _sums = new int[2 * highest + 1];
            _differences = new int[highest];
        }
        Array.Clear(_sums, 0, 2 * highest + 1);
        Array.Clear(_differences, 0, highest);
    }

    private readonly record struct Marginal(double Mean, double Variance, double Entropy, int Levels);

    private Marginal ComputeMarginal(int[] level, double total)
    {
        double mean = 0, variance = 0, logs = 0;
        int present = 0;
        for (int i = 0; i < level.Length; i++)
            mean += (double)_matrix.RowSums[i] * level[i];
        mean /= total;
        for (int i = 0; i < level.Length; i++)
        {
            int count = _matrix.RowSums[i];
            double d = level[i] - mean;
            variance += count * (d * d);
            logs += Log2.TimesItself(count);
            present += count > 0 ? 1 : 0;
        }
        return new Marginal(mean, variance / total, Log2.Entropy(logs, total, 0), present);
    }

    private readonly record struct SumDistribution(double Average, double Entropy, double Tendency, double Shade, double Prominence);

    /// <summary>Features of i + j.</summary>
    private SumDistribution ComputeSums(int highest, double mean, double total)
    {
        double average = 0, logs = 0, tendency = 0, shade = 0, prominence = 0;
        int cells = 0;
        for (int k = 2; k <= 2 * highest; k++)
        {
            int count = _sums[k];
            if (count == 0)
                continue;
            double d = k - 2 * mean, d2 = d * d;
            average += (double)count * k;
            logs += Log2.TimesItself(count);
            cells++;
            tendency += count * d2;
            shade += count * (d2 * d);
            prominence += count * (d2 * d2);
        }
        return new SumDistribution(average / total, Log2.Entropy(logs, total, cells), tendency / total, shade / total, prominence / total);
    }

    private readonly record struct DifferenceDistribution(
        double Average, double Entropy, double Variance, double Contrast, double Id, double Idm, double Idn, double Idmn, double InverseVariance);

    /// <summary>Features of |i - j|.</summary>
    private DifferenceDistribution ComputeDifferences(int highest, double total)
    {
        double sum = 0, contrast = 0, logs = 0, id = 0, idm = 0, idn = 0, idmn = 0, inverse = 0, n = highest;
        int cells = 0;
        for (int k = 0; k < highest; k++)
        {
            double count = _differences[k];
            if (count == 0)
                continue;
            double k2 = (double)k * k;
            sum += count * k;
            contrast += count * k2;
            logs += Log2.TimesItself(_differences[k]);
            cells++;
            id += count / (1 + k);
            idm += count / (1 + k2);
            idn += count / (1 + k / n);
            idmn += count / (1 + k2 / (n * n));
            if (k > 0)
                inverse += count / k2;
        }
        double average = sum / total, variance = 0;
        for (int k = 0; k < highest; k++)
            variance += _differences[k] * ((k - average) * (k - average));
        return new DifferenceDistribution(
            average, Log2.Entropy(logs, total, cells), variance / total, contrast / total,
            id / total, idm / total, idn / total, idmn / total, inverse / total);
    }

    /// <summary>
    /// Haralick's f12 and f13. With e = 2^-52 inside the logarithms, to first order in e:
    /// HX = H - K e', HXY1 = 2H - e' R and HXY2 = 2H - K^2 e', where e' = e / ln 2, K counts the levels present and R is the sum of
    /// p(i,j) / (p(i) p(j)). PyRadiomics takes bits into a natural exponential in f13; so do we.
    /// </summary>
    private static (double Imc1, double Imc2) InformationalCorrelation(double jointEntropy, Marginal marginal, double sumOfRatios)
    {
        if (marginal.Levels == 1)
            return (0, 0);
        double hx = marginal.Entropy - marginal.Levels * Log2.EpsilonPerCell;
        double hxy1 = 2 * marginal.Entropy - sumOfRatios * Log2.EpsilonPerCell;
        double hxy2 = 2 * marginal.Entropy - (double)marginal.Levels * marginal.Levels * Log2.EpsilonPerCell;
        double imc1 = hx == 0 ? 0 : (jointEntropy - hxy1) / hx;
        double imc2 = hxy2 == jointEntropy ? 0 : Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - jointEntropy)));
        return (imc1, imc2);
    }
}
