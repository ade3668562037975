using System.Text;
using System.Text.Json;

namespace Trabecula.Workbench.Tables;

/// <summary>JSON as <c>trabecula extract</c> and PyRadiomics write it: a list of objects, one for each case; nested values are kept as their text.</summary>
internal static class JsonTableReader
{
    public static DataTable Read(string name, byte[] bytes, TableFormat format)
    {
        using JsonDocument document = Parse(name, bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            throw new TableException(name, "expected a list of objects, one for each case.", "Give a file that 'trabecula extract' wrote.");
        // A case that failed has fewer keys than the others.
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateArray().SelectMany(item => item.EnumerateObject()))
            columns.TryAdd(property.Name, columns.Count);

        var builder = new DataTableBuilder(name, format with { DecimalMark = '.' });
        foreach (string column in columns.Keys)
            builder.Add(column);
        builder.EndRow(1);
        int number = 1;
        var cells = new string[columns.Count];
        foreach (JsonElement item in document.RootElement.EnumerateArray())
        {
            Array.Fill(cells, "");
            foreach (JsonProperty property in item.EnumerateObject())
                cells[columns[property.Name]] = Text(property.Value);
            foreach (string cell in cells)
                builder.Add(cell);
            builder.EndRow(++number);
        }
        return builder.Build();
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static JsonDocument Parse(string name, byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(Strict(bytes));
        }
        catch (JsonException exception)
        {
            throw new TableException(name, $"not readable as JSON: {exception.Message.TrimEnd('.')}.", "Give a file that 'trabecula extract' wrote.", exception);
        }
    }

    // Python writes NaN and Infinity bare, which JSON does not know. Outside of texts they become texts.
    private static byte[] Strict(byte[] bytes)
    {
        ReadOnlySpan<byte> source = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        if (source.IndexOf("NaN"u8) < 0 && source.IndexOf("Infinity"u8) < 0)
            return source.ToArray();
        var strict = new MemoryStream(source.Length + 64);
        bool quoted = false;
        for (int i = 0; i < source.Length; i++)
        {
            if (quoted && source[i] == (byte)'\\')
            {
                strict.Write(source.Slice(i, Math.Min(2, source.Length - i)));
                i++;
                continue;
            }
            if (source[i] == (byte)'"')
                quoted = !quoted;
            int word = quoted ? 0 : WordLength(source[i..]);
            if (word == 0)
            {
                strict.WriteByte(source[i]);
                continue;
            }
            strict.Write(Encoding.UTF8.GetBytes($"\"{Encoding.UTF8.GetString(source.Slice(i, word))}\""));
            i += word - 1;
        }
        return strict.ToArray();
    }

    private static int WordLength(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;
}
