using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Trabecula.Workbench.Tables;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As its tab shows it.</param>
/// <param name="HasCells">Whether it holds any cell with a value.</param>
/// <param name="MergedRanges">Merged cells, as in <c>E2:E5</c>.</param>
internal sealed record ExcelSheet(string Name, bool HasCells, IReadOnlyList<string> MergedRanges);

/// <summary>What the library that reads cells does not tell of a workbook: merged cells, whose value stands in the first of them alone.</summary>
/// <remarks>Source: ECMA-376 part 1, sections 18.2 (workbook) and 18.3 (worksheet).</remarks>
internal static class ExcelSheets
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    public static IReadOnlyList<ExcelSheet> Of(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        XElement workbook = Load(archive, "xl/workbook.xml");
        Dictionary<string, string> targets = Load(archive, "xl/_rels/workbook.xml.rels").Elements()
            .ToDictionary(e => (string)e.Attribute("Id")!, e => (string)e.Attribute("Target")!, StringComparer.Ordinal);
        var sheets = new List<ExcelSheet>();
        foreach (XElement sheet in workbook.Descendants().Where(e => e.Name == Main + "sheet" || e.Name == StrictMain + "sheet"))
        {
            string id = sheet.Attributes().First(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0).Value;
            string target = targets[id];
            string path = target.StartsWith('/') ? target[1..] : "xl/" + target;
            // Sheets of charts have no cells.
            if (archive.GetEntry(path) is { } entry)
                sheets.Add(Describe((string)sheet.Attribute("name")!, entry));
        }
        return sheets;
    }

    private static ExcelSheet Describe(string name, ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        bool hasCells = false;
        var merged = new List<string>();
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            hasCells |= reader.LocalName is "v" or "is";
            if (reader.LocalName == "mergeCell")
                merged.Add(reader.GetAttribute("ref") ?? "");
        }
        return new ExcelSheet(name, hasCells, merged);
    }

    private static XElement Load(ZipArchive archive, string path)
    {
        ZipArchiveEntry entry = archive.GetEntry(path) ?? throw new InvalidDataException($"it holds no {path}");
        using Stream stream = entry.Open();
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
