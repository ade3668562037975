namespace Trabecula.Learning.Statistics;

/// <summary>Cleveland's first smoother: local lines with tricube weights, without robustness iterations. The smooth value of each point.</summary>
/// <remarks>
/// Source: Cleveland, J. Am. Stat. Assoc. 74 (1979) 829. Equal to R's <c>lowess(x, y, f, iter = 0)</c>, which fits at points at least
/// 1 % of the range apart and draws lines between them; it is what <c>rms::val.prob</c> smooths with. For a curve prefer <see cref="Loess"/>.
/// </remarks>
internal static class Lowess
{
    /// <summary>The smooth values, in the order of the points.</summary>
    internal static double[] Of(IReadOnlyList<double> x, IReadOnlyList<double> y, double span = 2.0 / 3)
    {
        int n = x.Count;
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => x[i])];
        double[] at = [.. order.Select(i => x[i])], height = [.. order.Select(i => y[i])], smooth = new double[n];
        int near = Math.Clamp((int)(span * n + 1e-7), Math.Min(2, n), n);
        double range = at[^1] - at[0], step = 0.01 * range;

        for (int fitted = -1, next = 0, left = 0; ;)
        {
            while (left + near < n && at[next] - at[left] > at[left + near] - at[next])
                left++;
            smooth[next] = FitAt(at, height, at[next], left, near, range) ?? height[next];
            for (int between = fitted + 1; between < next; between++)
            {
                double share = (at[between] - at[fitted]) / (at[next] - at[fitted]);
                smooth[between] = share * smooth[next] + (1 - share) * smooth[fitted];
            }
            fitted = next;
            // Ties of the fitted point share its value; then on to the last point within a step, which is at least the next one.
            int beyond = fitted + 1;
            for (double limit = at[fitted] + step; beyond < n && at[beyond] <= limit; beyond++)
            {
                if (at[beyond] == at[fitted])
                    smooth[fitted = beyond] = smooth[next];
            }
            if (fitted >= n - 1)
                break;
            next = Math.Max(fitted + 1, beyond - 1);
        }
        var result = new double[n];
        for (int i = 0; i < n; i++)
            result[order[i]] = smooth[i];
        return result;
    }

    private static double? FitAt(double[] x, double[] y, double place, int left, int near, double range)
    {
        double bandwidth = Math.Max(place - x[left], x[left + near - 1] - place);
        double far = 0.999 * bandwidth, close = 0.001 * bandwidth, sum = 0;
        var weights = new List<double>();
        int last = left;
        // Points beyond the window count where they are as near as its end.
        for (; last < x.Length; last++)
        {
            double distance = Math.Abs(x[last] - place), share = distance / bandwidth;
            if (distance > far && x[last] > place)
                break;
            weights.Add(distance > far ? 0 : distance <= close ? 1 : Math.Pow(1 - share * share * share, 3));
            sum += weights[^1];
        }
        if (sum <= 0)
            return null;
        double mean = 0, spread = 0, value = 0;
        for (int i = 0; i < weights.Count; i++)
            mean += (weights[i] /= sum) * x[left + i];
        for (int i = 0; i < weights.Count; i++)
            spread += weights[i] * (x[left + i] - mean) * (x[left + i] - mean);
        // Where the points hardly spread, a line would turn freely: their mean then.
        bool tilts = bandwidth > 0 && Math.Sqrt(spread) > 0.001 * range;
        for (int i = 0; i < weights.Count; i++)
            value += weights[i] * (tilts ? 1 + (place - mean) * (x[left + i] - mean) / spread : 1) * y[left + i];
        return value;
    }
}
