namespace Trabecula.Radiomics;

/// <summary>
/// A value of a diagnostics column: a number, a text, a tuple or list of numbers, or a dictionary. Kept with its type, because
/// PyRadiomics prints it as Python does in CSV and as JSON in JSON.
/// </summary>
public abstract record DiagnosticValue
{
    private DiagnosticValue() { }

    /// <summary>Python's None.</summary>
    public sealed record NoneValue : DiagnosticValue;

    /// <summary>A text.</summary>
    public sealed record TextValue(string Value) : DiagnosticValue;

    /// <summary>True or false.</summary>
    public sealed record BooleanValue(bool Value) : DiagnosticValue;

    /// <summary>A whole number.</summary>
    public sealed record IntegerValue(long Value) : DiagnosticValue;

    /// <summary>A floating-point number.</summary>
    public sealed record FloatValue(double Value) : DiagnosticValue;

    /// <summary>A tuple, printed in round brackets.</summary>
    public sealed record TupleValue(IReadOnlyList<DiagnosticValue> Items) : DiagnosticValue;

    /// <summary>A list, printed in square brackets.</summary>
    public sealed record ListValue(IReadOnlyList<DiagnosticValue> Items) : DiagnosticValue;

    /// <summary>A dictionary in its order.</summary>
    public sealed record DictionaryValue(IReadOnlyList<KeyValuePair<string, DiagnosticValue>> Items) : DiagnosticValue;

    /// <summary>Python's None.</summary>
    public static DiagnosticValue None { get; } = new NoneValue();

    /// <summary>A text.</summary>
    public static DiagnosticValue Text(string value) => new TextValue(value);

    /// <summary>True or false.</summary>
    public static DiagnosticValue Boolean(bool value) => new BooleanValue(value);

    /// <summary>A whole number.</summary>
    public static DiagnosticValue Integer(long value) => new IntegerValue(value);

    /// <summary>A floating-point number.</summary>
    public static DiagnosticValue Float(double value) => new FloatValue(value);

    /// <summary>A tuple of floating-point numbers.</summary>
    public static DiagnosticValue Floats(params IReadOnlyList<double> values) => new TupleValue([.. values.Select(Float)]);

    /// <summary>A tuple of whole numbers.</summary>
    public static DiagnosticValue Integers(params IReadOnlyList<long> values) => new TupleValue([.. values.Select(Integer)]);

    /// <summary>A dictionary in the given order.</summary>
    public static DiagnosticValue Dictionary(IReadOnlyList<KeyValuePair<string, DiagnosticValue>> items) => new DictionaryValue(items);
}
