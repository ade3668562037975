using System.Buffers.Binary;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nifti;

/// <summary>
/// The fields of a NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes) header that tell where the voxels are and what they mean.
/// 32-bit floats of NIfTI-1 are widened as they stand.
/// </summary>
internal sealed record NiftiHeader
{
    /// <summary>Bytes of a NIfTI-1 header.</summary>
    public const int BytesOfVersion1 = 348;

    /// <summary>Bytes of a NIfTI-2 header.</summary>
    public const int BytesOfVersion2 = 540;

    /// <summary>1 or 2.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the most significant byte comes first, in header and voxels.</summary>
    public required bool BigEndian { get; init; }

    /// <summary>Whether the voxels follow in the same file (magic <c>n+1</c>, not <c>ni1</c>).</summary>
    public required bool SingleFile { get; init; }

    /// <summary>Number of axes, then the voxels along each of seven.</summary>
    public required long[] Dim { get; init; }

    /// <summary>Handedness of the qform, then the grid spacing of each axis.</summary>
    public required double[] PixDim { get; init; }

    /// <summary>Code of the number type.</summary>
    public required int DataType { get; init; }

    /// <summary>Byte at which the voxels begin.</summary>
    public required double VoxelOffset { get; init; }

    /// <summary>Factor of the stored numbers; 0 for none.</summary>
    public required double Slope { get; init; }

    /// <summary>Added to the scaled numbers.</summary>
    public required double Intercept { get; init; }

    /// <summary>Units of space (low three bits) and time.</summary>
    public required int Units { get; init; }

    /// <summary>Meaning of the qform; 0 where it says nothing.</summary>
    public required int QFormCode { get; init; }

    /// <summary>Meaning of the sform; 0 where it says nothing.</summary>
    public required int SFormCode { get; init; }

    /// <summary>Quaternion b, c, d, then the offset x, y, z.</summary>
    public required double[] QForm { get; init; }

    /// <summary>Three rows of four.</summary>
    public required double[] SForm { get; init; }

    /// <summary>Whether the first four bytes are those of a NIfTI header (or of the older Analyze 7.5).</summary>
    public static bool IsHeader(ReadOnlySpan<byte> start) => start.Length >= 4 && SizeField(start, out _) != 0;

    /// <summary>Reads the fields.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its first bytes, decompressed: 540, or fewer where it is shorter.</param>
    /// <exception cref="ImagingException">This is no NIfTI header.</exception>
    public static NiftiHeader Parse(string path, ReadOnlySpan<byte> bytes)
    {
        int size = bytes.Length < 4 ? 0 : SizeField(bytes, out _);
        if (size == 0)
            throw new ImagingException(path, "this is not a NIfTI file (its first number is neither 348 nor 540).",
                "Give a NIfTI or NRRD file.");
        if (bytes.Length < size)
            throw new ImagingException(path, FormattableString.Invariant(
                $"the NIfTI header needs {size} bytes, but the file ends after {bytes.Length}."), Cure.CopyAgain);
        SizeField(bytes, out bool bigEndian);
        ReadOnlySpan<byte> magic = size == BytesOfVersion1 ? bytes.Slice(344, 4) : bytes.Slice(4, 4);
        ReadOnlySpan<byte> single = size == BytesOfVersion1 ? "n+1\0"u8 : "n+2\0"u8;
        ReadOnlySpan<byte> pair = size == BytesOfVersion1 ? "ni1\0"u8 : "ni2\0"u8;
        if (!magic.SequenceEqual(single) && !magic.SequenceEqual(pair))
            throw new ImagingException(path, "the NIfTI mark (n+1, ni1, n+2 or ni2) is missing; an Analyze 7.5 header, which " +
                "looks like this, does not say how the image lies in the patient.", "Convert the image to NIfTI from its DICOM source.");
        bool singleFile = magic.SequenceEqual(single);
        return size == BytesOfVersion1 ? Version1(bytes, bigEndian, singleFile) : Version2(bytes, bigEndian, singleFile);
    }

    private static NiftiHeader Version1(ReadOnlySpan<byte> b, bool bigEndian, bool singleFile)
    {
        var at = new FieldReader(b, bigEndian);
        return new()
        {
            Version = 1,
            BigEndian = bigEndian,
            SingleFile = singleFile,
            Dim = [at.Int16(40), at.Int16(42), at.Int16(44), at.Int16(46), at.Int16(48), at.Int16(50), at.Int16(52), at.Int16(54)],
            PixDim = at.Singles(76, 8),
            DataType = at.Int16(70),
            VoxelOffset = at.Single(108),
            Slope = at.Single(112),
            Intercept = at.Single(116),
            Units = b[123],
            QFormCode = at.Int16(252),
            SFormCode = at.Int16(254),
            QForm = at.Singles(256, 6),
            SForm = at.Singles(280, 12),
        };
    }

    private static NiftiHeader Version2(ReadOnlySpan<byte> b, bool bigEndian, bool singleFile)
    {
        var at = new FieldReader(b, bigEndian);
        return new()
        {
            Version = 2,
            BigEndian = bigEndian,
            SingleFile = singleFile,
            Dim = [at.Int64(16), at.Int64(24), at.Int64(32), at.Int64(40), at.Int64(48), at.Int64(56), at.Int64(64), at.Int64(72)],
            PixDim = at.Doubles(104, 8),
            DataType = at.Int16(12),
            VoxelOffset = at.Int64(168),
            Slope = at.Double(176),
            Intercept = at.Double(184),
            Units = at.Int32(500),
            QFormCode = at.Int32(344),
            SFormCode = at.Int32(348),
            QForm = at.Doubles(352, 6),
            SForm = at.Doubles(400, 12),
        };
    }

    private static int SizeField(ReadOnlySpan<byte> bytes, out bool bigEndian)
    {
        int little = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        int big = BinaryPrimitives.ReadInt32BigEndian(bytes);
        bigEndian = big is BytesOfVersion1 or BytesOfVersion2;
        return bigEndian ? big : little is BytesOfVersion1 or BytesOfVersion2 ? little : 0;
    }

    private readonly ref struct FieldReader(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public short Int16(int offset) => bigEndian
            ? BinaryPrimitives.ReadInt16BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt16LittleEndian(_bytes[offset..]);

        public int Int32(int offset) => bigEndian
            ? BinaryPrimitives.ReadInt32BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt32LittleEndian(_bytes[offset..]);

        public long Int64(int offset) => bigEndian
            ? BinaryPrimitives.ReadInt64BigEndian(_bytes[offset..]) : BinaryPrimitives.ReadInt64LittleEndian(_bytes[offset..]);

        public double Single(int offset) => BitConverter.Int32BitsToSingle(Int32(offset));

        public double Double(int offset) => BitConverter.Int64BitsToDouble(Int64(offset));

        public double[] Singles(int offset, int count)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
                values[i] = Single(offset + 4 * i);
            return values;
        }

        public double[] Doubles(int offset, int count)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
                values[i] = Double(offset + 8 * i);
            return values;
        }
    }
}
