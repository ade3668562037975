using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Trabecula.Imaging.Voxels;

/// <summary>Writes voxels in the byte order of this machine, block by block.</summary>
internal static class VoxelWriter
{
    private const int BlockVoxels = 1 << 16;

    /// <summary>Writes what precedes the voxels, then the voxels.</summary>
    /// <param name="target">The file; left open.</param>
    /// <param name="start">Bytes before the voxels.</param>
    /// <param name="volume">The voxels.</param>
    /// <param name="compressStart">Whether gzip takes the bytes before the voxels too.</param>
    /// <param name="compress">Whether gzip takes the voxels.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    public static void Write(
        Stream target, ReadOnlySpan<byte> start, Volume volume, bool compressStart, bool compress, CancellationToken cancellationToken)
    {
        if (!compressStart)
            target.Write(start);
        using GZipStream? gzip = compress ? new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream voxels = gzip ?? target;
        if (compressStart)
            voxels.Write(start);
        volume.Accept(new Blocks(voxels, cancellationToken));
    }

    private readonly struct Blocks(Stream target, CancellationToken cancellationToken) : IVolumeOperation<bool>
    {
        public bool Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            for (int start = 0, count; start < volume.Voxels.Length; start += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                count = Math.Min(BlockVoxels, volume.Voxels.Length - start);
                target.Write(MemoryMarshal.AsBytes(volume.Voxels.Slice(start, count)));
            }
            return true;
        }
    }
}
