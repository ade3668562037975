using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Evaluation;

/// <summary>
/// Draws as many subjects as there are, with replacement, each with all of its rows, and computes statistics of the drawn rows anew. For
/// fixed predictions; what refits models is <see cref="PipelineBootstrap"/>.
/// </summary>
/// <remarks>
/// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14.
/// Determinism: depends on the set of subjects, their outcomes and the seed, not on the order of rows or the number of threads.
/// </remarks>
public sealed record SubjectBootstrap
{
    /// <summary>Number of draws, at least 2; below 1,000 the ends of a 95 % interval are rough.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>
    /// Whether each class is drawn by itself, so that every draw has the class counts of the subjects: as pROC does for the AUROC. The intervals of what
    /// varies with the prevalence, as the Brier score and net benefit, are then far too narrow for another sample.
    /// </summary>
    public bool Stratified { get; init; }

    /// <summary>Whether every statistic is also computed without each subject in turn, which <see cref="BootstrapEstimate.Bca"/> needs.</summary>
    public bool Bca { get; init; } = true;

    /// <summary>Estimates several statistics from the same draws.</summary>
    /// <param name="subjects">The subject of each row.</param>
    /// <param name="outcomes">The outcome of each row: true is the event.</param>
    /// <param name="statistics">From row numbers, one as often as drawn, to statistics; NaN where one does not exist.</param>
    /// <param name="seed">The origin of the draws.</param>
    /// <param name="onDone">Told after each draw how many are done.</param>
    /// <param name="cancellationToken">Stops between draws.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="LearningException">No subject, or rows of one subject disagree on the outcome.</exception>
    public IReadOnlyList<BootstrapEstimate> Estimate(
        IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, Func<IReadOnlyList<int>, IReadOnlyList<double>> statistics, Seed seed,
        Action<int>? onDone = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 2);
        if (subjects.Count != outcomes.Count)
            throw new ArgumentException($"{outcomes.Count} outcomes for {subjects.Count} subjects.", nameof(outcomes));
        if (subjects.Count == 0)
            throw new LearningException("There is no subject to draw from.", "Evaluate on at least one of each class.");
        int[][][] strata = Strata(subjects, outcomes);
        IReadOnlyList<double> observed = statistics([.. Enumerable.Range(0, subjects.Count)]);

        double[][] drawn = new double[Resamples][];
        for (int resample = 0; resample < Resamples; resample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            drawn[resample] = [.. statistics(Draw(strata, seed.Derive("resample", resample)))];
            onDone?.Invoke(resample + 1);
        }
        double[] accelerations = Bca
            ? Accelerations(strata, statistics, observed.Count, cancellationToken)
            : [.. observed.Select(_ => double.NaN)];
        return [.. observed.Select((value, i) => new BootstrapEstimate(value, [.. drawn.Select(row => row[i])], accelerations[i]))];
    }

    private int[][][] Strata(IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes)
    {
        SortedDictionary<string, bool> bySubject = SubjectOutcomes.Of(subjects, outcomes);
        ILookup<string, int> rows = Enumerable.Range(0, subjects.Count).ToLookup(row => subjects[row], StringComparer.Ordinal);
        return
        [
            .. bySubject.GroupBy(subject => Stratified && subject.Value).OrderBy(stratum => stratum.Key)
                .Select(stratum => stratum.Select(subject => rows[subject.Key].ToArray()).ToArray()),
        ];
    }

    private static List<int> Draw(int[][][] strata, Seed seed)
    {
        RandomSequence random = seed.Open();
        var rows = new List<int>();
        foreach (int[][] stratum in strata)
        {
            for (int i = 0; i < stratum.Length; i++)
                rows.AddRange(stratum[random.NextInt(stratum.Length)]);
        }
        return rows;
    }

    /// <summary>
    /// BCa's acceleration of each statistic, from the values without one subject: a sixth of the skewness of their influences, those of a
    /// stratum being weighed by its size (Davison and Hinkley, Bootstrap Methods (1997), section 5.3.2).
    /// </summary>
    private static double[] Accelerations(
        int[][][] strata, Func<IReadOnlyList<int>, IReadOnlyList<double>> statistics, int count, CancellationToken cancellationToken)
    {
        double[] cubes = new double[count], squares = new double[count];
        foreach (int[][] stratum in strata)
        {
            var without = new double[stratum.Length][];
            for (int left = 0; left < stratum.Length; left++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                without[left] = [.. statistics([.. strata.SelectMany(s => s.Where((_, i) => s != stratum || i != left)).SelectMany(rows => rows)])];
            }
            for (int statistic = 0; statistic < count; statistic++)
            {
                double mean = without.Average(row => row[statistic]);
                foreach (double[] row in without)
                {
                    double influence = (stratum.Length - 1.0) / stratum.Length * (mean - row[statistic]);
                    squares[statistic] += influence * influence;
                    cubes[statistic] += influence * influence * influence;
                }
            }
        }
        return [.. squares.Zip(cubes, (square, cube) => square > 0 ? cube / (6 * Math.Pow(square, 1.5)) : square == 0 ? 0 : double.NaN)];
    }
}

/// <summary>A statistic with its values over bootstrap draws.</summary>
public sealed class BootstrapEstimate
{
    private readonly double[] _sorted;
    private readonly double _acceleration;

    internal BootstrapEstimate(double value, double[] drawn, double acceleration)
    {
        Value = value;
        _acceleration = acceleration;
        _sorted = [.. drawn.Where(d => !double.IsNaN(d)).Order()];
        Undefined = drawn.Length - _sorted.Length;
    }

    /// <summary>The statistic of the rows as they are.</summary>
    public double Value { get; }

    /// <summary>Draws in which the statistic does not exist; they are left out. Many of them make intervals meaningless.</summary>
    public int Undefined { get; }

    /// <summary>Standard deviation over the draws, divisor n - 1.</summary>
    public double StandardError => Moments.Of(_sorted).SampleDeviation;

    /// <summary>The percentile interval: quantiles of the draws.</summary>
    public ConfidenceInterval Percentile(double level = 0.95)
    {
        ConfidenceInterval.RequireLevel(level);
        return new ConfidenceInterval(Quantiles.OfSorted(_sorted, (1 - level) / 2), Quantiles.OfSorted(_sorted, (1 + level) / 2));
    }

    /// <summary>
    /// The bias-corrected and accelerated interval (BCa). NaN where all draws lie on one side of the value, which leaves the correction of
    /// bias without an estimate, and where <see cref="SubjectBootstrap.Bca"/> was not asked for.
    /// </summary>
    /// <remarks>Source: Efron, J. Am. Stat. Assoc. 82 (1987) 171. Draws equal to the value count one half on either side.</remarks>
    public ConfidenceInterval Bca(double level = 0.95)
    {
        double below = _sorted.Count(d => d < Value) + 0.5 * _sorted.Count(d => d == Value), share = below / _sorted.Length;
        if (!(share > 0 && share < 1))
            return ConfidenceInterval.None;
        double bias = Distributions.NormalQuantile(share), z = ConfidenceInterval.NormalQuantileOf(level);
        return new ConfidenceInterval(End(-z), End(z));

        double End(double normal)
        {
            double shifted = bias + (bias + normal) / (1 - _acceleration * (bias + normal));
            return double.IsNaN(shifted) ? double.NaN : Quantiles.OfSorted(_sorted, 1 - Distributions.NormalSurvival(shifted));
        }
    }
}
