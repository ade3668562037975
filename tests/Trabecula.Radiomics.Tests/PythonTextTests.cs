using Xunit;

namespace Trabecula.Radiomics.Tests;

public sealed class PythonTextTests
{
    // Right-hand sides printed by CPython 3.11.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-892, "-892.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-0.000012345, "-1.2345e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2047949757.0324001, "2047949757.0324001")]
    [InlineData(-3.203426503814917e-16, "-3.203426503814917e-16")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    public void Float_AnyMagnitude_IsPythonsRepr(double value, string expected) => Assert.Equal(expected, PythonText.Of(value));

    [Fact]
    public void Nested_AllKinds_ArePythonsRepr()
    {
        DiagnosticValue value = DiagnosticValue.Dictionary(
        [
            new("a'b", DiagnosticValue.Text("it's")),
            new("n", DiagnosticValue.None),
            new("t", DiagnosticValue.Floats(0.78, 3)),
            new("one", DiagnosticValue.Integers(7)),
            new("l", new DiagnosticValue.ListValue([DiagnosticValue.Boolean(true), DiagnosticValue.Boolean(false)])),
            new("d", DiagnosticValue.Dictionary([])),
        ]);
        Assert.Equal("""{"a'b": "it's", 'n': None, 't': (0.78, 3.0), 'one': (7,), 'l': [True, False], 'd': {}}""", PythonText.Of(value));
    }

    [Fact]
    public void Text_AtTheTop_IsBare() => Assert.Equal("3D", PythonText.Of(DiagnosticValue.Text("3D")));
}
