using System.IO.Compression;
using System.Text;
using CsCheck;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Tables;

public sealed class TextTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,age\nS1,61.5\nS2,70\n")]
    [InlineData("id;age\r\nS1;61.5\r\nS2;70\r\n")]
    [InlineData("id;age\nS1;61,5\nS2;70\n")]
    [InlineData("id\tage\nS1\t61,5\nS2\t70")]
    [InlineData("id|age\nS1|61.5\n\nS2|70\n")]
    [InlineData("\uFEFFid,age\nS1,\"61,5\"\nS2,70\n")]
    [InlineData("sep=;\nid;age\nS1;61,5\nS2;70\n")]
    [InlineData("id,age,,\nS1,61.5,,\nS2,70,,\n,,,\n")]
    [InlineData(" id , age \n S1 , 61.5\nS2,70\n")]
    [InlineData("id;a,b,c;age\nS1;1;61,5\nS2;2;70\n")]
    public void Read_AnyUsualText_IsTheSameTable(string text)
    {
        DataTable table = Read("t.csv", text);

        var problems = new List<Finding>();
        Assert.Equal(["S1", "S2"], table.Texts(table.Find("id")));
        Assert.Equal([61.5, 70], table.Numbers(table.Find("age"), problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Read_Compressed_IsTheSameTable()
    {
        using (var stream = new GZipStream(File.Create(_folder["t.csv.gz"]), CompressionLevel.Fastest))
            stream.Write("id,age\nS1,61.5\n"u8);

        Assert.Equal("61.5", TableFile.Read(_folder["t.csv.gz"]).Text(0, 1));
    }

    [Fact]
    public void Read_Latin1_KeepsAccentsAndSaysSo()
    {
        File.WriteAllBytes(_folder["t.csv"], Encoding.Latin1.GetBytes("id,Größe\nMüller,1\n"));

        DataTable table = TableFile.Read(_folder["t.csv"]);

        Assert.Equal("Müller", table.Text(0, table.Find("id")));
        Assert.Equal(1, table.Find("Größe"));
        Assert.Contains("Latin-1", Assert.Single(table.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QuotedCells_KeepDelimitersQuotesAndLines()
    {
        DataTable table = Read("t.csv", "id,note\n1,\"a \"\"b\"\", c\nd\"\n2,e\n");

        Assert.Equal("a \"b\", c\nd", table.Text(0, 1));
        Assert.Equal(3, table.RowNumber(1));
    }

    [Fact]
    public void Numbers_OfWrongCells_NameRowColumnAndValue()
    {
        DataTable table = Read("t.csv", "id,age\nS1,61\nS2,abc\nS3,\"1,234.5\"\nS4,1e999\nS5,-inf\nS6,NA\nS7,.\nS8,n/a\nS9,\n");

        var problems = new List<Finding>();
        double[] numbers = table.Numbers(1, problems);

        Assert.Equal([61, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN], numbers);
        Assert.Equal(4, problems.Count);
        Assert.Equal("t.csv, row 3, column age: 'abc' is no number. Correct it, leave the cell empty, or name this word among the missing markers (the key missing of the table in a plan).", problems[0].ToString());
        Assert.Contains("row 4, column age: '1,234.5' has thousands separators", problems[1].ToString(), StringComparison.Ordinal);
        Assert.Contains("row 5, column age: '1e999' is infinite", problems[2].ToString(), StringComparison.Ordinal);
        Assert.Contains("row 6, column age: '-inf' is infinite", problems[3].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.234.567", "thousands")]
    [InlineData("1 234", "thousands")]
    [InlineData("1'234.5", "thousands")]
    [InlineData("1.5.2020", "no number")]
    [InlineData("12-3", "no number")]
    [InlineData("(5)", "no number")]
    [InlineData("5 mm", "no number")]
    public void Number_OfDoubtfulText_IsExplained(string cell, string expected)
    {
        DataTable table = DataTable.Of("t", ["x"], [[cell]]);

        var problems = new List<Finding>();

        Assert.True(double.IsNaN(table.Number(0, 0, problems)));
        Assert.Contains(expected, Assert.Single(problems).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id;x\n1;1,234\n2;5,678\n")]
    [InlineData("id;x;y\n1;0,5;0.5\n")]
    public void Numbers_WhoseMarkIsInDoubt_AskForIt(string text)
    {
        DataTable table = Read("t.csv", text);

        var problems = new List<Finding>();
        double[] numbers = table.Numbers(1, problems);
        Assert.Equal([1, 2], Read("t.csv", "id;x\n1;1,234\n2;5,678\n").Numbers(0, problems));

        Assert.All(numbers, n => Assert.True(double.IsNaN(n)));
        Assert.Contains("decimal mark", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_WithTheMarkGiven_AreRead()
    {
        DataTable table = Read("t.csv", "id;x\n1;1,234\n2;5,678\n", new TableFormat { DecimalMark = ',' });

        Assert.Equal([1.234, 5.678], table.Numbers(1, []));
    }

    [Fact]
    public void Numbers_WithALeadingZero_SettleTheMark()
    {
        DataTable table = Read("t.csv", "id;x\n1;1,234\n2;0,678\n");

        Assert.Equal([1.234, 0.678], table.Numbers(1, []));
    }

    [Fact]
    public void Numbers_WithOtherMissingMarkers_TakeThose()
    {
        DataTable table = Read("t.csv", "id,x\n1,unknown\n2,NA\n3,\n4,-9.5\n5,-9\n", new TableFormat { Missing = ["-9", "unknown"] });

        var problems = new List<Finding>();
        Assert.Equal([double.NaN, double.NaN, double.NaN, -9.5, double.NaN], table.Numbers(1, problems));
        Assert.Contains("'NA'", Assert.Single(problems).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,x\n1,-99\n2,-99.0\n3,99\n")]
    [InlineData("id;x;y\n1;-99;0,5\n2;-99,0;0,5\n3;99;0,5\n")]
    public void Numbers_WithANumberAsMissingMarker_AreMissingHoweverItIsWritten(string text)
    {
        DataTable table = Read("t.csv", text, new TableFormat { Missing = ["-99"] });

        Assert.Equal([double.NaN, double.NaN, 99], table.Numbers(1, []));
        Assert.Equal(["", "", "99"], table.Texts(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(row => table.IsMissing(row, 1)));
    }

    [Fact]
    public void Numbers_OfAColumnOfText_ReportAFewAndCountTheRest()
    {
        DataTable table = DataTable.Of("t", ["x"], Enumerable.Range(0, 100).Select(_ => (string[])["text"]));

        var problems = new List<Finding>();
        table.Numbers(0, problems);

        Assert.Equal(11, problems.Count);
        Assert.Contains("90 more", problems[10].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithSeveralProblems_ReportsAll()
    {
        TableException refusal = Assert.Throws<TableException>(() => Read("t.csv", "id,age,age\n1,2,3\n4,5\n6,7,8,9\n"));

        Assert.Equal(["ragged-row", "ragged-row", "duplicate-column"], refusal.Findings.Select(f => f.Code));
        Assert.Contains("t.csv, row 3: 2 cells, but the header has 3.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.csv", "", "empty")]
    [InlineData("t.csv", "id,age\n", "no row")]
    [InlineData("t.csv", "id\0age\n", "binary")]
    [InlineData("t.xls", "x", "Save it as .xlsx")]
    [InlineData("t.dat", "x", "no format")]
    [InlineData("t.xlsx", "x", "not readable as an Excel workbook")]
    [InlineData("t.parquet", "x", "not readable as Parquet")]
    [InlineData("t.json", "{", "not readable as JSON")]
    [InlineData("t.json", "{}", "list of objects")]
    public void Read_OfWhatIsNoTable_SaysWhy(string name, string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<TableException>(() => Read(name, text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAnAbsentFileOrAFolder_SaysSo()
    {
        Assert.Contains("does not exist", Assert.Throws<TableException>(() => TableFile.Read(_folder["absent.csv"])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["folder.csv"]);
        Assert.Contains("folder", Assert.Throws<TableException>(() => TableFile.Read(_folder["folder.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeRows_InAnyOrder_KeepsCellsAndNumbers()
    {
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 5].Array[3].Array[1, 8], Gen.Int[0, 1000].Array[1, 9]).Sample((cells, picks) =>
        {
            cells = [.. cells.Select((row, i) => (string[])[$"r{i}", .. row])];
            DataTable table = DataTable.Of("t", ["id", "a", "b", "c"], cells);
            int[] rows = [.. picks.Select(p => p % cells.Length)];

            DataTable taken = table.TakeRows(rows);

            Assert.Equal(rows.Length, taken.RowCount);
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(rows[i] + 2, taken.RowNumber(i));
                Assert.Equal(cells[rows[i]], Enumerable.Range(0, 4).Select(c => taken.Cell(i, c).ToString()));
            }
        });
    }

    private DataTable Read(string name, string text, TableFormat? format = null) => TableFile.Read(_folder.Write(name, text), format);
}
