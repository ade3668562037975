using System.Globalization;
using Trabecula.Imaging.Dicom;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Stacks that are sheared, bent or uneven, of a density that is linear in space: a regular grid must show it exactly wherever slices lie.</summary>
public sealed class RegularGridTests : IDisposable
{
    private const int Columns = 16, Rows = 12;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0,1,2,3,4,5", 0.5, 0)]
    [InlineData("0,1,2,3,4,5", -1.25, 0)]
    [InlineData("0,1,3,4,6,7", 0, 2)]
    [InlineData("0,1,2,4.5,5,6", 0, 2)]
    [InlineData("0,1,2,4.5,5,6", 0.5, 2)]
    public void ReadResampled_LinearDensity_IsExactWhereSlicesLie(string places, double shearPerStep, int inGaps)
    {
        double[] steps = [.. places.Split(',').Select(place => double.Parse(place, CultureInfo.InvariantCulture))];
        Write([.. steps.Select(step => (0.0, shearPerStep * step, 2 * step))]);
        Assert.Throws<ImagingException>(() => DicomReader.Read(_folder[""], Token));

        DicomImage image = DicomReader.ReadResampled(_folder[""], Token);

        VolumeGeometry grid = image.Volume.Geometry;
        Assert.Equal(Matrix3D.Identity, grid.Direction);
        Assert.Equal(new Vector3D(0.5, 0.75, 2), grid.SpacingMm);
        Assert.Equal(steps[^1] + 1, grid.Size.Z);
        Assert.Equal(Columns, grid.Size.X);
        int covered = Check((Volume<float>)image.Volume, image.Padding[0]!.Value.Lowest, mayMiss: shearPerStep != 0);
        // The shear takes away a row at the ends of each slice at most, but where it is interpolated.
        Assert.True(covered >= Columns * (Rows - 3) * grid.Size.Z, $"{covered} of {grid.Size.Count}");
        Assert.Contains(image.Warnings, warning => warning.Contains(shearPerStep != 0 ? "gantry tilt" : "uneven spacing", StringComparison.Ordinal));
        Assert.Contains(image.Warnings, warning => warning.StartsWith("resampled to ", StringComparison.Ordinal));
        Assert.Equal(inGaps > 0, image.Warnings.Any(warning => warning.StartsWith($"{inGaps} of ", StringComparison.Ordinal) && warning.Contains("lie in gaps", StringComparison.Ordinal)));
    }

    [Fact]
    public void ReadResampled_ShearOfWholeVoxels_OnlyMovesSlices()
    {
        Write([.. Enumerable.Range(0, 4).Select(i => (0.5 * i, 0.75 * i, 2.0 * i))]);
        var volume = (Volume<float>)DicomReader.ReadResampled(_folder[""], Token).Volume;
        Assert.Equal(new VolumeSize(Columns + 3, Rows + 3, 4), volume.Geometry.Size);
        // Every sample of every slice is there, unchanged; nothing else is but the fill.
        Assert.Equal(4 * Columns * Rows, Check(volume, volume.Voxels[Columns + 2], mayMiss: true));
    }

    [Fact]
    public void ReadResampled_Padding_IsMixedWithNothing()
    {
        Write([.. Enumerable.Range(0, 3).Select(i => (0.0, 0.25 * i, 2.0 * i))], slice => slice.Bytes(0x0028, 0x0120, "SS", [0x30, 0xF8]), (x, y) => x == 5 && y == 5 ? (short)-2000 : null);
        DicomImage image = DicomReader.ReadResampled(_folder[""], Token);
        float[] voxels = ((Volume<float>)image.Volume).Voxels.ToArray();
        Assert.Equal(-3024, image.Padding[0]!.Value.Lowest);
        Assert.DoesNotContain(voxels, voxel => voxel is > -3024 and < -1100);
        // The padded sample where it lies, and both neighbours between which it lies in the two shifted slices.
        Assert.Equal(1 + 2 + 2, Enumerable.Range(0, 3).Sum(z => Enumerable.Range(3, 6).Count(y => voxels[(z * image.Volume.Geometry.Size.Y + y) * Columns + 5] == -3024)));
    }

    [Fact]
    public void ReadResampled_WhatNeedsNoneOrCannotBe_IsRefused()
    {
        Write([.. Enumerable.Range(0, 4).Select(i => (0.0, 0.0, 2.0 * i))]);
        Assert.Contains("a regular volume already", Assert.Throws<ImagingException>(() => DicomReader.ReadResampled(_folder[""], Token)).Message, StringComparison.Ordinal);
        Write([(0, 0, 0), (0, 0, 2), (0, 0, 2), (0, 0, 4)]);
        Assert.Contains("cannot be resampled: duplicate slices", Assert.Throws<ImagingException>(() => DicomReader.ReadResampled(_folder[""], Token)).Message, StringComparison.Ordinal);
        int slice = 0;
        Write([.. Enumerable.Range(0, 4).Select(i => (0.0, 0.5 * i, 2.0 * i))], each => each.Text(0x0020, 0x0052, "UI", $"1.2.{slice++ / 2}"));
        Assert.Contains("cannot be resampled: gantry tilt", Assert.Throws<ImagingException>(() => DicomReader.ReadResampled(_folder[""], Token)).Message, StringComparison.Ordinal);
        Write([(0, 0, 0), (0, 1e5, 2), (0, 1e6, 4)]);
        Assert.Contains("too far apart", Assert.Throws<ImagingException>(() => DicomReader.ReadResampled(_folder[""], Token)).Message, StringComparison.Ordinal);
    }

    private static double Density(double x, double y, double z) => 8 * x + 4 * y + 2 * z - 900;

    private void Write(IReadOnlyList<(double X, double Y, double Z)> positions, Func<DicomBytes, DicomBytes>? change = null, Func<int, int, short?>? other = null)
    {
        foreach (string file in _folder.Files.ToArray())
            File.Delete(_folder[file]);
        for (int i = 0; i < positions.Count; i++)
        {
            (double x, double y, double z) = positions[i];
            short[] samples = [.. Enumerable.Range(0, Columns * Rows).Select(k => other?.Invoke(k % Columns, k / Columns) ?? (short)(Density(x + 0.5 * (k % Columns), y + 0.75 * (k / Columns), z) + 1024))];
            DicomBytes slice = DicomBytes.Header(i, FormattableString.Invariant($"{x:R}\\{y:R}\\{z:R}"), Columns, Rows).Pixels(samples);
            _folder.Write($"{i}.dcm", (change?.Invoke(slice) ?? slice).File());
        }
    }

    /// <summary>How many voxels are of slices; each must be the density of its place.</summary>
    private static int Check(Volume<float> volume, double fill, bool mayMiss)
    {
        int covered = 0;
        for (int i = 0; i < volume.Voxels.Length; i++)
        {
            VolumeSize size = volume.Geometry.Size;
            Vector3D at = volume.Geometry.IndexToPoint(new(i % size.X, i / size.X % size.Y, i / (size.X * size.Y)));
            if (volume.Voxels[i] == (float)fill && volume.Voxels[i] != Density(at.X, at.Y, at.Z))
            {
                Assert.True(mayMiss);
                continue;
            }
            Assert.Equal(Density(at.X, at.Y, at.Z), volume.Voxels[i], 1e-3);
            covered++;
        }
        return covered;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
