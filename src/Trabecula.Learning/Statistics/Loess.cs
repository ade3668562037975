namespace Trabecula.Learning.Statistics;

/// <summary>Whether a loess curve is computed everywhere, or at a few places and blended between them.</summary>
public enum LoessSurface
{
    /// <summary>A local fit at every place asked for: R's <c>loess.control(surface = "direct")</c>.</summary>
    Direct,

    /// <summary>
    /// Local fits at the corners of cells of points, joined by cubics with their values and slopes: R's default, <c>surface = "interpolate"</c>,
    /// with its <c>cell</c> of 0.2.
    /// </summary>
    Interpolate,
}

/// <summary>A curve through points by local polynomials of the nearest ones.</summary>
/// <remarks>
/// Definition: at each place the ⌊span · n⌋ nearest points are fitted by a polynomial with tricube weights; no robustness iterations.
/// Sources: Cleveland, J. Am. Stat. Assoc. 74 (1979) 829; Cleveland and Devlin, J. Am. Stat. Assoc. 83 (1988) 596; cells and blending:
/// Cleveland and Grosse, Stat. Comput. 1 (1991) 47. Equal to R's <c>loess(y ~ x, span, degree)</c>.
/// </remarks>
public sealed class Loess
{
    /// <summary>Share of a neighbourhood's points that a cell may hold.</summary>
    private const double Cell = 0.2;

    /// <summary>How far the outermost corners lie beyond the points, as a share of the range.</summary>
    private const double Margin = 0.005;

    private readonly double[] _x;
    private readonly LocalPolynomial _local;
    private readonly double[] _corners = [], _values = [], _slopes = [];
    private readonly LoessSurface _surface;

    private Loess(double[] x, double[] y, double span, int neighbours, int degree, LoessSurface surface)
    {
        (_x, _surface) = (x, surface);
        _local = new LocalPolynomial(x, y, neighbours, degree);
        if (surface == LoessSurface.Direct)
            return;
        double margin = Margin * (x[^1] - x[0]);
        var corners = new SortedSet<double> { x[0] - margin, x[^1] + margin };
        Cut(corners, x[0] - margin, x[^1] + margin, 0, x.Length - 1, (int)Math.Floor(x.Length * span * Cell));
        _corners = [.. corners];
        _values = new double[_corners.Length];
        _slopes = new double[_corners.Length];
        for (int i = 0; i < _corners.Length; i++)
            (_values[i], _slopes[i]) = _local.At(_corners[i]);
    }

    /// <summary>Fits.</summary>
    /// <param name="x">Where the points are.</param>
    /// <param name="y">Their heights, as many.</param>
    /// <param name="span">Share of the points that each local fit uses, above 0 and at most 1.</param>
    /// <param name="degree">Of the polynomials: 0, 1 or 2.</param>
    /// <param name="surface">Where local fits are made.</param>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite, or span or degree is outside its range.</exception>
    /// <exception cref="LearningException">Too few points for the span and degree, or all nearest points share one x.</exception>
    public static Loess Of(
        IReadOnlyList<double> x, IReadOnlyList<double> y, double span = 0.75, int degree = 2, LoessSurface surface = LoessSurface.Direct)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
            throw new ArgumentException($"{y.Count} heights for {x.Count} points.", nameof(y));
        if (!(span > 0 && span <= 1))
            throw new ArgumentOutOfRangeException(nameof(span), span, "A span is above 0 and at most 1.");
        if (degree is < 0 or > 2)
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "A degree is 0, 1 or 2.");
        double[] sortedX = [.. x], sortedY = [.. y];
        if (sortedX.Concat(sortedY).Any(value => !double.IsFinite(value)))
            throw new ArgumentException("A point is not finite.", nameof(x));
        int neighbours = Math.Min(x.Count, (int)Math.Floor(x.Count * span + 1e-5));
        if (neighbours <= degree + 1)
            throw new LearningException(
                FormattableString.Invariant($"Loess: {x.Count} points with a span of {span} leave {neighbours} for each fit, expected at least {degree + 2}."),
                "Use more points or a larger span.");
        Array.Sort(sortedX, sortedY);
        return new Loess(sortedX, sortedY, span, neighbours, degree, surface);
    }

    /// <summary>The curve at a place; NaN outside the points' range, where it would be a guess.</summary>
    public double At(double x)
    {
        if (!(x >= _x[0] && x <= _x[^1]))
            return double.NaN;
        if (_surface == LoessSurface.Direct)
            return _local.At(x).Value;
        int right = Array.BinarySearch(_corners, x);
        if (right >= 0)
            return _values[right];
        right = ~right;
        int left = right - 1;
        double width = _corners[right] - _corners[left], h = (x - _corners[left]) / width, rest = 1 - h;
        return rest * rest * (1 + 2 * h) * _values[left] + h * h * (3 - 2 * h) * _values[right] +
            (h * rest * rest * _slopes[left] - h * h * rest * _slopes[right]) * width;
    }

    /// <summary>Halves a cell at the middle of its points until it holds few of them.</summary>
    private void Cut(SortedSet<double> corners, double left, double right, int first, int last, int most)
    {
        if (last - first + 1 <= most)
            return;
        int at = Boundary((first + last) / 2, first, last);
        // Where all points of the cell tie, it is cut at their x, and once: then that is an end of its parts.
        if (_x[at] == left || _x[at] == right)
            return;
        double cut = _x[at];
        corners.Add(cut);
        Cut(corners, left, cut, first, at, most);
        Cut(corners, cut, right, at + 1, last, most);
    }

    /// <summary>The place nearest to the middle after which the next point differs; above before below.</summary>
    private int Boundary(int middle, int first, int last)
    {
        for (int offset = 0; ; offset = offset > 0 ? -offset : 1 - offset)
        {
            int at = middle + offset;
            if (at >= last || at < first)
                return middle;
            if (_x[at] != _x[at + 1])
                return at;
        }
    }
}
