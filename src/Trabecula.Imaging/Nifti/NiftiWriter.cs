using System.Runtime.InteropServices;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nifti;

/// <summary>
/// Writes NIfTI-1, or NIfTI-2 where an axis is longer than 32,767 voxels. The qform and the sform say the same, both as the
/// scanner's own coordinates. NIfTI-1 keeps spacing, origin and directions in 32-bit floats.
/// </summary>
internal static class NiftiWriter
{
    private const int Millimetres = 2;

    /// <summary>Writes a volume into one file, or into a pair where the name ends in <c>.hdr</c> or <c>.img</c>.</summary>
    /// <exception cref="ImagingException">The file cannot be written, or NIfTI cannot hold the geometry.</exception>
    public static void Write(string path, Volume volume, CancellationToken cancellationToken)
    {
        (string header, string? image) = NiftiPair.TargetsOf(path);
        byte[] start = Header(path, volume, singleFile: image is null);
        bool compress = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (image is null)
        {
            AtomicFile.Write(header, file => VoxelWriter.Write(file, start, volume, compress, compress, cancellationToken));
            return;
        }
        AtomicFile.Write(image, file => VoxelWriter.Write(file, [], volume, compressStart: false, compress, cancellationToken));
        AtomicFile.Write(header, file => file.Write(start));
    }

    private static byte[] Header(string path, Volume volume, bool singleFile)
    {
        VolumeGeometry geometry = volume.Geometry;
        VolumeSize size = geometry.Size;
        int version = Math.Max(size.X, Math.Max(size.Y, size.Z)) > short.MaxValue ? 2 : 1;
        double[] sform = NiftiTransform.SFormOf(geometry);
        (double[] qform, double handedness) = NiftiTransform.QFormOf(path, geometry);
        double[] pixDim = [handedness, geometry.SpacingMm.X, geometry.SpacingMm.Y, geometry.SpacingMm.Z, 1, 1, 1, 1];
        if (version == 1)
            RequireSingles(path, [.. sform, .. pixDim]);
        return version == 1
            ? Version1(volume, size, pixDim, qform, sform, singleFile)
            : Version2(volume, size, pixDim, qform, sform, singleFile);
    }

    private static void RequireSingles(string path, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!float.IsFinite((float)value) || value != 0 && (float)value == 0)
                throw new ImagingException(path, FormattableString.Invariant(
                    $"NIfTI-1 keeps geometry in 32-bit floats, which cannot hold {value:R}."), "Write the image as NRRD.");
        }
    }

    private static byte[] Version1(Volume volume, VolumeSize size, double[] pixDim, double[] qform, double[] sform, bool singleFile)
    {
        // Four bytes after the header say that no extension follows.
        byte[] bytes = new byte[singleFile ? NiftiHeader.BytesOfVersion1 + 4 : NiftiHeader.BytesOfVersion1];
        Put(bytes, 0, NiftiHeader.BytesOfVersion1);
        Put(bytes, 40, (short[])[3, (short)size.X, (short)size.Y, (short)size.Z, 1, 1, 1, 1]);
        Put(bytes, 70, (short)CodeOf(volume.VoxelType));
        Put(bytes, 72, (short)(8 * VoxelLayout.BytesOf(volume.VoxelType)));
        Put(bytes, 76, Singles(pixDim));
        Put(bytes, 108, (float)(singleFile ? bytes.Length : 0));
        Put(bytes, 112, 1f);
        bytes[123] = Millimetres;
        Put(bytes, 252, (short[])[1, 1]);
        Put(bytes, 256, Singles(qform));
        Put(bytes, 280, Singles(sform));
        (singleFile ? "n+1"u8 : "ni1"u8).CopyTo(bytes.AsSpan(344));
        return bytes;
    }

    private static byte[] Version2(Volume volume, VolumeSize size, double[] pixDim, double[] qform, double[] sform, bool singleFile)
    {
        byte[] bytes = new byte[singleFile ? NiftiHeader.BytesOfVersion2 + 4 : NiftiHeader.BytesOfVersion2];
        Put(bytes, 0, NiftiHeader.BytesOfVersion2);
        // The line ends show a transfer that treated the file as text.
        (singleFile ? "n+2\0\r\n\x1A\n"u8 : "ni2\0\r\n\x1A\n"u8).CopyTo(bytes.AsSpan(4));
        Put(bytes, 12, (short)CodeOf(volume.VoxelType));
        Put(bytes, 14, (short)(8 * VoxelLayout.BytesOf(volume.VoxelType)));
        Put(bytes, 16, (long[])[3, size.X, size.Y, size.Z, 1, 1, 1, 1]);
        Put(bytes, 104, pixDim);
        Put(bytes, 168, (long)(singleFile ? bytes.Length : 0));
        Put(bytes, 176, 1.0);
        Put(bytes, 344, (int[])[1, 1]);
        Put(bytes, 352, qform);
        Put(bytes, 400, sform);
        Put(bytes, 500, Millimetres);
        return bytes;
    }

    private static int CodeOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 => 2,
        VoxelType.Int16 => 4,
        VoxelType.Int32 => 8,
        VoxelType.Float32 => 16,
        VoxelType.Float64 => 64,
        VoxelType.Int8 => 256,
        VoxelType.UInt16 => 512,
        VoxelType.UInt32 => 768,
        VoxelType.Int64 => 1024,
        _ => 1280,
    };

    private static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static void Put<T>(byte[] bytes, int offset, T value) where T : unmanaged => MemoryMarshal.Write(bytes.AsSpan(offset), value);

    private static void Put<T>(byte[] bytes, int offset, T[] values) where T : unmanaged =>
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(bytes.AsSpan(offset));
}
