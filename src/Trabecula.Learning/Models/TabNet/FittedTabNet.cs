using System.Text.Json.Nodes;
using Trabecula.Learning.Models.Network;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>What one epoch of training gave.</summary>
/// <param name="CrossEntropy">Mean over the rows, weighted by class, while the epoch was trained.</param>
/// <param name="MaskEntropy">Mean entropy of the masks, in nats.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="ValidationAuroc">AUROC of the rows kept for early stopping after the epoch; NaN without such rows.</param>
public readonly record struct TrainingEpoch(double CrossEntropy, double MaskEntropy, double LearningRate, double ValidationAuroc);

/// <summary>A trained TabNet.</summary>
public sealed class FittedTabNet : FittedClassifier
{
    private const int Version = 1;

    private readonly float[] _parameters;
    private readonly float[] _running;
    private readonly TabNetArchitecture _architecture;

    internal FittedTabNet(
        SplitOrigin? origin, TabNet options, IReadOnlyList<FeatureColumn> columns, float[] parameters, float[] running,
        IReadOnlyList<TrainingEpoch> curve, IReadOnlyList<double> pretrainingCurve, int bestEpoch, FeatureTable training)
        : this(origin, options, columns, parameters, running, curve, pretrainingCurve, bestEpoch, [])
    {
        Importances = Explain(training).Importances;
    }

    private FittedTabNet(
        SplitOrigin? origin, TabNet options, IReadOnlyList<FeatureColumn> columns, float[] parameters, float[] running,
        IReadOnlyList<TrainingEpoch> curve, IReadOnlyList<double> pretrainingCurve, int bestEpoch, IReadOnlyList<double> importances)
        : base(origin, columns)
    {
        (Options, _parameters, _running, BestEpoch) = (options, parameters, running, bestEpoch);
        (TrainingCurve, Importances) = (Array.AsReadOnly([.. curve]), Array.AsReadOnly([.. importances]));
        PretrainingCurve = Array.AsReadOnly([.. pretrainingCurve]);
        _architecture = TabNetArchitecture.Of(options, columns);
    }

    /// <inheritdoc/>
    public override string Name => TabNet.FieldName;

    /// <summary>The hyper-parameters that it was trained with.</summary>
    public TabNet Options { get; }

    /// <summary>Every epoch that was trained.</summary>
    public IReadOnlyList<TrainingEpoch> TrainingCurve { get; }

    /// <summary>The loss of every epoch of pretraining, 1 where it reconstructs no better than the columns' means; empty without pretraining.</summary>
    public IReadOnlyList<double> PretrainingCurve { get; }

    /// <summary>The epoch whose weights it has, from 0.</summary>
    public int BestEpoch { get; }

    /// <summary>
    /// Share of each column in what the rows it was trained on were decided by, as the reference defines it; see
    /// <see cref="TabNetExplanation.Importances"/>. Of training rows, and different from seed to seed: look at several fits before believing it.
    /// </summary>
    public IReadOnlyList<double> Importances { get; }

    /// <summary>Number of trained parameters.</summary>
    public int ParameterCount => _architecture.ParameterCount;

    /// <summary>Which columns the model looks at for each row.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit, or a value is missing.</exception>
    public TabNetExplanation Explain(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.RequireColumns([.. Columns], Name);
        table.RequireComplete(Name);
        double[][] masks = [.. _architecture.Steps.Select(_ => new double[table.RowCount * table.ColumnCount])];
        var explain = new double[table.RowCount * table.ColumnCount];
        double[][] weights = [.. _architecture.Steps.Select(_ => new double[table.RowCount])];
        Predict(table, (first, rows, encoder) => StepExplanation.Read(_architecture, encoder, first, rows, masks, weights, explain));
        return new TabNetExplanation(Columns, table.Subjects, masks, weights, explain);
    }

    internal static FittedTabNet Read(JsonObject state)
    {
        int version = state["version"]!.GetValue<int>();
        if (version != Version)
            throw new LearningException(
                $"The TabNet was saved in version {version} of its format, expected {Version}.", "Use the version of Trabecula that wrote it.");
        FeatureColumn[] columns = StateJson.Columns(state, "columns");
        TabNet options = TabNetState.ReadOptions(state["options"]!.AsObject());
        if (options.Validate() is { Count: > 0 } problems)
            throw new FormatException(string.Join(" ", problems));
        TabNetArchitecture architecture = TabNetArchitecture.Of(options, columns);
        TrainingEpoch[] curve = TabNetState.ReadCurve(state["trainingCurve"]!.AsArray());
        double[] importances = StateJson.Numbers(state, "importances");
        int bestEpoch = state["bestEpoch"]!.GetValue<int>();
        if (importances.Length != columns.Length || bestEpoch < 0 || bestEpoch >= curve.Length)
            throw new FormatException($"{importances.Length} importances of {columns.Length} columns, epoch {bestEpoch} of {curve.Length}.");
        return new FittedTabNet(
            null, options, columns, TabNetState.ReadFloats(state, "parameters", architecture.ParameterLength),
            TabNetState.ReadFloats(state, "runningStatistics", architecture.RunningLength), curve,
            state.ContainsKey("pretrainingCurve") ? StateJson.Numbers(state, "pretrainingCurve") : [], bestEpoch, importances);
    }

    private protected override double[] ComputeScores(FeatureTable table)
    {
        double[] logits = Predict(table, null);
        var scores = new double[table.RowCount];
        for (int row = 0; row < scores.Length; row++)
            scores[row] = logits[2 * row + 1] - logits[2 * row];
        return scores;
    }

    private protected override double[] ComputeRisks(FeatureTable table) =>
        Array.ConvertAll(ComputeScores(table), score => 1 / (1 + LaneMath.Exp(-score)));

    private protected override JsonObject State()
    {
        var state = new JsonObject
        {
            ["version"] = Version,
            ["columns"] = StateJson.Columns(Schema),
            ["options"] = TabNetState.Write(Options),
            ["parameters"] = TabNetState.Write(_parameters),
            ["runningStatistics"] = TabNetState.Write(_running),
            ["trainingCurve"] = TabNetState.Write(TrainingCurve),
            ["bestEpoch"] = BestEpoch,
            ["importances"] = StateJson.Numbers(Importances),
        };
        if (PretrainingCurve.Count > 0)
            state["pretrainingCurve"] = StateJson.Numbers(PretrainingCurve);
        return state;
    }

    private double[] Predict(FeatureTable table, Action<int, int, EncoderPass<float>>? observer)
    {
        RequireLevels(table);
        using var state = new NetworkState<float>(_architecture);
        _parameters.CopyTo(state.ParameterValues);
        _running.CopyTo(state.RunningValues);
        using var rows = new InputTable<float>(table, _architecture);
        using var prediction = new Prediction<float>(state) { Observer = observer };
        var logits = new double[2 * table.RowCount];
        prediction.Run(rows, logits);
        return logits;
    }

    private void RequireLevels(FeatureTable table)
    {
        for (int column = 0; column < Schema.Count; column++)
        {
            FeatureColumn expected = Schema[column], found = table.Schema[column];
            if (expected.Kind == ColumnKind.Categorical && !expected.Levels.SequenceEqual(found.Levels))
                throw new LearningException(
                    $"{Name}: '{found.Name}' has the levels {Listing.Of(found.Levels)}, expected {Listing.Of(expected.Levels)}.",
                    "Code the column by the levels of the fit, in the same order.");
        }
    }
}
