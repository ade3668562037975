namespace Trabecula.Learning.Statistics;

/// <summary>The forms of Shrout and Fleiss; the second index is the number of readers whose mean is used, one or all k.</summary>
public enum IccForm
{
    /// <summary>ICC(1,1): each subject has readers of its own.</summary>
    OneWaySingle,

    /// <summary>ICC(2,1): readers are a sample of readers; absolute agreement.</summary>
    TwoWayRandomSingle,

    /// <summary>ICC(3,1): these readers only; consistency, a constant difference between them does not count.</summary>
    TwoWayMixedSingle,

    /// <summary>ICC(1,k).</summary>
    OneWayAverage,

    /// <summary>ICC(2,k).</summary>
    TwoWayRandomAverage,

    /// <summary>ICC(3,k).</summary>
    TwoWayMixedAverage,
}

/// <summary>An intraclass correlation with its 95 % interval.</summary>
/// <param name="Form">The form.</param>
/// <param name="Coefficient">The correlation, at most 1; can be negative.</param>
/// <param name="F">The F statistic against no correlation.</param>
/// <param name="DegreesOfFreedom">Of F's numerator.</param>
/// <param name="ErrorDegreesOfFreedom">Of F's denominator.</param>
/// <param name="P">The P of F.</param>
/// <param name="Lower">Lower end of the 95 % interval; NaN where the mean of readers has none.</param>
/// <param name="Upper">Upper end of the 95 % interval.</param>
public sealed record IntraclassCorrelation(
    IccForm Form, double Coefficient, double F, double DegreesOfFreedom, double ErrorDegreesOfFreedom, double P, double Lower, double Upper);

/// <summary>
/// The two-way analysis of variance of subjects by readers, from which all intraclass correlations follow.
/// </summary>
/// <param name="Subjects">Subjects that every reader read.</param>
/// <param name="Readers">Number of readers.</param>
/// <param name="BetweenSubjects">Mean square of subjects.</param>
/// <param name="BetweenReaders">Mean square of readers.</param>
/// <param name="Residual">Mean square of what is left.</param>
/// <param name="WithinSubjects">Mean square within subjects.</param>
/// <remarks>
/// Source: Shrout and Fleiss, Psychol. Bull. 86 (1979) 420; the interval of ICC(2,1) after McGraw and Wong, Psychol. Methods 1
/// (1996) 30. Equal to R's psych <c>ICC(lmer = FALSE)</c>.
/// </remarks>
public readonly record struct ReaderAgreement(
    int Subjects, int Readers, double BetweenSubjects, double BetweenReaders, double Residual, double WithinSubjects)
{
    private const double Tail = 0.975;

    /// <summary>Analyses readings. Subjects with a missing reading are left out.</summary>
    /// <param name="readings">For each reader, a value for each subject.</param>
    /// <exception cref="ArgumentException">There is a single reader, or lengths differ.</exception>
    public static ReaderAgreement Of(IReadOnlyList<double[]> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        int k = readings.Count;
        if (k < 2 || readings.Any(r => r.Length != readings[0].Length))
            throw new ArgumentException("Agreement needs at least two readers with a value for each subject.", nameof(readings));
        int n = 0;
        Span<double> readerSums = stackalloc double[k];
        for (int i = 0; i < readings[0].Length; i++)
        {
            if (!IsComplete(readings, i))
                continue;
            n++;
            for (int r = 0; r < k; r++)
                readerSums[r] += readings[r][i];
        }
        double grand = 0;
        foreach (double sum in readerSums)
            grand += sum / ((double)n * k);

        double subjects = 0, readers = 0, within = 0, residual = 0;
        foreach (double sum in readerSums)
            readers += n * (sum / n - grand) * (sum / n - grand);
        for (int i = 0; i < readings[0].Length; i++)
        {
            if (!IsComplete(readings, i))
                continue;
            double mean = 0;
            for (int r = 0; r < k; r++)
                mean += readings[r][i] / k;
            subjects += k * (mean - grand) * (mean - grand);
            for (int r = 0; r < k; r++)
            {
                double distance = readings[r][i] - mean, left = distance - (readerSums[r] / n - grand);
                within += distance * distance;
                residual += left * left;
            }
        }
        return new ReaderAgreement(
            n, k, subjects / (n - 1), readers / (k - 1), residual / ((n - 1.0) * (k - 1)), within / (n * (k - 1.0)));
    }

    /// <summary>A form's correlation alone, for filters over many columns.</summary>
    public double Coefficient(IccForm form)
    {
        double k = Readers, n = Subjects;
        return form switch
        {
            IccForm.OneWaySingle => (BetweenSubjects - WithinSubjects) / (BetweenSubjects + (k - 1) * WithinSubjects),
            IccForm.TwoWayRandomSingle =>
                (BetweenSubjects - Residual) / (BetweenSubjects + (k - 1) * Residual + k * (BetweenReaders - Residual) / n),
            IccForm.TwoWayMixedSingle => (BetweenSubjects - Residual) / (BetweenSubjects + (k - 1) * Residual),
            IccForm.OneWayAverage => (BetweenSubjects - WithinSubjects) / BetweenSubjects,
            IccForm.TwoWayRandomAverage => (BetweenSubjects - Residual) / (BetweenSubjects + (BetweenReaders - Residual) / n),
            IccForm.TwoWayMixedAverage => (BetweenSubjects - Residual) / BetweenSubjects,
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Unknown form."),
        };
    }

    /// <summary>A form's correlation with its test and interval; both NaN where the readers agree exactly or too few subjects are left.</summary>
    public IntraclassCorrelation Correlation(IccForm form)
    {
        bool oneWay = form is IccForm.OneWaySingle or IccForm.OneWayAverage;
        double f = BetweenSubjects / (oneWay ? WithinSubjects : Residual), df1 = Subjects - 1;
        double df2 = oneWay ? Subjects * (Readers - 1.0) : df1 * (Readers - 1);
        (double lower, double upper) = Subjects < 3 || !double.IsFinite(f) ? (double.NaN, double.NaN)
            : form is IccForm.TwoWayRandomSingle or IccForm.TwoWayRandomAverage ? AbsoluteAgreementInterval()
            : (Single(f / Distributions.FQuantile(Tail, df1, df2)), Single(f * Distributions.FQuantile(Tail, df2, df1)));
        if (form is IccForm.OneWayAverage or IccForm.TwoWayRandomAverage or IccForm.TwoWayMixedAverage)
            (lower, upper) = (SpearmanBrown(lower), SpearmanBrown(upper));
        return new IntraclassCorrelation(form, Coefficient(form), f, df1, df2, Distributions.FSurvival(f, df1, df2), lower, upper);
    }

    private double Single(double f) => (f - 1) / (f + Readers - 1);

    // Of the mean of readers, the correlation falls without bound as that of one nears -1 / (k - 1), and beyond there is none.
    private double SpearmanBrown(double single) =>
        1 + single * (Readers - 1) is > 0 and var share ? single * Readers / share : double.NaN;

    private (double Lower, double Upper) AbsoluteAgreementInterval()
    {
        double k = Readers, n = Subjects, icc = Coefficient(IccForm.TwoWayRandomSingle), fj = BetweenReaders / Residual;
        double a = k * icc * fj, b = n * (1 + (k - 1) * icc) - k * icc;
        double v = (k - 1) * (n - 1) * (a + b) * (a + b) / ((n - 1) * a * a + b * b);
        double above = Distributions.FQuantile(Tail, n - 1, v), below = Distributions.FQuantile(Tail, v, n - 1);
        double spread = k * BetweenReaders + (k * n - k - n) * Residual;
        return (n * (BetweenSubjects - above * Residual) / (above * spread + n * BetweenSubjects),
            n * (below * BetweenSubjects - Residual) / (spread + n * below * BetweenSubjects));
    }

    private static bool IsComplete(IReadOnlyList<double[]> readings, int subject)
    {
        for (int r = 0; r < readings.Count; r++)
        {
            if (double.IsNaN(readings[r][subject]))
                return false;
        }
        return true;
    }
}
