using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Imaging.Tests.Dicom;
using Xunit;

namespace Trabecula.Cli.Tests;

public sealed class ResampleTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Resample_TiltedSeries_WritesAnImageThatOtherCommandsTakeAndSaysWhatWasDone()
    {
        Write(4, 0.5);
        TrabeculaProcess.Result refused = _trabecula.Run("segment", "ct", "--range", "0", "--out", "m.nii.gz");
        TrabeculaProcess.Result result = _trabecula.Run("resample", "ct", "--out", "regular.nii.gz");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("gantry tilt", refused.Error, StringComparison.Ordinal);
        Assert.Contains("trabecula resample", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (result.ExitCode, result.Complaints));
        Assert.StartsWith("gantry tilt: ", result.Output, StringComparison.Ordinal);
        Assert.Equal(4, VolumeFile.Read(Path.Combine(_trabecula.Folder, "regular.nii.gz"), TestContext.Current.CancellationToken).Geometry.Size.Z);
        Assert.EndsWith("}\n", _trabecula.Read("regular.json"), StringComparison.Ordinal);
        using var record = JsonDocument.Parse(_trabecula.Read("regular.json"));
        Assert.Contains("resampled to (8, ", record.RootElement.GetProperty("notes")[1].GetString(), StringComparison.Ordinal);
        Assert.Equal(0, _trabecula.Run("segment", "regular.nii.gz", "--range=-1024", "--out", "m.nii.gz").ExitCode);
        TrabeculaProcess.Result again = _trabecula.Run("resample", "ct", "--out", "regular.nii.gz");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("regular.nii.gz exists", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ct regular.nii.gz", "a regular volume already")]
    [InlineData("ct/0.dcm regular.nii.gz", "a regular volume already")]
    [InlineData("none regular.nii.gz", "no such file")]
    [InlineData("text regular.nii.gz", "begins like none of")]
    public void Resample_WhatNeedsNone_IsRefused(string arguments, string expected)
    {
        Write(3, 0);
        _trabecula.Write("text", "no image");
        string[] words = arguments.Split(' ');
        TrabeculaProcess.Result result = _trabecula.Run("resample", words[0], "--out", words[1]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(["ct", "text"], Directory.EnumerateFileSystemEntries(_trabecula.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private void Write(int count, double shear)
    {
        Directory.CreateDirectory(Path.Combine(_trabecula.Folder, "ct"));
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(_trabecula.Folder, "ct", $"{i}.dcm"), DicomBytes.Header(i, FormattableString.Invariant($"0\\{shear * i}\\{2 * i}"), 8, 8).Pixels([.. Enumerable.Range(0, 64).Select(k => (short)(k * 20))]).File());
    }
}
