using System.Buffers.Binary;

namespace Trabecula.Imaging.Dicom.Deidentification;

/// <summary>
/// Blanks what a compressor may have written into the head of a JPEG, JPEG-LS or JPEG 2000 stream beside the image: comments, and in JPEG the segments of
/// applications, which hold cameras' and programs' words, previews and places. Lengths stay, so that offsets do. Source: ITU-T T.81, B.2.4; T.800, A.9.
/// </summary>
internal static class StreamComments
{
    private const int JpegStart = 0xFFD8, JpegScan = 0xFFDA, JpegComment = 0xFFFE, FirstApplication = 0xFFE0, LastApplication = 0xFFEF;

    private const int Jpeg2000Start = 0xFF4F, Jpeg2000Data = 0xFF93, Jpeg2000Comment = 0xFF64;

    /// <summary>Blanks the comments before the first scan or tile data.</summary>
    /// <param name="head">The first bytes of a fragment; anything but the start of a stream is left alone.</param>
    public static void Blank(Span<byte> head)
    {
        if (head.Length < 4 || Marker(head, 0) is not (JpegStart or Jpeg2000Start))
            return;
        for (int at = 2; at + 4 <= head.Length && head[at] == 0xFF && Marker(head, at) is not (JpegScan or Jpeg2000Data);)
        {
            // Any number of FF may stand before a marker.
            if (head[at + 1] == 0xFF)
            {
                at++;
                continue;
            }
            int length = BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]), end = Math.Min(head.Length, at + 2 + length);
            // A comment of JPEG 2000 first says whether it is text.
            int kept = Marker(head, at) == Jpeg2000Comment ? 6 : 4;
            if (Marker(head, at) is JpegComment or Jpeg2000Comment or (>= FirstApplication and <= LastApplication) && at + kept < end)
                head[(at + kept)..end].Clear();
            at += 2 + Math.Max(2, length);
        }
    }

    private static int Marker(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
