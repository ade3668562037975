namespace Trabecula.Radiomics.Features.Shape;

/// <summary>
/// The mesh's vertices that can be an end of a diameter, plane by plane across one axis. Vertices are the midpoints between a region voxel and
/// a neighbour outside, so along the axis they lie at whole and at half indices; all coordinates here are doubled.
/// </summary>
/// <remarks>
/// The ends of a longest distance are corners of the convex hull, of the whole region as well as of their plane. So of each line only the two
/// outermost vertices count, and of each plane the corners of their convex hull: a few dozen points instead of thousands. Convexity
/// does not depend on the spacing, so the hull is found in whole numbers.
/// </remarks>
internal sealed class SurfacePoints
{
    private readonly List<(int U, int V)> _points = [];
    private readonly List<int> _planeStart = [0];
    private readonly List<(int U, int V)> _left = [];
    private readonly List<(int U, int V)> _right = [];

    /// <summary>Finds the hulls of all planes of a mask.</summary>
    /// <param name="mask">0 or 1, <paramref name="nu"/> fastest, then <paramref name="nv"/>, then <paramref name="nw"/>.</param>
    /// <param name="nu">Voxels along the lines.</param>
    /// <param name="nv">Lines in a plane.</param>
    /// <param name="nw">Planes of voxels.</param>
    public SurfacePoints(ReadOnlySpan<byte> mask, int nu, int nv, int nw)
    {
        ReadOnlySpan<byte> none = new byte[nu];
        for (int w = -1; w < nw; w++)
        {
            if (w >= 0)
                AddVoxelPlane(mask.Slice(w * nu * nv, nu * nv), nu, nv, none);
            ClosePlane();
            AddPlaneBetween(mask, w, nu, nv, nw, none);
            ClosePlane();
        }
    }

    /// <summary>Number of planes; plane k lies at the doubled index k - 2.</summary>
    public int Planes => _planeStart.Count - 1;

    /// <summary>The hull corners of a plane.</summary>
    public ReadOnlySpan<(int U, int V)> Plane(int plane) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_points)[_planeStart[plane].._planeStart[plane + 1]];

    /// <summary>Vertices in a plane of voxels: half a voxel before and after stretches of region along lines, and between lines.</summary>
    private void AddVoxelPlane(ReadOnlySpan<byte> plane, int nu, int nv, ReadOnlySpan<byte> none)
    {
        for (int v = -1; v < nv; v++)
        {
            ReadOnlySpan<byte> line = v >= 0 ? plane.Slice(v * nu, nu) : none;
            ReadOnlySpan<byte> next = v + 1 < nv ? plane.Slice((v + 1) * nu, nu) : none;
            int first = line.IndexOf((byte)1);
            if (first >= 0)
                AddLine(2 * first - 1, 2 * line.LastIndexOf((byte)1) + 1, 2 * v);
            AddDifferences(line, next, 2 * v + 1);
        }
    }

    /// <summary>Vertices half way between two planes of voxels.</summary>
    private void AddPlaneBetween(ReadOnlySpan<byte> mask, int w, int nu, int nv, int nw, ReadOnlySpan<byte> none)
    {
        for (int v = 0; v < nv; v++)
        {
            ReadOnlySpan<byte> line = w >= 0 ? mask.Slice((w * nv + v) * nu, nu) : none;
            ReadOnlySpan<byte> next = w + 1 < nw ? mask.Slice(((w + 1) * nv + v) * nu, nu) : none;
            AddDifferences(line, next, 2 * v);
        }
    }

    private void AddDifferences(ReadOnlySpan<byte> line, ReadOnlySpan<byte> next, int v)
    {
        int first = line.CommonPrefixLength(next);
        if (first == line.Length)
            return;
        int last = line.Length - 1;
        while (line[last] == next[last])
            last--;
        AddLine(2 * first, 2 * last, v);
    }

    /// <summary>Andrew's monotone chain: lines come in ascending order, so each side is a stack of corners.</summary>
    private void AddLine(int first, int last, int v)
    {
        Push(_left, (first, v), 1);
        Push(_right, (last, v), -1);
    }

    private static void Push(List<(int U, int V)> chain, (int U, int V) point, int side)
    {
        while (chain.Count >= 2)
        {
            (int U, int V) a = chain[^2], b = chain[^1];
            long turn = (long)(b.U - a.U) * (point.V - a.V) - (long)(b.V - a.V) * (point.U - a.U);
            if (turn * side < 0)
                break;
            chain.RemoveAt(chain.Count - 1);
        }
        chain.Add(point);
    }

    private void ClosePlane()
    {
        _points.AddRange(_left);
        foreach ((int U, int V) corner in _right)
        {
            if (!_left.Contains(corner))
                _points.Add(corner);
        }
        _planeStart.Add(_points.Count);
        _left.Clear();
        _right.Clear();
    }
}
