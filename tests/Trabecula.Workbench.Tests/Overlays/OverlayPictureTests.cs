using Trabecula.Imaging;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Overlays;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Overlays;

public sealed class OverlayPictureTests : IDisposable
{
    private const int Panel = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Directions => ["LPS", "RAS", "SLA", "PIR"];

    /// <summary>A bright mark to the left, behind and above the region must be seen there, however the voxels run.</summary>
    [Theory]
    [MemberData(nameof(Directions))]
    public void Paint_MarkedSideOfTheBody_IsShownOnItsSide(string directions)
    {
        VolumeGeometry geometry = Grid(directions);
        (Volume image, VoxelSet region) = Marked(geometry);

        PalettePicture picture = OverlayPicture.Paint(image, region, "S1", Panel);

        // All panels have one scale and are as wide as the body's 60 mm.
        Assert.Equal(3 * Panel + 16, picture.Width);
        (double axialX, double axialY) = CentreOfWhite(picture, 0);
        (double sagittalX, double sagittalY) = CentreOfWhite(picture, Panel + 8);
        (double coronalX, double coronalY) = CentreOfWhite(picture, 2 * (Panel + 8));
        Assert.True(axialX > 0.55 && axialY > 0.55, $"axial {axialX:0.00} {axialY:0.00}");
        Assert.True(sagittalX > 0.55 && sagittalY < 0.45, $"sagittal {sagittalX:0.00} {sagittalY:0.00}");
        Assert.True(coronalX > 0.55 && coronalY < 0.45, $"coronal {coronalX:0.00} {coronalY:0.00}");
    }

    /// <summary>A cube in millimetres stays a square on voxels of 1 x 2 x 5 mm, and is an outline, not a fill.</summary>
    [Fact]
    public void Paint_CubeOnAnisotropicVoxels_IsASquareOutlineInEveryPlane()
    {
        VolumeGeometry geometry = Grid("LPS");
        (Volume image, VoxelSet region) = Marked(geometry);

        PalettePicture picture = OverlayPicture.Paint(image, region, "S1", Panel);

        for (int left = 0; left < picture.Width; left += Panel + 8)
        {
            (int X, int Y)[] outline = [.. Pixels(picture, left).Where(at => picture[at.X, at.Y] == PalettePicture.Outline)];
            int width = outline.Max(at => at.X) - outline.Min(at => at.X), height = outline.Max(at => at.Y) - outline.Min(at => at.Y);
            Assert.InRange(width, 96, 104);
            Assert.InRange(height, 96, 104);
            // Two pixels wide all around 20 mm at 5 pixels a millimetre; a fill would be ten thousand.
            Assert.InRange(outline.Length, 600, 1000);
        }
    }

    [Fact]
    public void Run_CasesWithAndWithoutRegion_PaintsWhatThereIsAndNamesTheRest()
    {
        (Volume image, VoxelSet region) = Marked(Grid("RAS"));
        VolumeFile.Write(_folder["image.nrrd"], image, Token);
        VolumeFile.Write(_folder["mask.nrrd"], region.ToMask().Labels, Token);
        string table = _folder.Write("cases.csv", "ID,Image,Mask,Label\nS/1,image.nrrd,mask.nrrd,1\nS2,image.nrrd,mask.nrrd,7\nS3,gone.nrrd,mask.nrrd,1\n");

        Assert.Equal((1, 2), Run(table).Beside.Overlays);
        Assert.Equal(["S-1_label-1.png", "contact-sheet.html"], Directory.GetFiles(_folder["o"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string sheet = File.ReadAllText(Path.Combine(_folder["o"], "contact-sheet.html"));
        Assert.Contains("S/1, label 1", sheet, StringComparison.Ordinal);
        Assert.Contains("S2, label 7: no picture", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("http", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TableWithoutIds_NamesPicturesByRowNotByPath()
    {
        (Volume image, VoxelSet region) = Marked(Grid("LPS"));
        VolumeFile.Write(_folder["Musterfrau.nrrd"], image, Token);
        VolumeFile.Write(_folder["mask.nrrd"], region.ToMask().Labels, Token);
        string table = _folder.Write("cases.csv", "Image,Mask\nMusterfrau.nrrd,mask.nrrd\n");

        Run(table);

        Assert.True(File.Exists(Path.Combine(_folder["o"], "row-2_label-1.png")));
    }

    private ExtractionReport Run(string table) => new FeatureExtraction(new ExtractionRequest
    {
        Input = new ExtractionInput.Table(table),
        ParameterFile = _folder.Write("p.yaml", "featureClass: {firstorder: [Mean]}"),
        Output = _folder["f.csv"],
        OverlaysFolder = _folder["o"],
    }).Run(null, Token);

    /// <summary>A body of 60 mm in voxels of 1 x 2 x 5 mm along its own axes, whatever directions these have.</summary>
    private static VolumeGeometry Grid(string directions)
    {
        var columns = new double[9];
        for (int axis = 0; axis < 3; axis++)
        {
            int row = "LPS".IndexOf(directions[axis], StringComparison.Ordinal);
            (int place, double sign) = row >= 0 ? (row, 1.0) : ("RAI".IndexOf(directions[axis], StringComparison.Ordinal), -1.0);
            columns[3 * place + axis] = sign;
        }
        return new(new(60, 30, 12), new(1, 2, 5), new(5, -7, 11), new(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7], columns[8]));
    }

    private static (Volume Image, VoxelSet Region) Marked(VolumeGeometry geometry)
    {
        VolumeSize size = geometry.Size;
        var voxels = new short[size.Count];
        var inside = new bool[size.Count];
        Vector3D middle = geometry.IndexToPoint(new((size.X - 1) / 2.0, (size.Y - 1) / 2.0, (size.Z - 1) / 2.0));
        for (int i = 0; i < voxels.Length; i++)
        {
            Vector3D at = geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / (size.X * size.Y)));
            double[] offset = [at.X - middle.X, at.Y - middle.Y, at.Z - middle.Z];
            inside[i] = offset.All(mm => Math.Abs(mm) < 10);
            // Bars to the left, behind and above: each plane cuts two of them.
            bool mark = Enumerable.Range(0, 3).Any(axis => offset[axis] is > 18 and < 26 && offset.Where((_, other) => other != axis).All(mm => Math.Abs(mm) < 10));
            voxels[i] = (short)(mark ? 2000 : -1000);
        }
        return (Volume.Create(geometry, voxels), VoxelSet.Of(geometry, inside));
    }

    private static IEnumerable<(int X, int Y)> Pixels(PalettePicture picture, int left) =>
        from y in Enumerable.Range(picture.Height - Panel, Panel) from x in Enumerable.Range(left, Panel) select (x, y);

    private static (double X, double Y) CentreOfWhite(PalettePicture picture, int left)
    {
        // The letters stand at the edges and are as bright: they are left out.
        (int X, int Y)[] white = [.. Pixels(picture, left).Where(at => picture[at.X, at.Y] is > 240 and < PalettePicture.Outline
            && at.X - left is > 25 and < Panel - 25 && at.Y - (picture.Height - Panel) is > 25 and < Panel - 25)];
        Assert.NotEmpty(white);
        return (white.Average(at => at.X - left) / Panel, white.Average(at => at.Y - (picture.Height - Panel)) / Panel);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
