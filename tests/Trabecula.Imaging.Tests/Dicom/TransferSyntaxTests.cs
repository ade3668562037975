using Xunit;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>One real slice in every transfer syntax that loses nothing.</summary>
public sealed class TransferSyntaxTests
{
    [Theory]
    [InlineData("BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2")]
    [InlineData("DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99")]
    [InlineData("JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70")]
    [InlineData("JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57")]
    [InlineData("LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1")]
    [InlineData("LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2")]
    [InlineData("JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80")]
    [InlineData("JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90")]
    [InlineData("RLELosslessTransferSyntax_1.2.840.10008.1.2.5")]
    public void Read_LosslessSyntax_IsTheUncompressedSlice(string name)
    {
        Volume expected = Read("CTImage.dcm"), actual = Read($"CTImage.dcm_{name}.dcm");

        Assert.Equal(expected.Geometry, actual.Geometry);
        SampleVolume.AssertSameVoxels(expected, actual);
    }

    private static Volume Read(string file) =>
        VolumeFile.Read(SharedData.Require($"data/dicom-syntaxes/{file}"), TestContext.Current.CancellationToken);
}
