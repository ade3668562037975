using System.Globalization;
using Trabecula.Imaging;
using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class MeasureTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Measure_ThreeBodies_GivesTheMiddleOnesReductionAgainstItsNeighbours()
    {
        SpineBlocks.Write(_trabecula.Folder);
        TrabeculaProcess.Result result = _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "m.csv", "--id", "S-7", "--pictures", "pictures");

        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        string[][] rows = [.. _trabecula.Read("m.csv").TrimEnd().Split('\n').Select(line => line.Split(','))];
        Assert.Equal(["ID", "Label"], rows[0][..2]);
        Assert.Equal(["S-7", "S-7", "S-7"], rows[1..].Select(row => row[0]));
        Assert.Equal(["20", "21", "22"], rows[1..].Select(row => row[1]));
        int anterior = Array.IndexOf(rows[0], "Anterior_height_mm"), reduction = Array.IndexOf(rows[0], "Anterior_reduction_ratio"), core = Array.IndexOf(rows[0], "Core_mean_HU_eroded_4_mm");
        Assert.Equal(28, Number(rows[1][anterior]), 0.5);
        Assert.Equal(28 * (0.5 + 0.5 * 0.15), Number(rows[2][anterior]), 0.7);
        Assert.Equal(1 - (0.5 + 0.5 * 0.15), Number(rows[2][reduction]), 0.03);
        Assert.Equal(250, Number(rows[2][core]), 1e-9);
        Assert.Equal(["20.svg", "21.svg", "22.svg"], Directory.EnumerateFiles(Path.Combine(_trabecula.Folder, "pictures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("label 21, middle plane", _trabecula.Read("pictures/21.svg"), StringComparison.Ordinal);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Measure_OneLabelForSeveralParts_IsSaid()
    {
        SpineBlocks.Write(_trabecula.Folder);
        string path = Path.Combine(_trabecula.Folder, "bodies.nrrd");
        var bodies = (Volume<byte>)VolumeFile.Read(path, TestContext.Current.CancellationToken);
        // A body and a flank of the next.
        byte[] one = [.. bodies.Voxels.ToArray().Select((label, i) => label == 21 || label == 20 && i % bodies.Geometry.Size.X < 22 ? (byte)21 : (byte)0)];
        VolumeFile.Write(path, Volume.Create(bodies.Geometry, one), TestContext.Current.CancellationToken);

        TrabeculaProcess.Result result = _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "m.csv");

        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        Assert.StartsWith("label 21 lies in parts, of which the largest has 7", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_OneOfTheLabels_SaysNothingOfTheOthers()
    {
        SpineBlocks.Write(_trabecula.Folder);
        string path = Path.Combine(_trabecula.Folder, "bodies.nrrd");
        var bodies = (Volume<byte>)VolumeFile.Read(path, TestContext.Current.CancellationToken);
        // A single voxel, which has no endplates.
        int first = bodies.Voxels.IndexOf((byte)22);
        VolumeFile.Write(path, Volume.Create(bodies.Geometry, [.. bodies.Voxels.ToArray().Select((label, i) => label == 22 && i != first ? (byte)0 : label)]), TestContext.Current.CancellationToken);

        Assert.Equal("m.csv: 1 body\n", _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "m.csv", "--label", "20").Output);
        Assert.StartsWith("label 22 was left out: ", _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "n.csv").Output, StringComparison.Ordinal);
        string refusal = _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "o.csv", "--label", "22").Error;
        Assert.Contains("no label could be measured. label 22 was left out: ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_BodyThatTheScanCutsOff_IsSaidDrawnAndMarked()
    {
        SpineBlocks.Write(_trabecula.Folder);
        string whole = Path.Combine(_trabecula.Folder, "ct.nii.gz"), bodies = Path.Combine(_trabecula.Folder, "bodies.nrrd");
        foreach (string path in (string[])[whole, bodies])
        {
            Volume volume = VolumeFile.Read(path, TestContext.Current.CancellationToken);
            VolumeGeometry grid = volume.Geometry;
            // The lowest 8 slices are not scanned.
            var cut = new VolumeGeometry(new(grid.Size.X, grid.Size.Y, grid.Size.Z - 8), grid.SpacingMm, new(0, 0, 8), grid.Direction);
            int left = 8 * grid.Size.X * grid.Size.Y;
            VolumeFile.Write(path, volume is Volume<short> image ? Volume.Create(cut, image.Voxels[left..].ToArray()) : Volume.Create(cut, ((Volume<byte>)volume).Voxels[left..].ToArray()), TestContext.Current.CancellationToken);
        }

        TrabeculaProcess.Result result = _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "m.csv", "--pictures", "pictures");

        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        Assert.StartsWith("label 20 touches the border of the image", result.Output, StringComparison.Ordinal);
        Assert.Equal(["Touches_image_border", "1", "0", "0"], _trabecula.Read("m.csv").TrimEnd().Split('\n').Select(line => line.Split(',')[^1]));
        Assert.Contains("perhaps cut off", _trabecula.Read("pictures/20.svg"), StringComparison.Ordinal);
        Assert.DoesNotContain("perhaps cut off", _trabecula.Read("pictures/21.svg"), StringComparison.Ordinal);
        // A neighbour that is cut off concerns what is compared with it, and nothing further away.
        Assert.StartsWith("label 20 touches the border of the image", _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "n.csv", "--label", "21").Output, StringComparison.Ordinal);
        Assert.Equal("o.csv: 1 body\n", _trabecula.Run("measure", "ct.nii.gz", "bodies.nrrd", "--out", "o.csv", "--label", "22").Output);
        result = _trabecula.Run("segment", "ct.nii.gz", "--out", "m.nii.gz", "--preset", "vertebral-body", "--seed", "30,25,9");
        Assert.Contains("The body touches the border of the image.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_NamedSegmentsOfAWrittenSeg_AreCalledByTheirNames()
    {
        SpineBlocks.Write(_trabecula.Folder);
        Assert.Equal(0, _trabecula.Run("segment", "ct.nii.gz", "--range", "150", "--seed", "30,25,17", "--out", "m.seg.dcm").ExitCode);
        TrabeculaProcess.Result result = _trabecula.Run("measure", "ct.nii.gz", "m.seg.dcm", "--out", "m.csv", "--pictures", "pictures", "--label", "label 1");
        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        string picture = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(_trabecula.Folder, "pictures"))));
        Assert.DoesNotContain("label label", picture + result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("label 1, middle plane", picture, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ct.nii.gz bodies.nrrd --label 99", "no label could be measured")]
    [InlineData("ct.nii.gz bodies.nrrd --label L1", "the mask has no segment 'L1'")]
    [InlineData("ct.nii.gz other.nrrd", "image and mask lie on different grids")]
    [InlineData("ct.nii.gz none.nrrd", "no such file")]
    [InlineData("ct.nii.gz bodies.nrrd --gas-below x", "x")]
    [InlineData("ct.nii.gz bodies.nrrd --core 99", "expected millimetres from 0 to 50")]
    public void Measure_BadInput_SaysWhatIsWrongAndWritesNothing(string arguments, string expected)
    {
        SpineBlocks.Write(_trabecula.Folder, 2);
        File.Move(Path.Combine(_trabecula.Folder, "bodies.nrrd"), Path.Combine(_trabecula.Folder, "other.nrrd"));
        SpineBlocks.Write(_trabecula.Folder, 1);
        TrabeculaProcess.Result result = _trabecula.Run(["measure", .. arguments.Split(' '), "--out", "m.csv"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_trabecula.Folder, "m.csv")));
    }

    [Fact]
    public void Measure_CtrlC_LeavesNoTable()
    {
        SpineBlocks.Write(_trabecula.Folder, 40);
        using TrabeculaProcess.Running running = _trabecula.Start("measure", "ct.nii.gz", "bodies.nrrd", "--out", "m.csv");
        running.WaitForLines(1);
        running.Signal("INT");
        TrabeculaProcess.Result result = running.Finish();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(["bodies.nrrd", "ct.nii.gz"], Directory.EnumerateFiles(_trabecula.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
