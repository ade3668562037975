using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Trabecula.Learning.Statistics;

/// <summary>
/// Principal components of rows of columns: the eigenvectors of the columns' covariance, largest share first. Immutable.
/// </summary>
/// <remarks>
/// Computed from the smaller of the covariance (columns) and the Gram matrix (rows), so variances below about 1e-15 of the total
/// are rounding. Sign: the loading of largest size is positive, the first of equal ones.
/// Source: Jolliffe, Principal Component Analysis (2002), 3.1; equal to scikit-learn's <c>PCA(svd_solver = "full")</c>.
/// </remarks>
public sealed class PrincipalComponents
{
    private PrincipalComponents(double[] variances, double[][] components, double[] means)
    {
        (ExplainedVariance, Components, Means) = (variances, components, means);
        double total = variances.Sum();
        ExplainedVarianceRatio = [.. variances.Select(v => v / total)];
    }

    /// <summary>The variance along each component, divisor n - 1; as many as the smaller of rows and columns.</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>Each variance's share of their sum, 0 to 1; NaN where nothing varies.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio { get; }

    /// <summary>The loadings of the columns, unit length, of the components asked for.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Components { get; }

    /// <summary>The columns' means, which are taken off before.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The share of the first components together, 0 to 1.</summary>
    public double ShareOfFirst(int components) => ExplainedVarianceRatio.Take(components).Sum();

    /// <summary>Computes the components.</summary>
    /// <param name="values">Row by row, without missing values.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="components">How many components' loadings are computed; the variances are always all.</param>
    /// <param name="cancellationToken">Stops while products are summed.</param>
    /// <exception cref="ArgumentException">The values are no whole number of rows, fewer than two rows, or some are missing.</exception>
    public static PrincipalComponents Of(
        ReadOnlySpan<double> values, int columns, int components = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        int rows = values.Length / columns;
        if (rows < 2 || rows * columns != values.Length)
            throw new ArgumentException($"{values.Length} values are not two or more rows of {columns}.", nameof(values));
        (double[] centred, double[] means) = Centre(values, rows, columns);
        if (means.Any(double.IsNaN))
            throw new ArgumentException("Some values are missing.", nameof(values));

        bool byColumns = columns <= rows;
        int size = Math.Min(rows, columns);
        double[] vectors = byColumns ? Transpose(centred, rows, columns) : centred;
        Evd<double> decomposition = Products(vectors, size, cancellationToken).Evd(Symmetricity.Symmetric);
        // Eigenvalues come in ascending order; those that are zero by rank may round below zero.
        var variances = new double[size];
        for (int i = 0; i < size; i++)
            variances[i] = Math.Max(0, decomposition.EigenValues[size - 1 - i].Real) / (rows - 1);
        var loadings = new double[Math.Min(components, size)][];
        for (int c = 0; c < loadings.Length; c++)
        {
            double[] eigenvector = [.. decomposition.EigenVectors.Column(size - 1 - c)];
            loadings[c] = Oriented(byColumns ? eigenvector : ToColumns(centred, eigenvector, columns));
        }
        return new PrincipalComponents(variances, loadings, means);
    }

    /// <summary>The rows along the computed components: row by row, one number a component.</summary>
    public double[] Scores(ReadOnlySpan<double> values)
    {
        int columns = Means.Count, rows = values.Length / columns;
        var scores = new double[rows * Components.Count];
        for (int row = 0; row < rows; row++)
        {
            for (int c = 0; c < Components.Count; c++)
            {
                double sum = 0;
                for (int i = 0; i < columns; i++)
                    sum += (values[row * columns + i] - Means[i]) * Components[c][i];
                scores[row * Components.Count + c] = sum;
            }
        }
        return scores;
    }

    private static (double[] Centred, double[] Means) Centre(ReadOnlySpan<double> values, int rows, int columns)
    {
        var means = new double[columns];
        for (int i = 0; i < values.Length; i++)
            means[i % columns] += values[i];
        for (int c = 0; c < columns; c++)
            means[c] /= rows;
        double[] centred = values.ToArray();
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= means[i % columns];
        return (centred, means);
    }

    private static double[] Transpose(double[] values, int rows, int columns)
    {
        var transposed = new double[values.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                transposed[c * rows + r] = values[r * columns + c];
        }
        return transposed;
    }

    /// <summary>The products of every two of a number of vectors, which stand one after another.</summary>
    private static DenseMatrix Products(double[] vectors, int count, CancellationToken cancellationToken)
    {
        int length = vectors.Length / count;
        var products = new DenseMatrix(count, count);
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> a = vectors.AsSpan(i * length, length);
            for (int j = 0; j <= i; j++)
                products[i, j] = products[j, i] = Dot(a, vectors.AsSpan(j * length, length));
        }
        return products;
    }

    /// <summary>Four sums side by side, since one would wait for each addition; their order is fixed.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < a.Length && i + 3 < b.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++)
            s0 += a[i] * b[i];
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary>A right singular vector from the left one.</summary>
    private static double[] ToColumns(double[] centred, double[] left, int columns)
    {
        var right = new double[columns];
        for (int row = 0; row < left.Length; row++)
        {
            for (int c = 0; c < columns; c++)
                right[c] += left[row] * centred[row * columns + c];
        }
        double length = Math.Sqrt(right.Sum(value => value * value));
        return Array.ConvertAll(right, value => length > 0 ? value / length : 0);
    }

    private static double[] Oriented(double[] loadings)
    {
        double largest = loadings.MaxBy(Math.Abs);
        return largest < 0 ? Array.ConvertAll(loadings, value => -value) : loadings;
    }
}
