using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Each file of the shared DICOM and segmentation data, so that none is left out: read, or refused for the reason that its name tells.</summary>
public sealed class SampleInventoryTests
{
    private static readonly string[] Folders = ["dicom-geometry", "dicom-seg", "dicom-syntaxes", "slicer-seg-nrrd", "ibsi1-ct-phantom"];

    [Fact]
    public void Read_EveryFileOfTheSharedData_IsReadOrRefusedForItsReason()
    {
        string data = SharedData.Require("data");
        var wrong = new List<string>();
        int read = 0, refused = 0;
        foreach (string folder in Folders)
        {
            foreach (string path in Directory.EnumerateFiles(SharedData.Require($"data/{folder}"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(path);
                if (name.StartsWith("LICENSE", StringComparison.Ordinal) || name is "README.md")
                    continue;
                string? reason = ReasonToRefuse(name), found = Refusal(path);
                if (reason is null && found is null)
                    read++;
                else if (reason is not null && found?.Contains(reason, StringComparison.Ordinal) == true)
                    refused++;
                else
                    wrong.Add($"{Path.GetRelativePath(data, path)}: expected {reason ?? "to be read"}, was {found ?? "read"}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(2, refused);
        Assert.True(read >= 150, $"{read} files were read.");
    }

    private static string? ReasonToRefuse(string name) =>
        name.EndsWith(".4.53.dcm", StringComparison.Ordinal) ? "Spectral Selection"
        : name.EndsWith(".4.55.dcm", StringComparison.Ordinal) ? "Full Progression" : null;

    private static string? Refusal(string path)
    {
        try
        {
            bool isMask = path.EndsWith(".seg.nrrd", StringComparison.Ordinal) || path.EndsWith(".seg", StringComparison.Ordinal) || path.Contains("/mask/", StringComparison.Ordinal)
                || (path.Contains("dicom-seg", StringComparison.Ordinal) && path.EndsWith(".dcm", StringComparison.Ordinal)
                    && !path.Contains("image/", StringComparison.Ordinal) && !path.Contains("ct-3slice", StringComparison.Ordinal) && !path.EndsWith("ct_image.dcm", StringComparison.Ordinal) && !path.EndsWith("mf.dcm", StringComparison.Ordinal));
            if (isMask)
            {
                // Contours fill the slices of their image.
                VolumeGeometry? grid = path.EndsWith("DCM_RS_00060.dcm", StringComparison.Ordinal)
                    ? VolumeFile.Read(SharedData.Require("data/ibsi1-ct-phantom/dicom/image"), TestContext.Current.CancellationToken).Geometry : null;
                Assert.NotEmpty(MaskFile.Read(path, grid, TestContext.Current.CancellationToken).Layers);
            }
            else
                Assert.True(VolumeFile.Read(path, TestContext.Current.CancellationToken).Geometry.Size.Count > 0);
            return null;
        }
        catch (ImagingException exception)
        {
            return exception.Problem;
        }
    }
}
