using System.Globalization;
using System.Numerics;
using System.Text;

namespace Trabecula.Imaging.Tests.Nrrd;

/// <summary>NRRD files put together from text.</summary>
internal static class NrrdBytes
{
    public const string Space = "space: left-posterior-superior\nspace directions: (0.75,0,0) (0,0.5,0) (0,0,3)\nspace origin: (1,2,3)\n";

    public static string[] Encodings { get; } = ["raw", "gzip", "bzip2", "ascii", "hex"];

    public static string Header(
        string type = "short", string sizes = "5 4 3", string encoding = "raw", string endian = "little", string fields = Space) =>
        $"NRRD0004\n# comment\ntype: {type}\ndimension: {sizes.Split(' ').Length}\nsizes: {sizes}\n" +
        $"encoding: {encoding}\nendian: {endian}\n{fields}";

    public static byte[] File(string header, byte[] data) => [.. Encoding.ASCII.GetBytes(header + "\n"), .. data];

    public static string NameOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 => "uint8",
        VoxelType.Int8 => "int8",
        VoxelType.UInt16 => "uint16",
        VoxelType.Int16 => "int16",
        VoxelType.UInt32 => "uint32",
        VoxelType.Int32 => "int32",
        VoxelType.UInt64 => "uint64",
        VoxelType.Int64 => "int64",
        VoxelType.Float32 => "float",
        _ => "double",
    };

    public static byte[] Encode(Volume volume, string encoding, bool bigEndian)
    {
        byte[] raw = SampleVolume.BytesOf(volume, bigEndian);
        return encoding switch
        {
            "raw" => raw,
            "gzip" => Compressed.GZip(raw),
            "bzip2" => Compressed.BZip2(raw),
            "hex" => Encoding.ASCII.GetBytes(string.Concat(raw.Select(HexDigits))),
            _ => volume.Accept(new Decimal()),
        };
    }

    private static string HexDigits(byte value, int index) =>
        value.ToString(index % 2 == 0 ? "x2" : "X2", CultureInfo.InvariantCulture) + (index % 35 == 34 ? "\n" : "");

    private readonly struct Decimal : IVolumeOperation<byte[]>
    {
        public byte[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> =>
            Encoding.ASCII.GetBytes(string.Join('\n', volume.Voxels.ToArray().Select(
                value => value.ToString(null, CultureInfo.InvariantCulture))));
    }
}
