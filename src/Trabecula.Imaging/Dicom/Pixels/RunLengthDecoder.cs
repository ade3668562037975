using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>RLE Lossless: each byte of the samples is a run-length coded segment, the most significant first. Source: DICOM PS3.5, annex G.</summary>
internal sealed class RunLengthDecoder : IFrameDecoder
{
    private const int HeaderBytes = 64;

    /// <summary>Two bytes give a run of at most 128.</summary>
    public long MostSamplesPerByte => 64;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples)
    {
        int segments = frame.Length < HeaderBytes ? 0 : (int)Math.Min(DicomInput.UInt32(frame, false), 16);
        if (format.BytesPerSample == 0 || segments != format.BytesPerSample)
            throw Damaged(path, FormattableString.Invariant(
                $"a frame has {segments} run-length segments, where samples of {format.BitsAllocated} bits have {format.BytesPerSample}"));
        samples.Clear();
        for (int segment = 0; segment < segments; segment++)
        {
            uint start = DicomInput.UInt32(frame[(4 + 4 * segment)..], false);
            uint end = segment + 1 < segments ? DicomInput.UInt32(frame[(8 + 4 * segment)..], false) : (uint)frame.Length;
            if (start < HeaderBytes || end < start || end > frame.Length)
                throw Damaged(path, "a run-length segment lies outside of its frame");
            Decode(frame[(int)start..(int)end], 8 * (segments - 1 - segment), path, samples);
        }
    }

    private static void Decode(ReadOnlySpan<byte> segment, int shift, string path, Span<int> samples)
    {
        int at = 0, next = 0;
        while (at < samples.Length)
        {
            if (next >= segment.Length)
                throw Damaged(path, "a run-length segment ends before its frame is full");
            int control = (sbyte)segment[next++];
            if (control == -128)
                continue;
            int count = Math.Min(control >= 0 ? control + 1 : 1 - control, samples.Length - at), literal = control >= 0 ? count : 1;
            if (next + literal > segment.Length)
                throw Damaged(path, "a run-length segment ends within a run");
            for (int i = 0; i < count; i++)
                samples[at + i] |= segment[next + (control >= 0 ? i : 0)] << shift;
            next += literal;
            at += count;
        }
    }

    private static ImagingException Damaged(string path, string problem) => new(path, $"the pixel data are damaged: {problem}.", Cure.CopyAgain);
}
