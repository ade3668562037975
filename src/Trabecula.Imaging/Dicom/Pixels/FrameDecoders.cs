using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>Decompresses a frame. Rules of sign and stored bits are not its business: <see cref="PixelFormat.Interpret(Span{int})"/> has them.</summary>
internal interface IFrameDecoder
{
    /// <summary>No stream can hold more samples in a byte: what a header promises beyond is not believed.</summary>
    long MostSamplesPerByte { get; }

    /// <summary>Decompresses a frame.</summary>
    /// <param name="frame">The compressed bytes, perhaps with padding at the end.</param>
    /// <param name="format">What the header says of the samples.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="samples">Takes the bits of each sample as an unsigned number, row by row.</param>
    /// <exception cref="ImagingException">The frame is damaged, or not what the header says.</exception>
    void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples);
}

/// <summary>Which decoder reads which transfer syntax.</summary>
internal static class FrameDecoders
{
    /// <summary>The decoder of a file.</summary>
    /// <exception cref="ImagingException">There is none; the message names the compression and programs that undo it.</exception>
    public static IFrameDecoder For(DicomFile file) => file.Syntax.Compression switch
    {
        PixelCompression.RunLength => new RunLengthDecoder(),
        PixelCompression.LosslessJpeg => new LosslessJpegDecoder(),
        PixelCompression.Jpeg => new DctJpegDecoder(),
        PixelCompression.JpegLs => new JpegLsDecoder(),
        PixelCompression.Jpeg2000 => new Jpeg2000Decoder(),
        _ => throw new ImagingException(file.Path, $"the pixels are compressed with {file.Syntax}, which cannot be read.", CureFor(file.Syntax)),
    };

    private static string CureFor(TransferSyntax syntax) => syntax.Uid is "1.2.840.10008.1.2.4.53" or "1.2.840.10008.1.2.4.55"
        ? "Decompress the series with dcmdjpeg (DCMTK), or export it uncompressed."
        : "Export the series uncompressed (Explicit VR Little Endian).";
}
