using System.Globalization;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>
/// Damaged DICOM files: whatever happens to their bytes, reading works or says what is wrong, soon, and without memory beyond what the
/// file could fill. TRABECULA_FUZZ_ROUNDS asks for more rounds of each sample than the usual.
/// </summary>
public sealed class DicomMutationTests
{
    /// <summary>The file itself, deflated a thousandfold, kept attributes, and the label volume of a segmentation's own grid.</summary>
    private const long FixedBytes = 600L << 20, BytesForEachByte = 200;

    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("TRABECULA_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 60;

    public static TheoryData<string> RealSamples =>
    [
        "dicom-seg/dcmqi/24x38x3/image/IMG0001.dcm", "dicom-seg/dcmqi/24x38x3/multiframe/mf.dcm", "dicom-seg/dcmqi/24x38x3/seg/label.seg",
        "dicom-seg/dcmqi/sparse-labelmap-ppv5.dcm", "dicom-seg/highdicom/seg_image_ct_binary_overlap.dcm",
        "dicom-seg/highdicom/seg_image_ct_true_fractional.dcm", "dicom-seg/highdicom/ct_image.dcm",
        "dicom-syntaxes/CTImage.dcm_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm",
        "dicom-syntaxes/CTImage.dcm_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm",
        "dicom-syntaxes/CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEG2000TransferSyntax_1.2.840.10008.1.2.4.91.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGLSLossyTransferSyntax_1.2.840.10008.1.2.4.81.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50.dcm",
        "dicom-syntaxes/CTImage.dcm_JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm",
        "ibsi1-ct-phantom/dicom/mask/DCM_RS_00060.dcm", "slicer-seg-nrrd/SegmentationOverlapping.seg.nrrd",
    ];

    [Theory]
    [MemberData(nameof(RealSamples))]
    public void Read_DamagedRealFile_ThrowsNothingButImagingException(string sample) =>
        Mutate(File.ReadAllBytes(SharedData.Require($"data/{sample}")), (ulong)sample.Length);

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public void Read_DamagedSlice_ThrowsNothingButImagingException(string syntax) =>
        Mutate(DicomBytes.Slice(1, 0, [.. Enumerable.Range(0, 64).Select(i => (short)i)], 8, syntax).File(), 7, 4 * Rounds);

    [Theory]
    [InlineData("m.seg.dcm")]
    [InlineData("m.rtstruct.dcm")]
    [InlineData("m.seg.nrrd")]
    public void Read_DamagedMask_ThrowsNothingButImagingException(string name)
    {
        using var folder = new TestFolder();
        MaskFile.Write(folder[name], Tests.Masks.MaskRoundTripTests.Overlapping(SampleVolume.Geometry), cancellationToken: TestContext.Current.CancellationToken);
        Mutate(File.ReadAllBytes(folder[name]), (ulong)name.Length, 2 * Rounds);
    }

    private static void Mutate(byte[] good, ulong seed, int? count = null)
    {
        using var folder = new TestFolder();
        var random = new XorShift(seed);
        for (int round = 0; round < (count ?? Rounds); round++)
        {
            byte[] bad = Damage(good, random);
            folder.Write("a", bad);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (random.Below(3) == 0)
                    folder.Read("a");
                else
                    MaskFile.Read(folder["a"], random.Below(2) == 0 ? SampleVolume.Geometry : null, TestContext.Current.CancellationToken);
            }
            catch (ImagingException e)
            {
                Assert.NotEmpty(e.Problem);
                Assert.NotEmpty(e.Cure);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"Round {round}: {e}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < FixedBytes + BytesForEachByte * bad.Length, $"Round {round}: {allocated} bytes for a file of {bad.Length}.");
        }
    }

    private static byte[] Damage(byte[] good, XorShift random)
    {
        byte[] bad = [.. good];
        // Headers are where a wrong byte does most.
        int reach = random.Below(2) == 0 ? bad.Length : Math.Min(bad.Length, 4096);
        switch (random.Below(7))
        {
            case 0:
                return bad[..random.Below(bad.Length)];
            case 1:
                int at = random.Below(reach), length = 1 + random.Below(20);
                return [.. bad[..at], .. bad[Math.Min(bad.Length, at + length)..]];
            case 2:
                int into = random.Below(reach);
                return [.. bad[..into], .. new byte[1 + random.Below(40)], .. bad[into..]];
            case 3:
                for (int i = 0; i < 4; i++)
                    bad[Math.Min(bad.Length - 1, random.Below(reach) + i)] = 0xFF;
                return bad;
            case 4:
                return WithOtherDigit(bad, reach, random);
            default:
                for (int i = random.Below(8); i >= 0; i--)
                    bad[random.Below(reach)] = (byte)random.Next();
                return bad;
        }
    }

    private static byte[] WithOtherDigit(byte[] bad, int reach, XorShift random)
    {
        int start = random.Below(reach);
        for (int i = start; i < reach; i++)
        {
            if (char.IsAsciiDigit((char)bad[i]))
            {
                bad[i] = (byte)("0123456789-.\\eE"[random.Below(15)]);
                return bad;
            }
        }
        return bad;
    }
}
