using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>Writes Part 10 files in little endian; the file appears only when it is complete.</summary>
internal static class DicomWriter
{
    /// <summary>Writes a data set that names its SOP class and instance.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="explicitVr">Whether elements name their representation; text of more than 64 KiB, such as a long contour, then has no room.</param>
    /// <exception cref="ImagingException">The file cannot be written.</exception>
    public static void Write(string path, DicomDataset dataset, bool explicitVr = true)
    {
        byte[] content = new byte[LengthOf(dataset, explicitVr)];
        Put(content, 0, dataset, explicitVr);
        byte[] meta = Meta(dataset, explicitVr ? TransferSyntax.ExplicitLittleEndian : TransferSyntax.ImplicitLittleEndian);
        AtomicFile.Write(path, file =>
        {
            file.Write(new byte[128]);
            file.Write("DICM"u8);
            file.Write(meta);
            file.Write(content);
        });
    }

    /// <summary>Writes a data set with the pixels of another file, compressed or not. Comments of a compressor are blanked, and what follows the last sample is left out.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="dataset">The data set without pixels.</param>
    /// <param name="source">Where the pixels lie; neither big endian nor deflated.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    public static void Write(Stream stream, DicomDataset dataset, DicomFile source, CancellationToken cancellationToken)
    {
        byte[] content = new byte[LengthOf(dataset, explicitVr: true)];
        Put(content, 0, dataset, explicitVr: true);
        stream.Write(new byte[128]);
        stream.Write("DICM"u8);
        stream.Write(Meta(dataset, source.Syntax.Encapsulated ? source.Syntax : TransferSyntax.ExplicitLittleEndian));
        stream.Write(content);
        if (source.Pixels is not { } pixels)
            return;
        using FileStream file = DataStream.OpenFile(source.Path, bufferBytes: 0);
        bool bytes = source.Syntax.Encapsulated || source.Dataset.Integer(Tags.BitsAllocated) <= 8;
        stream.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', bytes ? (byte)'B' : (byte)'W', 0, 0]);
        if (pixels.Fragments is not { } fragments)
        {
            long length = (long)Math.Min(pixels.Length, PixelBytes(source));
            PutNumber(stream, checked((uint)(length + length % 2)));
            Copy(file, pixels.Offset, length, stream, cancellationToken);
            if (length % 2 == 1)
                stream.WriteByte(0);
            return;
        }
        PutNumber(stream, 0xFFFFFFFF);
        PutNumber(stream, 0xE000FFFE);
        PutNumber(stream, (uint)(4 * pixels.OffsetTable.Count));
        foreach (uint offset in pixels.OffsetTable)
            PutNumber(stream, offset);
        foreach ((long offset, int length) in fragments)
        {
            PutNumber(stream, 0xE000FFFE);
            PutNumber(stream, (uint)length);
            Copy(file, offset, length, stream, cancellationToken);
        }
        PutNumber(stream, 0xE0DDFFFE);
        PutNumber(stream, 0);
    }

    /// <summary>What the header says that the samples take; all there is where it does not say.</summary>
    private static double PixelBytes(DicomFile source)
    {
        DicomDataset data = source.Dataset;
        if (data.Integer(Tags.Rows) is not (> 0 and var rows) || data.Integer(Tags.Columns) is not (> 0 and var columns) || data.Integer(Tags.BitsAllocated) is not (> 0 and var bits))
            return double.MaxValue;
        double samples = (double)rows * columns * Math.Max(1, data.Integer(Tags.SamplesPerPixel) ?? 1) * Math.Max(1, data.Integer(Tags.NumberOfFrames) ?? 1);
        return Math.Ceiling(samples * bits / 8);
    }

    private static void Copy(FileStream file, long offset, long length, Stream target, CancellationToken cancellationToken)
    {
        file.Position = offset;
        byte[] block = new byte[1 << 16];
        for (long left = length; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> part = block.AsSpan(0, (int)Math.Min(left, block.Length));
            file.ReadExactly(part);
            if (left == length)
                StreamComments.Blank(part);
            target.Write(part);
            left -= part.Length;
        }
    }

    private static void PutNumber(Stream stream, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    /// <summary>An identifier that is the same for the same content: no clock or chance is in it (PS3.5, B.2: a UUID-derived UID).</summary>
    public static string UidOf(params ReadOnlySpan<string> content)
    {
        byte[] hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', content!)));
        // The bits that say version 8 (custom) and the variant, as RFC 9562 wants them.
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return FormattableString.Invariant($"2.25.{new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)}");
    }

    private static byte[] Meta(DicomDataset dataset, TransferSyntax syntax)
    {
        var meta = new DatasetBuilder()
            .Bytes(new(0x0002, 0x0001), "OB", [0, 1])
            .Text(0x0002, 0x0002, "UI", dataset.Code(Tags.SopClassUid)!)
            .Text(0x0002, 0x0003, "UI", dataset.Code(Tags.SopInstanceUid)!)
            .Text(Tags.TransferSyntaxUid, "UI", syntax.Uid)
            .Text(0x0002, 0x0012, "UI", UidOf("Trabecula"))
            .Text(0x0002, 0x0013, "SH", "TRABECULA");
        int length = LengthOf(meta.Dataset, explicitVr: true);
        meta.UInt32(new(0x0002, 0x0000), (uint)length);
        byte[] bytes = new byte[length + 12];
        Put(bytes, 0, meta.Dataset, explicitVr: true);
        return bytes;
    }

    private static int LengthOf(DicomDataset dataset, bool explicitVr)
    {
        long length = 0;
        foreach (DicomElement element in dataset.Elements)
            length += HeaderLength(element, explicitVr) + ValueLength(element, explicitVr);
        return checked((int)length);
    }

    private static int HeaderLength(DicomElement element, bool explicitVr) => explicitVr && VrNames.HasLongLength(element.Vr) ? 12 : 8;

    private static long ValueLength(DicomElement element, bool explicitVr) =>
        element.Items is { } items ? items.Sum(item => 8L + LengthOf(item, explicitVr)) : element.Value.Length;

    private static int Put(byte[] target, int at, DicomDataset dataset, bool explicitVr)
    {
        foreach (DicomElement element in dataset.Elements)
        {
            Span<byte> header = target.AsSpan(at);
            BinaryPrimitives.WriteUInt16LittleEndian(header, element.Tag.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element.Tag.Element);
            uint length = checked((uint)ValueLength(element, explicitVr));
            int headerLength = HeaderLength(element, explicitVr);
            if (explicitVr)
                (header[4], header[5]) = ((byte)element.Vr[0], (byte)element.Vr[1]);
            if (explicitVr && headerLength == 8)
                BinaryPrimitives.WriteUInt16LittleEndian(header[6..], checked((ushort)length));
            else
                BinaryPrimitives.WriteUInt32LittleEndian(header[(headerLength - 4)..], length);
            at += headerLength;
            element.Value.CopyTo(target, at);
            at += element.Value.Length;
            foreach (DicomDataset item in element.Items ?? [])
            {
                BinaryPrimitives.WriteUInt32LittleEndian(target.AsSpan(at), 0xE000FFFE);
                BinaryPrimitives.WriteUInt32LittleEndian(target.AsSpan(at + 4), (uint)LengthOf(item, explicitVr));
                at = Put(target, at + 8, item, explicitVr);
            }
        }
        return at;
    }
}
