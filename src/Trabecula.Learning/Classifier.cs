using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning;

/// <summary>
/// A model of a binary outcome, before it has seen data: a record of hyper-parameters. Fitting gives a separate, immutable
/// <see cref="FittedClassifier"/> and leaves the record and the rows as they are.
/// </summary>
/// <remarks>Determinism: one thread; the result depends on the rows, their order, the hyper-parameters and the seed.</remarks>
public abstract record Classifier
{
    /// <summary>The field's name of the model, as messages and reports show it.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Models of equal, non-null key can be scored together at less cost than one by one, as a forest of 500 trees holds the one of
    /// 100; null where there is nothing to share.
    /// </summary>
    public virtual string? SharedWork => null;

    /// <summary>
    /// Where the model stands in the order from the simplest to the most complex of its kind, on some rows: numbers of falling weight, smaller
    /// ones being simpler. Models of equal numbers are equally simple, as all are that have none. <see cref="Search.Choice.OneStandardError"/>
    /// goes by it.
    /// </summary>
    /// <param name="table">Rows that it would be fitted on.</param>
    public virtual IReadOnlyList<double> Complexity(FeatureTable table) => [];

    /// <summary>
    /// The share of events that the model's risks are for: that of the rows it is fitted on, unless class weights shift it.
    /// <see cref="Calibration.PriorCorrection"/> goes from it to the share of the cohort.
    /// </summary>
    /// <param name="table">The rows that it is fitted on, of both classes.</param>
    public virtual double EventShare(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return (double)table.EventCount / table.RowCount;
    }

    /// <summary>Every problem of the hyper-parameters, each with its name, value and cure; empty when there is none.</summary>
    public virtual IReadOnlyList<string> Validate() => [];

    /// <summary>Fits the model.</summary>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    /// <exception cref="LearningException">The rows cannot be learned from: one class, missing values, no convergence.</exception>
    public FittedClassifier Fit(TrainingSet training, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        training.Table.RequireBothClasses(Name);
        FittedClassifier fitted = FitChecked(training, seed, cancellationToken);
        fitted.FittedOn = training.Sources;
        return fitted;
    }

    /// <summary>
    /// Fits models of one <see cref="SharedWork"/> and scores validation rows: as if each were fitted by
    /// <see cref="Fit"/> and asked for <see cref="FittedClassifier.Score(ValidationSet)"/>, to the last bit.
    /// </summary>
    /// <param name="models">Models of this type and of one key; at least one.</param>
    /// <param name="training">The rows to fit on.</param>
    /// <param name="validation">The rows to score.</param>
    /// <param name="seed">The seed of every fit.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <returns>For each model, the score of each validation row.</returns>
    public virtual IReadOnlyList<double[]> FitAndScore(
        IReadOnlyList<Classifier> models, TrainingSet training, ValidationSet validation, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(validation);
        return [.. models.Select(model => model.WithoutRisk().Fit(training, seed, cancellationToken).Score(validation))];
    }

    /// <summary>The same model without the work that only <see cref="FittedClassifier.PredictRisk(FeatureTable)"/> needs.</summary>
    public virtual Classifier WithoutRisk() => this;

    /// <summary>Fits; the hyper-parameters are valid and both classes occur.</summary>
    protected abstract FittedClassifier FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken);
}

/// <summary>A fitted model of a binary outcome.</summary>
public abstract class FittedClassifier
{
    private readonly string[] _columns;

    /// <summary>Takes the columns it was fitted on.</summary>
    /// <param name="origin">The split of the training rows; null for a model read from a file.</param>
    /// <param name="columns">The columns of the training rows.</param>
    private protected FittedClassifier(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns)
    {
        Origin = origin;
        Schema = Array.AsReadOnly([.. columns]);
        Columns = Array.AsReadOnly(_columns = [.. columns.Select(column => column.Name)]);
    }

    /// <summary>The field's name of the model.</summary>
    public abstract string Name { get; }

    /// <summary>The columns that it was fitted on.</summary>
    public IReadOnlyList<FeatureColumn> Schema { get; }

    /// <summary>The names of the columns that it was fitted on.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The subjects whose values the fit has seen; empty for a model read from a file.</summary>
    public IReadOnlyList<string> FittedOn { get; internal set; } = [];

    internal SplitOrigin? Origin { get; }

    /// <summary>A number for each row that grows with the risk, on any scale: what the AUROC of a search is computed from.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit, or a value is missing.</exception>
    public double[] Score(FeatureTable table)
    {
        Require(table);
        return ComputeScores(table);
    }

    /// <summary>A score for each validation row.</summary>
    /// <exception cref="ArgumentException">The rows are of another split than the one that the model was fitted on.</exception>
    /// <inheritdoc cref="Score(FeatureTable)"/>
    public double[] Score(ValidationSet validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        SplitOrigin.Require(Origin, validation.Origin, Name);
        return Score(validation.Table);
    }

    /// <summary>The probability of the event for each row, from 0 to 1.</summary>
    /// <inheritdoc cref="Score(FeatureTable)"/>
    public double[] PredictRisk(FeatureTable table)
    {
        Require(table);
        return ComputeRisks(table);
    }

    /// <summary>The probability of the event for each validation row, from 0 to 1.</summary>
    /// <inheritdoc cref="Score(ValidationSet)"/>
    public double[] PredictRisk(ValidationSet validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        SplitOrigin.Require(Origin, validation.Origin, Name);
        return PredictRisk(validation.Table);
    }

    /// <summary>Everything needed to predict again, with its type's name under <c>type</c>.</summary>
    public JsonObject ToJson() => FittedState.Write(this, State());

    private protected virtual bool AcceptsMissingValues => false;

    private protected abstract double[] ComputeScores(FeatureTable table);

    private protected abstract double[] ComputeRisks(FeatureTable table);

    /// <summary>What the model learned, columns included.</summary>
    private protected abstract JsonObject State();

    private void Require(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.RequireColumns(_columns, Name);
        if (!AcceptsMissingValues)
            table.RequireComplete(Name);
    }
}
