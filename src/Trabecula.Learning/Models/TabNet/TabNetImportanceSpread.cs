using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Models;

/// <summary>
/// How far TabNet's importances move when only the seed changes: fits of one configuration on the same training rows, which differ in
/// first weights, batches and the rows kept for early stopping.
/// </summary>
/// <remarks>On tables of a few hundred rows single fits differ so much that one of them says little about a column.</remarks>
public sealed class TabNetImportanceSpread
{
    private TabNetImportanceSpread(IReadOnlyList<FittedTabNet> fits)
    {
        Fits = fits;
        double[][] ranks = [.. fits.Select(fit => Midranks.Of([.. fit.Importances.Select(share => -share)]))];
        Columns = Array.AsReadOnly([.. fits[0].Columns.Select((name, column) => new ColumnImportance(
            name, Array.AsReadOnly([.. fits.Select(fit => fit.Importances[column])]), Array.AsReadOnly([.. ranks.Select(rank => rank[column])])))]);
    }

    /// <summary>The fits, seed by seed.</summary>
    public IReadOnlyList<FittedTabNet> Fits { get; }

    /// <summary>The columns in the order of the table.</summary>
    public IReadOnlyList<ColumnImportance> Columns { get; }

    /// <summary>Fits a configuration several times.</summary>
    /// <param name="model">The configuration.</param>
    /// <param name="training">The training rows; held-out rows have no part in it.</param>
    /// <param name="fits">How many, at least 2.</param>
    /// <param name="seed">The origin of the seeds of the fits.</param>
    /// <param name="jobs">Fits at the same time; results do not depend on it.</param>
    /// <param name="cancellationToken">Stops between virtual batches.</param>
    /// <exception cref="LearningException">A fit failed.</exception>
    public static TabNetImportanceSpread Of(
        TabNet model, TrainingSet training, int fits, Seed seed, int jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(fits, 2);
        var fitted = new FittedTabNet[fits];
        ParallelWork.ForEach(Enumerable.Range(0, fits), jobs, i =>
            fitted[i] = (FittedTabNet)model.Fit(training, seed.Derive("importance-spread", i), cancellationToken), cancellationToken);
        return new TabNetImportanceSpread(Array.AsReadOnly(fitted));
    }
}

/// <summary>A column's importance over several fits.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Shares">The importance in each fit, 0 to 1.</param>
/// <param name="Ranks">Its rank among the columns in each fit, 1 for the most important; equal ones share the mean of their ranks.</param>
public sealed record ColumnImportance(string Column, IReadOnlyList<double> Shares, IReadOnlyList<double> Ranks)
{
    /// <summary>Mean of <see cref="Shares"/>.</summary>
    public double Mean => Shares.Average();

    /// <summary>Standard deviation of <see cref="Shares"/>, divisor n - 1.</summary>
    public double StandardDeviation => Moments.Of([.. Shares]).SampleDeviation;

    /// <summary>Mean of <see cref="Ranks"/>.</summary>
    public double MeanRank => Ranks.Average();

    /// <summary>The rank in the fit that found it most important.</summary>
    public double HighestRank => Ranks.Min();

    /// <summary>The rank in the fit that found it least important.</summary>
    public double LowestRank => Ranks.Max();
}
