using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Trabecula.Imaging.Voxels;

/// <summary>
/// Reads voxels straight into the array that the volume keeps: no copy of the volume is made on the way,
/// neither for another byte order nor for rescaling.
/// </summary>
internal static class VoxelReader
{
    /// <summary>Small enough to stay in the cache between decompression and what follows it.</summary>
    private const int BlockVoxels = 1 << 16;

    /// <summary>Reads the voxels of a geometry, and checks that the data end with them.</summary>
    /// <exception cref="ImagingException">There are fewer or more data, or they are damaged.</exception>
    public static Volume Read(DataStream data, VoxelLayout layout, VolumeGeometry geometry, CancellationToken cancellationToken) =>
        layout.Type switch
        {
            VoxelType.UInt8 => Read<byte>(data, layout, geometry, cancellationToken),
            VoxelType.Int8 => Read<sbyte>(data, layout, geometry, cancellationToken),
            VoxelType.UInt16 => Read<ushort>(data, layout, geometry, cancellationToken),
            VoxelType.Int16 => Read<short>(data, layout, geometry, cancellationToken),
            VoxelType.UInt32 => Read<uint>(data, layout, geometry, cancellationToken),
            VoxelType.Int32 => Read<int>(data, layout, geometry, cancellationToken),
            VoxelType.UInt64 => Read<ulong>(data, layout, geometry, cancellationToken),
            VoxelType.Int64 => Read<long>(data, layout, geometry, cancellationToken),
            VoxelType.Float32 => Read<float>(data, layout, geometry, cancellationToken),
            VoxelType.Float64 => Read<double>(data, layout, geometry, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(layout)),
        };

    /// <summary>Turns the bytes of each number around.</summary>
    public static void ReverseBytes<T>(Span<T> voxels) where T : unmanaged
    {
        if (Marshal.SizeOf<T>() == 2)
        {
            Span<ushort> words = MemoryMarshal.Cast<T, ushort>(voxels);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Marshal.SizeOf<T>() == 4)
        {
            Span<uint> words = MemoryMarshal.Cast<T, uint>(voxels);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Marshal.SizeOf<T>() == 8)
        {
            Span<ulong> words = MemoryMarshal.Cast<T, ulong>(voxels);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private static Volume Read<T>(DataStream data, VoxelLayout layout, VolumeGeometry geometry, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        long bytes = geometry.Size.Count * layout.BytesPerVoxel;
        RequireRoom(data, geometry.Size.Count, bytes, cancellationToken);
        bool isInteger = typeof(T) != typeof(float) && typeof(T) != typeof(double);
        Volume volume = layout.Rescales && isInteger
            ? Volume.Create(geometry, ReadRescaledToFloat<T>(data, layout, (int)geometry.Size.Count, cancellationToken))
            : Volume.Create(geometry, ReadAsStored<T>(data, layout, (int)geometry.Size.Count, cancellationToken));
        data.RequireEnd(bytes);
        return volume;
    }

    /// <summary>Nothing is allocated before the file has shown that it can hold what its header promises.</summary>
    private static void RequireRoom(DataStream data, long count, long bytes, CancellationToken cancellationToken)
    {
        if (bytes > data.Capacity)
            throw data.Truncated(bytes, data.Capacity);
        if (count > Array.MaxLength)
            throw new ImagingException(data.Path, FormattableString.Invariant(
                $"{count} voxels are more than the {Array.MaxLength} that a volume can hold."), Cure.Crop);
        // bzip2 sets no useful limit on its ratio: such a promise is counted before it is believed.
        const long believed = 1 << 20;
        if (data.Compression == DataCompression.BZip2 && bytes > believed && bytes / 256 > data.FileLength)
        {
            using DataStream probe = data.Reopen();
            long found = probe.Skip(bytes, cancellationToken);
            if (found < bytes)
                throw data.Truncated(bytes, found);
        }
    }

    private static T[] ReadAsStored<T>(DataStream data, VoxelLayout layout, int count, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        T[] voxels = GC.AllocateUninitializedArray<T>(count);
        for (int start = 0, length; start < count; start += length)
        {
            length = Math.Min(BlockVoxels, count - start);
            Span<T> block = voxels.AsSpan(start, length);
            Fill(data, layout, block, start, count, cancellationToken);
            if (layout.Rescales && typeof(T) == typeof(float))
                Rescale(MemoryMarshal.Cast<T, float>(block), layout.Slope, layout.Intercept);
            else if (layout.Rescales)
                Rescale(MemoryMarshal.Cast<T, double>(block), layout.Slope, layout.Intercept);
        }
        return voxels;
    }

    /// <summary>Stored integers become 32-bit floats before the line is applied in double, as ITK does it.</summary>
    private static float[] ReadRescaledToFloat<T>(DataStream data, VoxelLayout layout, int count, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        float[] voxels = GC.AllocateUninitializedArray<float>(count);
        T[] stored = ArrayPool<T>.Shared.Rent(Math.Min(BlockVoxels, count));
        try
        {
            for (int start = 0, length; start < count; start += length)
            {
                length = Math.Min(BlockVoxels, count - start);
                Span<T> block = stored.AsSpan(0, length);
                Fill(data, layout, block, start, count, cancellationToken);
                Span<float> target = voxels.AsSpan(start, length);
                for (int i = 0; i < target.Length; i++)
                    target[i] = float.CreateTruncating(block[i]);
                Rescale(target, layout.Slope, layout.Intercept);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(stored);
        }
        return voxels;
    }

    private static void Fill<T>(
        DataStream data, VoxelLayout layout, Span<T> block, long voxelsBefore, long count, CancellationToken cancellationToken)
        where T : unmanaged
    {
        cancellationToken.ThrowIfCancellationRequested();
        Span<byte> bytes = MemoryMarshal.AsBytes(block);
        int read = data.Read(bytes);
        if (read < bytes.Length)
            throw data.Truncated(count * layout.BytesPerVoxel, voxelsBefore * layout.BytesPerVoxel + read);
        if (layout.Swaps)
            ReverseBytes(block);
    }

    private static void Rescale(Span<float> values, double slope, double intercept)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] * slope + intercept);
    }

    private static void Rescale(Span<double> values, double slope, double intercept)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] * slope + intercept;
    }
}
