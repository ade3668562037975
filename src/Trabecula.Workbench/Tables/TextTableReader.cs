using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Sylvan.Data.Csv;

namespace Trabecula.Workbench.Tables;

/// <summary>Tables of delimited text, compressed by gzip or not.</summary>
internal static class TextTableReader
{
    private const int LargestRow = 1 << 27;

    public static DataTable Read(string name, byte[] bytes, TableFormat format)
    {
        string text = Decode(Decompress(name, bytes), out string? notice);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new TableException(name, "the file holds binary data, not text.", "Give a table; a spreadsheet must be saved as .xlsx or CSV.");
        // Excel's own first line, which says what the delimiter is.
        int start = 0;
        char? stated = null;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5)
            (stated, start) = (text[4], text.IndexOf('\n', StringComparison.Ordinal) + 1);
        char delimiter = format.Delimiter ?? stated ?? DelimiterDetection.Of(text.AsSpan(start));

        var builder = new DataTableBuilder(name, format);
        if (notice != null)
            builder.Notice($"{name}: {notice}");
        try
        {
            var options = new CsvDataReaderOptions { Delimiter = delimiter, HasHeaders = false, BufferSize = 1 << 16, MaxBufferSize = LargestRow };
            using var source = new StringReader(text);
            if (start > 0)
                source.ReadLine();
            using CsvDataReader reader = CsvDataReader.Create(source, options);
            for (int row = start > 0 ? 2 : 1; reader.Read(); row++)
            {
                for (int i = 0; i < reader.RowFieldCount; i++)
                    builder.Add(reader.GetFieldSpan(i));
                builder.EndRow(row);
            }
        }
        catch (CsvFormatException exception)
        {
            throw new TableException([new Finding(Severity.Error, "not readable as delimited text.", "Check the quotes of this row.")
            {
                Table = name,
                Rows = [exception.RowNumber + 1],
            }], exception);
        }
        if (builder.Width == 1 && format.Delimiter is null)
            builder.Notice(string.Create(CultureInfo.InvariantCulture, $"{name}: no delimiter found; the table has one column."));
        return builder.Build();
    }

    // Told by the content: some programs decompress a file and leave its name.
    private static byte[] Decompress(string name, byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..])
            return bytes;
        try
        {
            using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var decompressed = new MemoryStream(bytes.Length * 4L > int.MaxValue ? 0 : bytes.Length * 4);
            stream.CopyTo(decompressed, 1 << 16);
            return decompressed.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new TableException(name, "the compressed file is damaged.", "Copy it again from where it came from.", exception);
        }
    }

    private static string Decode(byte[] bytes, out string? notice)
    {
        notice = null;
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                bytes = bytes[3..];
                break;
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes.AsSpan(2));
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        }
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        notice = "not in UTF-8, so it was read as Latin-1; check names with accents.";
        return Encoding.Latin1.GetString(bytes);
    }
}
