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

    // 200 draws stay below about a second.
    private const long MostWork = 20_000_000;

    /// <summary>
    /// Whether the noise of a shape has columns of variance 1 in each draw, as the columns of a standardised table have. Of larger tables they have
    /// it as a law alone.
    /// </summary>
    /// <param name="rows">Rows of the table, at least 2.</param>
    /// <param name="columns">Columns of the table, at least 1.</param>
    public static bool AreStandardised(int rows, int columns)
    {
        // Drawing a number takes as long as some 60 products; the last term is Householder's.
        long size = Math.Min(rows - 1, columns);
        return size * (columns * (size + 60) + size * size) <= MostWork;
    }

    /// <summary>Draws tables of noise.</summary>
    /// <remarks>
    /// No table is drawn, so that the cost does not depend on the rows. Columns less their means are n - 1 normal numbers in whatever axes: the
    /// i-th column along the axes of the columns before it i - 1 normal numbers, and a chi variable of n - i degrees of freedom across them
    /// (Bartlett's triangle; without the chi once the axes are used up). Scaled to length 1 these have exactly the products of standardised columns.
    /// Where even that is long (<see cref="AreStandardised"/>), the singular values of n - 1 x p normal numbers are those of a bidiagonal matrix of
    /// independent chi variables, p numbers a draw. Columns of equal variance as a law, not in the draw, make the shares larger: by some
    /// 1.0 % of them for 206 x 205, 0.4 % for 1,000 x 203, 0.5 % for 95 x 1,700, 0.6 % for 400 x 400.
    /// Source: Muirhead, Aspects of Multivariate Statistical Theory (1982), 3.2.14; Dumitriu and Edelman, J. Math. Phys. 43 (2002) 5830, III.B, beta = 1.
    /// </remarks>
    /// <param name="rows">Rows of the table, at least 2.</param>
    /// <param name="columns">Columns of the table, at least 1.</param>
    /// <param name="components">Up to how many components' shares are added up, at least 1.</param>
    /// <param name="draws">How many tables, at least 2.</param>
    /// <param name="seed">The origin of the draws.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    /// <returns>The share of the first component, of the first two, and so on, all of the same draws.</returns>
    public static NoiseComponents[] SharesOfFirst(int rows, int columns, int components, int draws, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        RandomSequence random = seed.Open();
        int longer = Math.Max(rows - 1, columns), shorter = Math.Min(rows - 1, columns);
        bool standardised = AreStandardised(rows, columns);
        double[][] shares = [.. Enumerable.Range(0, components).Select(_ => new double[draws])];
        var diagonal = new double[shorter];
        var squares = new double[shorter];
        for (int draw = 0; draw < draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (standardised)
                Tridiagonal.Reduce(DrawStandardised(rows, columns, random), diagonal, squares);
            else
                DrawTridiagonal(longer, diagonal, squares, random);
            double trace = diagonal.Sum(), largest = 0;
            for (int k = 0; k < components; k++)
            {
                largest += k < shorter ? Tridiagonal.Largest(k, diagonal, squares, Accuracy) : 0;
                shares[k][draw] = largest / trace;
            }
        }
        return Array.ConvertAll(shares, share =>
        {
            Moments moments = Moments.Of(share);
            return new NoiseComponents(moments.Mean, moments.SampleDeviation);
        });
    }

    /// <summary>The products of the axes, whose eigenvalues other than 0 are those of the columns' products: the lower triangle, row by row of equal length.</summary>
    private static double[] DrawStandardised(int rows, int columns, RandomSequence random)
    {
        int axes = Math.Min(rows - 1, columns);
        var products = new double[axes * axes];
        var column = new double[axes];
        for (int c = 0; c < columns; c++)
        {
            int used = Math.Min(c + 1, axes);
            double square = 0;
            for (int axis = 0; axis < used; axis++)
            {
                column[axis] = axis == c ? Math.Sqrt(ChiSquare(rows - 1 - c, random)) : random.NextGaussian();
                square += column[axis] * column[axis];
            }
            for (int a = 0; a < used; a++)
            {
                double scaled = column[a] / square;
                for (int b = 0; b <= a; b++)
                    products[a * axes + b] += scaled * column[b];
            }
        }
        return products;
    }

    /// <summary>Bᵀ B of the bidiagonal B: its diagonal, and the squares beside it, of which the last is 0.</summary>
    private static void DrawTridiagonal(int longer, double[] diagonal, double[] squares, RandomSequence random)
    {
        double below = 0;
        for (int i = diagonal.Length - 1; i >= 0; i--)
        {
            // The chi square below the diagonal has as many degrees of freedom as rows follow.
            int following = diagonal.Length - 1 - i;
            double own = ChiSquare(longer - i, random), under = following == 0 ? 0 : ChiSquare(following, random);
            diagonal[i] = own + under;
            squares[i] = under * below;
            below = own;
        }
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
