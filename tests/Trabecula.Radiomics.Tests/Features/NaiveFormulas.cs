namespace Trabecula.Radiomics.Tests.Features;

/// <summary>Every texture feature from its definition, with PyRadiomics' epsilon where PyRadiomics has it, by feature name.</summary>
internal static class NaiveFormulas
{
    private const double Eps = 2.220446049250313e-16;

    /// <summary>GLCM features of one direction. MCC by deflated power iteration on Q, to some nine digits.</summary>
    public static Dictionary<string, double> Glcm(double[,] counts, int[] present)
    {
        double total = counts.Cast<double>().Sum();
        int ng = present[^1];
        double P(int i, int j) => counts[i, j] / total;
        double Sum(Func<int, int, double> f) => present.Sum(i => present.Sum(j => f(i, j)));
        var px = present.ToDictionary(i => i, i => present.Sum(j => P(i, j)));
        double ux = present.Sum(i => i * px[i]);
        var add = new double[2 * ng + 1];
        var sub = new double[ng];
        foreach (int i in present)
        {
            foreach (int j in present)
            {
                add[i + j] += P(i, j);
                sub[Math.Abs(i - j)] += P(i, j);
            }
        }
        double SumOver(double[] p, Func<int, double, double> f) => p.Select((v, k) => f(k, v)).Sum();
        double Entropy(IEnumerable<double> p) => -p.Sum(v => v * Math.Log2(v + Eps));
        double hxy = Entropy(present.SelectMany(i => present.Select(j => P(i, j))));
        double hx = Entropy(px.Values);
        double hxy1 = -Sum((i, j) => P(i, j) * Math.Log2(px[i] * px[j] + Eps));
        double hxy2 = -Sum((i, j) => px[i] * px[j] * Math.Log2(px[i] * px[j] + Eps));
        double sigma2 = Sum((i, j) => P(i, j) * (i - ux) * (i - ux));
        double da = SumOver(sub, (k, v) => k * v);
        return new Dictionary<string, double>
        {
            ["Autocorrelation"] = Sum((i, j) => P(i, j) * i * j),
            ["ClusterProminence"] = Sum((i, j) => P(i, j) * Math.Pow(i + j - 2 * ux, 4)),
            ["ClusterShade"] = Sum((i, j) => P(i, j) * Math.Pow(i + j - 2 * ux, 3)),
            ["ClusterTendency"] = Sum((i, j) => P(i, j) * Math.Pow(i + j - 2 * ux, 2)),
            ["Contrast"] = Sum((i, j) => P(i, j) * (i - j) * (i - j)),
            ["Correlation"] = sigma2 == 0 ? 1 : Sum((i, j) => P(i, j) * (i - ux) * (j - ux)) / (sigma2 + Eps),
            ["DifferenceAverage"] = da,
            ["DifferenceEntropy"] = Entropy(sub),
            ["DifferenceVariance"] = SumOver(sub, (k, v) => v * (k - da) * (k - da)),
            ["Id"] = SumOver(sub, (k, v) => v / (1 + k)),
            ["Idm"] = SumOver(sub, (k, v) => v / (1 + (double)k * k)),
            ["Idmn"] = SumOver(sub, (k, v) => v / (1 + (double)k * k / ((double)ng * ng))),
            ["Idn"] = SumOver(sub, (k, v) => v / (1 + (double)k / ng)),
            ["Imc1"] = hx == 0 ? 0 : (hxy - hxy1) / hx,
            ["Imc2"] = hxy2 == hxy ? 0 : Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - hxy))),
            ["InverseVariance"] = SumOver(sub, (k, v) => k == 0 ? 0 : v / ((double)k * k)),
            ["JointAverage"] = ux,
            ["JointEnergy"] = Sum((i, j) => P(i, j) * P(i, j)),
            ["JointEntropy"] = hxy,
            ["MCC"] = Mcc(present, P, px),
            ["MaximumProbability"] = present.Max(i => present.Max(j => P(i, j))),
            ["SumAverage"] = SumOver(add, (k, v) => k * v),
            ["SumEntropy"] = Entropy(add),
            ["SumSquares"] = sigma2,
        };
    }

    /// <summary>Second largest eigenvalue of Q by Jacobi's method on the symmetric form (exact but for epsilon, which small cases do not feel).</summary>
    private static double Mcc(int[] present, Func<int, int, double> p, Dictionary<int, double> px)
    {
        int n = present.Length;
        if (n < 2)
            return 1;
        var m = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                m[i, j] = px[present[i]] * px[present[j]] == 0 ? 0 : p(present[i], present[j]) / Math.Sqrt(px[present[i]] * px[present[j]]);
        for (int sweep = 0; sweep < 60; sweep++)
            for (int a = 0; a < n; a++)
                for (int b = a + 1; b < n; b++)
                    Rotate(m, a, b, n);
        return Enumerable.Range(0, n).Select(i => Math.Abs(m[i, i])).OrderDescending().ElementAt(1);
    }

    private static void Rotate(double[,] m, int a, int b, int n)
    {
        if (Math.Abs(m[a, b]) < 1e-300)
            return;
        double angle = 0.5 * Math.Atan2(2 * m[a, b], m[a, a] - m[b, b]), c = Math.Cos(angle), s = Math.Sin(angle);
        for (int k = 0; k < n; k++)
            (m[k, a], m[k, b]) = (c * m[k, a] + s * m[k, b], c * m[k, b] - s * m[k, a]);
        for (int k = 0; k < n; k++)
            (m[a, k], m[b, k]) = (c * m[a, k] + s * m[b, k], c * m[b, k] - s * m[a, k]);
    }

    /// <summary>Features of a matrix over level and size; keys name the size neutrally.</summary>
    public static Dictionary<string, double> LevelSize(Dictionary<(int Level, int Size), int> counts)
    {
        double n = counts.Values.Sum();
        double Sum(Func<double, double, double, double> f) => counts.Sum(c => f(c.Key.Level, c.Key.Size, c.Value));
        double[] byLevel = [.. counts.GroupBy(c => c.Key.Level).Select(g => (double)g.Sum(c => c.Value))];
        double[] bySize = [.. counts.GroupBy(c => c.Key.Size).Select(g => (double)g.Sum(c => c.Value))];
        double ui = Sum((i, _, c) => c * i) / n, uj = Sum((_, j, c) => c * j) / n;
        return new Dictionary<string, double>
        {
            ["SmallEmphasis"] = Sum((_, j, c) => c / (j * j)) / n,
            ["LargeEmphasis"] = Sum((_, j, c) => c * j * j) / n,
            ["GrayLevelNonUniformity"] = byLevel.Sum(c => c * c) / n,
            ["GrayLevelNonUniformityNormalized"] = byLevel.Sum(c => c * c) / (n * n),
            ["SizeNonUniformity"] = bySize.Sum(c => c * c) / n,
            ["SizeNonUniformityNormalized"] = bySize.Sum(c => c * c) / (n * n),
            ["Percentage"] = n / Sum((_, j, c) => c * j),
            ["GrayLevelVariance"] = Sum((i, _, c) => c / n * (i - ui) * (i - ui)),
            ["SizeVariance"] = Sum((_, j, c) => c / n * (j - uj) * (j - uj)),
            ["Entropy"] = -Sum((_, _, c) => c / n * Math.Log2(c / n + Eps)),
            ["LowGrayLevelEmphasis"] = Sum((i, _, c) => c / (i * i)) / n,
            ["HighGrayLevelEmphasis"] = Sum((i, _, c) => c * i * i) / n,
            ["SmallLowGrayLevelEmphasis"] = Sum((i, j, c) => c / (i * i * j * j)) / n,
            ["SmallHighGrayLevelEmphasis"] = Sum((i, j, c) => c * i * i / (j * j)) / n,
            ["LargeLowGrayLevelEmphasis"] = Sum((i, j, c) => c * j * j / (i * i)) / n,
            ["LargeHighGrayLevelEmphasis"] = Sum((i, j, c) => c * i * i * j * j) / n,
        };
    }

    /// <summary>NGTDM features.</summary>
    public static Dictionary<string, double> Ngtdm(List<(int Level, double N, double S)> rows)
    {
        double total = rows.Sum(r => r.N);
        double Pairs(Func<double, double, double, double, double, double, double> f) =>
            rows.Sum(a => rows.Sum(b => f(a.N / total, b.N / total, a.Level, b.Level, a.S, b.S)));
        double weighted = rows.Sum(r => r.N / total * r.S), sum = rows.Sum(r => r.S);
        double spread = Pairs((pi, pj, i, j, _, _) => Math.Abs(i * pi - j * pj));
        double ngp = rows.Count * (rows.Count - 1.0);
        return new Dictionary<string, double>
        {
            ["Busyness"] = spread == 0 ? 0 : weighted / spread,
            ["Coarseness"] = weighted == 0 ? 1e6 : 1 / weighted,
            ["Complexity"] = Pairs((pi, pj, i, j, si, sj) => Math.Abs(i - j) * (pi * si + pj * sj) / (pi + pj)) / total,
            ["Contrast"] = ngp == 0 ? 0 : Pairs((pi, pj, i, j, _, _) => pi * pj * (i - j) * (i - j)) * sum / total / ngp,
            ["Strength"] = sum == 0 ? 0 : Pairs((pi, pj, i, j, _, _) => (pi + pj) * (i - j) * (i - j)) / sum,
        };
    }
}
