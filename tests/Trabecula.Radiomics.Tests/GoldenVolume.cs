using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Tests;

/// <summary>Reads the reference volumes: gzipped little-endian NRRD as ITK writes it, and single-file NIfTI with axes along the patient's.</summary>
internal static class GoldenVolume
{
    public static Volume Read(string path) => path.EndsWith(".nii.gz", StringComparison.Ordinal) ? ReadNifti(path) : ReadNrrd(path);

    public static WorkingImage ReadWorking(string path) => Read(path) switch
    {
        Volume<double> v => new(v.Geometry, v.VoxelType, v.Voxels.ToArray()),
        Volume<float> v => new(v.Geometry, v.VoxelType, [.. v.Voxels.ToArray().Select(x => (double)x)]),
        Volume<byte> v => new(v.Geometry, v.VoxelType, [.. v.Voxels.ToArray().Select(x => (double)x)]),
        Volume v => throw new NotSupportedException(v.VoxelType.ToString()),
    };

    private static Volume ReadNrrd(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.AsSpan().IndexOf("\n\n"u8);
        var fields = Encoding.ASCII.GetString(bytes, 0, end).Split('\n')
            .Where(l => !l.StartsWith('#') && l.Contains(": ", StringComparison.Ordinal))
            .ToDictionary(l => l[..l.IndexOf(':', StringComparison.Ordinal)], l => l[(l.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        int[] size = [.. fields["sizes"].Split(' ').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        double[] origin = Golden.Numbers(fields["space origin"]);
        double[][] axes = [.. fields["space directions"].Split(' ').Select(Golden.Numbers)];
        double[] spacing = [.. axes.Select(a => Math.Sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]))];
        double D(int row, int axis) => 1.0 / spacing[axis] * axes[axis][row];
        var geometry = new VolumeGeometry(new(size[0], size[1], size[2]), new(spacing[0], spacing[1], spacing[2]), new(origin[0], origin[1], origin[2]),
            new(D(0, 0), D(0, 1), D(0, 2), D(1, 0), D(1, 1), D(1, 2), D(2, 0), D(2, 1), D(2, 2)));
        Stream data = new MemoryStream(bytes, end + 2, bytes.Length - end - 2);
        if (fields["encoding"] == "gzip") data = new GZipStream(data, CompressionMode.Decompress);
        return fields["type"] switch
        {
            "unsigned char" or "uint8" => Fill<byte>(geometry, data),
            "short" or "int16" => Fill<short>(geometry, data),
            "unsigned short" => Fill<ushort>(geometry, data),
            "int" => Fill<int>(geometry, data),
            "unsigned int" => Fill<uint>(geometry, data),
            "float" => Fill<float>(geometry, data),
            "double" => Fill<double>(geometry, data),
            string type => throw new NotSupportedException(type),
        };
    }

    private static Volume ReadNifti(string path)
    {
        using var data = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var header = new byte[352];
        data.ReadExactly(header);
        short Short(int at) => BitConverter.ToInt16(header, at);
        float Single(int at) => BitConverter.ToSingle(header, at);
        float slope = Single(112), intercept = Single(116);
        if (BitConverter.ToInt32(header, 0) != 348 || Single(108) != 352 || (slope != 0 && (slope != 1 || intercept != 0))) throw new NotSupportedException(path);
        var size = new VolumeSize(Short(42), Short(44), Short(46));
        var spacing = new Vector3D(Single(80), Single(84), Single(88));
        Matrix3D direction;
        Vector3D origin;
        if (Short(252) > 0)
        {
            double b = Single(256), c = Single(260), d = Single(264), a = Math.Sqrt(Math.Max(0, 1 - (b * b + c * c + d * d))), q = Single(76) < 0 ? -1 : 1;
            direction = new(
                -(a * a + b * b - c * c - d * d), -(2 * b * c - 2 * a * d), -q * (2 * b * d + 2 * a * c),
                -(2 * b * c + 2 * a * d), -(a * a + c * c - b * b - d * d), -q * (2 * c * d - 2 * a * b),
                2 * b * d - 2 * a * c, 2 * c * d + 2 * a * b, q * (a * a + d * d - c * c - b * b));
            origin = new(-Single(268), -Single(272), Single(276));
        }
        else
        {
            double S(int row, int column) => (row == 2 ? 1 : -1) * Single(280 + 16 * row + 4 * column);
            direction = new(
                S(0, 0) / spacing.X, S(0, 1) / spacing.Y, S(0, 2) / spacing.Z, S(1, 0) / spacing.X, S(1, 1) / spacing.Y, S(1, 2) / spacing.Z,
                S(2, 0) / spacing.X, S(2, 1) / spacing.Y, S(2, 2) / spacing.Z);
            origin = new(S(0, 3), S(1, 3), S(2, 3));
        }
        var geometry = new VolumeGeometry(size, spacing, origin, direction);
        return Short(70) switch
        {
            2 => Fill<byte>(geometry, data),
            4 => Fill<short>(geometry, data),
            8 => Fill<int>(geometry, data),
            16 => Fill<float>(geometry, data),
            64 => Fill<double>(geometry, data),
            512 => Fill<ushort>(geometry, data),
            short type => throw new NotSupportedException($"NIfTI type {type} in {path}"),
        };
    }

    private static Volume<T> Fill<T>(VolumeGeometry geometry, Stream data) where T : unmanaged, INumber<T>
    {
        var voxels = new T[geometry.Size.Count];
        data.ReadExactly(MemoryMarshal.AsBytes(voxels.AsSpan()));
        return Volume.Create(geometry, voxels);
    }
}
