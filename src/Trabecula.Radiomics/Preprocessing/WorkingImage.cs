using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// An image between the steps of an extraction. Values are held in double precision whatever their type, which is exact;
/// <see cref="VoxelType"/> tells the type that ITK would hold them in, because some steps round or compute in it.
/// </summary>
internal sealed class WorkingImage
{
    /// <summary>Wraps voxels, which are not copied.</summary>
    public WorkingImage(VolumeGeometry geometry, VoxelType voxelType, double[] voxels)
    {
        if (voxels.LongLength != geometry.Size.Count)
            throw new ArgumentException($"{voxels.LongLength} voxels for a size of {geometry.Size}.", nameof(voxels));
        (Geometry, VoxelType, Voxels) = (geometry, voxelType, voxels);
    }

    /// <summary>Size, spacing, origin and directions.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>The type that every value is exact in.</summary>
    public VoxelType VoxelType { get; }

    /// <summary>All voxels, x fastest.</summary>
    public double[] Voxels { get; }

    /// <summary>Voxels along x, y and z.</summary>
    public VolumeSize Size => Geometry.Size;

    /// <summary>A copy of a part of the image; the image itself where the part is the whole.</summary>
    public WorkingImage Crop(VoxelBox box)
    {
        if (box == VoxelBox.Whole(Size)) return this;
        var voxels = GC.AllocateUninitializedArray<double>(box.Count);
        int target = 0;
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++, target += box.Size.X)
                Voxels.AsSpan((z * Size.Y + y) * Size.X + box.X, box.Size.X).CopyTo(voxels.AsSpan(target));
        }
        return new WorkingImage(box.GeometryIn(Geometry), VoxelType, voxels);
    }
}
