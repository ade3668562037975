using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

/// <summary>The digits of a table: those of a column agree, and a zero at the end is one of them.</summary>
public sealed class ReadableTableTests
{
    [Theory]
    [InlineData("score|0.10999999999|0.1|1.0700000001", "score|0.110|0.100|1.070")]
    [InlineData("slope|-0.15000000001|0|12.345678901", "slope|−0.15|0.00|12.35")]
    [InlineData("relevance|6864.722213|44.036912", "relevance|6865|44")]
    [InlineData("redundancy|0.0012345678|0.0099999", "redundancy|0.0012|0.0100")]
    [InlineData("ICI|0.0853456789|0.0329999999", "ICI|0.085|0.033")]
    [InlineData("tiny|0.00000012345678|0.5E-9", "tiny|1.235e−7|0.5E−9")]
    [InlineData("shares|419|8.6628123456|20", "shares|419|8.663|20")]
    [InlineData("threshold|0.1|0.25", "threshold|0.1|0.25")]
    [InlineData("chosen|2.15443469|l1|-3", "chosen|2.1544|l1|−3")]
    [InlineData("empty||0.123456789|", "empty||0.123|")]
    [InlineData("P|0.00001234567|0.9999999|0.0512345", "P|<0.001|>0.999|0.051")]
    [InlineData("P of Q|0.00001234567|0.0512345", "P of Q|<0.001|0.051")]
    public void PartsOf_Column_HasTheSameDecimalsWhereComputed(string column, string shown)
    {
        string[] cells = column.Split('|');
        ReportTable part = Assert.Single(ReadableTable.PartsOf(new ReportTable("t", "T", [cells[0]], [.. cells.Skip(1).Select(cell => (IReadOnlyList<string>)[cell])])));
        Assert.Equal(shown, string.Join('|', part.Columns.Concat(part.Rows.Select(row => row[0]))));
    }
}
