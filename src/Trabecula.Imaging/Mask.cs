using System.Numerics;

namespace Trabecula.Imaging;

/// <summary>
/// A label volume: each voxel names the region it belongs to, 0 being none. Stored in the type it was read in;
/// labels are what PyRadiomics sees after its cast to uint32 (fractions cut off, -1 becomes 4294967295).
/// </summary>
/// <param name="labels">The label of each voxel.</param>
public sealed class Mask(Volume labels)
{
    /// <summary>The label of each voxel, as stored.</summary>
    public Volume Labels { get; } = labels ?? throw new ArgumentNullException(nameof(labels));

    /// <summary>Size, spacing, origin and directions.</summary>
    public VolumeGeometry Geometry => Labels.Geometry;

    /// <summary>The cast of a stored number to a label, as ITK does it.</summary>
    public static uint LabelOf<T>(T voxel) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            double value = double.CreateTruncating(voxel);
            return double.IsFinite(value) ? unchecked((uint)(long)value) : 0;
        }
        return uint.CreateTruncating(voxel);
    }

    /// <summary>Finds every label with its voxel count, bounding box and centre of mass, in one pass over the voxels.</summary>
    /// <param name="cancellationToken">Checked once a slice.</param>
    /// <exception cref="ImagingException">More than 65,536 labels: this looks like an image, not like a mask.</exception>
    public MaskRegions FindRegions(CancellationToken cancellationToken = default) =>
        Labels.Accept(new RegionSearch(cancellationToken));
}
