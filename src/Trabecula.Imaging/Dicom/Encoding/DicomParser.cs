namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>
/// Walks through a data set and keeps what is asked for. Lengths are held against the end of what encloses them before anything
/// is allocated; depth and number of kept elements are bounded, so that memory is too. Source: DICOM PS3.5, section 7 and annex A.
/// </summary>
/// <param name="input">The file, after its meta group.</param>
/// <param name="syntax">How it is encoded.</param>
/// <param name="keep">Which attributes to keep.</param>
/// <param name="cancellationToken">Checked every thousand elements.</param>
internal sealed class DicomParser(DicomInput input, TransferSyntax syntax, Func<DicomTag, bool> keep, CancellationToken cancellationToken)
{
    /// <summary>Real files have at most about ten.</summary>
    internal const int DeepestSequence = 32;

    /// <summary>A structure set of a hundred thousand contours has half a million.</summary>
    internal const int MostElements = 1 << 20;

    private const uint Undefined = 0xFFFFFFFF;
    private const long MostKeptBytes = 1L << 29;

    /// <summary>A thousandth of them fills a deflated file; structure sets, the largest of all headers, are hardly ever deflated.</summary>
    private const long MostInflatedBytes = 1L << 26;

    private static readonly DicomTag Item = new(0xFFFE, 0xE000), ItemEnd = new(0xFFFE, 0xE00D), SequenceEnd = new(0xFFFE, 0xE0DD);

    private readonly byte[] _header = new byte[12];
    private long _visited, _keptBytes;

    // The sequence that is being read, which a message names when its end is missing.
    private DicomTag? _within;
    private int _kept;

    /// <summary>Where the pixels lie; null where there are none.</summary>
    public PixelDataLocation? Pixels { get; private set; }

    /// <summary>Reads the meta group, which is explicit little endian whatever follows; null where it names no transfer syntax.</summary>
    public static TransferSyntax? ReadMeta(DicomInput input, CancellationToken cancellationToken)
    {
        var parser = new DicomParser(input, TransferSyntax.ExplicitLittleEndian, tag => tag == Tags.TransferSyntaxUid, cancellationToken);
        var meta = new DicomDataset(input.Path);
        while (input.Peek(4) is { Length: 4 } next && DicomInput.UInt16(next, false) == 2)
            parser.ReadElement(meta, input.End, explicitVr: true, bigEndian: false, depth: 1);
        return meta.Code(Tags.TransferSyntaxUid) is { Length: > 0 } uid ? TransferSyntax.Of(uid) : null;
    }

    /// <summary>Reads the data set up to its pixels or the end of the file.</summary>
    public DicomDataset ReadDataset()
    {
        var dataset = new DicomDataset(input.Path, syntax.BigEndian);
        while (Pixels is null && input.Peek(8).Length == 8)
            ReadElement(dataset, input.End, syntax.ExplicitVr, syntax.BigEndian, depth: 0);
        return dataset;
    }

    /// <summary>Reads one element; false where it was the end of an item.</summary>
    private bool ReadElement(DicomDataset? target, long end, bool explicitVr, bool bigEndian, int depth)
    {
        if ((++_visited & 1023) == 0)
            cancellationToken.ThrowIfCancellationRequested();
        DicomTag tag = ReadTag(end, bigEndian);
        (string vr, uint length) = ReadVrAndLength(tag, end, explicitVr, bigEndian);
        if (tag == ItemEnd)
            return false;
        if (tag.Group == 0xFFFE)
            throw Damaged(tag, "it stands outside of a sequence");
        if (tag == Tags.PixelData && depth == 0)
        {
            Pixels = ReadPixels(length, bigEndian);
            return true;
        }
        bool kept = target is not null && keep(tag);
        if (length == Undefined)
        {
            // Of undefined length is only a sequence, also where it says UN, whose items are then implicit (CP-246).
            if (explicitVr && vr is not ("SQ" or "UN" or "OB" or "OW"))
                throw Damaged(tag, $"its length is undefined, which {vr} cannot have");
            if (tag == Tags.PixelData || vr is "OB" or "OW")
                ReadFragments(tag, bigEndian);
            else
                ReadSequence(tag, kept ? target : null, end, explicitVr && vr != "UN", bigEndian && vr != "UN", depth, mayBeExplicit: vr == "UN");
            return true;
        }
        if (length > end - input.Position)
            throw Damaged(tag, FormattableString.Invariant(
                $"its length is {length} bytes, where {Math.Max(0, end - input.Position)} are left"));
        if (!kept)
        {
            Skip(tag, length);
            return true;
        }
        if (vr == "SQ" || vr == "UN" && Tags.VrOf(tag) == "SQ")
            ReadSequence(tag, target, input.Position + length, explicitVr && vr != "UN", bigEndian, depth, mayBeExplicit: vr == "UN", defined: true);
        else
            Keep(target!, new DicomElement(tag, vr, ReadValue(tag, length)));
        return true;
    }

    private DicomTag ReadTag(long end, bool bigEndian)
    {
        Span<byte> bytes = _header.AsSpan(0, 4);
        if (end - input.Position < 8 || !input.Read(bytes))
        {
            if (_within is { } sequence)
                throw Damaged(sequence, FormattableString.Invariant($"the data end at byte {input.Position}, before its end"));
            throw new ImagingException(input.Path, FormattableString.Invariant(
                $"the data end within an attribute, at byte {input.Position}."), "The file is cut off: copy or export it again.");
        }
        return new(DicomInput.UInt16(bytes, bigEndian), DicomInput.UInt16(bytes[2..], bigEndian));
    }

    private (string Vr, uint Length) ReadVrAndLength(DicomTag tag, long end, bool explicitVr, bool bigEndian)
    {
        Span<byte> bytes = _header.AsSpan(4, 4);
        if (!input.Read(bytes))
            throw Damaged(tag, "the file ends within it");
        // Items and their ends have no representation, and some writers put implicit elements into explicit files.
        if (!explicitVr || tag.Group == 0xFFFE || VrNames.Find(bytes[0], bytes[1]) is not { } vr)
            return (Tags.VrOf(tag), DicomInput.UInt32(bytes, bigEndian));
        if (!VrNames.HasLongLength(vr))
            return (vr, DicomInput.UInt16(bytes[2..], bigEndian));
        bytes = _header.AsSpan(8, 4);
        if (end - input.Position < 4 || !input.Read(bytes))
            throw Damaged(tag, "the file ends within it");
        return (vr, DicomInput.UInt32(bytes, bigEndian));
    }

    private void ReadSequence(
        DicomTag tag, DicomDataset? target, long end, bool explicitVr, bool bigEndian, int depth, bool mayBeExplicit, bool defined = false)
    {
        if (depth >= DeepestSequence)
            throw Damaged(tag, FormattableString.Invariant($"sequences lie more than {DeepestSequence} deep in each other"));
        DicomTag? outer = _within;
        _within = tag;
        var items = new List<DicomDataset>();
        while (!defined || input.Position < end)
        {
            DicomTag next = ReadTag(end, bigEndian);
            (_, uint length) = ReadVrAndLength(next, end, explicitVr: false, bigEndian);
            if (next == SequenceEnd)
                break;
            if (next != Item)
                throw Damaged(tag, FormattableString.Invariant($"an item was expected at byte {input.Position - 8}"));
            if (length != Undefined && length > end - input.Position)
                throw Damaged(tag, FormattableString.Invariant(
                    $"an item of {length} bytes begins where {Math.Max(0, end - input.Position)} are left"));
            DicomDataset? item = target is null ? null : new DicomDataset(input.Path, bigEndian, target);
            bool itemIsExplicit = explicitVr || mayBeExplicit && LooksExplicit();
            long itemEnd = length == Undefined ? end : input.Position + length;
            while ((length == Undefined || input.Position < itemEnd) && ReadElement(item, itemEnd, itemIsExplicit, bigEndian, depth + 1))
            {
            }
            if (item is not null)
            {
                Count(tag);
                items.Add(item);
            }
        }
        _within = outer;
        if (target is not null)
            Keep(target, new DicomElement(tag, "SQ", [], items));
    }

    private bool LooksExplicit() => input.Peek(6) is { Length: 6 } start && VrNames.Find(start[4], start[5]) is not null;

    private PixelDataLocation ReadPixels(uint length, bool bigEndian)
    {
        if (length == Undefined)
            return ReadFragments(Tags.PixelData, bigEndian);
        if (length > input.End - input.Position)
            throw Damaged(Tags.PixelData, FormattableString.Invariant(
                $"its length is {length} bytes, where the file holds {input.End - input.Position}: the file is cut off"));
        return new(input.Position, length, [], null);
    }

    private PixelDataLocation ReadFragments(DicomTag tag, bool bigEndian)
    {
        var fragments = new List<(long, int)>();
        uint[] offsets = [];
        DicomTag? outer = _within;
        _within = tag;
        for (bool first = true; ; first = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomTag next = ReadTag(input.End, bigEndian);
            (_, uint length) = ReadVrAndLength(next, input.End, explicitVr: false, bigEndian);
            if (next == SequenceEnd)
            {
                _within = outer;
                return new(0, 0, offsets, fragments);
            }
            if (next != Item || length > input.End - input.Position || length > int.MaxValue)
                throw Damaged(tag, FormattableString.Invariant(
                    $"a fragment that fits the file was expected at byte {input.Position - 8}"));
            if (first && length % 4 == 0 && length / 4 <= MostElements)
            {
                byte[] table = ReadValue(tag, length);
                offsets = [.. Enumerable.Range(0, table.Length / 4).Select(i => DicomInput.UInt32(table.AsSpan(4 * i), bigEndian))];
                continue;
            }
            Count(tag);
            fragments.Add((input.Position, (int)length));
            Skip(tag, length);
        }
    }

    private byte[] ReadValue(DicomTag tag, uint length)
    {
        _keptBytes += length;
        long most = input.IsInflated ? MostInflatedBytes : MostKeptBytes;
        if (_keptBytes > most)
            throw Damaged(tag, FormattableString.Invariant($"the attributes before the pixels take more than {most} bytes"));
        // An inflated file only might hold so much: what it does hold is read in pieces before it is believed.
        const int believed = 1 << 20;
        if (!input.IsInflated || length <= believed)
        {
            byte[] value = new byte[length];
            return input.Read(value) ? value : throw CutOff(tag);
        }
        using var pieces = new MemoryStream();
        byte[] piece = new byte[believed];
        for (long left = length; left > 0;)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(left, believed));
            if (!input.Read(part))
                throw CutOff(tag);
            pieces.Write(part);
            left -= part.Length;
        }
        return pieces.ToArray();
    }

    private void Skip(DicomTag tag, uint length)
    {
        if (!input.Skip(length, cancellationToken))
            throw CutOff(tag);
    }

    private void Keep(DicomDataset target, DicomElement element)
    {
        Count(element.Tag);
        target.Add(element);
    }

    private void Count(DicomTag tag)
    {
        if (++_kept > MostElements)
            throw Damaged(tag, FormattableString.Invariant($"the file holds more than {MostElements} attributes, items and fragments"));
    }

    private ImagingException CutOff(DicomTag tag) => Damaged(tag, "the file ends within it");

    private ImagingException Damaged(DicomTag tag, string problem) =>
        new(input.Path, $"the DICOM data are damaged at {tag}: {problem}.", "Copy or export the file again.");
}
