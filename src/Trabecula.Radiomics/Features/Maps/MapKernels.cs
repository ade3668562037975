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
    private readonly int _radius;
    private readonly int _planarAxis;
    private readonly VolumeSize _regionSize;

    /// <param name="mask">The region in the crop: 1 inside, 0 outside.</param>
    /// <param name="size">The crop's size.</param>
    /// <param name="regionSize">The size of the region's own box.</param>
    /// <param name="settings">The settings of the image type.</param>
    public MapKernels(byte[] mask, VolumeSize size, VolumeSize regionSize, ExtractionSettings settings)
    {
        Size = size;
        IsMasked = settings.Voxel.MaskedKernel;
        _radius = settings.Voxel.KernelRadius;
        _planarAxis = settings.Force2D ? settings.Force2DDimension : -1;
        _regionSize = IsMasked ? regionSize : size;
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

    /// <summary>Whether only voxels of the region count in a cube.</summary>
    public bool IsMasked { get; }

    /// <summary>The region's voxels, as places in the crop.</summary>
    public int[] Centres { get; }

    /// <summary>The voxels that have grey levels: the region's, or all of the crop.</summary>
    public RegionGrid Counted { get; }

    /// <summary>The cube about a voxel, for textures.</summary>
    public VoxelBox Kernel(int centre) => Box(centre, axis => axis == 2 - _planarAxis ? 0 : _radius);

    /// <summary>The cube for first-order features, which reaches no further than the region is long.</summary>
    public VoxelBox FirstOrderKernel(int centre) => Box(centre, axis => axis == 2 - _planarAxis ? 0 : Math.Min(_radius, _regionSize[axis] - 1));

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

    private VoxelBox Box(int centre, Func<int, int> reach)
    {
        (int x, int y, int z) = (centre % Size.X, centre / Size.X % Size.Y, centre / Size.X / Size.Y);
        int rx = reach(0), ry = reach(1), rz = reach(2);
        return VoxelBox.Between(
            (Math.Max(x - rx, 0), Math.Max(y - ry, 0), Math.Max(z - rz, 0)),
            (Math.Min(x + rx, Size.X - 1), Math.Min(y + ry, Size.Y - 1), Math.Min(z + rz, Size.Z - 1)));
    }
}
