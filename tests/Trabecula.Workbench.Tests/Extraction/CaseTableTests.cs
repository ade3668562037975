using System.Text;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

public sealed class CaseTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Read_AnyDelimiterWithBomQuotesAndCase_KeepsEveryCell(char delimiter)
    {
        string text = "id,IMAGE,mask,Note\nA,a.nrrd,m/a.nrrd,\"says \"\"x\"\", twice\"\n\nB,/abs/b.nrrd,b.nrrd,Ü\n".Replace(',', delimiter);
        File.WriteAllText(_folder["c.csv"], text, new UTF8Encoding(true));
        CaseTable table = CaseTable.Read(_folder["c.csv"], readLabels: true);
        Assert.Equal(["id", "IMAGE", "mask", "Note"], table.Columns);
        Assert.Equal(["A", "a.nrrd", "m/a.nrrd", "says \"x\", twice".Replace(',', delimiter)], table.Rows[0].Cells);
        Assert.Equal((_folder["a.nrrd"], _folder["m/a.nrrd"]), (table.Rows[0].ImagePath, table.Rows[0].MaskPath));
        Assert.Equal("/abs/b.nrrd", table.Rows[1].ImagePath);
        Assert.Equal("Ü", table.Rows[1].Cells[3]);
        Assert.Equal(["A", "B"], table.Rows.Select(row => row.Subject));
        Assert.Null(table.Rows[0].Label);
    }

    [Fact]
    public void Read_DeviceOrTooLarge_IsRefusedUnread()
    {
        using (FileStream file = File.OpenWrite(_folder["large.csv"]))
            file.SetLength((1L << 28) + 1);
        Assert.Contains("has 268435457 bytes", Refusal("large.csv"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(_folder["zero.csv"], "/dev/zero");
        Assert.Contains("a pipe or a device", Refusal("zero.csv"), StringComparison.Ordinal);

        string Refusal(string name) => Assert.Throws<ExtractionException>(() => CaseTable.Read(_folder[name], readLabels: true)).Message;
    }

    [Fact]
    public void Read_ManyProblems_ReportsAllWithRowAndColumn()
    {
        string path = _folder.Write("c.csv", "ID,Image,Mask,Label\nA,a,a,1\nB,,b,0\n,c,c,-1\nA,d,d,1\nE,e\nA,f,f,2\nA,g,g,1\n");
        ExtractionException exception = Assert.Throws<ExtractionException>(() => CaseTable.Read(path, readLabels: true));
        Assert.Equal(
            $"""
            {path}: 6 problems.
              row 3, column Image: the cell is empty. Fill it, or delete the row.
              row 3, column Label: '0' is not a label. Write a whole number from 1 or a segment's name, or delete the column.
              row 4, column ID: the cell is empty. Fill it, or delete the row.
              row 4, column Label: '-1' is not a label. Write a whole number from 1 or a segment's name, or delete the column.
              row 6: 2 cells, but the header has 4. Check the delimiters and quotes of this row.
              rows 2, 5, 8, column ID: 'A' with label 1 stands 3 times. Give each case its own ID.
            """,
            exception.Message);
        Assert.True(exception.IsInputFault);
    }

    [Fact]
    public void Read_LabelsGivenElsewhere_ColumnDoesNotCount()
    {
        string path = _folder.Write("c.csv", "ID,Image,Mask,Label\nA,a,a,\nB,b,b,x\n");
        Assert.All(CaseTable.Read(path, readLabels: false).Rows, row => Assert.Null(row.Label));
    }

    [Fact]
    public void Read_LabelEmptyOrWithAPoint_IsNotGivenOrAWholeNumber()
    {
        string path = _folder.Write("c.csv", "ID,Image,Mask,Label\nA,a,a,\nB,b,b,2.0\nC,c,c, 3 \n");
        Assert.Equal([null, 2u, 3u], CaseTable.Read(path, readLabels: true).Rows.Select(row => row.Label));
    }

    [Fact]
    public void Read_MasksOfSeveralReaders_GivesARowForEachThatIsThere()
    {
        string path = _folder.Write("c.csv", "ID,Mask2,Image,Mask,Label,Mask4,Age\nA,a2,a,a1,3,a4,60\nB,,b,b1,3,b4,61\n");
        CaseTable table = CaseTable.Read(path, readLabels: true);
        Assert.Equal(["ID", "Image", "Mask", "Label", "Age", "Reader"], table.Columns);
        Assert.Equal(3, table.LabelColumn);
        Assert.Equal(["A,a,a1,3,60,1", "A,a,a2,3,60,2", "A,a,a4,3,60,4", "B,b,b1,3,61,1", "B,b,b4,3,61,4"], table.Rows.Select(row => string.Join(',', row.Cells)));
        Assert.Equal(["a1", "a2", "a4", "b1", "b4"], table.Rows.Select(row => Path.GetFileName(row.MaskPath)));
        Assert.Equal("A (reader 2)", table.Rows[1].Title);
    }

    [Fact]
    public void Read_SeveralReadersWithProblems_ReportsThemOnce()
    {
        string path = _folder.Write("c.csv", "ID,Image,Mask,Mask2\nA,a,m,m\nA,b,m,m\n");
        Assert.Equal($"{path}: rows 2, 3, column ID: 'A' stands 2 times. Give each case its own ID.", Refused());
        _folder.Write("c.csv", "ID,Image,Mask\n" + string.Concat(Enumerable.Repeat("A,a,m\n", 30)));
        Assert.Equal($"{path}: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 20 more, column ID: 'A' stands 30 times. Give each case its own ID.", Refused());
        _folder.Write("c.csv", "ID,Image,Mask,Mask2,Reader\nA,a,m,m,1\n");
        Assert.Contains("the column Reader will tell", Refused(), StringComparison.Ordinal);

        string Refused() => Assert.Throws<ExtractionException>(() => CaseTable.Read(path, readLabels: true)).Message;
    }

    [Fact]
    public void Read_ControlCharacter_IsRefused()
    {
        string path = _folder.Write("c.csv", "ID,Image,Mask\nA,a\0b,m\nB,a,\"m\nn\"\n");
        Assert.Equal(
            $"""
            {path}: 2 problems.
              row 2, column Image: the cell holds a control character (U+0000). Delete it.
              row 3, column Mask: the cell holds a control character (U+000A). Delete it.
            """,
            Assert.Throws<ExtractionException>(() => CaseTable.Read(path, readLabels: true)).Message);
    }

    [Theory]
    [InlineData("ID,Img,Mask\nA,a,a\n", "row 1: no column 'Image'; the columns are ID, Img, Mask. Name the columns Image and Mask.")]
    [InlineData("Image,Mask\n", "the table holds no case. Add one row for each image with its mask.")]
    [InlineData("Image,Mask,x,x\na,a,1,2\n", "row 1: the column 'x' stands twice. Rename or delete one.")]
    [InlineData("Image,image,Mask\na,a,a\n", "row 1: the columns Image and image both mean Image. Keep one.")]
    [InlineData("Image,Mask,original_shape_Volume\na,a,1\n", "row 1: the column 'original_shape_Volume' has the name of a result. Rename or delete it.")]
    public void Read_FaultyHeader_SaysWhatIsMissing(string text, string problem)
    {
        string path = _folder.Write("c.csv", text);
        Assert.Equal($"{path}: {problem}", Assert.Throws<ExtractionException>(() => CaseTable.Read(path, readLabels: true)).Message);
    }

    [Fact]
    public void Read_NotUtf8_SaysHowToSaveIt()
    {
        File.WriteAllBytes(_folder["c.csv"], Encoding.Latin1.GetBytes("Image,Mask\nMüller.nrrd,b.nrrd\n"));
        string message = Assert.Throws<ExtractionException>(() => CaseTable.Read(_folder["c.csv"], readLabels: true)).Message;
        Assert.Equal($"{_folder["c.csv"]}: the table is not in UTF-8. Save it as \"CSV UTF-8\".", message);
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt()
    {
        string message = Assert.Throws<ExtractionException>(() => CaseTable.Read(_folder["none.csv"], readLabels: true)).Message;
        Assert.Equal($"{_folder["none.csv"]}: the table does not exist. Check the path.", message);
    }

    [Theory]
    [InlineData("20,21 ,22")]
    [InlineData("20, 21,22")]
    public void Labels_List_KeepsItsOrder(string text) => Assert.Equal([20u, 21u, 22u], LabelSelection.Parse(text).Labels);

    [Fact]
    public void Labels_All_HasNoList() => Assert.Null(LabelSelection.Parse("ALL").Labels);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1,,2")]
    [InlineData("4294967296")]
    [InlineData("3,3")]
    public void Labels_NotLabels_AreRefused(string text) =>
        Assert.StartsWith($"--label {text}: ", Assert.Throws<ExtractionException>(() => LabelSelection.Parse(text)).Message, StringComparison.Ordinal);
}
