using System.IO.Compression;
using CsCheck;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Tables;

public sealed class TableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => ["t.csv", "t.csv.gz", "t.tsv", "t.parquet", "t.xlsx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_ThenRead_GivesTheSameCells(string name)
    {
        Gen<string> text = Gen.String[Gen.Char["abcXYZ0 ,;\t\"'<>&é€\n"], 0, 6].Select(t => "x" + t.Trim());
        Gen.Select(Gen.Double.Where(double.IsFinite), text, Gen.Bool).Array[1, 6].Sample(rows =>
        {
            DataTable table = DataTable.Of("t", ["number", "text", "code", "hole"], rows.Select((row, i) => (string[])
            [
                row.Item1.ToString("R", System.Globalization.CultureInfo.InvariantCulture), row.Item2, "00" + i, row.Item3 ? "" : "7",
            ]));

            TableFile.Write(_folder[name], table);
            DataTable read = TableFile.Read(_folder[name], new TableFormat { DecimalMark = '.' });

            Assert.Equal(table.Columns, read.Columns);
            Assert.Equal(table.Numbers(0, []), read.Numbers(0, []));
            for (int column = 1; column < 4; column++)
                Assert.Equal(table.Texts(column), read.Texts(column));
        }, iter: 20, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_Twice_GivesTheSameBytes(string name)
    {
        DataTable table = DataTable.Of("t", ["id", "x"], [["S1", "1.5"], ["S2", ""]]);

        TableFile.Write(_folder[name], table);
        byte[] first = File.ReadAllBytes(_folder[name]);
        Thread.Sleep(name == "t.xlsx" ? 2100 : 0); // Times in a zip archive have two seconds.
        TableFile.Write(_folder[name], table);

        Assert.Equal(first, File.ReadAllBytes(_folder[name]));
        Assert.Equal([name], _folder.Names);
    }

    [Fact]
    public void Write_ToNoFolder_SaysSo() =>
        Assert.Contains("cannot be written", Assert.Throws<ExtractionException>(
            () => TableFile.Write(Path.Combine(_folder["absent"], "t.csv"), DataTable.Of("t", ["x"], [["1"]]))).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadExcel_OfValuesOfManyKinds_GivesThemAsText()
    {
        WriteWorkbook(merged: "");

        DataTable table = TableFile.Read(_folder["w.xlsx"], new TableFormat { Sheet = "cohort" });

        Assert.Equal(["id", "age", "date", "ratio", "ok"], table.Columns);
        Assert.Equal(["S1", "17", "1234567890123"], table.Texts(0));
        Assert.Equal(["61.5", "#DIV/0!", "x"], table.Texts(1));
        Assert.Equal(["2023-03-15", "2023-03-15 12:00:00", ""], table.Texts(2));
        Assert.Equal([0.1, 0.30000000000000004, 1e-7], table.Numbers(3, []));
        Assert.Equal(["1", "", "0"], table.Texts(4));
        Assert.Equal([2, 3, 5], Enumerable.Range(0, 3).Select(table.RowNumber));
        var problems = new List<Finding>();
        table.Numbers(1, problems);
        Assert.Contains("row 3, column age: '#DIV/0!' is no number", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadExcel_WithMergedCells_NamesThem()
    {
        WriteWorkbook(merged: "<mergeCells count=\"1\"><mergeCell ref=\"E2:E5\"/></mergeCells>");

        TableException refusal = Assert.Throws<TableException>(() => TableFile.Read(_folder["w.xlsx"], new TableFormat { Sheet = "Cohort" }));

        Assert.Contains("E2:E5", Assert.Single(refusal.Findings).Problem, StringComparison.Ordinal);

        WriteWorkbook(merged: $"<mergeCells>{string.Concat(Enumerable.Range(1, 300).Select(i => $"<mergeCell ref=\"E{2 * i}:E{2 * i + 1}\"/>"))}</mergeCells>");
        refusal = Assert.Throws<TableException>(() => TableFile.Read(_folder["w.xlsx"], new TableFormat { Sheet = "Cohort" }));
        Assert.EndsWith("E20:E21 and 290 more. Unmerge them, and write the value into each cell that it belongs to.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadExcel_WithoutAChoiceOfSheets_AsksForIt()
    {
        WriteWorkbook(merged: "");

        Assert.Contains("'Notes', 'Cohort'", Assert.Throws<TableException>(() => TableFile.Read(_folder["w.xlsx"])).Message, StringComparison.Ordinal);
        Assert.Contains("no sheet 'Cohrt'", Assert.Throws<TableException>(
            () => TableFile.Read(_folder["w.xlsx"], new TableFormat { Sheet = "Cohrt" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJson_OfExtraction_ReadsNumbersAndPythonsWords()
    {
        _folder.Write("r.json", """[{"ID": "a", "x": 1.5, "note": "NaN \" NaN", "t": [1, 2]}, {"ID": "b", "x": NaN}, {"ID": "c", "x": -Infinity, "y": 3}]""");

        DataTable table = TableFile.Read(_folder["r.json"]);

        Assert.Equal(["ID", "x", "note", "t", "y"], table.Columns);
        Assert.Equal("NaN \" NaN", table.Text(0, 2));
        var problems = new List<Finding>();
        Assert.Equal([1.5, double.NaN, double.NaN], table.Numbers(1, problems));
        Assert.Contains("'-Infinity' is infinite", Assert.Single(problems).Problem, StringComparison.Ordinal);
    }

    /// <summary>Of another program, whose names are not PyRadiomics'.</summary>
    [Fact]
    public void RadiomicTable_OfOtherNames_LeavesEveryDiagnosticOut()
    {
        DataTable table = DataTable.Of("t.csv", ["ID", "diagnostics_Time", "contrast"], [["a", "1", "2"], ["b", "3", "4"]]);
        Assert.Equal([2], RadiomicTable.Of("reader 1", table, "ID").FeatureColumns);
    }

    [Fact]
    public void RadiomicTable_OfAnExtraction_TakesFeaturesAlone()
    {
        DataTable table = DataTable.Of("r.csv", ["ID", "Image", "Mask", "site", "diagnostics_Versions_Numpy", "original_shape_Sphericity", "wavelet-LLH_glcm_Idn"],
            [["a", "a.nii", "m.nii", "1", "1.0", "0.5", "2"], ["b", "b.nii", "m.nii", "1", "", "", ""]]);

        RadiomicTable radiomic = RadiomicTable.Of("reader 1", table, "ID");

        Assert.Equal([5, 6], radiomic.FeatureColumns);
        Assert.Equal(["b"], radiomic.FailedCases);
        Assert.Equal(1, radiomic.Table.RowCount);
        Assert.Equal(["Image", "Mask", "site", "diagnostics_Versions_Numpy"], radiomic.OtherColumns);
        Assert.Contains("Did you mean 'ID'?", Assert.Throws<TableException>(() => RadiomicTable.Of("reader 1", table, "id")).Message, StringComparison.Ordinal);
    }

    private void WriteWorkbook(string merged)
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var archive = new ZipArchive(File.Create(_folder["w.xlsx"]), ZipArchiveMode.Create);
        Write("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Write("xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Relations}\"><sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Cohort\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>");
        Write("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        Write("xl/styles.xml", $"<styleSheet {Main}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>");
        Write("xl/worksheets/sheet1.xml", $"<worksheet {Main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>hello</t></is></c></row></sheetData></worksheet>");
        Write("xl/worksheets/sheet2.xml", $"""
            <worksheet {Main}><sheetData>
            <row r="1">{Inline("A1", "id")}{Inline("B1", "age")}{Inline("C1", "date")}{Inline("D1", "ratio")}{Inline("E1", "ok")}</row>
            <row r="2">{Inline("A2", "S1")}<c r="B2"><f>60+1.5</f><v>61.5</v></c><c r="C2" s="1"><v>45000</v></c><c r="D2" s="3"><v>0.1</v></c><c r="E2" t="b"><v>1</v></c></row>
            <row r="3"><c r="A3"><v>17</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" s="2"><v>45000.5</v></c><c r="D3"><v>0.30000000000000004</v></c></row>
            <row r="5"><c r="A5"><v>1234567890123</v></c><c r="B5" t="str"><f>"x"</f><v>x</v></c><c r="D5"><v>1E-7</v></c><c r="E5" t="b"><v>0</v></c></row>
            </sheetData>{merged}</worksheet>
            """);

        string Inline(string cell, string text) => $"<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

        void Write(string name, string text)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
