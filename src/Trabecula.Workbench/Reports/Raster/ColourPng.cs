using System.Buffers.Binary;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>
/// Pictures of figures as PNG (ISO/IEC 15948) with 8 bits a colour and their resolution. Compressed by runs alone, with fixed codes: figures are mostly
/// paper, and general compressors give other bytes on other machines.
/// </summary>
internal static class ColourPng
{
    /// <summary>Encodes a page.</summary>
    /// <param name="page">The pixels.</param>
    /// <param name="dotsPerInch">At which size it is meant.</param>
    internal static byte[] Encode(Canvas page, double dotsPerInch)
    {
        var resolution = new byte[9];
        int dotsPerMetre = (int)Math.Round(dotsPerInch / 0.0254);
        BinaryPrimitives.WriteInt32BigEndian(resolution, dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(resolution.AsSpan(4), dotsPerMetre);
        resolution[8] = 1;

        // Filter type 2: each byte less the one above, so that equal rows become zeros.
        int stride = 3 * page.Width;
        ReadOnlySpan<byte> pixels = page.Pixels;
        var rows = new byte[(stride + 1) * page.Height];
        for (int y = 0; y < page.Height; y++)
        {
            Span<byte> row = rows.AsSpan(y * (stride + 1), stride + 1);
            row[0] = 2;
            for (int x = 0; x < stride; x++)
                row[x + 1] = (byte)(pixels[y * stride + x] - (y == 0 ? 0 : pixels[(y - 1) * stride + x]));
        }
        return PngFile.Of(page.Width, page.Height, PngColours.RedGreenBlue, RunLengthZlib.Compress(rows), "pHYs"u8, resolution);
    }
}
