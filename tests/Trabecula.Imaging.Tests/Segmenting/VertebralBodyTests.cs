using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Trabecula.Imaging.Agreement;
using Trabecula.Imaging.Segmenting;
using Xunit;

namespace Trabecula.Imaging.Tests.Segmenting;

/// <summary>
/// The preset on the bodies of two lumbar CTs, and the table of it in docs/guide/segmentation.md:
/// <c>TRABECULA_WRITE_SEGMENTATION=1</c> writes it again.
/// </summary>
public sealed class VertebralBodyTests
{
    private const string Begin = "<!-- segmentation table -->\n", End = "<!-- end of segmentation table -->";

    private const double ShiftMm = 5;

    // The shifted seeds take half a minute: only who writes the table waits for them.
    private static readonly bool s_writes = Environment.GetEnvironmentVariable("TRABECULA_WRITE_SEGMENTATION") is { Length: > 0 };

    [Fact]
    public void Around_SeedInEachLumbarBody_AgreesAsTheGuideSays()
    {
        var table = new StringBuilder("| CT | body | reference, cm3 | found, cm3 | Dice | mean surface distance, mm | worst Dice of 6 shifts by 5 mm |\n|---|---|---|---|---|---|---|\n");
        foreach (string folder in (string[])[LumbarBodies.Thick, LumbarBodies.Fine])
        {
            Volume image = LumbarBodies.Image(folder);
            foreach ((string name, VoxelSet body, bool cut) in LumbarBodies.Of(folder))
            {
                (int X, int Y, int Z) seed = LumbarBodies.Middle(body);
                VoxelSet found = VertebralBody.Around(image, seed, TestContext.Current.CancellationToken);
                MaskAgreement agreement = LumbarBodies.Compare(found, body);
                double? worst = !s_writes ? null : Shifts(image, seed).Select(shifted => LumbarBodies.Compare(VertebralBody.Around(image, shifted, TestContext.Current.CancellationToken), body).Dice).Min();
                table.Append(CultureInfo.InvariantCulture,
                    $"| {folder}{(folder == LumbarBodies.Thick ? ", 3 mm" : ", 1.5 mm")} | {name}{(cut ? ", cut off by the scan" : "")} | {body.VolumeMm3 / 1000:0.0} | {found.VolumeMm3 / 1000:0.0} | {agreement.Dice:0.00} | {agreement.MeanSurfaceDistanceMm:0.0} | {worst:0.00} |\n");
                if (!cut)
                {
                    Assert.InRange(agreement.Dice, 0.85, 1);
                    Assert.InRange(worst ?? 1, 0.84, 1);
                }
            }
        }
        CheckGuide(table.ToString());
    }

    [Fact]
    public void Around_SeedOutsideOfTheImage_IsRefused()
    {
        Volume image = Volume.Create(new VolumeGeometry(new(4, 4, 4), new(1, 1, 1), default, Matrix3D.Identity), new short[64]);
        Assert.Contains("(4, 4, 4)", Assert.Throws<ImagingException>(() => VertebralBody.Around(image, (0, -1, 0), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Around_CylinderOfBoneBetweenDiscs_FindsItAtAnyTilt(double tilt)
    {
        // Without cortex the surface lies half a millimetre within: 0.94 is the Dice of that.
        // An elliptic cylinder of 46 x 34 x 27 mm and 150 HU with discs of 80 HU and muscle of 50 HU around, 1 x 1 x 2 mm.
        var geometry = new VolumeGeometry(new(90, 80, 40), new(1, 1, 2), new(-45, -40, -40), Matrix3D.Identity);
        var template = BodyTemplate.Tilted(default, new(23, 17, 13.5), tilt);
        var voxels = new short[geometry.Size.Count];
        var bone = new bool[voxels.Length];
        for (int i = 0; i < voxels.Length; i++)
        {
            Vector3D own = template.TurnedBack(geometry.IndexToPoint(new(i % 90, i / 90 % 80, i / 7200)));
            bool column = own.X * own.X / (23 * 23) + own.Y * own.Y / (17 * 17) <= 1;
            bone[i] = column && Math.Abs(own.Z) <= 13.5;
            voxels[i] = (short)(bone[i] ? 150 : column && Math.Abs(own.Z) <= 22 ? 80 : column ? 150 : 50);
        }
        VoxelSet found = VertebralBody.Around(Volume.Create(geometry, voxels), (48, 38, 21), TestContext.Current.CancellationToken);
        Assert.InRange(LumbarBodies.Compare(found, VoxelSet.Of(geometry, bone)).Dice, 0.92, 1);
    }

    private static IEnumerable<(int X, int Y, int Z)> Shifts(Volume image, (int X, int Y, int Z) seed)
    {
        Vector3D spacing = image.Geometry.SpacingMm;
        VolumeSize size = image.Geometry.Size;
        (int x, int y, int z) = ((int)Math.Round(ShiftMm / spacing.X), (int)Math.Round(ShiftMm / spacing.Y), (int)Math.Round(ShiftMm / spacing.Z));
        return new[]
        {
            (seed.X + x, seed.Y, seed.Z), (seed.X - x, seed.Y, seed.Z), (seed.X, seed.Y + y, seed.Z), (seed.X, seed.Y - y, seed.Z), (seed.X, seed.Y, seed.Z + z), (seed.X, seed.Y, seed.Z - z),
        }.Select(at => (Math.Clamp(at.Item1, 0, size.X - 1), Math.Clamp(at.Item2, 0, size.Y - 1), Math.Clamp(at.Item3, 0, size.Z - 1)));
    }

    private static void CheckGuide(string table, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "docs", "guide", "segmentation.md");
        string guide = File.ReadAllText(path).ReplaceLineEndings("\n");
        int begin = guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = guide.IndexOf(End, StringComparison.Ordinal);
        if (s_writes)
            File.WriteAllText(path, guide[..begin] + table + guide[end..]);
        else
            Assert.Equal(WithoutLast(guide[begin..end]), WithoutLast(table));

        static string[] WithoutLast(string table) => [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => string.Join('|', row.Split('|')[..7])).Skip(2)];
    }
}
