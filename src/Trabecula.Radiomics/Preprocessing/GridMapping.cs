using System.Runtime.CompilerServices;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Where the voxels of a grid lie in another volume's index space, in ITK's arithmetic: the start and the end of each scan line
/// along x are mapped through physical space, and the voxels between are interpolated. The order of every operation counts:
/// points that fall halfway between two voxels decide whole planes of a mask.
/// </summary>
internal sealed class GridMapping
{
    private readonly VolumeGeometry _grid;
    private readonly VolumeGeometry _source;
    private readonly Matrix3D _gridToPoint;
    private readonly Matrix3D _pointToSource;

    /// <summary>Maps voxels of <paramref name="grid"/> to continuous indices of <paramref name="source"/>.</summary>
    public GridMapping(VolumeGeometry grid, VolumeGeometry source)
    {
        (_grid, _source) = (grid, source);
        _gridToPoint = grid.Direction.ScaleColumns(grid.SpacingMm);
        _pointToSource = PointToIndex(source);
    }

    /// <summary>
    /// Whether a source index depends on the same axis of the grid only, exactly: voxel axes lie along patient axes, in whatever order. On an
    /// oblique grid it does so but for rounding, and ITK's positions then differ from line to line.
    /// </summary>
    public bool IsSeparable
    {
        get
        {
            for (int axis = 0; axis < 3; axis++)
            {
                int patient = -1;
                for (int row = 0; row < 3; row++)
                {
                    if (_gridToPoint[row, axis] == 0)
                        continue;
                    if (patient >= 0)
                        return false;
                    patient = row;
                }
                for (int index = 0; index < 3; index++)
                {
                    if ((_pointToSource[index, patient] != 0) != (index == axis))
                        return false;
                }
            }
            return true;
        }
    }

    /// <summary>The matrix from a point relative to the origin to a continuous index.</summary>
    public static Matrix3D PointToIndex(VolumeGeometry geometry) =>
        SingularValueInverse.Invert(geometry.Direction.ScaleColumns(geometry.SpacingMm));

    /// <summary>The continuous index of a point.</summary>
    public static Vector3D PointToIndex(VolumeGeometry geometry, Vector3D point)
    {
        Vector3D o = geometry.OriginMm;
        return PointToIndex(geometry).Multiply(new(point.X - o.X, point.Y - o.Y, point.Z - o.Z));
    }

    /// <summary>The point of a continuous index: unlike for a whole index, ITK adds the origin last.</summary>
    public static Vector3D ContinuousIndexToPoint(VolumeGeometry geometry, Vector3D index)
    {
        Vector3D offset = geometry.Direction.ScaleColumns(geometry.SpacingMm).Multiply(index), o = geometry.OriginMm;
        return new(offset.X + o.X, offset.Y + o.Y, offset.Z + o.Z);
    }

    /// <summary>The scan line at (y, z) of the grid.</summary>
    public Scanline Line(int y, int z)
    {
        Vector3D start = Map(0, y, z), end = Map(_grid.Size.X, y, z);
        return new(start, new(end.X - start.X, end.Y - start.Y, end.Z - start.Z), _grid.Size.X);
    }

    private Vector3D Map(int x, int y, int z)
    {
        Matrix3D m = _gridToPoint;
        Vector3D g = _grid.OriginMm, o = _source.OriginMm;
        return _pointToSource.Multiply(new(
            g.X + m.M00 * x + m.M01 * y + m.M02 * z - o.X,
            g.Y + m.M10 * x + m.M11 * y + m.M12 * z - o.Y,
            g.Z + m.M20 * x + m.M21 * y + m.M22 * z - o.Z));
    }

    /// <summary>A line of grid voxels along x in the index space of the source.</summary>
    public readonly record struct Scanline(Vector3D Start, Vector3D Length, int Size)
    {
        /// <summary>The continuous source index of the voxel <paramref name="x"/> of the line.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector3D At(int x)
        {
            double part = x / (double)Size;
            return new(Start.X + part * Length.X, Start.Y + part * Length.Y, Start.Z + part * Length.Z);
        }
    }
}
