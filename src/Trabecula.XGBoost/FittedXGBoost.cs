using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.XGBoost.Native;

namespace Trabecula.XGBoost;

/// <summary>A fitted XGBoost model. Its methods may be called by several threads, which take turns.</summary>
public sealed class FittedXGBoost : FittedClassifier, ITreeModel
{
    private readonly BoosterHandle _booster;
    private readonly Lock _turn = new();

    internal FittedXGBoost(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, BoosterHandle booster)
        : base(origin, columns) => (_booster, NEstimators) = (booster, booster.Rounds());

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
        byte[] model = Convert.FromBase64String(state["model"]!.GetValue<string>());
        return new FittedXGBoost(null, StateJson.Columns(state, "columns"), BoosterHandle.OfBytes(model));
    }

    TreeEnsemble ITreeModel.Ensemble()
    {
        lock (_turn)
            return XGBoostTrees.Read(_booster.ToBytes("json"));
    }

    /// <summary>The score of validation rows after the first rounds.</summary>
    internal double[] ScoreOfFirst(int rounds, ValidationSet validation)
    {
        // The same checks as for all rounds.
        SplitOrigin.Require(Origin, validation.Origin, Name);
        validation.Table.RequireColumns(Columns, Name);
        return Margins(validation.Table, rounds);
    }

    private protected override double[] ComputeScores(FeatureTable table) => Margins(table, NEstimators);

    private protected override double[] ComputeRisks(FeatureTable table) => Array.ConvertAll(ComputeScores(table), LogisticLoss.Sigmoid);

    private protected override JsonObject State()
    {
        lock (_turn)
        {
            return new JsonObject
            {
                ["columns"] = StateJson.Columns(Schema),
                ["libraryVersion"] = XGBoostLibrary.Version!.ToString(),
                ["model"] = Convert.ToBase64String(_booster.ToBytes("ubj")),
            };
        }
    }

    private double[] Margins(FeatureTable table, int rounds)
    {
        using MatrixHandle matrix = MatrixHandle.Of(table);
        lock (_turn)
            return _booster.Margins(matrix, rounds);
    }
}
