using System.Numerics;

namespace Trabecula.Imaging;

/// <summary>A set of voxels of a grid: one label of a mask, or what a segmentation has found so far. Immutable.</summary>
public sealed class VoxelSet
{
    private readonly bool[] _inside;

    internal VoxelSet(VolumeGeometry geometry, bool[] inside)
    {
        if (inside.LongLength != geometry.Size.Count)
            throw new ArgumentException($"{inside.LongLength} voxels for a size of {geometry.Size}.", nameof(inside));
        (Geometry, _inside, Count) = (geometry, inside, inside.LongCount(each => each));
    }

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>Whether each voxel belongs to the set, x fastest.</summary>
    public ReadOnlySpan<bool> Inside => _inside;

    /// <summary>Number of voxels in the set.</summary>
    public long Count { get; }

    /// <summary>Volume of the set in cubic millimetres.</summary>
    public double VolumeMm3 => Count * Geometry.VoxelVolumeMm3;

    /// <summary>The voxels of a label, or of any label.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="label">The label; null for all voxels that have one.</param>
    public static VoxelSet Of(Mask mask, uint? label = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new(mask.Geometry, mask.Labels.Accept(new Selection(label)));
    }

    /// <summary>A set of given voxels.</summary>
    /// <param name="geometry">The grid.</param>
    /// <param name="inside">Whether each voxel belongs to it, x fastest; copied.</param>
    /// <exception cref="ArgumentException">The number of voxels is not that of the grid.</exception>
    public static VoxelSet Of(VolumeGeometry geometry, ReadOnlySpan<bool> inside) => new(geometry, inside.ToArray());

    /// <summary>The set as a mask.</summary>
    /// <param name="label">The label of its voxels.</param>
    public Mask ToMask(byte label = 1) => new(Volume.Create(Geometry, Array.ConvertAll(_inside, inside => inside ? label : (byte)0)));

    /// <summary>The smallest box around the set; null where it is empty.</summary>
    public VoxelBox? Box()
    {
        (int nx, int ny, int nz) = (Geometry.Size.X, Geometry.Size.Y, Geometry.Size.Z);
        (int X, int Y, int Z) first = (nx, ny, nz), last = (-1, -1, -1);
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                ReadOnlySpan<bool> row = _inside.AsSpan((z * ny + y) * nx, nx);
                int start = row.IndexOf(true);
                if (start < 0)
                    continue;
                first = (Math.Min(first.X, start), Math.Min(first.Y, y), Math.Min(first.Z, z));
                last = (Math.Max(last.X, row.LastIndexOf(true)), Math.Max(last.Y, y), z);
            }
        }
        return last.Z < 0 ? null : VoxelBox.Between(first, last);
    }

    /// <summary>Whether a voxel of the set lies on a face of the image: what it shows may go on beyond.</summary>
    public bool TouchesBorder() => Box() is { } box
        && Enumerable.Range(0, 3).Any(axis => box.First(axis) == 0 || box.Last(axis) == Geometry.Size[axis] - 1);

    private readonly struct Selection(uint? label) : IVolumeOperation<bool[]>
    {
        public bool[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            var inside = new bool[volume.Voxels.Length];
            for (int i = 0; i < inside.Length; i++)
            {
                uint found = Mask.LabelOf(volume.Voxels[i]);
                inside[i] = label is { } wanted ? found == wanted : found != 0;
            }
            return inside;
        }
    }
}
