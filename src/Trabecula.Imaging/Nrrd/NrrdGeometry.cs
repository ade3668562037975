using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>
/// Where an NRRD header puts the voxels, as ITK's NrrdImageIO and Teem compute it: the spacing of an axis is the length of its
/// direction vector, its direction that vector times the reciprocal. RAS and LAS become LPS; in spaces that say nothing
/// about the patient the numbers stay as they are.
/// </summary>
internal static class NrrdGeometry
{
    private static readonly GeometryFields Fields = new("sizes", "space directions or spacings", "space origin", "space directions");

    /// <summary>The geometry of the three image axes.</summary>
    /// <param name="header">The parsed header.</param>
    /// <param name="layered">Whether the first axis counts layers, which then lengthen x.</param>
    /// <exception cref="ImagingException">More or fewer axes, or numbers that no image can have.</exception>
    public static VolumeGeometry Of(NrrdHeader header, bool layered = false)
    {
        int dimension = header.Sizes.Length;
        (int spaceDimension, double signX, double signY) = SpaceOf(header);
        double[]?[]? directions = NrrdValues.Vectors(header, "spacedirections", "space directions", dimension, spaceDimension);
        if (spaceDimension > 0 && directions is null)
            throw header.Fault("space directions", null, "with a space, one vector for each axis was expected");
        if (directions is not null && spaceDimension == 0)
            throw header.Fault("space", null, "space directions need a space or a space dimension");
        List<int> axes = layered ? LayeredAxes(header, directions) : ImageAxes(header, directions);

        long[] sizes = [1, 1, 1];
        for (int i = 0; i < axes.Count; i++)
            sizes[i] = header.Sizes[axes[i]];
        if (layered && sizes[0] <= int.MaxValue && header.Sizes[0] <= int.MaxValue)
            sizes[0] *= header.Sizes[0];
        (Vector3D spacing, Matrix3D direction, Vector3D origin) = directions is not null
            ? InSpace(header, axes, directions, spaceDimension, signX, signY)
            : WithoutSpace(header, axes);
        return CheckedGeometry.Create(header.Path, sizes, spacing, origin, direction, Fields);
    }

    private static (int Dimension, double SignX, double SignY) SpaceOf(NrrdHeader header)
    {
        if (header["spacedimension"] is { } count)
        {
            if (header["space"] is { } both)
                throw header.Fault("space", both, "either a space or a space dimension was expected, not both");
            return count is "2" or "3" ? (count[0] - '0', 1, 1)
                : throw header.Fault("space dimension", count, "2 or 3 was expected");
        }
        if (header["space"] is not { } space)
            return (0, 1, 1);
        string name = space.ToLowerInvariant().Replace(" ", "-", StringComparison.Ordinal);
        return name switch
        {
            "left-posterior-superior" or "leftposteriorsuperior" or "lps" => (3, 1, 1),
            "right-anterior-superior" or "rightanteriorsuperior" or "ras" => (3, -1, -1),
            // ITK turns x around here, although it is y that differs from LPS; its reading is kept, so that coordinates agree with it.
            "left-anterior-superior" or "leftanteriorsuperior" or "las" => (3, -1, 1),
            "scanner-xyz" or "3d-right-handed" or "3drighthanded" or "3d-left-handed" or "3dlefthanded" => (3, 1, 1),
            "right-up" or "right-down" => (2, 1, 1),
            _ => throw header.Fault("space", space,
                "left-posterior-superior, right-anterior-superior, left-anterior-superior, scanner-xyz " +
                "or another space of 2 or 3 axes was expected"),
        };
    }

    private static List<int> LayeredAxes(NrrdHeader header, double[]?[]? directions) =>
        directions is [null, not null, not null, not null] ? [1, 2, 3] : throw header.Fault("space directions", header["spacedirections"],
            "four axes of a segmentation are its layers (none) and three of space");

    /// <summary>The axes along which the image extends; further axes with one element are left out.</summary>
    private static List<int> ImageAxes(NrrdHeader header, double[]?[]? directions)
    {
        string[]? kinds = header["kinds"] is { } text ? NrrdValues.Words(text) : null;
        if (kinds is not null && kinds.Length != header.Sizes.Length)
            throw header.Fault("kinds", header["kinds"], FormattableString.Invariant($"{header.Sizes.Length} words were expected"));
        var axes = new List<int>();
        for (int axis = 0; axis < header.Sizes.Length; axis++)
        {
            bool spatial = (directions is null || directions[axis] is not null)
                && (kinds is null || kinds[axis].ToLowerInvariant() is "domain" or "space" or "none" or "???");
            if (spatial)
                axes.Add(axis);
            else if (header.Sizes[axis] != 1)
                throw header.Fault("sizes", header["sizes"], FormattableString.Invariant(
                    $"axis {axis + 1} ({kinds?[axis] ?? "no direction"}) holds {header.Sizes[axis]} values for each voxel, ") +
                    "where one was expected: save each channel, segment or time point as an image of its own");
        }
        while (axes.Count > 3 && directions is null && header.Sizes[axes[^1]] == 1)
            axes.RemoveAt(axes.Count - 1);
        return axes.Count is 2 or 3 ? axes : throw header.Fault("sizes", header["sizes"], FormattableString.Invariant(
            $"an image with 2 or 3 axes was expected, not {axes.Count}"));
    }

    private static (Vector3D, Matrix3D, Vector3D) InSpace(
        NrrdHeader header, List<int> axes, double[]?[] directions, int spaceDimension, double signX, double signY)
    {
        if (header["spacings"] is { } scalar && Array.Exists(
            NrrdValues.Numbers(header, "spacings", "spacings", directions.Length)!, spacing => !double.IsNaN(spacing)))
            throw header.Fault("spacings", scalar, "with space directions no spacings were expected");
        if (axes.Count != spaceDimension)
            throw header.Fault("space directions", header["spacedirections"], FormattableString.Invariant(
                $"{spaceDimension} vectors were expected, as many as the space has axes"));
        double[] sign = [signX, signY, 1];
        double[] spacing = [1, 1, 1], origin = [0, 0, 0];
        double[,] cosine = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (int column = 0; column < axes.Count; column++)
        {
            double[] vector = directions[axes[column]]!;
            double square = 0;
            foreach (double coefficient in vector)
                square += coefficient * coefficient;
            spacing[column] = Math.Sqrt(square);
            double reciprocal = 1 / spacing[column];
            for (int row = 0; row < spaceDimension; row++)
                cosine[row, column] = reciprocal * vector[row] * sign[row];
        }
        if (NrrdValues.Vectors(header, "spaceorigin", "space origin", 1, spaceDimension)?[0] is { } given && !double.IsNaN(given[0]))
        {
            for (int row = 0; row < spaceDimension; row++)
                origin[row] = given[row] * sign[row];
        }
        return (new(spacing[0], spacing[1], spacing[2]), Cosines(cosine), new(origin[0], origin[1], origin[2]));
    }

    private static (Vector3D, Matrix3D, Vector3D) WithoutSpace(NrrdHeader header, List<int> axes)
    {
        int dimension = header.Sizes.Length;
        double[]? spacings = NrrdValues.Numbers(header, "spacings", "spacings", dimension);
        double[]? minima = NrrdValues.Numbers(header, "axismins", "axis mins", dimension);
        string[] centers = NrrdValues.Words(header["centers"] ?? header["centerings"] ?? "");
        double[] spacing = [1, 1, 1], origin = [0, 0, 0];
        double[,] cosine = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        bool placed = minima is not null && spacings is not null
            && axes.TrueForAll(axis => double.IsFinite(minima[axis]) && double.IsFinite(spacings[axis]));
        for (int i = 0; i < axes.Count; i++)
        {
            int axis = axes[i];
            double given = spacings?[axis] ?? double.NaN;
            spacing[i] = double.IsNaN(given) ? 1 : given;
            // The minimum of a cell-centred axis is the border of its first voxel.
            if (placed)
                origin[i] = minima![axis] + (axis < centers.Length && centers[axis] == "node" ? 0 : spacing[i] / 2);
            if (spacing[i] < 0)
            {
                spacing[i] = -spacing[i];
                cosine[i, i] = -1;
            }
        }
        return (new(spacing[0], spacing[1], spacing[2]), Cosines(cosine), new(origin[0], origin[1], origin[2]));
    }

    private static Matrix3D Cosines(double[,] m) => new(
        m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2], m[2, 0], m[2, 1], m[2, 2]);
}
