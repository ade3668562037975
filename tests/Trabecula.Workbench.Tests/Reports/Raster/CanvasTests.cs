using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using Trabecula.Workbench.Reports.Raster;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports.Raster;

public sealed class CanvasTests
{
    private static readonly Ink Black = new(0, 0, 0, 1);

    private static readonly Gen<Spot> Inside = Gen.Select(Gen.Double[0.1, 15.9], Gen.Double[0.1, 15.9], (x, y) => new Spot(x, y));

    [Fact]
    public void Fill_Triangles_CoverTheirArea() => Gen.Select(Inside, Inside, Inside).Sample((a, b, c) =>
    {
        var canvas = new Canvas(16, 16);
        canvas.Fill([[a, b, c]], Black);
        double covered = 0;
        for (int i = 0; i < canvas.Pixels.Length; i += 3)
            covered += (255 - canvas.Pixels[i]) / 255.0;
        double area = Math.Abs((b.X - a.X) * (c.Y - a.Y) - (c.X - a.X) * (b.Y - a.Y)) / 2;
        // Each pixel of the edge is rounded to one of 255 shades.
        Assert.InRange(covered, area - 0.15, area + 0.15);
    });

    [Fact]
    public void Fill_PartOfAPixel_GivesItsShareOfInk()
    {
        var canvas = new Canvas(3, 1);
        canvas.Fill([[new(0.5, 0), new(2.25, 0), new(2.25, 1), new(0.5, 1)]], Black);
        Assert.Equal([128, 128, 128, 0, 0, 0, 191, 191, 191], canvas.Pixels.ToArray());
    }

    [Fact]
    public void Fill_HoleTurningTheOtherWay_StaysPaper()
    {
        var canvas = new Canvas(5, 5);
        canvas.Fill([[new(0, 0), new(5, 0), new(5, 5), new(0, 5)], [new(1, 1), new(1, 4), new(4, 4), new(4, 1)]], Black);
        Assert.Equal(0, canvas.Pixels[0]);
        Assert.Equal(255, canvas.Pixels[3 * (2 * 5 + 2)]);
    }

    [Fact]
    public void Fill_OutlinesBeyondThePage_AreCutOff()
    {
        var canvas = new Canvas(2, 2);
        canvas.Fill([[new(-3, -3), new(9, -3), new(9, 9), new(-3, 9)]], Black);
        Assert.All(canvas.Pixels.ToArray(), shade => Assert.Equal(0, shade));
    }

    [Fact]
    public void Stroke_OfDashes_HasTheirLengths()
    {
        var canvas = new Canvas(20, 2);
        canvas.Fill(new Pen(2, [4, 2]).Stroke(new Polyline([new(0, 1), new(20, 1)], false)), Black);
        Assert.Equal("####..####..####..##", string.Concat(Enumerable.Range(0, 20).Select(x => canvas.Pixels[3 * x] == 0 ? '#' : '.')));
    }

    [Theory]
    [InlineData("M10 2a6 6 0 0 1 0 12a6 6 0 0 1 0 -12", 6 * 6 * Math.PI)]
    [InlineData("M10 2A6 6 0 1 0 16 8L10 8z", 6 * 6 * Math.PI * 0.75)]
    [InlineData("M10 2A6 6 0 0 1 16 8L10 8z", 6 * 6 * Math.PI * 0.25)]
    [InlineData("M4 8a6 3 0 01 12 0a6 3 0 01-12 0", 6 * 3 * Math.PI)]
    public void Fill_OfArcs_CoversTheirArea(string path, double area)
    {
        var canvas = new Canvas(20, 16);
        canvas.Fill([.. PathData.Read(path).Select(line => line.Spots)], Black);
        double covered = Enumerable.Range(0, 20 * 16).Sum(i => (255 - canvas.Pixels[3 * i]) / 255.0);
        // Straight pieces of 11 degrees lie within the arc by half a percent of its area.
        Assert.InRange(covered, 0.985 * area, 1.005 * area);
    }

    [Fact]
    public void Png_OfAPage_HoldsItsPixelsAndResolution()
    {
        var canvas = new Canvas(400, 7);
        canvas.Fill(Enumerable.Range(0, 60).Select(i => Curves.Circle(new Spot(6 * i, 3), 2.6, 11)).ToList(), new Ink(200, 10, 77, 0.8));
        byte[] png = ColourPng.Encode(canvas, 300);
        int resolution = png.AsSpan().IndexOf("pHYs"u8), data = png.AsSpan().IndexOf("IDAT"u8);
        Assert.Equal(11811, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(resolution + 4)));
        using var zlib = new ZLibStream(new MemoryStream(png, data + 4, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4))), CompressionMode.Decompress);
        var rows = new byte[7 * 1201];
        zlib.ReadExactly(rows);
        Assert.Equal(-1, zlib.ReadByte());
        var above = new byte[1200];
        for (int y = 0; y < 7; y++)
        {
            Assert.Equal(2, rows[1201 * y]);
            for (int x = 0; x < 1200; x++)
                above[x] += rows[1201 * y + 1 + x];
            Assert.True(above.AsSpan().SequenceEqual(canvas.Pixels.Slice(1200 * y, 1200)), $"Row {y} differs.");
        }
    }

    [Fact]
    public void Compress_AnyBytes_IsReadBackByAnyInflater() => Gen.Select(Gen.Byte, Gen.Int[1, 700]).Array[0, 12].Sample(runs =>
    {
        byte[] data = [.. runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2))];
        using var zlib = new ZLibStream(new MemoryStream(RunLengthZlib.Compress(data)), CompressionMode.Decompress);
        using var back = new MemoryStream();
        zlib.CopyTo(back);
        Assert.Equal(data, back.ToArray());
    });
}
