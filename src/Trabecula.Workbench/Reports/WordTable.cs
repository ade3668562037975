using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Trabecula.Workbench.Reports.Raster;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>A table as a Word document (ISO/IEC 29500, transitional): title, its parts with their heads repeated on every page, note. The same table gives the same bytes.</summary>
internal static class WordTable
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    // More columns than this are read more easily across the page.
    private const int MostUpright = 6;

    // Twentieths of a point: the size of the letters, which are measured in a font somewhat wider than Arial, both margins of a cell, and what goes on in a second line.
    private const int Letters = 160, Side = 60, Margins = 2 * Side, LongestInLine = 2100;

    private static readonly DateTimeOffset s_fixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n" };

    private const string Types = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""";

    private const string Relations = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""";

    /// <summary>Writes a table.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="parts">The parts of the table, which have its title and note.</param>
    /// <param name="widths">Shares of the page's width for each column; empty to go by the texts.</param>
    internal static void Write(Stream stream, IReadOnlyList<ReportTable> parts, IReadOnlyList<double> widths)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Part(archive, "[Content_Types].xml", part => part.Write(Encoding.UTF8.GetBytes(Types)));
        Part(archive, "_rels/.rels", part => part.Write(Encoding.UTF8.GetBytes(Relations)));
        Part(archive, "word/document.xml", part => Document(part, parts, widths));
    }

    private static void Part(ZipArchive archive, string name, Action<Stream> write)
    {
        // Stored, since compressors differ between machines.
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_fixedTime;
        using Stream part = entry.Open();
        write(part);
    }

    private static void Document(Stream part, IReadOnlyList<ReportTable> parts, IReadOnlyList<double> widths)
    {
        bool across = parts.Max(table => table.Columns.Count) > MostUpright;
        int width = across ? 14_400 : 9_400;
        using var xml = XmlWriter.Create(part, s_settings);
        xml.WriteStartDocument(true);
        xml.WriteStartElement("w", "document", Word);
        Open(xml, "body");
        Paragraph(xml, parts[0].Title, 24, bold: true);
        foreach ((int i, ReportTable table) in parts.Index())
        {
            // Tables without a paragraph between them become one.
            if (i > 0)
                Paragraph(xml, "", 18, bold: false);
            Table(xml, table, width, widths.Count == 0 ? Widths(table, width) : [.. widths.Select(share => (int)(width * share / widths.Sum()))]);
        }
        Paragraph(xml, parts[0].Note, 18, bold: false);
        Open(xml, "sectPr");
        Value(xml, "pgSz", across ? [("w", "16838"), ("h", "11906"), ("orient", "landscape")] : [("w", "11906"), ("h", "16838")]);
        Value(xml, "pgMar", ("top", "1134"), ("right", "1134"), ("bottom", "1134"), ("left", "1134"), ("header", "567"), ("footer", "567"), ("gutter", "0"));
        xml.WriteEndDocument();
    }

    /// <summary>
    /// The columns in twentieths of a point. None is narrower than its longest word as long as the page has room for these; what is left goes to those whose
    /// texts are longer.
    /// </summary>
    private static int[] Widths(ReportTable table, int page)
    {
        int columns = table.Columns.Count;
        double[] least = [.. Enumerable.Range(0, columns).Select(c => Margins + Texts(c).Max(text => text.Of(text.Cell.Split(' ', '-').MaxBy(word => word.Length)!)))];
        double[] wished = [.. Enumerable.Range(0, columns).Select(c => Math.Max(least[c], Margins + Texts(c).Max(text => Math.Min(text.Of(text.Cell), LongestInLine))))];
        double spare = page - least.Sum(), more = wished.Sum() - least.Sum();
        return
        [
            .. Enumerable.Range(0, columns).Select(c => (int)(spare < 0 ? page * least[c] / least.Sum()
                : more > 0 ? least[c] + spare * (wished[c] - least[c]) / more : page * least[c] / least.Sum())),
        ];

        IEnumerable<(string Cell, Func<string, double> Of)> Texts(int column) =>
            table.Rows.Select(row => (Unbroken(row[column]), (Func<string, double>)(text => Letters * TrueTypeFont.Regular.Width(text))))
                .Append((table.Columns[column], text => Letters * TrueTypeFont.Bold.Width(text)));
    }

    /// <summary>A number with its interval breaks before the bracket and nowhere else.</summary>
    private static string Unbroken(string cell) => cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '−' or '+')
        ? cell.Replace(' ', '\u00a0').Replace("\u00a0(", " (", StringComparison.Ordinal) : cell;

    private static void Table(XmlWriter xml, ReportTable table, int width, int[] columns)
    {
        Open(xml, "tbl");
        Open(xml, "tblPr");
        Value(xml, "tblW", ("w", Text(width)), ("type", "dxa"));
        Open(xml, "tblBorders");
        foreach (string side in (string[])["top", "bottom", "insideH"])
            Value(xml, side, ("val", "single"), ("sz", side == "insideH" ? "2" : "8"), ("space", "0"), ("color", side == "insideH" ? "D8DEE5" : "1B2733"));
        xml.WriteEndElement();
        Value(xml, "tblLayout", ("type", "fixed"));
        Open(xml, "tblCellMar");
        foreach (string side in (string[])["left", "right"])
            Value(xml, side, ("w", Text(Side)), ("type", "dxa"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Open(xml, "tblGrid");
        foreach (int column in columns)
            Value(xml, "gridCol", ("w", Text(column)));
        xml.WriteEndElement();
        Row(xml, table.Columns, columns, head: true);
        foreach (IReadOnlyList<string> row in table.Rows)
            Row(xml, row, columns, head: false);
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, IReadOnlyList<string> cells, int[] widths, bool head)
    {
        Open(xml, "tr");
        Open(xml, "trPr");
        Value(xml, "cantSplit");
        if (head)
            Value(xml, "tblHeader");
        xml.WriteEndElement();
        foreach ((int c, string cell) in cells.Index())
        {
            Open(xml, "tc");
            Open(xml, "tcPr");
            Value(xml, "tcW", ("w", Text(widths[c])), ("type", "dxa"));
            xml.WriteEndElement();
            Paragraph(xml, head ? cell : Unbroken(cell), Letters / 10, head);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Paragraph(XmlWriter xml, string text, int halfPoints, bool bold)
    {
        Open(xml, "p");
        Open(xml, "pPr");
        Value(xml, "spacing", ("before", "20"), ("after", "20"));
        xml.WriteEndElement();
        Open(xml, "r");
        Open(xml, "rPr");
        Value(xml, "rFonts", ("ascii", "Arial"), ("hAnsi", "Arial"), ("cs", "Arial"));
        if (bold)
            Value(xml, "b");
        Value(xml, "sz", ("val", Text(halfPoints)));
        xml.WriteEndElement();
        Open(xml, "t");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(string.Concat(text.Where(XmlConvert.IsXmlChar)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Open(XmlWriter xml, string name) => xml.WriteStartElement("w", name, Word);

    private static void Value(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        Open(xml, name);
        foreach ((string attribute, string value) in attributes)
            xml.WriteAttributeString("w", attribute, Word, value);
        xml.WriteEndElement();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
