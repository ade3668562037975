using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;

namespace Trabecula.Imaging.Tests;

/// <summary>Bytes as gzip and bzip2 pack them.</summary>
internal static class Compressed
{
    public static byte[] GZip(params byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return target.ToArray();
    }

    public static byte[] BZip2(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var bzip = new BZip2OutputStream(target))
            bzip.Write(bytes);
        return target.ToArray();
    }
}
