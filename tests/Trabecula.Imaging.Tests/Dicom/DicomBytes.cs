using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Trabecula.Imaging.Tests.Dicom;

/// <summary>Puts DICOM files together byte by byte, right ones and wrong ones, without the code under test.</summary>
internal sealed class DicomBytes
{
    private const string ShortVrs = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US";

    private readonly List<(ushort Group, ushort Element, string Vr, byte[] Value)> _elements = [];

    public string Syntax { get; init; } = "1.2.840.10008.1.2.1";

    public bool Preamble { get; init; } = true;

    public bool Meta { get; init; } = true;

    private bool Explicit => Syntax != "1.2.840.10008.1.2";

    private bool BigEndian => Syntax == "1.2.840.10008.1.2.2";

    /// <summary>A CT slice of 16-bit samples with all that a volume needs.</summary>
    public static DicomBytes Slice(int number, double z, short[] samples, int columns, string syntax = "1.2.840.10008.1.2.1") =>
        Header(number, $"-10\\20.5\\{z.ToString("R", CultureInfo.InvariantCulture)}", columns, samples.Length / columns, syntax).Pixels(samples);

    /// <summary>The same without pixels.</summary>
    public static DicomBytes Header(int number, string position, int columns, int rows, string syntax = "1.2.840.10008.1.2.1", bool meta = true, bool preamble = true) =>
        new DicomBytes { Syntax = syntax, Meta = meta, Preamble = preamble }
            .Text(0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY\\AXIAL")
            .Text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            .Text(0x0008, 0x0018, "UI", $"1.2.3.{number}")
            .Text(0x0008, 0x0060, "CS", "CT")
            .Text(0x0018, 0x0050, "DS", "5")
            .Text(0x0020, 0x000D, "UI", "1.2.3")
            .Text(0x0020, 0x000E, "UI", "1.2.3.4")
            .Text(0x0020, 0x0011, "IS", "7")
            .Text(0x0020, 0x0013, "IS", number.ToString(CultureInfo.InvariantCulture))
            .Text(0x0020, 0x0032, "DS", position)
            .Text(0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0")
            .UInt16(0x0028, 0x0002, 1)
            .Text(0x0028, 0x0004, "CS", "MONOCHROME2")
            .UInt16(0x0028, 0x0010, (ushort)rows)
            .UInt16(0x0028, 0x0011, (ushort)columns)
            .Text(0x0028, 0x0030, "DS", "0.75\\0.5")
            .UInt16(0x0028, 0x0100, 16)
            .UInt16(0x0028, 0x0101, 16)
            .UInt16(0x0028, 0x0102, 15)
            .UInt16(0x0028, 0x0103, 1)
            .Text(0x0028, 0x1052, "DS", "-1024")
            .Text(0x0028, 0x1053, "DS", "1");

    public DicomBytes Text(ushort group, ushort element, string vr, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return Bytes(group, element, vr, bytes.Length % 2 == 0 ? bytes : [.. bytes, vr == "UI" ? (byte)0 : (byte)' ']);
    }

    public DicomBytes UInt16(ushort group, ushort element, params ushort[] values) =>
        Bytes(group, element, "US", [.. values.SelectMany(value => BigEndian ? (byte[])[(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)])]);

    public DicomBytes Pixels(short[] samples) => Bytes(0x7FE0, 0x0010, "OW",
        [.. samples.SelectMany(value => BigEndian ? (byte[])[(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)])]);

    /// <summary>Adds an element, or replaces the one of this number.</summary>
    public DicomBytes Bytes(ushort group, ushort element, string vr, byte[] value)
    {
        _elements.RemoveAll(known => known.Group == group && known.Element == element);
        _elements.Add((group, element, vr, value));
        _elements.Sort((a, b) => (a.Group, a.Element).CompareTo((b.Group, b.Element)));
        return this;
    }

    public DicomBytes Without(ushort group, ushort element)
    {
        _elements.RemoveAll(known => known.Group == group && known.Element == element);
        return this;
    }

    /// <summary>The elements as the item of a sequence, of a length that is told or not.</summary>
    public byte[] Item(bool undefinedLength = false)
    {
        byte[] content = Content();
        byte[] header = [.. Number(0xFFFE), .. Number(0xE000), .. Length(undefinedLength ? uint.MaxValue : (uint)content.Length)];
        return undefinedLength ? [.. header, .. content, .. Number(0xFFFE), .. Number(0xE00D), 0, 0, 0, 0] : [.. header, .. content];
    }

    /// <summary>A sequence of undefined length with its end.</summary>
    public byte[] UndefinedSequence(ushort group, ushort element, string vr, params byte[][] items) =>
        [.. Number(group), .. Number(element), .. Explicit ? (byte[])[(byte)vr[0], (byte)vr[1], 0, 0] : [], 0xFF, 0xFF, 0xFF, 0xFF,
            .. items.SelectMany(item => item), .. Number(0xFFFE), .. Number(0xE0DD), 0, 0, 0, 0];

    /// <summary>The whole file; raw bytes are put before the first element of their group or a later one.</summary>
    public byte[] File(byte[]? raw = null, ushort beforeGroup = 0x7FE0)
    {
        byte[] content = Content(raw, beforeGroup);
        if (Syntax.EndsWith(".99", StringComparison.Ordinal))
            content = Deflate(content);
        byte[] meta = Meta ? [2, 0, 0x10, 0, (byte)'U', (byte)'I', (byte)(Syntax.Length + Syntax.Length % 2), 0,
            .. Encoding.ASCII.GetBytes(Syntax), .. new byte[Syntax.Length % 2]] : [];
        return [.. Preamble ? (byte[])[.. new byte[128], .. "DICM"u8] : [], .. meta, .. content];
    }

    private byte[] Content(byte[]? raw = null, ushort beforeGroup = 0x7FE0)
    {
        var bytes = new List<byte>();
        foreach ((ushort group, ushort element, string vr, byte[] value) in _elements)
        {
            if (raw is not null && group >= beforeGroup)
            {
                bytes.AddRange(raw);
                raw = null;
            }
            bytes.AddRange(Number(group));
            bytes.AddRange(Number(element));
            if (Explicit)
            {
                bytes.AddRange([(byte)vr[0], (byte)vr[1]]);
                bytes.AddRange(ShortVrs.Contains(vr, StringComparison.Ordinal) ? Number((ushort)value.Length) : [0, 0, .. Length((uint)value.Length)]);
            }
            else
                bytes.AddRange(Length((uint)value.Length));
            bytes.AddRange(value);
        }
        bytes.AddRange(raw ?? []);
        return [.. bytes];
    }

    private byte[] Number(ushort value) => BigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private byte[] Length(uint value)
    {
        byte[] bytes = new byte[4];
        if (BigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Deflate(byte[] content)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return target.ToArray();
    }
}
