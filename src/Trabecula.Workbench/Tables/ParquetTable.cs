using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Trabecula.Workbench.Tables;

/// <summary>Tables as Parquet files: flat columns of numbers, texts, truth values and dates.</summary>
internal static class ParquetTable
{
    public static DataTable Read(string name, byte[] bytes, TableFormat format)
    {
        try
        {
            return ReadAsync(name, bytes, format with { DecimalMark = '.' }).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is ParquetException or IOException or InvalidDataException or ArgumentException or IndexOutOfRangeException
            or NotSupportedException or OverflowException or InvalidCastException)
        {
            throw new TableException(name, $"not readable as Parquet: {exception.Message.TrimEnd('.')}.", "Write it again with flat columns, or as CSV.", exception);
        }
    }

    /// <summary>One row group, Snappy.</summary>
    public static void Write(Stream stream, DataTable table) => WriteAsync(stream, table).GetAwaiter().GetResult();

    private static async Task<DataTable> ReadAsync(string name, byte[] bytes, TableFormat format)
    {
        ParquetReader reader = await ParquetReader.CreateAsync(new MemoryStream(bytes)).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            DataField[] fields = reader.Schema.GetDataFields();
            var builder = new DataTableBuilder(name, format);
            foreach (DataField field in fields)
                builder.Add(field.Name);
            builder.EndRow(1);
            int number = 1;
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
                int count = checked((int)rows.RowCount);
                var columns = new Func<int, string?>[fields.Length];
                for (int i = 0; i < fields.Length; i++)
                    columns[i] = await ReadColumnAsync(rows, fields[i], count).ConfigureAwait(false);
                for (int row = 0; row < count; row++)
                {
                    foreach (Func<int, string?> column in columns)
                        builder.Add(column(row));
                    builder.EndRow(++number);
                }
            }
            return builder.Build();
        }
    }

    private static async Task<Func<int, string?>> ReadColumnAsync(ParquetRowGroupReader rows, DataField field, int count)
    {
        if (field.MaxRepetitionLevel > 0)
            throw new NotSupportedException($"the column '{field.Name}' holds lists");
        Type type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string?[count];
            await rows.ReadAsync(field, texts.AsMemory()!).ConfigureAwait(false);
            return row => texts[row];
        }
        return type switch
        {
            _ when type == typeof(double) => await Values<double>(v => v.ToString("R", CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(float) => await Values<float>(v => v.ToString("R", CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(int) => await Values<int>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(long) => await Values<long>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(short) => await Values<short>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(sbyte) => await Values<sbyte>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(byte) => await Values<byte>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(uint) => await Values<uint>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(ulong) => await Values<ulong>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(ushort) => await Values<ushort>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(decimal) => await Values<decimal>(v => v.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ when type == typeof(bool) => await Values<bool>(v => v ? "1" : "0").ConfigureAwait(false),
            _ when type == typeof(DateTime) => await Values<DateTime>(CalendarText.Of).ConfigureAwait(false),
            _ when type == typeof(DateOnly) => await Values<DateOnly>(v => v.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ConfigureAwait(false),
            _ => throw new NotSupportedException($"the column '{field.Name}' holds values of type {type.Name}"),
        };

        async Task<Func<int, string?>> Values<T>(Func<T, string> text) where T : struct
        {
            if (!field.IsNullable)
            {
                var values = new T[count];
                await rows.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
                return row => text(values[row]);
            }
            var optional = new T?[count];
            await rows.ReadAsync(field, optional.AsMemory()).ConfigureAwait(false);
            return row => optional[row] is { } value ? text(value) : null;
        }
    }

    private static async Task WriteAsync(Stream stream, DataTable table)
    {
        ColumnContent[] columns = [.. Enumerable.Range(0, table.Columns.Count).Select(c => ColumnContent.Of(table, c))];
        DataField[] fields =
        [
            .. columns.Select((column, c) => column.Numbers is null ? (DataField)new DataField<string>(table.Columns[c]) : new DataField<double?>(table.Columns[c])),
        ];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                if (columns[i].Numbers is { } numbers)
                    await group.WriteAsync<double>(fields[i], numbers).ConfigureAwait(false);
                else
                    await group.WriteAsync(fields[i], columns[i].Texts!).ConfigureAwait(false);
            }
        }
    }
}
