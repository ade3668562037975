using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>The fragments that make up one compressed frame. Source: DICOM PS3.5, annex A.4.</summary>
internal sealed record FrameFragments(IReadOnlyList<(long Offset, int Length)> Fragments)
{
    private const int ItemHeaderBytes = 8;

    /// <summary>Bytes in all.</summary>
    public long Bytes { get; } = Fragments.Sum(fragment => (long)fragment.Length);

    /// <summary>Divides the fragments of a file among its frames: by the offset table, or by where a new image begins.</summary>
    /// <exception cref="ImagingException">There are more or fewer frames than the header promises.</exception>
    public static IReadOnlyList<FrameFragments> Of(DicomFile file, int frames, FrameReader reader)
    {
        if (file.Pixels!.Fragments is not { } fragments)
            throw new ImagingException(file.Path,
                $"the transfer syntax is {file.Syntax}, but the pixels are not in fragments.", "Export the series again.");
        List<FrameFragments> divided =
            frames == 1 && fragments.Count > 0 ? [new(fragments)]
            : fragments.Count == frames ? [.. fragments.Select(fragment => new FrameFragments([fragment]))]
            : file.Pixels.OffsetTable.Count == frames ? ByTable(fragments, file.Pixels.OffsetTable)
            : ByStart(fragments, reader);
        foreach (FrameFragments frame in divided)
        {
            if (frame.Bytes > Array.MaxLength)
                throw new ImagingException(file.Path, "a compressed frame is larger than an array can be.", "Export the series again.");
        }
        return divided.Count == frames && frames > 0 ? divided : throw new ImagingException(file.Path, FormattableString.Invariant(
            $"the header promises {frames} frames, but the compressed pixel data hold {divided.Count}."),
            "The file is cut off or its header is wrong: copy or export it again.");
    }

    private static List<FrameFragments> ByTable(IReadOnlyList<(long Offset, int Length)> fragments, IReadOnlyList<uint> table)
    {
        long origin = fragments.Count == 0 ? 0 : fragments[0].Offset - ItemHeaderBytes;
        var frames = new List<FrameFragments>();
        int next = 0;
        for (int frame = 0; frame < table.Count; frame++)
        {
            long end = frame + 1 < table.Count ? origin + table[frame + 1] : long.MaxValue;
            var own = new List<(long, int)>();
            for (; next < fragments.Count && fragments[next].Offset - ItemHeaderBytes < end; next++)
                own.Add(fragments[next]);
            frames.Add(new(own));
        }
        return frames;
    }

    /// <summary>JPEG, JPEG-LS and JPEG 2000 images begin with a marker of their own.</summary>
    private static List<FrameFragments> ByStart(IReadOnlyList<(long Offset, int Length)> fragments, FrameReader reader)
    {
        var frames = new List<FrameFragments>();
        var own = new List<(long, int)>();
        Span<byte> start = stackalloc byte[2];
        foreach ((long Offset, int Length) fragment in fragments)
        {
            bool begins = reader.PeekFragment(fragment, start) == 2 && start[0] == 0xFF && start[1] is 0xD8 or 0x4F;
            if (begins && own.Count > 0)
            {
                frames.Add(new(own));
                own = [];
            }
            own.Add(fragment);
        }
        if (own.Count > 0)
            frames.Add(new(own));
        return frames;
    }
}
