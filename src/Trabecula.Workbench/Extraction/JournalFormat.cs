using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>The bytes of a journal's entries: every value with its type and all of its bits.</summary>
internal static class JournalFormat
{
    private enum Kind : byte
    {
        None, Text, Boolean, Integer, Float, Tuple, List, Dictionary,
    }

    public static void WriteLabels(BinaryWriter writer, IReadOnlyList<uint> labels)
    {
        writer.Write(labels.Count);
        foreach (uint label in labels)
            writer.Write(label);
    }

    public static IReadOnlyList<uint> ReadLabels(BinaryReader reader)
    {
        var labels = new uint[reader.ReadInt32()];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = reader.ReadUInt32();
        return labels;
    }

    public static void WriteFeatures(BinaryWriter writer, FeatureVector features)
    {
        writer.Write(features.Diagnostics.Count);
        foreach (Diagnostic diagnostic in features.Diagnostics)
        {
            writer.Write(diagnostic.Name);
            Write(writer, diagnostic.Value);
        }
        writer.Write(features.Features.Count);
        foreach (FeatureValue feature in features.Features)
        {
            writer.Write(feature.Name);
            writer.Write(feature.Value);
        }
        writer.Write(features.Warnings.Count);
        foreach (string warning in features.Warnings)
            writer.Write(warning);
    }

    public static FeatureVector ReadFeatures(BinaryReader reader)
    {
        var diagnostics = new Diagnostic[reader.ReadInt32()];
        for (int i = 0; i < diagnostics.Length; i++)
            diagnostics[i] = new Diagnostic(reader.ReadString(), Read(reader));
        var features = new FeatureValue[reader.ReadInt32()];
        for (int i = 0; i < features.Length; i++)
            features[i] = new FeatureValue(reader.ReadString(), reader.ReadDouble());
        var warnings = new string[reader.ReadInt32()];
        for (int i = 0; i < warnings.Length; i++)
            warnings[i] = reader.ReadString();
        return new FeatureVector(diagnostics, features, warnings);
    }

    private static void Write(BinaryWriter writer, DiagnosticValue value)
    {
        switch (value)
        {
            case DiagnosticValue.NoneValue:
                writer.Write((byte)Kind.None);
                break;
            case DiagnosticValue.TextValue text:
                writer.Write((byte)Kind.Text);
                writer.Write(text.Value);
                break;
            case DiagnosticValue.BooleanValue boolean:
                writer.Write((byte)Kind.Boolean);
                writer.Write(boolean.Value);
                break;
            case DiagnosticValue.IntegerValue integer:
                writer.Write((byte)Kind.Integer);
                writer.Write(integer.Value);
                break;
            case DiagnosticValue.FloatValue number:
                writer.Write((byte)Kind.Float);
                writer.Write(number.Value);
                break;
            case DiagnosticValue.TupleValue tuple:
                WriteItems(writer, Kind.Tuple, tuple.Items);
                break;
            case DiagnosticValue.ListValue list:
                WriteItems(writer, Kind.List, list.Items);
                break;
            case DiagnosticValue.DictionaryValue dictionary:
                writer.Write((byte)Kind.Dictionary);
                writer.Write(dictionary.Items.Count);
                foreach ((string key, DiagnosticValue item) in dictionary.Items)
                {
                    writer.Write(key);
                    Write(writer, item);
                }
                break;
            default:
                throw new ArgumentException($"A value of kind {value.GetType().Name} has no journal format.", nameof(value));
        }
    }

    private static void WriteItems(BinaryWriter writer, Kind kind, IReadOnlyList<DiagnosticValue> items)
    {
        writer.Write((byte)kind);
        writer.Write(items.Count);
        foreach (DiagnosticValue item in items)
            Write(writer, item);
    }

    private static DiagnosticValue Read(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.None => DiagnosticValue.None,
        Kind.Text => DiagnosticValue.Text(reader.ReadString()),
        Kind.Boolean => DiagnosticValue.Boolean(reader.ReadBoolean()),
        Kind.Integer => DiagnosticValue.Integer(reader.ReadInt64()),
        Kind.Float => DiagnosticValue.Float(reader.ReadDouble()),
        Kind.Tuple => new DiagnosticValue.TupleValue(ReadItems(reader)),
        Kind.List => new DiagnosticValue.ListValue(ReadItems(reader)),
        Kind.Dictionary => ReadDictionary(reader),
        var kind => throw new InvalidDataException($"The journal holds a value of unknown kind {(byte)kind}."),
    };

    private static DiagnosticValue[] ReadItems(BinaryReader reader)
    {
        var items = new DiagnosticValue[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++)
            items[i] = Read(reader);
        return items;
    }

    private static DiagnosticValue ReadDictionary(BinaryReader reader)
    {
        var items = new KeyValuePair<string, DiagnosticValue>[reader.ReadInt32()];
        for (int i = 0; i < items.Length; i++)
            items[i] = KeyValuePair.Create(reader.ReadString(), Read(reader));
        return DiagnosticValue.Dictionary(items);
    }
}
