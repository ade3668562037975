using System.Globalization;
using System.Text.RegularExpressions;
using Trabecula.Imaging.Tests.Dicom;
using Trabecula.Workbench.Deidentifying;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Deidentifying;

public sealed class TableDeidentificationTests : IDisposable
{
    private const string Cohort = """
        Patient Name,PatientID,Geburtsdatum,Sex,Age,CT date,Surgery,Level,Referring,Remark,Phone,Mail,case_no,file,read by,Outcome
        PLANTED Erika,4711,01.03.1950,F,70,2020-05-17 10:31:00,2020-05-20,L1,PLANTED,called PLANTED back,079 123 45 67,planted@x.org,900011,/data/PLANTED/1.nii,reader,1
        PLANTED Max,4712,24.12.1948,M,72,2020-06-01,2020-06-03,L2,PLANTED,PLANTED,079 123 45 68,planted@y.org,900012,/data/PLANTED/2.nii,reader,0
        PLANTED Jane,4713,02.01.1929,F,91,2020-06-02,unknown,T12,PLANTED,PLANTED again,079 123 45 69,planted@z.org,900013,/data/PLANTED/3.nii,reader,0
        PLANTED Jane,4713,02.01.1929,F,91,2021-06-02,2021-06-09,L3,PLANTED,no,079 123 45 69,planted@z.org,900014,/data/PLANTED/4.nii,reader,1

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.tsv")]
    [InlineData("out.xlsx")]
    [InlineData("out.parquet")]
    public void Run_TableOfNamedPatients_KeepsWhatIsMeasuredAndNoWordOfThem(string output)
    {
        (IReadOnlyList<ColumnTreatment> columns, IReadOnlyList<string> summary) = Run(Cohort, request => request with { Output = _folder[output] });

        DataTable table = TableFile.Read(_folder[output]);
        Assert.Equal(["PatientID", "Geburtsdatum", "Sex", "Age", "CT date", "Surgery", "Level", "read by", "Outcome"], table.Columns);
        Assert.Equal(4, table.RowCount);
        string all = string.Join('\n', Enumerable.Range(0, table.Columns.Count).SelectMany(table.Texts)) + string.Join('\n', [.. summary, .. columns.Select(column => column.ToString())]);
        // Pseudonyms are drawn by chance, and hold any three digits now and then.
        string words = Regex.Replace(all, "S-[0-9A-F]{12}", "");
        foreach (string planted in (string[])["planted", "471", "01.03.1950", "2020-05-17 10:31", "079", "90001"])
            Assert.DoesNotContain(planted, words, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(table.Texts(0).Order(StringComparer.Ordinal), table.Texts(0));
        Assert.Equal(3, table.Texts(0).Distinct().Count());
        Assert.Equal(16, columns.Count);
        Assert.Contains("1 other cell was emptied", columns.Single(column => column.Column == "Surgery").Reason, StringComparison.Ordinal);
        Assert.Contains("above 89", columns.Single(column => column.Column == "Age").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DatesOfASubject_KeepTheirIntervalsAndTimesOfDay()
    {
        Run(Cohort);
        DataTable table = TableFile.Read(_folder["out.csv"]);
        int[] jane = [.. Enumerable.Range(0, 4).Where(row => table.Text(row, table.Find("Age")) == "91")];
        DateOnly[] scans = [.. jane.Select(row => Day(table, row, "CT date"))];
        Assert.Equal(365, scans[1].DayNumber - scans[0].DayNumber);
        Assert.Equal(7, Day(table, jane[1], "Surgery").DayNumber - scans[1].DayNumber);
        Assert.Equal("", table.Text(jane[0], table.Find("Surgery")));
        int erika = Enumerable.Range(0, 4).Single(row => table.Text(row, table.Find("Age")) == "70");
        Assert.EndsWith(" 10:31:00", table.Text(erika, table.Find("CT date")), StringComparison.Ordinal);
        DateOnly born = DateOnly.ParseExact(table.Text(erika, table.Find("Geburtsdatum")), "dd.MM.yyyy", CultureInfo.InvariantCulture);
        Assert.Equal(new DateOnly(2020, 5, 17).DayNumber - new DateOnly(1950, 3, 1).DayNumber, Day(table, erika, "CT date").DayNumber - born.DayNumber);
    }

    [Fact]
    public void Run_TableAndDicomOfOneKey_HaveOnePseudonymAndOneShift()
    {
        Directory.CreateDirectory(_folder["ct"]);
        File.WriteAllBytes(_folder["ct/1.dcm"], DicomBytes.Slice(1, 0, new short[64], 8).Text(0x0010, 0x0020, "LO", "4712").Text(0x0008, 0x0020, "DA", "20200601").File());
        DeidentificationRun.Run(_folder["ct"], _folder["clean"], _folder["study.key"], shiftDates: true, cancellationToken: Token);
        Run(Cohort, request => request with { Linkage = _folder["linkage.csv"] });

        DataTable table = TableFile.Read(_folder["out.csv"]);
        int max = Enumerable.Range(0, 4).Single(row => table.Text(row, table.Find("Age")) == "72");
        string dicom = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder["clean"]))));
        Assert.Contains(table.Text(max, 0), dicom, StringComparison.Ordinal);
        Assert.Contains(Day(table, max, "CT date").ToString("yyyyMMdd", CultureInfo.InvariantCulture), dicom, StringComparison.Ordinal);
        Assert.Contains("113107", dicom, StringComparison.Ordinal);
        Assert.DoesNotContain("20200601", dicom, StringComparison.Ordinal);
        DataTable linkage = TableFile.Read(_folder["linkage.csv"]);
        int row = Array.IndexOf(linkage.Texts(0), "4712");
        Assert.Equal(table.Text(max, 0), linkage.Text(row, 1));
        Assert.Equal(new DateOnly(2020, 6, 1).AddDays(-int.Parse(linkage.Text(row, 2), CultureInfo.InvariantCulture)), Day(table, max, "CT date"));
    }

    [Fact]
    public void Run_AnotherKey_GivesOtherPseudonyms()
    {
        Run(Cohort);
        Run(Cohort, request => request with { Key = _folder["other.key"], Output = _folder["other.csv"] });
        Assert.Empty(TableFile.Read(_folder["out.csv"]).Texts(0).Intersect(TableFile.Read(_folder["other.csv"]).Texts(0)));
    }

    [Theory]
    [InlineData("velocity", "1.5,2.5,3.25", "Kept")]
    [InlineData("days_to_surgery", "3,14,200", "Kept")]
    [InlineData("VoxelNum", "123456,98765,1000000", "Kept")]
    [InlineData("grade", "I,IV,II", "Kept")]
    [InlineData("centre", "Bern,Bern,Bern", "Kept")]
    [InlineData("hospital", "Bern,Bern,Bern", "Dropped")]
    [InlineData("hospital_stay", "3,14,21", "Kept")]
    [InlineData("birth_year", "1950,1948,1929", "Dropped")]
    [InlineData("Scan ID", "17,18,20", "Dropped")]
    [InlineData("copy", "a1,a2,a3", "Dropped")]
    [InlineData("index", "4,5,6", "Dropped")]
    [InlineData("Patientenname", "1,1,1", "Dropped")]
    [InlineData("Straße", "x,x,x", "Dropped")]
    [InlineData("info", "seen 3.4.2020,x,x", "Dropped")]
    [InlineData("scan_date", "20200301,20200302,20200303", "Shifted")]
    [InlineData("visit", "31/12/2019,1/2/2020,", "Shifted")]
    public void Run_Column_IsTreatedByItsNameAndCells(string name, string cells, string expected)
    {
        string[] each = cells.Split(',');
        (IReadOnlyList<ColumnTreatment> columns, _) = Run($"PatientID;{name}\na1;{each[0]}\na2;{each[1]}\na3;{each[2]}\n");
        Assert.Equal((name, expected), (columns[1].Column, columns[1].Treatment.ToString()));
    }

    [Fact]
    public void Run_WhatTheUserSaysOfAColumn_GoesBeforeWhatItSeems()
    {
        (IReadOnlyList<ColumnTreatment> columns, _) = Run(
            "nr,ID,centre,hospital,age,when\n7,a,Bern,Bern,50,3/4/2020\n8,b,Bern,Basel,60,5/6/2020\n9,b,Bern,Genf,61,7/8/2020\n",
            request => request with { Subject = "ID", Keep = ["hospital", "nr"], Drop = ["age"], Dates = ["when"], DateFormat = "d/M/yyyy" });
        Assert.Equal(
            ["Kept", "Pseudonyms", "Kept", "Kept", "Dropped", "Shifted"], columns.Select(column => column.Treatment.ToString()));
        DataTable table = TableFile.Read(_folder["out.csv"]);
        DateOnly[] b = [.. Enumerable.Range(0, 3).Where(row => table.Text(row, table.Find("hospital")) != "Bern")
            .Select(row => DateOnly.ParseExact(table.Text(row, table.Find("when")), "d/M/yyyy", CultureInfo.InvariantCulture))];
        Assert.Equal(new DateOnly(2020, 8, 7).DayNumber - new DateOnly(2020, 6, 5).DayNumber, b[1].DayNumber - b[0].DayNumber);
    }

    [Theory]
    [InlineData("PatientID,when\na,3/4/2020\nb,5/6/2020\n", "d/M/yyyy or M/d/yyyy|--date-format|column when")]
    [InlineData("PatientID,x\na,1\n,2\nc,3\n", "row 3|without a subject")]
    [InlineData("name,x\na,1\nb,2\n", "--id")]
    [InlineData("PatientID,Subject,x\na,1,1\nb,2,2\n", "several columns|PatientID, Subject")]
    public void Run_WhatOnlyAHumanKnows_IsAskedForAndNothingIsWritten(string table, string expected)
    {
        string message = Assert.Throws<ExtractionException>(() => Run(table)).Message;
        foreach (string part in expected.Split('|'))
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Equal(["in.csv"], _folder.Names);
    }

    [Theory]
    [InlineData("out.csv", "")]
    [InlineData("linkage.csv", "")]
    [InlineData("study.key", "")]
    public void Run_FilesThatAreThere_AreNotOverwritten(string name, string text)
    {
        _folder.Write(name, text);
        Assert.Throws<ExtractionException>(() => Run(Cohort, request => request with { Linkage = _folder["linkage.csv"] }));
        Assert.Equal(text, File.ReadAllText(_folder[name]));
        Assert.Equal((string[])[.. new[] { "in.csv", name }.Order(StringComparer.Ordinal)], _folder.Names);
    }

    [Fact]
    public void Run_ColumnsThatAreNotThereOrNamedTwice_AreAllSaid()
    {
        string message = Assert.Throws<ExtractionException>(() => Run(Cohort, request => request with { Drop = ["Aeg", "Sex"], Keep = ["Sex"] })).Message;
        Assert.Contains("Did you mean 'Age'?", message, StringComparison.Ordinal);
        Assert.Contains("column Sex: two things", message, StringComparison.Ordinal);
    }

    private (IReadOnlyList<ColumnTreatment> Columns, IReadOnlyList<string> Summary) Run(string table, Func<TableDeidentificationRequest, TableDeidentificationRequest>? change = null)
    {
        var request = new TableDeidentificationRequest { Input = _folder.Write("in.csv", table), Output = _folder["out.csv"], Key = _folder["study.key"] };
        return TableDeidentification.Run(change?.Invoke(request) ?? request, Token);
    }

    private static DateOnly Day(DataTable table, int row, string column) => DateOnly.ParseExact(table.Text(row, table.Find(column))[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
