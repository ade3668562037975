namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>Features of pairs that need work of their own.</summary>
[Flags]
internal enum PairFeatures
{
    /// <summary>None of them.</summary>
    None = 0,
    /// <summary>Imc1 and Imc2.</summary>
    Information = 1,
    /// <summary>MCC.</summary>
    MaximalCorrelation = 2,
    /// <summary>Those of the distributions of i + j and |i - j|, but for what their moments tell.</summary>
    Distributions = 4,
    /// <summary>All of them.</summary>
    All = 7,
}

/// <summary>The features of one normalised co-occurrence matrix, symmetric or not, as their formulas stand.</summary>
internal sealed class CooccurrenceFormulas
{
    /// <summary>2^-52, which PyRadiomics adds to divisors and inside logarithms.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    private readonly AnyMaximalCorrelation _maximalCorrelation = new();
    private readonly SparseDistribution _sums = new(), _differences = new();
    private double[] _px = [], _py = [];

    /// <summary>Writes the features in the order of <see cref="Glcm.GlcmFeatures.Names"/>; Imc2 may be NaN, and what is not wanted is.</summary>
    public void Compute(ReadOnlySpan<double> p, ReadOnlySpan<int> levels, int highest, int regionLevels, PairFeatures wanted, Span<double> values)
    {
        int n = levels.Length;
        if (_px.Length < n)
            (_px, _py) = (new double[n], new double[n]);
        Span<double> px = _px.AsSpan(0, n), py = _py.AsSpan(0, n);
        px.Clear();
        py.Clear();
        _sums.Clear(2 * highest + 1);
        _differences.Clear(highest + 1);
        double autocorrelation = 0, ux = 0, uy = 0, energy = 0, entropy = 0, maximum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double cell = p[i * n + j];
                if (cell == 0)
                    continue;
                px[i] += cell;
                py[j] += cell;
                ux += levels[i] * cell;
                uy += levels[j] * cell;
                autocorrelation += cell * ((double)levels[i] * levels[j]);
                energy += cell * cell;
                entropy -= cell * Math.Log2(cell + Epsilon);
                maximum = Math.Max(maximum, cell);
                _sums.Add(levels[i] + levels[j], cell);
                _differences.Add(Math.Abs(levels[i] - levels[j]), cell);
            }
        }
        values[0] = autocorrelation;
        Clusters(p, levels, ux, uy, px, py, values);
        Differences(highest, values);
        (values[13], values[14]) = (double.NaN, double.NaN);
        if (wanted.HasFlag(PairFeatures.Information))
            Information(p, px, py, entropy, values);
        values[16] = ux;
        values[17] = energy;
        values[18] = entropy;
        values[19] = wanted.HasFlag(PairFeatures.MaximalCorrelation) ? _maximalCorrelation.Compute(p, px, py, regionLevels) : double.NaN;
        values[20] = maximum;
        values[21] = _sums.Mean();
        values[22] = _sums.Entropy();
    }

    private static void Clusters(
        ReadOnlySpan<double> p, ReadOnlySpan<int> levels, double ux, double uy, ReadOnlySpan<double> px, ReadOnlySpan<double> py, Span<double> values)
    {
        int n = levels.Length;
        double prominence = 0, shade = 0, tendency = 0, covariance = 0, xx = 0, yy = 0;
        for (int i = 0; i < n; i++)
        {
            double dx = levels[i] - ux, dy = levels[i] - uy;
            xx += px[i] * (dx * dx);
            yy += py[i] * (dy * dy);
            for (int j = 0; j < n; j++)
            {
                double cell = p[i * n + j];
                if (cell == 0)
                    continue;
                double d = levels[i] + levels[j] - ux - uy, d2 = d * d;
                prominence += cell * (d2 * d2);
                shade += cell * (d2 * d);
                tendency += cell * d2;
                covariance += cell * dx * (levels[j] - uy);
            }
        }
        double deviations = Math.Sqrt(xx) * Math.Sqrt(yy);
        values[1] = prominence;
        values[2] = shade;
        values[3] = tendency;
        values[5] = deviations == 0 ? 1 : covariance / (deviations + Epsilon);
        values[23] = xx;
    }

    private void Differences(int highest, Span<double> values)
    {
        double average = _differences.Mean(), contrast = 0, variance = 0, id = 0, idm = 0, idn = 0, idmn = 0, inverse = 0, n = highest;
        foreach (int k in _differences.Places)
        {
            double p = _differences[k], k2 = (double)k * k;
            contrast += p * k2;
            variance += p * ((k - average) * (k - average));
            id += p / (1 + k);
            idm += p / (1 + k2);
            idn += p / (1 + k / n);
            idmn += p / (1 + k2 / (n * n));
            inverse += k > 0 ? p / k2 : 0;
        }
        values[4] = contrast;
        values[6] = average;
        values[7] = _differences.Entropy();
        values[8] = variance;
        values[9] = id;
        values[10] = idm;
        values[11] = idmn;
        values[12] = idn;
        values[15] = inverse;
    }

    private static void Information(ReadOnlySpan<double> p, ReadOnlySpan<double> px, ReadOnlySpan<double> py, double hxy, Span<double> values)
    {
        int n = px.Length;
        double hx = 0, hy = 0, hxy1 = 0, hxy2 = 0;
        for (int i = 0; i < n; i++)
        {
            hx -= px[i] * Math.Log2(px[i] + Epsilon);
            hy -= py[i] * Math.Log2(py[i] + Epsilon);
            for (int j = 0; j < n; j++)
            {
                double product = px[i] * py[j];
                if (product == 0)
                    continue;
                double log = Math.Log2(product + Epsilon);
                hxy1 -= p[i * n + j] * log;
                hxy2 -= product * log;
            }
        }
        double divisor = Math.Max(hx, hy);
        values[13] = divisor == 0 ? 0 : (hxy - hxy1) / divisor;
        values[14] = hxy2 == hxy ? 0 : Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - hxy)));
    }

    /// <summary>Probabilities of whole numbers of which few occur.</summary>
    private sealed class SparseDistribution
    {
        private readonly List<int> _places = [];
        private double[] _values = [];

        /// <summary>The numbers that occur.</summary>
        public IReadOnlyList<int> Places => _places;

        public double this[int place] => _values[place];

        public void Clear(int length)
        {
            foreach (int place in _places)
                _values[place] = 0;
            _places.Clear();
            if (_values.Length < length)
                _values = new double[length];
        }

        public void Add(int place, double p)
        {
            if (_values[place] == 0)
                _places.Add(place);
            _values[place] += p;
        }

        public double Mean()
        {
            double mean = 0;
            foreach (int place in _places)
                mean += place * _values[place];
            return mean;
        }

        public double Entropy()
        {
            double entropy = 0;
            foreach (int place in _places)
                entropy -= _values[place] * Math.Log2(_values[place] + Epsilon);
            return entropy;
        }
    }
}
