using System.Buffers.Binary;
using System.Globalization;

namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>Makes a data set to be written: numbers in little endian, text in UTF-8.</summary>
internal sealed class DatasetBuilder
{
    /// <summary>Most characters of a decimal string (PS3.5, 6.2).</summary>
    private const int LongestDecimal = 16;

    private readonly DicomDataset _dataset = new("");

    /// <summary>The data set so far.</summary>
    public DicomDataset Dataset => _dataset;

    /// <summary>An attribute of text, padded to an even length; empty text makes an empty attribute.</summary>
    public DatasetBuilder Text(DicomTag tag, string vr, string value)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(value);
        byte padding = vr == "UI" ? (byte)0 : (byte)' ';
        _dataset.Add(new(tag, vr, bytes.Length % 2 == 0 ? bytes : [.. bytes, padding]));
        return this;
    }

    /// <summary>An attribute of text by its number.</summary>
    public DatasetBuilder Text(ushort group, ushort element, string vr, string value) => Text(new DicomTag(group, element), vr, value);

    /// <summary>Numbers as decimal strings, with as many digits as these can have.</summary>
    public DatasetBuilder Decimals(DicomTag tag, params ReadOnlySpan<double> values)
    {
        var text = new string[values.Length];
        for (int i = 0; i < text.Length; i++)
            text[i] = Decimal(values[i]);
        return Text(tag, "DS", string.Join('\\', text));
    }

    /// <summary>16-bit numbers.</summary>
    public DatasetBuilder UInt16(DicomTag tag, params ReadOnlySpan<ushort> values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        return Bytes(tag, "US", bytes);
    }

    /// <summary>32-bit numbers.</summary>
    public DatasetBuilder UInt32(DicomTag tag, params ReadOnlySpan<uint> values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return Bytes(tag, "UL", bytes);
    }

    /// <summary>A pointer to an attribute.</summary>
    public DatasetBuilder Pointer(DicomTag tag, DicomTag target)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, target.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), target.Element);
        return Bytes(tag, "AT", bytes);
    }

    /// <summary>Bytes as they are; of even length.</summary>
    public DatasetBuilder Bytes(DicomTag tag, string vr, byte[] bytes)
    {
        _dataset.Add(new(tag, vr, bytes));
        return this;
    }

    /// <summary>A sequence.</summary>
    public DatasetBuilder Sequence(DicomTag tag, params IEnumerable<DatasetBuilder> items)
    {
        _dataset.Add(new(tag, "SQ", [], [.. items.Select(item => item._dataset)]));
        return this;
    }

    /// <summary>A coded concept as the only item of a sequence.</summary>
    public DatasetBuilder Code(ushort group, ushort element, string value, string scheme, string meaning) => Codes(group, element, (value, scheme, meaning));

    /// <summary>Coded concepts as the items of a sequence.</summary>
    public DatasetBuilder Codes(ushort group, ushort element, params (string Value, string Scheme, string Meaning)[] codes) =>
        Sequence(new DicomTag(group, element), codes.Select(code => new DatasetBuilder()
            .Text(0x0008, 0x0100, "SH", code.Value).Text(0x0008, 0x0102, "SH", code.Scheme).Text(0x0008, 0x0104, "LO", code.Meaning)));

    private static string Decimal(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 16; text.Length > LongestDecimal; digits--)
            text = value.ToString(FormattableString.Invariant($"G{digits}"), CultureInfo.InvariantCulture);
        return text;
    }
}
