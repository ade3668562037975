using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trabecula.Learning.Models;

/// <summary>
/// The weighted log loss of rows, <c>Σ s_i log(1 + exp(-t_i (b + w·x_i)))</c> with <c>t_i</c> = 1 for the event and -1 otherwise, and its
/// derivatives at the point last evaluated.
/// </summary>
internal sealed class LogisticLoss
{
    private readonly double[] _columns;
    private readonly bool[] _outcomes;
    private readonly ClassWeights _weights;
    private readonly int _stride;
    private readonly double[] _logOdds;
    private readonly double[] _residuals;
    private readonly double[] _curvatures;
    private readonly double[] _weighted;

    /// <summary>Takes rows.</summary>
    /// <param name="design">Row by row.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="outcomes">The outcome of each row.</param>
    /// <param name="weights">What a row of each class counts.</param>
    internal LogisticLoss(ReadOnlySpan<double> design, int width, bool[] outcomes, ClassWeights weights)
    {
        (Width, _outcomes, _weights) = (width, outcomes, weights);
        // Columns in one piece each, with zeros up to whole lanes, which add nothing to any sum.
        _stride = VectorSums.Padded(outcomes.Length);
        _columns = new double[_stride * width];
        for (int row = 0; row < outcomes.Length; row++)
        {
            ReadOnlySpan<double> line = design.Slice(row * width, width);
            for (int column = 0; column < width; column++)
                _columns[column * _stride + row] = line[column];
        }
        _logOdds = new double[_stride];
        _residuals = new double[_stride];
        _curvatures = new double[_stride];
        _weighted = new double[_stride];
    }

    /// <summary>Number of columns.</summary>
    internal int Width { get; }

    /// <summary>Number of rows.</summary>
    internal int Rows => _outcomes.Length;

    /// <summary>The log odds of each row at the point last evaluated.</summary>
    internal ReadOnlySpan<double> LogOdds => _logOdds.AsSpan(0, Rows);

    /// <summary>The intercept that is best where all coefficients are 0.</summary>
    internal double BaseLogOdds()
    {
        int cases = _outcomes.Count(outcome => outcome);
        return Math.Log(cases * _weights.Case / ((Rows - cases) * _weights.Control));
    }

    /// <summary>The loss.</summary>
    /// <param name="at">The coefficients, then the intercept.</param>
    internal double Evaluate(ReadOnlySpan<double> at)
    {
        Combine(at, at[Width], _logOdds);
        double loss = 0;
        for (int row = 0; row < _outcomes.Length; row++)
        {
            bool outcome = _outcomes[row];
            double margin = outcome ? _logOdds[row] : -_logOdds[row], weight = outcome ? _weights.Case : _weights.Control;
            double e = Math.Exp(-Math.Abs(margin));
            // The probability of the other outcome: 1 - risk would lose the digits of a small residual.
            double wrong = (margin > 0 ? e : 1) / (1 + e);
            loss += weight * (Log1P(e) + Math.Max(-margin, 0));
            _residuals[row] = outcome ? -weight * wrong : weight * wrong;
            _curvatures[row] = weight * (e / ((1 + e) * (1 + e)));
        }
        return loss;
    }

    /// <summary>The derivative by a coefficient; by the intercept for <see cref="Width"/>.</summary>
    internal double Slope(int unknown) => unknown == Width ? VectorSums.Sum(_residuals) : VectorSums.Dot(_residuals, Column(unknown));

    /// <summary>The sum of the magnitudes that a <see cref="Slope"/> is made of.</summary>
    internal double Magnitude(int unknown) =>
        unknown == Width ? VectorSums.SumOfMagnitudes(_residuals) : VectorSums.DotOfMagnitudes(_residuals, Column(unknown));

    /// <summary>The second derivatives by some of the unknowns, row by row, both triangles.</summary>
    /// <param name="unknowns">Coefficients in rising order, <see cref="Width"/> for the intercept last.</param>
    /// <param name="into">As many rows and columns as unknowns.</param>
    internal void Hessian(ReadOnlySpan<int> unknowns, Span<double> into)
    {
        int n = unknowns.Length;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> weighted = _curvatures;
            if (unknowns[i] < Width)
            {
                Multiply(_curvatures, Column(unknowns[i]), _weighted);
                weighted = _weighted;
            }
            Span<double> line = into.Slice(i * n, n);
            int last = unknowns[i] < Width ? i : i - 1, j = 0;
            for (; j + 3 <= last; j += 4)
            {
                VectorSums.Dot4(
                    weighted, Column(unknowns[j]), Column(unknowns[j + 1]), Column(unknowns[j + 2]), Column(unknowns[j + 3]), line.Slice(j, 4));
            }
            for (; j <= last; j++)
                line[j] = VectorSums.Dot(weighted, Column(unknowns[j]));
            if (unknowns[i] == Width)
                line[i] = VectorSums.Sum(_curvatures);
            for (j = 0; j < i; j++)
                into[j * n + i] = line[j];
        }
    }

    /// <summary>Whether a direction brings no row nearer to the other outcome, within rounding, and some away from it.</summary>
    /// <param name="direction">Coefficients, then the intercept.</param>
    /// <param name="tolerance">What counts as rounding, of the largest change.</param>
    internal bool Separates(ReadOnlySpan<double> direction, double tolerance)
    {
        Combine(direction, direction[Width], _weighted);
        double least = double.PositiveInfinity, most = 0;
        for (int row = 0; row < _outcomes.Length; row++)
        {
            double change = _outcomes[row] ? _weighted[row] : -_weighted[row];
            least = Math.Min(least, change);
            most = Math.Max(most, Math.Abs(change));
        }
        return most > 0 && least >= -tolerance * most;
    }

    /// <summary>1 / (1 + exp(-x)) without overflow.</summary>
    internal static double Sigmoid(double x)
    {
        if (x >= 0)
            return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    private ReadOnlySpan<double> Column(int column) => _columns.AsSpan(column * _stride, _stride);

    private void Combine(ReadOnlySpan<double> factors, double constant, Span<double> into)
    {
        into[..Rows].Fill(constant);
        for (int column = 0; column < Width; column++)
        {
            if (factors[column] != 0)
                VectorSums.AddScaled(into, factors[column], Column(column));
        }
    }

    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> into)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Span<Vector256<double>> wideInto = MemoryMarshal.Cast<double, Vector256<double>>(into);
        for (int i = 0; i < wideInto.Length; i++)
            wideInto[i] = wideA[i] * wideB[i];
    }

    // log(1 + x) for x in 0..1 to full precision: the rounding of 1 + x is divided out (Kahan; Goldberg 1991, theorem 4).
    private static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }
}
