namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>The number of a DICOM attribute.</summary>
internal readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Whether the attribute is a vendor's own.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>Order in a data set.</summary>
    public int CompareTo(DicomTag other) => Number.CompareTo(other.Number);

    /// <summary>Name and number, as in <c>Rows (0028,0010)</c>.</summary>
    public override string ToString() => Tags.NameOf(this) is { } name
        ? FormattableString.Invariant($"{name} ({Group:X4},{Element:X4})") : FormattableString.Invariant($"({Group:X4},{Element:X4})");

    private uint Number => (uint)Group << 16 | Element;
}
