using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning;

/// <summary>Fitted steps and the model behind them: from raw columns to a risk.</summary>
public sealed class FittedPipeline
{
    internal FittedPipeline(SplitOrigin? origin, IReadOnlyList<FittedTransformer> steps, FittedClassifier model)
    {
        Origin = origin;
        (Steps, Model) = (Array.AsReadOnly([.. steps]), model);
    }

    /// <summary>The fitted steps, in order.</summary>
    public IReadOnlyList<FittedTransformer> Steps { get; }

    /// <summary>The fitted model.</summary>
    public FittedClassifier Model { get; }

    internal SplitOrigin? Origin { get; }

    /// <summary>The probability of the event for each row, from 0 to 1.</summary>
    /// <exception cref="LearningException">The columns are not those of the fit, or the steps cannot compute them.</exception>
    public double[] PredictRisk(FeatureTable table) => Model.PredictRisk(Prepare(table));

    /// <summary>The probability of the event for each validation row, from 0 to 1.</summary>
    /// <exception cref="ArgumentException">The rows are of another split than the one that the pipeline was fitted on.</exception>
    /// <inheritdoc cref="PredictRisk(FeatureTable)"/>
    public double[] PredictRisk(ValidationSet validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        SplitOrigin.Require(Origin, validation.Origin, Model.Name);
        return PredictRisk(validation.Table);
    }

    /// <summary>The columns that the model sees.</summary>
    public FeatureTable Prepare(FeatureTable table)
    {
        FeatureTable at = table;
        foreach (FittedTransformer step in Steps)
            at = step.Transform(at);
        return at;
    }

    /// <summary>Everything needed to predict again.</summary>
    public JsonObject ToJson() => new()
    {
        ["steps"] = new JsonArray([.. Steps.Select(step => (JsonNode)step.ToJson())]),
        ["model"] = Model.ToJson(),
    };

    /// <summary>Reads a pipeline that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">A step is of an unknown type or damaged.</exception>
    public static FittedPipeline Read(JsonObject state, FittedState types)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(types);
        if (state["steps"] is not JsonArray steps || state["model"] is not JsonObject model)
            throw new LearningException("This is no fitted pipeline: it lacks 'steps' or 'model'.", "Write it again from its study.");
        return new FittedPipeline(null, [.. steps.Select(step => types.ReadTransformer(step!.AsObject()))], types.ReadClassifier(model));
    }
}
