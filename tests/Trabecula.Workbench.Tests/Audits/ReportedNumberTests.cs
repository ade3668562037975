using Trabecula.Workbench.Audits;
using Xunit;

namespace Trabecula.Workbench.Tests.Audits;

/// <summary>Printed digits and the values that are printed so.</summary>
public sealed class ReportedNumberTests
{
    [Theory]
    [InlineData("0.910", 0.9104999, true)]
    [InlineData("0.910", 0.9106, false)]
    [InlineData("0.91", 0.9149, true)]
    [InlineData("91.0%", 0.91049, true)]
    [InlineData("91 %", 0.9149, true)]
    [InlineData("91.0%", 0.9106, false)]
    [InlineData(".5", 0.55, true)]
    [InlineData("-0.1", -0.12, true)]
    [InlineData("−0.1", -0.12, true)]
    [InlineData("−0.1", 0.12, false)]
    [InlineData("12", 12.5, true)]
    [InlineData("12", 12.6, false)]
    public void Fits_ValuesThatRoundToTheDigits(string text, double value, bool fits) => Assert.Equal(fits, ReportedNumber.Read(text)!.Fits(value));

    /// <summary>Digits are left out towards zero, whichever sign stands for minus.</summary>
    [Theory]
    [InlineData("-0.04")]
    [InlineData("−0.04")]
    public void FitsLoosely_NegativeNumber_MayBeCutOffTowardsZero(string text)
    {
        Assert.True(ReportedNumber.Read(text)!.FitsLoosely(-0.0499));
        Assert.False(ReportedNumber.Read(text)!.FitsLoosely(-0.0301));
        Assert.Equal(text, ReportedNumber.Read(text)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nine")]
    [InlineData("0,91")]
    [InlineData("1e-3")]
    [InlineData("<0.001")]
    [InlineData("NaN")]
    public void Read_AnythingElse_IsNone(string text) => Assert.Null(ReportedNumber.Read(text));
}
