using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace Trabecula.Imaging.Tests;

/// <summary>Volumes with arbitrary voxels of every type, and their bytes in either order.</summary>
internal static class SampleVolume
{
    public static VoxelType[] Types { get; } = Enum.GetValues<VoxelType>();

    public static VolumeGeometry Geometry { get; } =
        new(new(5, 4, 3), new(0.75, 0.5, 3), new(-12.5, 100.25, -800), new(-1, 0, 0, 0, 1, 0, 0, 0, 1));

    public static Volume Of(VoxelType type, VolumeGeometry? geometry = null, ulong seed = 1)
    {
        VolumeGeometry where = geometry ?? Geometry;
        return type switch
        {
            VoxelType.UInt8 => Create<byte>(where, seed),
            VoxelType.Int8 => Create<sbyte>(where, seed),
            VoxelType.UInt16 => Create<ushort>(where, seed),
            VoxelType.Int16 => Create<short>(where, seed),
            VoxelType.UInt32 => Create<uint>(where, seed),
            VoxelType.Int32 => Create<int>(where, seed),
            VoxelType.UInt64 => Create<ulong>(where, seed),
            VoxelType.Int64 => Create<long>(where, seed),
            VoxelType.Float32 => Create<float>(where, seed),
            _ => Create<double>(where, seed),
        };
    }

    public static byte[] BytesOf(Volume volume, bool bigEndian) => volume.Accept(new Bytes(bigEndian));

    public static void AssertSameVoxels(Volume expected, Volume actual)
    {
        Assert.Equal(expected.VoxelType, actual.VoxelType);
        Assert.Equal(expected.Geometry.Size, actual.Geometry.Size);
        Assert.Equal(BytesOf(expected, false), BytesOf(actual, false));
    }

    private static Volume<T> Create<T>(VolumeGeometry geometry, ulong seed) where T : unmanaged, INumber<T>
    {
        var random = new XorShift(seed);
        T[] voxels = new T[geometry.Size.Count];
        bool real = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        for (int i = 0; i < voxels.Length; i++)
            voxels[i] = real ? T.CreateTruncating((long)random.Next() / 1024.0) : T.CreateTruncating(random.Next());
        return Volume.Create(geometry, voxels);
    }

    private readonly struct Bytes(bool bigEndian) : IVolumeOperation<byte[]>
    {
        public byte[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            byte[] bytes = MemoryMarshal.AsBytes(volume.Voxels).ToArray();
            int size = Marshal.SizeOf<T>();
            for (int i = 0; bigEndian && i < bytes.Length; i += size)
                Array.Reverse(bytes, i, size);
            return bytes;
        }
    }
}
