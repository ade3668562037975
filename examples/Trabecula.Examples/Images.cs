using System.Numerics;
using Trabecula.Imaging;

namespace Trabecula.Examples;

/// <summary>Volumes and masks.</summary>
public static class Images
{
    /// <summary>Size, spacing and range of a file.</summary>
    public static void Describe(string path, TextWriter output)
    {
        Volume volume = VolumeFile.Read(path);
        output.WriteLine($"{volume.Geometry.Size} voxels of {volume.Geometry.SpacingMm} mm, {volume.VoxelType}");
        output.WriteLine($"up to {volume.Accept(new Maximum())}");
    }

    /// <summary>A volume from an array, written as NIfTI, and the regions of a mask on the same grid.</summary>
    public static void MakeAndWrite(string path, TextWriter output)
    {
        var geometry = new VolumeGeometry(new VolumeSize(4, 3, 2), new Vector3D(0.8, 0.8, 3), default, Matrix3D.Identity);
        Volume<short> image = Volume.Create(geometry, new short[4 * 3 * 2]);
        VolumeFile.Write(path, image);

        var labels = new byte[4 * 3 * 2];
        labels[5] = labels[6] = 20;
        foreach (MaskRegion region in new Mask(Volume.Create(geometry, labels)).FindRegions().Regions)
            output.WriteLine($"label {region.Label}: {region.VoxelCount} voxels in {region.Box}");
    }

    // The type of the voxels is known only when the file is read: the work is written once, for any.
    private readonly struct Maximum : IVolumeOperation<double>
    {
        public double Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            T largest = volume.Voxels[0];
            foreach (T voxel in volume.Voxels)
                largest = T.Max(largest, voxel);
            return double.CreateChecked(largest);
        }
    }
}
