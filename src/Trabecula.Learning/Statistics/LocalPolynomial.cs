namespace Trabecula.Learning.Statistics;

/// <summary>
/// A polynomial fitted about one place to its nearest points, weighted by <c>(1 - (distance / bandwidth)³)³</c>, the bandwidth being the
/// distance of the farthest of them.
/// </summary>
/// <remarks>
/// Source: Cleveland and Devlin, J. Am. Stat. Assoc. 83 (1988) 596. Solved by an orthogonal factorisation of the columns, scaled to unit
/// length, and the singular values of what is left: directions that the points do not determine (too few distinct x) get no coefficient,
/// which is the solution of least length, as in Cleveland and Grosse's <c>loess</c>.
/// </remarks>
internal sealed class LocalPolynomial
{
    /// <summary>Singular values below this many roundings of the largest one are noise.</summary>
    private const double Noise = 100 * 2.220446049250313e-16;

    private readonly double[] _x, _y;
    private readonly int _neighbours, _terms;

    /// <summary>Takes points with rising x.</summary>
    internal LocalPolynomial(double[] x, double[] y, int neighbours, int degree) =>
        (_x, _y, _neighbours, _terms) = (x, y, neighbours, degree + 1);

    /// <summary>Value and slope at a place.</summary>
    internal (double Value, double Slope) At(double place)
    {
        int first = FirstNeighbour(place);
        double bandwidth = Math.Max(place - _x[first], _x[first + _neighbours - 1] - place);
        if (!(bandwidth > 0))
            throw new LearningException(
                FormattableString.Invariant($"Loess: the {_neighbours} points nearest to {place} all have this x, so no curve is determined."),
                "Use a larger span, or groups in place of a curve.");
        var rows = new List<double>(_neighbours * (_terms + 1));
        for (int i = first; i < first + _neighbours; i++)
        {
            double offset = _x[i] - place, share = Math.Abs(offset) / bandwidth;
            if (share >= 1)
                continue;
            double weight = Math.Sqrt(Cube(1 - Cube(share)));
            for (int term = 0; term < _terms; term++, weight *= offset)
                rows.Add(weight);
            rows.Add(Math.Sqrt(Cube(1 - Cube(share))) * _y[i]);
        }
        double[] coefficients = LeastSquares([.. rows], rows.Count / (_terms + 1), _terms);
        return (coefficients[0], _terms > 1 ? coefficients[1] : 0);
    }

    /// <summary>The start of the window of nearest points; among equally near windows the first.</summary>
    private int FirstNeighbour(double place)
    {
        int low = 0, high = _x.Length - _neighbours;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_x[middle + _neighbours] - place < place - _x[middle])
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Least squares of least length. Rows hold the terms and then the target.</summary>
    private static double[] LeastSquares(double[] rows, int count, int terms)
    {
        int width = terms + 1;
        var scales = new double[terms];
        for (int term = 0; term < terms; term++)
        {
            double squares = 0;
            for (int row = 0; row < count; row++)
                squares += rows[row * width + term] * rows[row * width + term];
            scales[term] = squares > 0 ? Math.Sqrt(squares) : 1;
            for (int row = 0; row < count; row++)
                rows[row * width + term] /= scales[term];
        }
        Triangularise(rows, count, terms);
        return SolveSmall(rows, Math.Min(count, terms), terms, scales);
    }

    /// <summary>Householder reflections, in place; the target goes along.</summary>
    private static void Triangularise(double[] rows, int count, int terms)
    {
        int width = terms + 1;
        for (int pivot = 0; pivot < Math.Min(count - 1, terms); pivot++)
        {
            double squares = 0;
            for (int row = pivot; row < count; row++)
                squares += rows[row * width + pivot] * rows[row * width + pivot];
            double top = rows[pivot * width + pivot], length = Math.Sqrt(squares);
            if (length == 0)
                continue;
            double diagonal = top > 0 ? -length : length, head = top - diagonal, scale = -diagonal * head;
            for (int column = pivot + 1; column < width; column++)
            {
                double sum = head * rows[pivot * width + column];
                for (int row = pivot + 1; row < count; row++)
                    sum += rows[row * width + pivot] * rows[row * width + column];
                sum /= scale;
                rows[pivot * width + column] -= sum * head;
                for (int row = pivot + 1; row < count; row++)
                    rows[row * width + column] -= sum * rows[row * width + pivot];
            }
            rows[pivot * width + pivot] = diagonal;
            for (int row = pivot + 1; row < count; row++)
                rows[row * width + pivot] = 0;
        }
    }

    /// <summary>The triangle's equations by one-sided Jacobi rotations: R V has orthogonal columns, whose lengths are the singular values.</summary>
    private static double[] SolveSmall(double[] rows, int rank, int terms, double[] scales)
    {
        int width = terms + 1;
        var a = new double[terms, rank];
        var v = new double[terms, terms];
        for (int term = 0; term < terms; term++)
        {
            v[term, term] = 1;
            for (int row = 0; row < rank; row++)
                a[term, row] = rows[row * width + term];
        }
        bool turned = true;
        for (int sweep = 0; sweep < 40 && turned; sweep++)
        {
            turned = false;
            for (int p = 0; p < terms - 1; p++)
            {
                for (int q = p + 1; q < terms; q++)
                    turned |= Rotate(a, v, p, q, rank, terms);
            }
        }
        var lengths = new double[terms];
        for (int term = 0; term < terms; term++)
        {
            double squares = 0;
            for (int row = 0; row < rank; row++)
                squares += a[term, row] * a[term, row];
            lengths[term] = Math.Sqrt(squares);
        }
        double noise = Noise * lengths.Max();
        var solution = new double[terms];
        for (int term = 0; term < terms; term++)
        {
            if (lengths[term] <= noise)
                continue;
            double projection = 0;
            for (int row = 0; row < rank; row++)
                projection += a[term, row] * rows[row * width + terms];
            for (int i = 0; i < terms; i++)
                solution[i] += v[term, i] * projection / (lengths[term] * lengths[term]);
        }
        for (int i = 0; i < terms; i++)
            solution[i] /= scales[i];
        return solution;
    }

    private static bool Rotate(double[,] a, double[,] v, int p, int q, int rank, int terms)
    {
        double pp = 0, qq = 0, pq = 0;
        for (int row = 0; row < rank; row++)
        {
            pp += a[p, row] * a[p, row];
            qq += a[q, row] * a[q, row];
            pq += a[p, row] * a[q, row];
        }
        if (Math.Abs(pq) <= 1e-16 * Math.Sqrt(pp * qq))
            return false;
        double zeta = (qq - pp) / (2 * pq), t = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), c = 1 / Math.Sqrt(1 + t * t), s = c * t;
        for (int row = 0; row < rank; row++)
            (a[p, row], a[q, row]) = (c * a[p, row] - s * a[q, row], s * a[p, row] + c * a[q, row]);
        for (int i = 0; i < terms; i++)
            (v[p, i], v[q, i]) = (c * v[p, i] - s * v[q, i], s * v[p, i] + c * v[q, i]);
        return true;
    }

    private static double Cube(double x) => x * x * x;
}
