using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nifti;

/// <summary>Reads NIfTI-1 and NIfTI-2, in one file or as a header and an image, each of them gzip-compressed or not.</summary>
internal static class NiftiReader
{
    private static readonly GeometryFields Fields = new("dim", "pixdim", "the qform or sform offset", "the qform or sform");

    /// <summary>Reads a volume.</summary>
    /// <param name="path">The file with the header, or the <c>.img</c> of a pair.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <exception cref="ImagingException">The file is damaged, or holds something other than one 3-D scalar image.</exception>
    public static Volume Read(string path, CancellationToken cancellationToken)
    {
        string headerPath = NiftiPair.HeaderOf(path);
        using DataStream file = DataStream.Open(headerPath, 0, NiftiPair.CompressionOf(headerPath));
        (NiftiHeader header, int read) = ReadHeader(file, headerPath);
        VoxelLayout layout = LayoutOf(headerPath, header);
        VolumeGeometry geometry = GeometryOf(headerPath, header);
        if (header.SingleFile)
        {
            SkipTo(file, OffsetOf(headerPath, header, read), read, cancellationToken);
            return VoxelReader.Read(file, layout, geometry, cancellationToken);
        }
        string imagePath = NiftiPair.ImageOf(headerPath);
        using DataStream image = DataStream.Open(imagePath, 0, NiftiPair.CompressionOf(imagePath));
        SkipTo(image, OffsetOf(headerPath, header, 0), 0, cancellationToken);
        return VoxelReader.Read(image, layout, geometry, cancellationToken);
    }

    /// <summary>Reads a header alone.</summary>
    /// <exception cref="ImagingException">It is damaged.</exception>
    internal static NiftiHeader ReadHeader(string headerPath)
    {
        using DataStream file = DataStream.Open(headerPath, 0, NiftiPair.CompressionOf(headerPath));
        return ReadHeader(file, headerPath).Header;
    }

    private static (NiftiHeader Header, int BytesRead) ReadHeader(DataStream file, string path)
    {
        byte[] start = new byte[NiftiHeader.BytesOfVersion2];
        int read = file.Read(start.AsSpan(0, NiftiHeader.BytesOfVersion1));
        // The longer header is read only where there is one: the voxels of NIfTI-1 may begin before byte 540.
        if (read == NiftiHeader.BytesOfVersion1 && (start[0] == 0x1C || start[3] == 0x1C) && (start[1] == 2 || start[2] == 2))
            read += file.Read(start.AsSpan(read));
        return (NiftiHeader.Parse(path, start.AsSpan(0, read)), read);
    }

    private static VolumeGeometry GeometryOf(string path, NiftiHeader header)
    {
        long axes = header.Dim[0];
        if (axes is < 1 or > 7)
            throw new ImagingException(path, FormattableString.Invariant($"dim[0] gives {axes} axes, where 1 to 7 are possible."),
                "Export the image again.");
        for (int axis = 4; axis <= axes; axis++)
        {
            if (header.Dim[axis] != 1)
                throw new ImagingException(path, FormattableString.Invariant(
                    $"the image has more than three axes: dim[{axis}] is {header.Dim[axis]}, where 1 was expected."),
                    "Save one time point, channel or segment as an image of its own.");
        }
        (Vector3D spacing, Vector3D origin, Matrix3D direction) = NiftiOrientation.Of(path, header);
        return CheckedGeometry.Create(
            path, [header.Dim[1], axes > 1 ? header.Dim[2] : 1, axes > 2 ? header.Dim[3] : 1], spacing, origin, direction, Fields);
    }

    private static VoxelLayout LayoutOf(string path, NiftiHeader header)
    {
        VoxelType type = header.DataType switch
        {
            2 => VoxelType.UInt8,
            4 => VoxelType.Int16,
            8 => VoxelType.Int32,
            16 => VoxelType.Float32,
            64 => VoxelType.Float64,
            256 => VoxelType.Int8,
            512 => VoxelType.UInt16,
            768 => VoxelType.UInt32,
            1024 => VoxelType.Int64,
            1280 => VoxelType.UInt64,
            _ => throw new ImagingException(path, FormattableString.Invariant(
                $"the data type is {header.DataType} ({NameOf(header.DataType)}), where integers or 32- or 64-bit floats were expected."),
                "Convert the image to one number for each voxel."),
        };
        double slope = double.IsFinite(header.Slope) && Math.Abs(header.Slope) >= double.Epsilon ? header.Slope : 1;
        // ITK's test for "no slope", and for "nothing to do", is the distance to the next double after 1.
        const double machineEpsilon = 2.220446049250313e-16;
        if (Math.Abs(slope) < machineEpsilon)
            slope = 1;
        double intercept = double.IsFinite(header.Intercept) ? header.Intercept : 0;
        return Math.Abs(slope - 1) > machineEpsilon || Math.Abs(intercept) > machineEpsilon
            ? new(type, header.BigEndian, slope, intercept)
            : new(type, header.BigEndian);
    }

    private static string NameOf(int dataType) => dataType switch
    {
        1 => "one bit a voxel",
        32 or 1792 or 2048 => "complex numbers",
        128 or 2304 => "RGB colours",
        1536 => "128-bit floats",
        _ => "unknown",
    };

    private static long OffsetOf(string path, NiftiHeader header, int bytesRead)
    {
        double offset = header.VoxelOffset;
        if (!(offset >= 0 && offset <= 1L << 40))
            throw new ImagingException(path, FormattableString.Invariant($"vox_offset is {offset}, where a byte of the file was expected."),
                "Export the image again.");
        return Math.Max((long)offset, bytesRead);
    }

    private static void SkipTo(DataStream data, long offset, long position, CancellationToken cancellationToken)
    {
        long missing = offset - position;
        if (data.Skip(missing, cancellationToken) < missing)
            throw new ImagingException(data.Path, FormattableString.Invariant(
                $"vox_offset says that the voxels begin at byte {offset}, but the data end before."), "Copy or export the image again.");
    }
}
