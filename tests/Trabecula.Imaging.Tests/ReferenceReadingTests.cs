using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Trabecula.Imaging.Tests;

/// <summary>What SimpleITK reads from the same files: hashes of the voxels, geometry, and the statistics that PyRadiomics notes.</summary>
[SuppressMessage("Security", "CA5350", Justification = "The hash that PyRadiomics notes; nothing is secured by it.")]
public sealed class ReferenceReadingTests
{
    public static TheoryData<string, string, string> RealCases => new()
    {
        { "brain1", "pyradiomics/brain1_image.nrrd", "pyradiomics/brain1_label.nrrd" },
        { "breast1", "pyradiomics/breast1_image.nrrd", "pyradiomics/breast1_label.nrrd" },
        { "clinic", "../bench/clinic_image.nii.gz", "../bench/clinic_mask.nii.gz" },
        { "ibsi1ct", "ibsi1-ct-phantom/nifti/image/phantom.nii.gz", "ibsi1-ct-phantom/nifti/mask/mask.nii.gz" },
        { "ibsi1digital", "ibsi1-digital-phantom/image/phantom.nii.gz", "ibsi1-digital-phantom/mask/mask.nii.gz" },
        { "spineBodyInterior", "spine-tptbox/sub-ct_label-22_ct.nii.gz", "spine-tptbox/sub-ct_seg-subreg_label-22_msk.nii.gz" },
        { "spineL3", "spine-tptbox/sub-ct_label-22_ct.nii.gz", "spine-tptbox/sub-ct_seg-vert_label-22_msk.nii.gz" },
        { "spineT12", "spine-totalsegmentator/t12/ct_cropped.nii.gz", "spine-totalsegmentator/t12/vertebrae_T12.nii.gz" },
        { "sts001", "ct-sts/STS_001_CT_image.nii.gz", "ct-sts/STS_001_CT_mask.nii.gz" },
        { "sts002", "ct-sts/STS_002_CT_image.nii.gz", "ct-sts/STS_002_CT_mask.nii.gz" },
        { "sts003", "ct-sts/STS_003_CT_image.nii.gz", "ct-sts/STS_003_CT_mask.nii.gz" },
        { "sts004", "ct-sts/STS_004_CT_image.nii.gz", "ct-sts/STS_004_CT_mask.nii.gz" },
        { "sts005", "ct-sts/STS_005_CT_image.nii.gz", "ct-sts/STS_005_CT_mask.nii.gz" },
        { "sts006", "ct-sts/STS_006_CT_image.nii.gz", "ct-sts/STS_006_CT_mask.nii.gz" },
        { "sts008", "ct-sts/STS_008_CT_image.nii.gz", "ct-sts/STS_008_CT_mask.nii.gz" },
        { "sts010", "ct-sts/STS_010_CT_image.nii.gz", "ct-sts/STS_010_CT_mask.nii.gz" },
    };

    [Theory]
    [MemberData(nameof(RealCases))]
    public void Read_RealCase_IsWhatSimpleItkReads(string name, string image, string mask) =>
        Compare($"golden/pyradiomics/real/{name}__default.json", $"data/{image}", $"data/{mask}");

    [Theory]
    [InlineData("v01_3mm")]
    [InlineData("v02_oblique")]
    [InlineData("v03_1mm")]
    [InlineData("v05_label3_float")]
    [InlineData("v06_27voxels")]
    [InlineData("v07_single_slice")]
    [InlineData("v08_constant")]
    [InlineData("v09_at_border")]
    [InlineData("v10_two_parts_hole")]
    [InlineData("v11_noise_mask")]
    public void Read_SyntheticCase_IsWhatSimpleItkReads(string name) => Compare(
        $"golden/pyradiomics/synthetic/{name}__default.json",
        $"golden/pyradiomics/images/{name}_image.nrrd",
        $"golden/pyradiomics/images/{name}_mask.nrrd");

    private static void Compare(string reference, string imageFile, string maskFile)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(SharedData.Require(reference)));
        JsonElement expected = json.RootElement.GetProperty("diagnostics");
        string Text(string key) => expected.GetProperty($"diagnostics_{key}").GetString()!;

        Volume image = VolumeFile.Read(SharedData.Require(imageFile));
        Assert.Equal(Numbers(Text("Image-original_Spacing")), image.Geometry.SpacingMm);
        Assert.Equal(Text("Image-original_Size"), image.Geometry.Size.ToString());
        Assert.Equal(Text("Image-original_Hash"), image.Accept(new VoxelHash()));
        (double minimum, double maximum) = image.Accept(new Extremes());
        Assert.Equal(double.Parse(Text("Image-original_Minimum"), CultureInfo.InvariantCulture), minimum);
        Assert.Equal(double.Parse(Text("Image-original_Maximum"), CultureInfo.InvariantCulture), maximum);

        Volume mask = VolumeFile.Read(SharedData.Require(maskFile));
        Assert.Equal(Numbers(Text("Mask-original_Spacing")), mask.Geometry.SpacingMm);
        Assert.Equal(Text("Mask-original_Size"), mask.Geometry.Size.ToString());
        Assert.Equal(Text("Mask-original_Hash"), mask.Accept(new LabelHash()));

        uint label = json.RootElement.GetProperty("label").GetUInt32();
        MaskRegion region = new Mask(mask).FindRegions().Find(label)!;
        Assert.Equal(Text("Mask-original_BoundingBox"), region.Box.ToString());
        Assert.Equal(Text("Mask-original_VoxelNum"), region.VoxelCount.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Numbers(Text("Mask-original_CenterOfMassIndex")), region.CenterOfMassIndex);
        Assert.Equal(Numbers(Text("Mask-original_CenterOfMass")), mask.Geometry.IndexToPoint(region.CenterOfMassIndex));
    }

    private static Vector3D Numbers(string tuple)
    {
        double[] values = [.. tuple.Trim('(', ')').Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new(values[0], values[1], values[2]);
    }

    private readonly struct VoxelHash : IVolumeOperation<string>
    {
        public string Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> =>
            Convert.ToHexStringLower(SHA1.HashData(MemoryMarshal.AsBytes(volume.Voxels)));
    }

    private readonly struct LabelHash : IVolumeOperation<string>
    {
        public string Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            uint[] labels = new uint[volume.Voxels.Length];
            for (int i = 0; i < labels.Length; i++)
                labels[i] = Mask.LabelOf(volume.Voxels[i]);
            return Convert.ToHexStringLower(SHA1.HashData(MemoryMarshal.AsBytes<uint>(labels)));
        }
    }

    private readonly struct Extremes : IVolumeOperation<(double Minimum, double Maximum)>
    {
        public (double Minimum, double Maximum) Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
            foreach (T voxel in volume.Voxels)
            {
                minimum = Math.Min(minimum, double.CreateChecked(voxel));
                maximum = Math.Max(maximum, double.CreateChecked(voxel));
            }
            return (minimum, maximum);
        }
    }
}
