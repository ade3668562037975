using Trabecula.Learning.Splitting;

namespace Trabecula.Learning;

/// <summary>
/// Changes the balance of the classes among training rows, and only there: ADASYN, SMOTE, Tomek links, random over- and
/// undersampling. Never applied to rows that a model is evaluated on, so there is nothing to keep after the fit.
/// </summary>
public abstract record Sampler
{
    /// <summary>The field's name of the method, as messages and reports show it.</summary>
    public abstract string Name { get; }

    /// <summary>Every problem of the options, each with the option's name, value and cure; empty when there is none.</summary>
    public virtual IReadOnlyList<string> Validate() => [];

    /// <summary>
    /// The rows with others added or removed. Rows that are kept come first, in their order; made rows follow, with subjects of their
    /// own named after those that they come from. A row that is repeated keeps its subject, so that a later split keeps its copies together.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    /// <exception cref="LearningException">One class only, missing values, or too few rows for the neighbours asked for.</exception>
    public TrainingSet Resample(TrainingSet training, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        training.Table.RequireBothClasses(Name);
        training.Table.RequireComplete(Name);
        return training.WithRows(ResampleChecked(training.Table, seed, cancellationToken));
    }

    /// <summary>Resamples; the options are valid, both classes occur, and no value is missing.</summary>
    private protected abstract FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken);
}
