using System.Numerics;
using System.Runtime.CompilerServices;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>A label of a mask on a part of a grid: one byte a voxel, 1 inside.</summary>
internal sealed record RegionOnGrid(VoxelBox Part, byte[] Inside)
{
    /// <summary>Cuts a region to its own box.</summary>
    /// <param name="inside">1 inside, 0 outside, at least one voxel inside.</param>
    /// <param name="part">Where it lies.</param>
    public static (VoxelBox Box, byte[] Inside) Shrink(byte[] inside, VoxelBox part)
    {
        VolumeSize size = part.Size;
        (int X, int Y, int Z) first = (int.MaxValue, int.MaxValue, int.MaxValue), last = (-1, -1, -1);
        for (int z = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                ReadOnlySpan<byte> row = inside.AsSpan((z * size.Y + y) * size.X, size.X);
                int start = row.IndexOf((byte)1);
                if (start < 0) continue;
                int end = row.LastIndexOf((byte)1);
                first = (Math.Min(first.X, start), Math.Min(first.Y, y), Math.Min(first.Z, z));
                last = (Math.Max(last.X, end), Math.Max(last.Y, y), Math.Max(last.Z, z));
            }
        }
        VoxelBox box = VoxelBox.Between(first, last);
        return (new VoxelBox(box.X + part.X, box.Y + part.Y, box.Z + part.Z, box.Size), Cut(inside, size, box));
    }

    /// <summary>A region of one box in a larger one.</summary>
    public static byte[] Place(byte[] inside, VoxelBox box, VoxelBox larger)
    {
        var placed = new byte[larger.Count];
        VoxelBox within = box.Within(larger);
        for (int z = 0; z < box.Size.Z; z++)
        {
            for (int y = 0; y < box.Size.Y; y++)
                inside.AsSpan((z * box.Size.Y + y) * box.Size.X, box.Size.X).CopyTo(placed.AsSpan(((within.Z + z) * larger.Size.Y + within.Y + y) * larger.Size.X + within.X));
        }
        return placed;
    }

    /// <summary>The part of a region that lies in a box.</summary>
    /// <param name="inside">The region.</param>
    /// <param name="size">Its size.</param>
    /// <param name="box">The box, counted from the region's first voxel.</param>
    public static byte[] Cut(byte[] inside, VolumeSize size, VoxelBox box)
    {
        var cut = new byte[box.Count];
        for (int z = 0; z < box.Size.Z; z++)
        {
            for (int y = 0; y < box.Size.Y; y++)
                inside.AsSpan(((box.Z + z) * size.Y + box.Y + y) * size.X + box.X, box.Size.X).CopyTo(cut.AsSpan((z * box.Size.Y + y) * box.Size.X));
        }
        return cut;
    }
}

/// <summary>Puts a label of a mask onto another grid by nearest neighbour.</summary>
internal static class NearestNeighbour
{
    /// <summary>
    /// Whether each voxel of a part of the grid takes the label. Continuous indices are rounded half up; points outside the mask
    /// take none. Scan lines are those of the whole grid, whichever part is asked for.
    /// </summary>
    public static RegionOnGrid Resample(Mask mask, MaskRegion label, VolumeGeometry grid, VoxelBox part)
    {
        byte[] inside = mask.Labels.Accept(new LabelBox(label));
        var resampled = new byte[part.Count];
        var mapping = new GridMapping(grid, mask.Geometry);
        VolumeSize size = mask.Geometry.Size;
        VoxelBox box = label.Box;
        var columns = new int[part.Size.X];
        GridMapping.Scanline? before = null;
        int target = 0;
        for (int z = part.Z; z <= part.Last(2); z++)
        {
            for (int y = part.Y; y <= part.Last(1); y++, target += part.Size.X)
            {
                GridMapping.Scanline line = mapping.Line(y, z);
                Span<byte> into = resampled.AsSpan(target, part.Size.X);
                if (line.Length.Y != 0 || line.Length.Z != 0)
                {
                    ResampleLine(line, inside, box, size, part.X, into);
                    continue;
                }
                int j = Nearest(line.Start.Y, box, size, 1), k = Nearest(line.Start.Z, box, size, 2);
                if (j < 0 || k < 0)
                    continue;
                // Lines along an axis of the mask mostly meet the same columns.
                if (before is not { } last || line.Start.X != last.Start.X || line.Length.X != last.Length.X)
                {
                    for (int x = 0; x < columns.Length; x++)
                        columns[x] = Nearest(line.At(part.X + x).X, box, size, 0);
                    before = line;
                }
                ReadOnlySpan<byte> row = inside.AsSpan((k * box.Size.Y + j) * box.Size.X, box.Size.X);
                for (int x = 0; x < columns.Length; x++)
                    into[x] = columns[x] < 0 ? (byte)0 : row[columns[x]];
            }
        }
        return new(part, resampled);
    }

    private static void ResampleLine(GridMapping.Scanline line, byte[] inside, VoxelBox box, VolumeSize size, int first, Span<byte> into)
    {
        for (int x = 0; x < into.Length; x++)
        {
            Vector3D c = line.At(first + x);
            int i = Nearest(c.X, box, size, 0), j = Nearest(c.Y, box, size, 1), k = Nearest(c.Z, box, size, 2);
            if ((i | j | k) >= 0)
                into[x] = inside[(k * box.Size.Y + j) * box.Size.X + i];
        }
    }

    /// <summary>The place in the box of the voxel nearest to a continuous index; negative where it lies outside the box or the volume.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Nearest(double index, VoxelBox box, VolumeSize size, int axis)
    {
        if (!(index >= -0.5 && index < size[axis] - 0.5))
            return -1;
        int place = (int)Math.Floor(index + 0.5) - box.First(axis);
        return place < box.Size[axis] ? place : -1;
    }

    /// <summary>The part of a grid that a box of a volume can reach, with a voxel to spare on each side; null where it reaches none.</summary>
    public static VoxelBox? Reach(VoxelBox box, VolumeGeometry volume, VolumeGeometry grid)
    {
        Span<double> lower = [double.MaxValue, double.MaxValue, double.MaxValue], upper = [double.MinValue, double.MinValue, double.MinValue];
        for (int corner = 0; corner < 8; corner++)
        {
            double Corner(int axis) => (corner >> axis & 1) == 0 ? box.First(axis) - 0.5 : box.Last(axis) + 0.5;
            Vector3D c = GridMapping.PointToIndex(grid, GridMapping.ContinuousIndexToPoint(volume, new(Corner(0), Corner(1), Corner(2))));
            for (int axis = 0; axis < 3; axis++)
                (lower[axis], upper[axis]) = (Math.Min(lower[axis], c[axis]), Math.Max(upper[axis], c[axis]));
        }
        Span<int> first = stackalloc int[3], last = stackalloc int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            first[axis] = (int)Math.Max(Math.Floor(lower[axis]) - 1, 0);
            last[axis] = (int)Math.Min(Math.Ceiling(upper[axis]) + 1, grid.Size[axis] - 1);
            if (first[axis] > last[axis]) return null;
        }
        return VoxelBox.Between((first[0], first[1], first[2]), (last[0], last[1], last[2]));
    }

    /// <summary>The label's voxels within its own box.</summary>
    public static byte[] Cut(Mask mask, MaskRegion label) => mask.Labels.Accept(new LabelBox(label));

    private sealed class LabelBox(MaskRegion label) : IVolumeOperation<byte[]>
    {
        public byte[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            VolumeSize size = volume.Geometry.Size;
            VoxelBox box = label.Box;
            var inside = new byte[box.Count];
            int target = 0;
            for (int z = box.Z; z <= box.Last(2); z++)
            {
                for (int y = box.Y; y <= box.Last(1); y++)
                {
                    foreach (T voxel in volume.Voxels.Slice((z * size.Y + y) * size.X + box.X, box.Size.X))
                        inside[target++] = Mask.LabelOf(voxel) == label.Label ? (byte)1 : (byte)0;
                }
            }
            return inside;
        }
    }
}
