using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Tables;

/// <summary>Tables as Excel workbooks: values as they are stored (of a formula, its last result), dates as ISO text, truth as 1 and 0.</summary>
internal static partial class ExcelTable
{
    private const string Cure = "Open it in a spreadsheet program and save it as .xlsx, or as CSV.";

    // The earliest that a zip archive can hold.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DataTable Read(string name, byte[] bytes, TableFormat format)
    {
        try
        {
            IReadOnlyList<ExcelSheet> sheets = ExcelSheets.Of(bytes);
            ExcelSheet sheet = Choose(name, sheets, format.Sheet);
            var builder = new DataTableBuilder(name, format with { DecimalMark = '.' });
            if (sheets.Count > 1 && format.Sheet is null)
                builder.Notice($"{name}: the sheet '{sheet.Name}' was read; the others hold no cells.");
            if (sheet.MergedRanges.Count > 0)
            {
                builder.Problem(new Finding(
                    Severity.Error, $"the sheet '{sheet.Name}' has merged cells: {PlainText.List(sheet.MergedRanges)}.",
                    "Unmerge them, and write the value into each cell that it belongs to.")
                { Code = "merged-cells", Table = name });
            }
            using var stream = new MemoryStream(bytes);
            var configuration = new OpenXmlConfiguration { Culture = CultureInfo.InvariantCulture, EnableSharedStringCache = false };
            int number = 0, width = 0;
            foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: false, sheetName: sheet.Name, excelType: ExcelType.XLSX, configuration: configuration))
            {
                int cells = 0;
                foreach (object? value in row.Values)
                {
                    builder.Add(Text(value));
                    cells++;
                }
                for (; cells < width; cells++)
                    builder.Add("");
                builder.EndRow(++number);
                width = builder.Width;
            }
            return builder.Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or InvalidOperationException or FormatException or KeyNotFoundException
            or NotSupportedException or IOException or ArgumentException or NullReferenceException or IndexOutOfRangeException or OverflowException)
        {
            // The library lets damaged files end in whatever exception comes first.
            throw new TableException(name, $"not readable as an Excel workbook: {exception.Message.TrimEnd('.')}.", Cure, exception);
        }
    }

    /// <summary>Writes one sheet, with a header and without styles.</summary>
    public static void Write(Stream stream, DataTable table)
    {
        using var data = new System.Data.DataTable();
        data.Locale = CultureInfo.InvariantCulture;
        ColumnContent[] columns = [.. Enumerable.Range(0, table.Columns.Count).Select(c => ColumnContent.Of(table, c))];
        for (int c = 0; c < columns.Length; c++)
            data.Columns.Add(new DataColumn(table.Columns[c], columns[c].Numbers is null ? typeof(string) : typeof(double)));
        for (int row = 0; row < table.RowCount; row++)
            data.Rows.Add([.. columns.Select(column => column.Numbers is { } numbers ? (object?)numbers[row] : column.Texts![row])]);

        using var archive = new MemoryStream();
        archive.SaveAs(data, sheetName: "Data", excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration
        {
            Culture = CultureInfo.InvariantCulture,
            TableStyles = TableStyles.None,
            AutoFilter = false,
            FastMode = true,
        });
        archive.Position = 0;
        CopyWithoutChance(archive, stream);
    }

    /// <summary>Takes times and random names out of an archive: the same table gives the same bytes.</summary>
    private static void CopyWithoutChance(Stream archive, Stream stream)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var source = new ZipArchive(archive, ZipArchiveMode.Read);
        using var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            ZipArchiveEntry copy = target.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = FixedTime;
            using Stream from = entry.Open(), to = copy.Open();
            if (!entry.FullName.EndsWith(".rels", StringComparison.Ordinal) && entry.FullName != "xl/workbook.xml")
            {
                from.CopyTo(to);
                continue;
            }
            using var reader = new StreamReader(from);
            to.Write(Encoding.UTF8.GetBytes(RandomName().Replace(reader.ReadToEnd(), match =>
            {
                if (!names.TryGetValue(match.Value, out string? name))
                    names[match.Value] = name = string.Create(CultureInfo.InvariantCulture, $"R{names.Count + 1}");
                return name;
            })));
        }
    }

    [GeneratedRegex("(?<=[\"'])R[0-9a-f]{32}(?=[\"'])")]
    private static partial Regex RandomName();

    private static ExcelSheet Choose(string name, IReadOnlyList<ExcelSheet> sheets, string? wanted)
    {
        string names = PlainText.List([.. sheets.Select(s => $"'{s.Name}'")]);
        if (wanted != null)
        {
            return sheets.FirstOrDefault(s => s.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                ?? throw new TableException(name, $"there is no sheet '{wanted}'; the sheets are {names}.", "Name one of them.");
        }
        ExcelSheet[] filled = [.. sheets.Where(s => s.HasCells)];
        return filled.Length switch
        {
            1 => filled[0],
            0 => throw new TableException(name, "no sheet holds a cell.", "Give a table whose first row names its columns."),
            _ => throw new TableException(name, $"several sheets hold cells: {PlainText.List([.. filled.Select(s => $"'{s.Name}'")])}.", "Name the sheet of the table."),
        };
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "1" : "0",
        DateTime date => CalendarText.Of(date),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
