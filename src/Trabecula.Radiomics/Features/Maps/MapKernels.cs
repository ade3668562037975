using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Maps;

/// <summary>
/// The voxels of a region with the cubes about them: what the maps of all images share. The cubes are cut off at the borders of the crop, which
/// is the region's box with a margin of the kernel's radius.
/// </summary>
internal sealed class MapKernels
{
    private readonly VolumeSize _reach;
    private readonly VolumeSize _firstOrderReach;

    /// <param name="mask">The region in the crop: 1 inside, 0 outside.</param>
    /// <param name="size">The crop's size.</param>
    /// <param name="regionSize">The size of the region's own box.</param>
    /// <param name="settings">The settings of the image type.</param>
    public MapKernels(byte[] mask, VolumeSize size, VolumeSize regionSize, ExtractionSettings settings)
    {
        Size = size;
        IsMasked = settings.Voxel.MaskedKernel;
        Radius = settings.Voxel.KernelRadius;
        int flat = settings.Force2D ? 2 - settings.Force2DDimension : -1;
        _reach = new(flat == 0 ? 0 : Radius, flat == 1 ? 0 : Radius, flat == 2 ? 0 : Radius);
        VolumeSize longest = IsMasked ? regionSize : size;
        _firstOrderReach = new(Math.Min(_reach.X, longest.X - 1), Math.Min(_reach.Y, longest.Y - 1), Math.Min(_reach.Z, longest.Z - 1));
        Centres = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0)];
        byte[] counted = mask;
        if (!IsMasked)
        {
            counted = new byte[mask.Length];
            counted.AsSpan().Fill(1);
        }
        Counted = new RegionGrid(counted, size.X, size.Y, size.Z);
    }

    /// <summary>The crop's size.</summary>
    public VolumeSize Size { get; }

    /// <summary>How far the cubes reach from their centres.</summary>
    public int Radius { get; }

    /// <summary>Whether only voxels of the region count in a cube.</summary>
    public bool IsMasked { get; }

    /// <summary>The region's voxels, as places in the crop.</summary>
    public int[] Centres { get; }

    /// <summary>The voxels that have grey levels: the region's, or all of the crop.</summary>
    public RegionGrid Counted { get; }

    /// <summary>How many voxels of the region a map has no value (NaN) for; what is outside may hold NaN as its filling.</summary>
    public int WithoutValue(FeatureMap map)
    {
        ReadOnlySpan<double> voxels = ((Volume<double>)map.Image).Voxels;
        int count = 0;
        foreach (int centre in Centres)
            count += double.IsNaN(voxels[centre]) ? 1 : 0;
        return count;
    }

    /// <summary>The cube about a voxel, for textures.</summary>
    public VoxelBox Kernel(int centre) => Box(centre, _reach);

    /// <summary>The cube for first-order features, which reaches no further than the region is long.</summary>
    public VoxelBox FirstOrderKernel(int centre) => Box(centre, _firstOrderReach);

    /// <summary>Which steps have a pair in any cube: the others PyRadiomics removes.</summary>
    public bool[] UsedSteps(LevelBlock levels, Step[] steps) => [.. steps.Select(step => Array.Exists(Centres, centre => HasPair(levels, Kernel(centre), step)))];

    private static bool HasPair(LevelBlock levels, VoxelBox box, Step step)
    {
        for (int z = box.Z; z + step.Dz <= box.Last(2); z++)
        {
            for (int y = Math.Max(box.Y, box.Y - step.Dy); y <= Math.Min(box.Last(1), box.Last(1) - step.Dy); y++)
            {
                for (int x = Math.Max(box.X, box.X - step.Dx); x <= Math.Min(box.Last(0), box.Last(0) - step.Dx); x++)
                {
                    if (levels.At(x, y, z) != 0 && levels.At(x + step.Dx, y + step.Dy, z + step.Dz) != 0)
                        return true;
                }
            }
        }
        return false;
    }

    private VoxelBox Box(int centre, VolumeSize reach)
    {
        int row = centre / Size.X, x = centre - row * Size.X, z = row / Size.Y, y = row - z * Size.Y;
        return VoxelBox.Between(
            (Math.Max(x - reach.X, 0), Math.Max(y - reach.Y, 0), Math.Max(z - reach.Z, 0)),
            (Math.Min(x + reach.X, Size.X - 1), Math.Min(y + reach.Y, Size.Y - 1), Math.Min(z + reach.Z, Size.Z - 1)));
    }
}
