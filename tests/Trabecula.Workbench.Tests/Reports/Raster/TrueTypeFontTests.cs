using Trabecula.Workbench.Reports.Raster;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports.Raster;

public sealed class TrueTypeFontTests
{
    [Fact]
    public void Width_OfLetters_IsThatOfDejaVuSans()
    {
        // Advances of DejaVu Sans 2.37 in 2048ths of an em: space 651, i 569, m 1995; bold m 2134.
        Assert.Equal((651 + 569 + 1995) / 2048.0, TrueTypeFont.Regular.Width(" im"), 1e-12);
        Assert.Equal(2134 / 2048.0, TrueTypeFont.Bold.Width("m"), 1e-12);
    }

    [Fact]
    public void Outlines_OfALetterWithHole_TurnOppositeWays()
    {
        double[] areas = [.. TrueTypeFont.Regular.Outlines("o").Select(Area)];
        Assert.Equal(2, areas.Length);
        Assert.True(areas[0] * areas[1] < 0);
    }

    [Fact]
    public void Outlines_OfLettersWithAccents_HaveBothParts()
    {
        Assert.Single(TrueTypeFont.Regular.Outlines("l"));
        Assert.Equal(TrueTypeFont.Regular.Outlines("u").Count + 2, TrueTypeFont.Regular.Outlines("ü").Count);
    }

    [Fact]
    public void Outlines_OfEveryLetterThatFiguresUse_AreThere()
    {
        int unknown = TrueTypeFont.Regular.Outlines("中").Count;
        Assert.All("abcXYZ019−–…·±≥≤αβσλéßÄ°²%|'\"()[]{}<>/\\&@#~^_", letter =>
        {
            List<List<Spot>> outlines = TrueTypeFont.Regular.Outlines(letter.ToString());
            Assert.NotEmpty(outlines);
            Assert.False(outlines.Count == unknown && outlines[0].SequenceEqual(TrueTypeFont.Regular.Outlines("中")[0]), $"'{letter}' is not in the font.");
        });
    }

    private static double Area(List<Spot> outline) => Enumerable.Range(0, outline.Count)
        .Sum(i => outline[i].X * outline[(i + 1) % outline.Count].Y - outline[(i + 1) % outline.Count].X * outline[i].Y);
}
