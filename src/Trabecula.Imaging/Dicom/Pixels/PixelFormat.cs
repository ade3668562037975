using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>How the samples of a frame are stored. Source: DICOM PS3.3, C.7.6.3.1, and PS3.5, section 8.</summary>
/// <param name="Rows">Lines of a frame.</param>
/// <param name="Columns">Samples of a line.</param>
/// <param name="Frames">Number of frames.</param>
/// <param name="BitsAllocated">1, 8 or 16.</param>
/// <param name="BitsStored">Bits that count.</param>
/// <param name="HighBit">Place of the most significant of them.</param>
/// <param name="Signed">Whether they are in two's complement.</param>
internal sealed record PixelFormat(int Rows, int Columns, int Frames, int BitsAllocated, int BitsStored, int HighBit, bool Signed)
{
    /// <summary>Samples of a frame.</summary>
    public int SamplesPerFrame => Rows * Columns;

    /// <summary>Bytes of a sample; 1-bit samples have none of their own.</summary>
    public int BytesPerSample => BitsAllocated / 8;

    /// <summary>The least number that a sample can be.</summary>
    public long Minimum => Signed ? -(1L << (BitsStored - 1)) : 0;

    /// <summary>The greatest number that a sample can be.</summary>
    public long Maximum => (Signed ? 1L << (BitsStored - 1) : 1L << BitsStored) - 1;

    /// <summary>Reads and checks the format of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="segments">Whether samples are labels, which may be shown in colours, rather than intensities.</param>
    /// <exception cref="ImagingException">An attribute is missing, or the samples are colours or of a size that no CT has.</exception>
    public static PixelFormat Of(DicomFile file, bool segments = false)
    {
        DicomDataset data = file.Dataset;
        int rows = Required(data, Tags.Rows), columns = Required(data, Tags.Columns), frames = data.Integer(Tags.NumberOfFrames) ?? 1;
        if (rows < 1 || columns < 1 || (long)rows * columns > Array.MaxLength / 4)
            throw data.Fault(Tags.Rows, FormattableString.Invariant($"{rows} rows of {columns} columns are no image"));
        if (frames < 1)
            throw data.Fault(Tags.NumberOfFrames, FormattableString.Invariant($"{frames} frames are no image"));
        if (!segments)
            RequireGreyValues(data);
        else if (data.Integer(Tags.SamplesPerPixel) is not (null or 1))
            throw data.Fault(Tags.SamplesPerPixel, "a segmentation has one sample for each pixel");
        int allocated = Required(data, Tags.BitsAllocated), stored = data.Integer(Tags.BitsStored) ?? allocated;
        int high = data.Integer(Tags.HighBit) ?? stored - 1, representation = data.Integer(Tags.PixelRepresentation) ?? 0;
        if (allocated is not (1 or 8 or 16))
            throw new ImagingException(data.Path, FormattableString.Invariant(
                $"{Tags.BitsAllocated} is {allocated}, where 1, 8 or 16 bits for each sample can be read."),
                "Export the image with 16 bits for each sample.");
        if (stored < 1 || stored > allocated || high < stored - 1 || high >= allocated)
            throw data.Fault(Tags.BitsStored, FormattableString.Invariant(
                $"{stored} bits with the highest at {high} do not fit the {allocated} allocated ones"));
        if (representation is not (0 or 1))
            throw data.Fault(Tags.PixelRepresentation, FormattableString.Invariant($"it is {representation}, where 0 or 1 was expected"));
        return new(rows, columns, frames, allocated, stored, high, representation == 1);
    }

    /// <summary>Turns what a decoder gave, or what stood in the file, into the numbers meant: bits outside of the stored ones cut off, sign applied.</summary>
    public void Interpret(Span<int> samples)
    {
        int shift = HighBit + 1 - BitsStored, unused = 32 - BitsStored;
        if (Signed)
        {
            for (int i = 0; i < samples.Length; i++)
                samples[i] = samples[i] >> shift << unused >> unused;
        }
        else
        {
            for (int i = 0; i < samples.Length; i++)
                samples[i] = (int)((uint)samples[i] >> shift << unused >> unused);
        }
    }

    /// <summary>A number of the samples' kind, such as the padding value, whatever representation its own attribute claims.</summary>
    public int Interpret(double attribute)
    {
        int bits = unchecked((int)(long)attribute);
        return BitsAllocated == 16 ? Signed ? (short)bits : (ushort)bits : Signed ? (sbyte)bits : (byte)bits;
    }

    private static void RequireGreyValues(DicomDataset data)
    {
        int samples = data.Integer(Tags.SamplesPerPixel) ?? 1;
        string photometric = data.Code(Tags.PhotometricInterpretation) ?? "MONOCHROME2";
        if (samples == 1 && photometric == "MONOCHROME2")
            return;
        string kind = photometric switch
        {
            "MONOCHROME1" => "MONOCHROME1: black is high, as in a radiograph",
            "MONOCHROME2" => "MONOCHROME2",
            "RGB" or "PALETTE COLOR" or "YBR_FULL" or "YBR_FULL_422" or "YBR_PARTIAL_420" or "YBR_ICT" or "YBR_RCT" => $"colours ({photometric})",
            _ => "of an unknown kind",
        };
        throw new ImagingException(data.Path, FormattableString.Invariant(
            $"wrong photometric interpretation: the pixels are {kind}, with {samples} {(samples == 1 ? "sample" : "samples")} each, where one MONOCHROME2 sample was expected."),
            "This is a secondary capture, a report or a radiograph: give the original CT images.");
    }

    private static int Required(DicomDataset data, DicomTag tag) => data.Integer(tag) ?? throw data.Fault(tag, "it is missing");
}
