using System.Text.Json.Nodes;
using Trabecula.Learning.Calibration;

namespace Trabecula.Learning;

/// <summary>Fitted steps and models as JSON: each writes what it learned, and its type's name tells who reads it.</summary>
public sealed class FittedState
{
    private const string TypeKey = "type";

    private readonly Dictionary<string, Func<JsonObject, object>> _readers;

    private FittedState(Dictionary<string, Func<JsonObject, object>> readers) => _readers = readers;

    /// <summary>Reads every step and model of this library.</summary>
    public static FittedState Default { get; } = new(FittedTypes.Readers());

    /// <summary>Reads those of another library too.</summary>
    /// <param name="type">The name of the fitted type, as <c>ToJson</c> wrote it.</param>
    /// <param name="read">From the state to the step or model.</param>
    public FittedState With(string type, Func<JsonObject, object> read) =>
        new(new Dictionary<string, Func<JsonObject, object>>(_readers, StringComparer.Ordinal) { [type] = read });

    /// <summary>Reads a fitted step.</summary>
    /// <exception cref="LearningException">The type is unknown, or the state is not one of its.</exception>
    public FittedTransformer ReadTransformer(JsonObject state) => Read<FittedTransformer>(state);

    /// <summary>Reads a fitted model.</summary>
    /// <inheritdoc cref="ReadTransformer"/>
    public FittedClassifier ReadClassifier(JsonObject state) => Read<FittedClassifier>(state);

    internal static JsonObject Write(object fitted, JsonObject state)
    {
        var whole = new JsonObject { [TypeKey] = fitted.GetType().Name };
        foreach ((string key, JsonNode? value) in state.ToArray())
        {
            state.Remove(key);
            whole[key] = value;
        }
        return whole;
    }

    private T Read<T>(JsonObject state)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(state);
        string? type = state[TypeKey]?.GetValue<string>();
        Func<JsonObject, object>? read = null;
        if (type == nameof(FittedCalibratedClassifier))
            read = calibrated => FittedCalibratedClassifier.Read(calibrated, this);
        else if (type is not null)
            _readers.TryGetValue(type, out read);
        if (read is null)
            throw new LearningException($"A fitted step of type '{type}' is not known here.", "Use the version of Trabecula that wrote it.");
        try
        {
            return (T)read(state);
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or InvalidCastException or NullReferenceException or KeyNotFoundException)
        {
            throw new LearningException($"The state of the fitted step '{type}' is damaged: {fault.Message}", "Write it again from its study.");
        }
    }
}
