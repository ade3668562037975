using System.Buffers;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>Reads the frames of one file, one at a time, as the numbers that their samples mean.</summary>
internal sealed class FrameReader : IDisposable
{
    private readonly DicomFile _file;
    private readonly PixelDataLocation _pixels;
    private readonly IReadOnlyList<FrameFragments>? _frames;
    private readonly IFrameDecoder? _decoder;
    private DicomInput? _input;
    private byte[] _bytes = [];

    private FrameReader(DicomFile file, PixelFormat format)
    {
        (_file, Format) = (file, format);
        _pixels = file.Pixels ?? throw new ImagingException(file.Path, "the file holds no pixel data.", "Give the image files of the series.");
        if (file.Syntax.Encapsulated || _pixels.Fragments is not null)
        {
            _decoder = FrameDecoders.For(file);
            _frames = FrameFragments.Of(file, format.Frames, this);
        }
    }

    /// <summary>How the samples are stored.</summary>
    public PixelFormat Format { get; }

    /// <summary>Prepares to read; nothing is allocated that the file could not fill.</summary>
    /// <exception cref="ImagingException">The pixels are compressed in a way that cannot be read, or fewer than the header promises.</exception>
    public static FrameReader Open(DicomFile file, PixelFormat format)
    {
        var reader = new FrameReader(file, format);
        reader.RequireRoom();
        return reader;
    }

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="samples">As many as the frame has; row by row.</param>
    /// <param name="cancellationToken">Checked once.</param>
    /// <exception cref="ImagingException">The pixels are damaged.</exception>
    public void Read(int frame, Span<int> samples, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_frames is null)
            ReadNative(frame, samples, cancellationToken);
        else
            _decoder!.Decode(ReadFragments(_frames[frame]), Format, _file.Path, samples);
        Format.Interpret(samples);
    }

    /// <summary>Reads bytes of native pixels, which in one-bit images are not aligned to frames.</summary>
    public void ReadNativeBytes(long offset, Span<byte> target, CancellationToken cancellationToken)
    {
        if (_pixels.Fragments is not null || offset + target.Length > _pixels.Length)
            throw TooFew(offset + target.Length);
        ReadAt(_pixels.Offset + offset, target, cancellationToken);
    }

    /// <summary>The first bytes of a fragment.</summary>
    internal int PeekFragment((long Offset, int Length) fragment, Span<byte> target)
    {
        Span<byte> part = target[..Math.Min(target.Length, fragment.Length)];
        ReadAt(fragment.Offset, part, CancellationToken.None);
        return part.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input?.Dispose();
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void RequireRoom()
    {
        if (_frames is null)
        {
            long bits = (long)Format.SamplesPerFrame * Format.BitsAllocated;
            if (bits > long.MaxValue / Format.Frames || (bits * Format.Frames + 7) / 8 is var bytes && bytes > _pixels.Length)
                throw TooFew(bits > long.MaxValue / Format.Frames ? long.MaxValue : (bits * Format.Frames + 7) / 8);
            return;
        }
        foreach (FrameFragments frame in _frames)
        {
            if (frame.Bytes * _decoder!.MostSamplesPerByte < Format.SamplesPerFrame)
                throw new ImagingException(_file.Path, FormattableString.Invariant(
                    $"a frame of {Format.Rows} x {Format.Columns} samples cannot come out of {frame.Bytes} compressed bytes."), Cure.CopyAgain);
        }
    }

    private void ReadNative(int frame, Span<int> samples, CancellationToken cancellationToken)
    {
        int size = Format.BytesPerSample;
        if (size == 0)
        {
            ReadBits((long)frame * Format.SamplesPerFrame, samples, cancellationToken);
            return;
        }
        if (size == 1 && _file.Syntax.BigEndian)
            throw new ImagingException(_file.Path, "8-bit pixels in big endian order cannot be read.", "Convert the file with dcmconv +te.");
        Span<byte> bytes = Buffer(samples.Length * size);
        ReadAt(_pixels.Offset + (long)frame * bytes.Length, bytes, cancellationToken);
        if (size == 1)
        {
            for (int i = 0; i < samples.Length; i++)
                samples[i] = bytes[i];
            return;
        }
        int low = _file.Syntax.BigEndian ? 1 : 0, high = 1 - low;
        for (int i = 0; i < samples.Length; i++)
            samples[i] = bytes[2 * i + low] | bytes[2 * i + high] << 8;
    }

    /// <summary>One-bit samples follow each other from the least significant bit on, without a gap between frames (PS3.5, 8.1.1).</summary>
    private void ReadBits(long first, Span<int> samples, CancellationToken cancellationToken)
    {
        int start = (int)(first & 7);
        Span<byte> bytes = Buffer((start + samples.Length + 7) / 8);
        ReadNativeBytes(first / 8, bytes, cancellationToken);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = bytes[(start + i) >> 3] >> ((start + i) & 7) & 1;
    }

    private ReadOnlySpan<byte> ReadFragments(FrameFragments frame)
    {
        Span<byte> bytes = Buffer((int)frame.Bytes);
        int at = 0;
        foreach ((long offset, int length) in frame.Fragments)
        {
            ReadAt(offset, bytes.Slice(at, length), CancellationToken.None);
            at += length;
        }
        return bytes;
    }

    private Span<byte> Buffer(int length)
    {
        if (_bytes.Length < length)
        {
            if (_bytes.Length > 0)
                ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(length);
        }
        return _bytes.AsSpan(0, length);
    }

    private void ReadAt(long offset, Span<byte> target, CancellationToken cancellationToken)
    {
        if (_input is null || offset < _input.Position)
        {
            _input?.Dispose();
            _input = Reopen(cancellationToken);
        }
        if (!_input.Skip(offset - _input.Position, cancellationToken) || !_input.Read(target))
            throw TooFew(offset + target.Length);
    }

    private DicomInput Reopen(CancellationToken cancellationToken)
    {
        DicomInput input = DicomInput.Open(_file.Path);
        if (_file.Syntax.Deflated)
            DicomFile.Begin(input, cancellationToken);
        return input;
    }

    private ImagingException TooFew(long bytes) => new(_file.Path, FormattableString.Invariant(
        $"the header promises {Format.Frames} {(Format.Frames == 1 ? "frame" : "frames")} of {Format.Rows} x {Format.Columns} samples ({bytes} bytes), but the pixel data end before."),
        "The file is cut off or its header is wrong: copy or export it again.");
}
