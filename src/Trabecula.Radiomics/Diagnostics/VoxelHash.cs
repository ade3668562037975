using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Diagnostics;

/// <summary>SHA-1 of a volume's voxels as little-endian bytes, as SimpleITK's <c>Hash</c> gives it: two extractions saw the same input.</summary>
internal static class VoxelHash
{
    /// <summary>The hash of an image in its own voxel type, 40 lower-case hexadecimal digits.</summary>
    public static string OfImage(Volume image) => image.Accept(new ImageHash());

    /// <summary>The hash of a mask after the cast to 32-bit labels.</summary>
    public static string OfMask(Mask mask) => mask.Labels.Accept(new MaskHash());

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    private static IncrementalHash Start()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Trabecula runs on little-endian machines only.");
        return IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    }

    private sealed class ImageHash : IVolumeOperation<string>
    {
        public string Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            using IncrementalHash hash = Start();
            ReadOnlySpan<T> rest = volume.Voxels;
            // A span of bytes cannot be longer than 2 GiB.
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<T> block = rest[..Math.Min(rest.Length, 1 << 24)];
                hash.AppendData(MemoryMarshal.AsBytes(block));
                rest = rest[block.Length..];
            }
            return Finish(hash);
        }
    }

    private sealed class MaskHash : IVolumeOperation<string>
    {
        private const int BlockLength = 1 << 13;

        public string Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            using IncrementalHash hash = Start();
            Span<uint> labels = new uint[BlockLength];
            ReadOnlySpan<uint> empty = new uint[BlockLength];
            for (ReadOnlySpan<T> rest = volume.Voxels; !rest.IsEmpty;)
            {
                ReadOnlySpan<T> block = rest[..Math.Min(rest.Length, BlockLength)];
                rest = rest[block.Length..];
                if (!block.ContainsAnyExcept(T.Zero))
                {
                    hash.AppendData(MemoryMarshal.AsBytes(empty[..block.Length]));
                    continue;
                }
                for (int i = 0; i < block.Length; i++)
                    labels[i] = Mask.LabelOf(block[i]);
                hash.AppendData(MemoryMarshal.AsBytes(labels[..block.Length]));
            }
            return Finish(hash);
        }
    }
}
