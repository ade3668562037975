using System.Numerics;

namespace Trabecula.Radiomics.Features.Maps.Cubes;

/// <summary>
/// MCC of a kernel's directions. With B(i,j) = p(i,j) / √(p(i) p(j)), Q is B², and MCC the second largest absolute eigenvalue of B. It is 1 where the
/// graph of paired levels falls apart (1 is an eigenvalue of each part) or has two colours only (then -1 is one too): most directions of a kernel, and
/// known without computing. Of the others B without its eigenvector √p(i) of eigenvalue 1 is taken: of two levels its trace is what is left, of three
/// its trace and its norm give both eigenvalues, and those of more levels are collected, four at a time.
/// </summary>
/// <remarks>
/// PyRadiomics adds e = 2^-52 to the divisor p(i) p(j), which is at least 1/36² in a kernel: it changes no term by more than 3e-13.
/// Source of the eigenvalues 1 and -1: Chung, Spectral Graph Theory, lemma 1.7.
/// </remarks>
internal sealed class CubeCorrelation
{
    private const int Lanes = LaneEigenvalues.Lanes;

    // A level is an end of 36 pairs at most.
    private static readonly double[] InverseRoots = [0, .. Enumerable.Range(1, 36).Select(count => 1 / Math.Sqrt(count))];

    private readonly LaneEigenvalues _eigenvalues = new(Cube.Voxels);
    private readonly Waiting[] _waiting = [new(), new(), new(), new()];
    private readonly int[] _places = new int[Cube.Voxels], _ends = new int[3], _counts = new int[9];
    private int _count, _largest;
    private double _sum;

    /// <summary>Begins a kernel.</summary>
    public void Begin() => (_count, _largest, _sum) = (0, 0, 0);

    /// <summary>Takes up a direction; the value where it is known at once, 0 where <see cref="Finish"/> will add it.</summary>
    public double Take(CubeMatrix matrix, CubeLevels levels)
    {
        int present = BitOperations.PopCount(matrix.Present);
        if (present < 2)
            return levels.RegionLevelCount < 2 ? 1 : 0;
        if (matrix.Cells.Length < present - 1 || IsApartOrTwoColoured(matrix))
            return 1;
        if (present == 2)
            return OfTwoLevels(matrix);
        if (present == 3)
            return OfThreeLevels(matrix);
        _waiting[_count++].Copy(matrix, levels.Count);
        _largest = Math.Max(_largest, present);
        if (_count == Lanes)
            Solve();
        return 0;
    }

    /// <summary>The sum of the values that were not known at once.</summary>
    public double Finish()
    {
        if (_count > 0)
            Solve();
        return _sum;
    }

    /// <summary>Whether the graph of levels and pairs has several parts, or no circle of odd length, a level paired with itself included.</summary>
    private static bool IsApartOrTwoColoured(CubeMatrix matrix)
    {
        uint[] partners = matrix.Partners;
        uint start = matrix.Present & (~matrix.Present + 1), even = start, odd = 0, newEven = start, newOdd = 0;
        while ((newEven | newOdd) != 0)
        {
            uint toOdd = 0, toEven = 0;
            for (; newEven != 0; newEven &= newEven - 1)
                toOdd |= partners[BitOperations.TrailingZeroCount(newEven)];
            for (; newOdd != 0; newOdd &= newOdd - 1)
                toEven |= partners[BitOperations.TrailingZeroCount(newOdd)];
            (newOdd, newEven) = (toOdd & ~odd, toEven & ~even);
            (odd, even) = (odd | newOdd, even | newEven);
        }
        return (even | odd) != matrix.Present || (even & odd) == 0;
    }

    /// <summary>Of two levels: the trace without the 1, with a(i,i) the counts on the diagonal and d(i) the sums by rows a(1,1)/d(1) + a(2,2)/d(2) - 1.</summary>
    private static double OfTwoLevels(CubeMatrix matrix)
    {
        int first = BitOperations.TrailingZeroCount(matrix.Present), second = BitOperations.Log2(matrix.Present);
        int d1 = matrix.Ends[first], d2 = matrix.Ends[second], trace = -d1 * d2;
        foreach (CubeMatrix.Cell cell in matrix.Cells)
        {
            if (cell.I == cell.J)
                trace += 2 * cell.Count * (cell.I == first ? d2 : d1);
        }
        return (double)Math.Abs(trace) / (d1 * d2);
    }

    /// <summary>
    /// Of three: the larger absolute root of x² - s x + (s² - f) / 2, where s is the trace and f the squared norm without the 1. With T the sum of all
    /// counts, the elements are (T a(i,j) - d(i) d(j)) / (T √(d(i) d(j))), of which the numerator is whole.
    /// </summary>
    private double OfThreeLevels(CubeMatrix matrix)
    {
        int[] ends = _ends, counts = _counts;
        counts.AsSpan().Clear();
        uint present = matrix.Present;
        for (int k = 0; k < 3; k++, present &= present - 1)
        {
            int rank = BitOperations.TrailingZeroCount(present);
            (ends[k], _places[rank]) = (matrix.Ends[rank], k);
        }
        foreach (CubeMatrix.Cell cell in matrix.Cells)
        {
            int i = _places[cell.I], j = _places[cell.J];
            counts[i * 3 + j] += cell.Count;
            counts[j * 3 + i] += cell.Count;
        }
        int total = 2 * matrix.Pairs;
        double trace = 0, norm = 0;
        for (int i = 0; i < 3; i++)
        {
            double inverse = InverseRoots[ends[i]] * InverseRoots[ends[i]];
            int diagonal = total * counts[4 * i] - ends[i] * ends[i];
            trace += diagonal * inverse;
            norm += Square(diagonal * inverse);
            for (int j = 0; j < i; j++)
                norm += 2 * Square((total * counts[i * 3 + j] - ends[i] * ends[j]) * (InverseRoots[ends[i]] * InverseRoots[ends[j]]));
        }
        return (Math.Abs(trace) + Math.Sqrt(Math.Max(2 * norm - trace * trace, 0))) / (2 * total);
    }

    private static double Square(double value) => value * value;

    private void Solve()
    {
        Span<double> matrices = _eigenvalues.Begin(_largest);
        for (int lane = 0; lane < _count; lane++)
            _waiting[lane].Fill(matrices, lane, _largest);
        Span<double> values = stackalloc double[Lanes];
        _eigenvalues.LargestAbsolute(values);
        for (int lane = 0; lane < _count; lane++)
            _sum += values[lane];
        (_count, _largest) = (0, 0);
    }

    /// <summary>A matrix that waits for others.</summary>
    private sealed class Waiting
    {
        private readonly CubeMatrix.Cell[] _cells = new CubeMatrix.Cell[Cube.Voxels];
        private readonly double[] _inverseRoots = new double[Cube.Voxels], _vector = new double[Cube.Voxels];
        private readonly int[] _places = new int[Cube.Voxels];
        private int _cellCount, _size;

        public void Copy(CubeMatrix matrix, int levels)
        {
            _cellCount = matrix.Cells.Length;
            matrix.Cells.CopyTo(_cells);
            _size = 0;
            double inverseRoot = 1 / Math.Sqrt(2 * matrix.Pairs);
            for (int k = 0; k < levels; k++)
            {
                int ends = matrix.Ends[k];
                if (ends == 0)
                    continue;
                _inverseRoots[k] = InverseRoots[ends];
                _places[k] = _size;
                _vector[_size++] = ends * InverseRoots[ends] * inverseRoot;
            }
        }

        /// <summary>Writes B without the eigenvalue 1 into a lane, below the diagonal and on it.</summary>
        public void Fill(Span<double> matrices, int lane, int size)
        {
            for (int i = 0; i < _size; i++)
            {
                for (int j = 0; j <= i; j++)
                    matrices[(i * size + j) * Lanes + lane] = -_vector[i] * _vector[j];
            }
            foreach (CubeMatrix.Cell cell in _cells.AsSpan(0, _cellCount))
            {
                int i = _places[cell.I], j = _places[cell.J], count = cell.I == cell.J ? 2 * cell.Count : cell.Count;
                matrices[(Math.Max(i, j) * size + Math.Min(i, j)) * Lanes + lane] += count * _inverseRoots[cell.I] * _inverseRoots[cell.J];
            }
        }
    }
}
