using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Tests;

/// <summary>Images of reproducible noise (a 64-bit linear congruential generator).</summary>
internal sealed class Noise(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double Next()
    {
        _state = _state * 6364136223846793005 + 1442695040888963407;
        return (_state >> 11) * (1.0 / (1UL << 53));
    }

    public static WorkingImage Image(VolumeSize size, Vector3D spacing, VoxelType type = VoxelType.Float64)
    {
        var noise = new Noise((ulong)size.Count);
        var voxels = new double[size.Count];
        for (int i = 0; i < voxels.Length; i++)
        {
            voxels[i] = 2000 * noise.Next() - 1000;
            if (type == VoxelType.Float32) voxels[i] = (float)voxels[i];
        }
        return new WorkingImage(new VolumeGeometry(size, spacing, new(1, -2, 3), Matrix3D.Identity), type, voxels);
    }
}
