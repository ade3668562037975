namespace Trabecula.Learning.Statistics;

/// <summary>
/// The share of variance that the first principal components take of noise: independent normal columns, standardised. What a real table's
/// components must exceed before they say that its columns, standardised too, have something in common.
/// </summary>
/// <param name="Mean">Mean share over the draws, 0 to 1.</param>
/// <param name="Deviation">Standard deviation over the draws (divisor n - 1).</param>
public readonly record struct NoiseComponents(double Mean, double Deviation)
{
    private const double Accuracy = 1e-9;

    // Up to here a table is drawn and standardised in no time.
    private const int MostDrawn = 40;

    /// <summary>Draws tables of noise.</summary>
    /// <remarks>
    /// Beyond 40 components no table is drawn: the singular values of n x p normal values are those of a bidiagonal matrix of independent chi variables,
    /// n to n - p + 1 and p - 1 to 1 degrees of freedom, so that a draw costs p numbers, not n p, and its largest eigenvalues a bisection. Taking off the
    /// columns' means costs one row. Their variances are then equal as a law but not in the draw, which makes the shares larger: by 3.7 % of them for
    /// 46 x 45, 2.2 % for 150 x 50, 1.1 % for 80 x 400, 0.6 % for 856 x 106 (of fewer columns it would be up to 8 %).
    /// Source: Dumitriu and Edelman, J. Math. Phys. 43 (2002) 5830, III.B, beta = 1.
    /// </remarks>
    /// <param name="rows">Rows of the table, at least 2.</param>
    /// <param name="columns">Columns of the table, at least 1.</param>
    /// <param name="components">How many components' shares are added up, at least 1.</param>
    /// <param name="draws">How many tables, at least 2.</param>
    /// <param name="seed">The origin of the draws.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    public static NoiseComponents ShareOfFirst(int rows, int columns, int components, int draws, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        RandomSequence random = seed.Open();
        int longer = Math.Max(rows - 1, columns), shorter = Math.Min(rows - 1, columns);
        var shares = new double[draws];
        var diagonal = new double[shorter];
        var squares = new double[shorter];
        for (int draw = 0; draw < draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (shorter <= MostDrawn)
            {
                shares[draw] = PrincipalComponents.Of(DrawStandardised(rows, columns, random), columns, 0, cancellationToken).ShareOfFirst(components);
                continue;
            }
            double trace = DrawTridiagonal(longer, diagonal, squares, random), largest = 0;
            for (int k = 0; k < Math.Min(components, shorter); k++)
                largest += Largest(k, diagonal, squares);
            shares[draw] = largest / trace;
        }
        Moments moments = Moments.Of(shares);
        return new NoiseComponents(moments.Mean, moments.SampleDeviation);
    }

    private static double[] DrawStandardised(int rows, int columns, RandomSequence random)
    {
        var values = new double[rows * columns];
        var column = new double[rows];
        for (int c = 0; c < columns; c++)
        {
            for (int row = 0; row < rows; row++)
                column[row] = random.NextGaussian();
            Moments moments = Moments.Of(column);
            for (int row = 0; row < rows; row++)
                values[row * columns + c] = (column[row] - moments.Mean) / moments.SampleDeviation;
        }
        return values;
    }

    /// <summary>Bᵀ B of the bidiagonal B: its diagonal, and the squares beside it, of which the last is 0.</summary>
    /// <returns>The trace.</returns>
    private static double DrawTridiagonal(int longer, double[] diagonal, double[] squares, RandomSequence random)
    {
        double trace = 0, below = 0;
        for (int i = diagonal.Length - 1; i >= 0; i--)
        {
            // The chi square below the diagonal has as many degrees of freedom as rows follow.
            int following = diagonal.Length - 1 - i;
            double own = ChiSquare(longer - i, random), under = following == 0 ? 0 : ChiSquare(following, random);
            diagonal[i] = own + under;
            squares[i] = under * below;
            below = own;
            trace += diagonal[i];
        }
        return trace;
    }

    /// <summary>The k-th largest eigenvalue, by bisection of Sturm's count (Golub and Van Loan, Matrix Computations (2013), 8.4.1).</summary>
    private static double Largest(int k, double[] diagonal, double[] squares)
    {
        double low = 0, high = 0;
        for (int i = 0; i < diagonal.Length; i++)
            high = Math.Max(high, diagonal[i] + Math.Sqrt(squares[i]) + (i > 0 ? Math.Sqrt(squares[i - 1]) : 0));
        while (high - low > Accuracy * high)
        {
            double middle = (low + high) / 2;
            if (CountAbove(middle, diagonal, squares) > k)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    private static int CountAbove(double x, double[] diagonal, double[] squares)
    {
        int above = 0;
        double pivot = 1, square = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            pivot = diagonal[i] - x - square / pivot;
            // An exact zero would divide; the next pivot is then as good as infinite of either sign.
            if (pivot == 0)
                pivot = -double.Epsilon;
            above += pivot > 0 ? 1 : 0;
            square = squares[i];
        }
        return above;
    }

    /// <summary>A chi square variable: twice a gamma variable (Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363).</summary>
    private static double ChiSquare(int degreesOfFreedom, RandomSequence random)
    {
        if (degreesOfFreedom == 1)
        {
            double z = random.NextGaussian();
            return z * z;
        }
        double d = degreesOfFreedom / 2.0 - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = random.NextGaussian(), root = 1 + c * z;
            if (root <= 0)
                continue;
            double cube = root * root * root, u = random.NextDouble();
            if (Math.Log(u) < z * z / 2 + d - d * cube + d * Math.Log(cube))
                return 2 * d * cube;
        }
    }
}
