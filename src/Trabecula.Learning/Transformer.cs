using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning;

/// <summary>
/// A step that learns from training rows how to compute other columns: scaling, a filter, an encoding. A record of options;
/// fitting gives a separate, immutable <see cref="FittedTransformer"/> and leaves the options and the rows as they are.
/// </summary>
public abstract record Transformer
{
    /// <summary>The field's name of the step, as messages and reports show it.</summary>
    public abstract string Name { get; }

    /// <summary>The columns that the step works on; it hands the others on.</summary>
    public ColumnScope Scope { get; init; } = ColumnScope.All;

    /// <summary>Every problem of the options, each with the option's name, value and cure; empty when there is none.</summary>
    public virtual IReadOnlyList<string> Validate() => [];

    /// <summary>Learns from training rows.</summary>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    /// <exception cref="LearningException">The rows cannot be learned from.</exception>
    public FittedTransformer Fit(TrainingSet training, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        // A small step is done before it would look.
        cancellationToken.ThrowIfCancellationRequested();
        FittedTransformer fitted = FitChecked(training, seed, cancellationToken);
        fitted.FittedOn = training.Sources;
        return fitted;
    }

    /// <summary>Learns from training rows; the options are valid.</summary>
    protected abstract FittedTransformer FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken);
}

/// <summary>What a <see cref="Transformer"/> learned: computes its columns for training rows, held-out rows and new rows alike.</summary>
public abstract class FittedTransformer
{
    private readonly FeatureColumn[] _output;
    private readonly string[] _input;

    /// <summary>Takes the columns it was fitted on and those that it gives.</summary>
    /// <param name="origin">The split of the training rows; null for a step read from a file.</param>
    /// <param name="input">The columns of the training rows.</param>
    /// <param name="output">The columns of the results.</param>
    private protected FittedTransformer(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, IReadOnlyList<FeatureColumn> output)
    {
        Origin = origin;
        (Input, Output) = (Array.AsReadOnly([.. input]), Array.AsReadOnly(_output = [.. output]));
        _input = [.. input.Select(column => column.Name)];
    }

    /// <summary>The field's name of the step.</summary>
    public abstract string Name { get; }

    /// <summary>The columns that it was fitted on.</summary>
    public IReadOnlyList<FeatureColumn> Input { get; }

    /// <summary>The columns that it gives.</summary>
    public IReadOnlyList<FeatureColumn> Output { get; }

    /// <summary>The subjects whose values the fit has seen; empty for a step read from a file.</summary>
    public IReadOnlyList<string> FittedOn { get; internal set; } = [];

    internal SplitOrigin? Origin { get; }

    /// <summary>Computes the step's columns of any rows, each reading alike.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit, or a result is infinite.</exception>
    public FeatureTable Transform(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.RequireColumns(_input, Name);
        return Map(CategoryLevels.Align(table, Input, Name));
    }

    /// <summary>Computes the step's columns of training rows, which stay training rows.</summary>
    /// <exception cref="ArgumentException">The training set is of another split than the one that the step was fitted on.</exception>
    /// <inheritdoc cref="Transform(FeatureTable)"/>
    public TrainingSet Transform(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        SplitOrigin.Require(Origin, training.Origin, Name);
        return training.WithTable(Transform(training.Table));
    }

    /// <summary>Computes the step's columns of a fold's validation rows, which stay so.</summary>
    /// <exception cref="ArgumentException">The rows are of another split than the one that the step was fitted on.</exception>
    /// <inheritdoc cref="Transform(FeatureTable)"/>
    public ValidationSet Transform(ValidationSet validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        SplitOrigin.Require(Origin, validation.Origin, Name);
        return validation.WithTable(Transform(validation.Table));
    }

    /// <summary>Everything needed to compute the columns again, with its type's name under <c>type</c>.</summary>
    public JsonObject ToJson() => FittedState.Write(this, State());

    /// <summary>The place of the input column that an output column is made of: the one of its name, unless a step says otherwise.</summary>
    internal virtual int SourceOf(int output) => Array.IndexOf(_input, _output[output].Name);

    /// <summary>Computes the step's columns of a table whose categories are numbered as on the training rows.</summary>
    private protected virtual FeatureTable Map(FeatureTable table) =>
        table.Map(CategoryLevels.HandOn(table, _output), values => Compute(values, table.RowCount));

    /// <summary>From the values of the input columns, row by row, to those of the output columns; the input stays as it is.</summary>
    private protected abstract double[] Compute(double[] values, int rows);

    /// <summary>What the step learned, columns included.</summary>
    private protected abstract JsonObject State();
}
