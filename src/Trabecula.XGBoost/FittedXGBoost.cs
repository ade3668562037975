using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.XGBoost.Native;

namespace Trabecula.XGBoost;

/// <summary>A fitted XGBoost model. Its methods may be called by several threads.</summary>
/// <remarks>
/// It is kept as the bytes that the library writes, and given to the library for each prediction alone (some milliseconds): memory of the library
/// is then freed when a fit or a prediction ends, and not when the collector, which cannot see its size, finds the time.
/// </remarks>
public sealed class FittedXGBoost : FittedClassifier, ITreeModel
{
    private readonly byte[] _model;

    /// <summary>Takes a copy of what a booster holds; the booster stays the caller's.</summary>
    internal FittedXGBoost(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, BoosterHandle booster)
        : base(origin, columns) => (_model, NEstimators) = (booster.ToBytes("ubj"), booster.Rounds());

    /// <inheritdoc/>
    public override string Name => XGBoostClassifier.FieldName;

    /// <summary>Number of boosting rounds.</summary>
    public int NEstimators { get; }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Reads a state that was written with <see cref="FittedClassifier.ToJson"/>.</summary>
    /// <exception cref="LearningException">The library is not available, or does not know the model.</exception>
    public static FittedXGBoost Read(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        XGBoostLibrary.Require();
        using BoosterHandle booster = BoosterHandle.OfBytes(Convert.FromBase64String(state["model"]!.GetValue<string>()));
        return new FittedXGBoost(null, StateJson.Columns(state, "columns"), booster);
    }

    TreeEnsemble ITreeModel.Ensemble()
    {
        using BoosterHandle booster = BoosterHandle.OfBytes(_model);
        return XGBoostTrees.Read(booster.ToBytes("json"));
    }

    private protected override double[] ComputeScores(FeatureTable table)
    {
        using MatrixHandle matrix = MatrixHandle.Of(table);
        using BoosterHandle booster = BoosterHandle.OfBytes(_model);
        return booster.Margins(matrix, NEstimators);
    }

    private protected override double[] ComputeRisks(FeatureTable table) => Array.ConvertAll(ComputeScores(table), LogisticLoss.Sigmoid);

    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Schema),
        ["libraryVersion"] = XGBoostLibrary.Version!.ToString(),
        ["model"] = Convert.ToBase64String(_model),
    };
}
