using System.Globalization;
using System.Text;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>JSON as Python's <c>json.dump(indent=2)</c> writes PyRadiomics' results: tuples as lists, other letters than ASCII escaped,
/// and <c>NaN</c>, which strict readers refuse.</summary>
internal sealed class JsonResults : ResultWriter
{
    private const int Indent = 2;

    public override void Write(Stream stream, ResultTable table)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.Write('[');
        for (int row = 0; row < table.Count; row++)
        {
            NewLine(writer, 1, first: row == 0);
            WriteRow(writer, table, row);
        }
        Close(writer, ']', 0, table.Count);
    }

    private static void WriteRow(StreamWriter writer, ResultTable table, int row)
    {
        var items = new List<KeyValuePair<string, DiagnosticValue>>();
        string[] cells = table.InputCells(row);
        for (int i = 0; i < cells.Length; i++)
            items.Add(new(table.InputColumns[i], DiagnosticValue.Text(cells[i])));
        if (table.Values(row) is { } values)
        {
            for (int i = 0; i < values.Diagnostics.Length; i++)
                items.Add(new(values.Layout.Diagnostics[i], values.Diagnostics[i]));
            for (int i = 0; i < values.Features.Length; i++)
                items.Add(new(values.Layout.Features[i], DiagnosticValue.Float(values.Features[i])));
        }
        Write(writer, DiagnosticValue.Dictionary(items), 1);
    }

    /// <summary>Writes one value, its lines indented for a depth.</summary>
    internal static void Write(StreamWriter writer, DiagnosticValue value, int depth)
    {
        switch (value)
        {
            case DiagnosticValue.NoneValue:
                writer.Write("null");
                break;
            case DiagnosticValue.BooleanValue boolean:
                writer.Write(boolean.Value ? "true" : "false");
                break;
            case DiagnosticValue.IntegerValue integer:
                writer.Write(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case DiagnosticValue.FloatValue number:
                writer.Write(Number(number.Value));
                break;
            case DiagnosticValue.TextValue text:
                WriteText(writer, text.Value);
                break;
            case DiagnosticValue.TupleValue tuple:
                WriteItems(writer, tuple.Items, depth);
                break;
            case DiagnosticValue.ListValue list:
                WriteItems(writer, list.Items, depth);
                break;
            case DiagnosticValue.DictionaryValue dictionary:
                WriteDictionary(writer, dictionary, depth);
                break;
            default:
                throw new ArgumentException($"A value of kind {value.GetType().Name} has no JSON.", nameof(value));
        }
    }

    private static void WriteItems(StreamWriter writer, IReadOnlyList<DiagnosticValue> items, int depth)
    {
        writer.Write('[');
        for (int i = 0; i < items.Count; i++)
        {
            NewLine(writer, depth + 1, i == 0);
            Write(writer, items[i], depth + 1);
        }
        Close(writer, ']', depth, items.Count);
    }

    private static void WriteDictionary(StreamWriter writer, DiagnosticValue.DictionaryValue dictionary, int depth)
    {
        writer.Write('{');
        for (int i = 0; i < dictionary.Items.Count; i++)
        {
            NewLine(writer, depth + 1, i == 0);
            WriteText(writer, dictionary.Items[i].Key);
            writer.Write(": ");
            Write(writer, dictionary.Items[i].Value, depth + 1);
        }
        Close(writer, '}', depth, dictionary.Items.Count);
    }

    private static void NewLine(StreamWriter writer, int depth, bool first)
    {
        writer.Write(first ? "\n" : ",\n");
        WriteIndent(writer, depth);
    }

    private static void Close(StreamWriter writer, char bracket, int depth, int count)
    {
        if (count > 0)
        {
            writer.Write('\n');
            WriteIndent(writer, depth);
        }
        writer.Write(bracket);
    }

    private static void WriteIndent(StreamWriter writer, int depth)
    {
        for (int i = 0; i < Indent * depth; i++)
            writer.Write(' ');
    }

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ => PythonText.Of(value),
    };

    private static void WriteText(StreamWriter writer, string text)
    {
        writer.Write('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    writer.Write('\\');
                    writer.Write(c);
                    break;
                case '\n':
                    writer.Write("\\n");
                    break;
                case '\r':
                    writer.Write("\\r");
                    break;
                case '\t':
                    writer.Write("\\t");
                    break;
                case '\b':
                    writer.Write("\\b");
                    break;
                case '\f':
                    writer.Write("\\f");
                    break;
                case < ' ' or > '~':
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                    break;
                default:
                    writer.Write(c);
                    break;
            }
        }
        writer.Write('"');
    }
}
