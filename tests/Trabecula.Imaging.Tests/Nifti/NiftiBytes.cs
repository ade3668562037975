using System.Buffers.Binary;

namespace Trabecula.Imaging.Tests.Nifti;

/// <summary>Headers of NIfTI files, byte by byte as the standard lays them out.</summary>
internal sealed record NiftiBytes
{
    public int Version { get; init; } = 1;

    public bool BigEndian { get; init; }

    public string Magic { get; init; } = "n+1";

    public long[] Dim { get; init; } = [3, 5, 4, 3, 1, 1, 1, 1];

    public double[] PixDim { get; init; } = [1, 0.75, 0.5, 3, 1, 1, 1, 1];

    public int DataType { get; init; } = 4;

    public double Offset { get; init; } = 352;

    public double Slope { get; init; }

    public double Intercept { get; init; }

    public int Units { get; init; } = 2;

    public int QFormCode { get; init; }

    public int SFormCode { get; init; }

    public double[] QForm { get; init; } = [0, 0, 0, 0, 0, 0];

    public double[] SForm { get; init; } = new double[12];

    public static int CodeOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 => 2,
        VoxelType.Int16 => 4,
        VoxelType.Int32 => 8,
        VoxelType.Float32 => 16,
        VoxelType.Float64 => 64,
        VoxelType.Int8 => 256,
        VoxelType.UInt16 => 512,
        VoxelType.UInt32 => 768,
        VoxelType.Int64 => 1024,
        _ => 1280,
    };

    /// <summary>The header; for single files with the bytes up to the voxels.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Magic[0] == 'n' && Magic[1] == '+' ? Version == 1 ? 352 : 544 : Version == 1 ? 348 : 540];
        void Short(int at, double value) => Order(bytes, at, 2, unchecked((ulong)(long)value));
        void Int(int at, double value) => Order(bytes, at, 4, unchecked((ulong)(long)value));
        void Long(int at, double value) => Order(bytes, at, 8, unchecked((ulong)(long)value));
        void Single(int at, double value) => Order(bytes, at, 4, BitConverter.SingleToUInt32Bits((float)value));
        void Double(int at, double value) => Order(bytes, at, 8, BitConverter.DoubleToUInt64Bits(value));
        static void Each(double[] values, int at, int step, Action<int, double> put)
        {
            for (int i = 0; i < values.Length; i++)
                put(at + i * step, values[i]);
        }

        double[] dim = Array.ConvertAll(Dim, value => (double)value);
        if (Version == 1)
        {
            Int(0, 348);
            Each(dim, 40, 2, Short);
            Short(70, DataType);
            Each(PixDim, 76, 4, Single);
            Single(108, Offset);
            Single(112, Slope);
            Single(116, Intercept);
            bytes[123] = (byte)Units;
            Short(252, QFormCode);
            Short(254, SFormCode);
            Each(QForm, 256, 4, Single);
            Each(SForm, 280, 4, Single);
            System.Text.Encoding.ASCII.GetBytes(Magic).CopyTo(bytes, 344);
        }
        else
        {
            Int(0, 540);
            System.Text.Encoding.ASCII.GetBytes(Magic + "\0\r\n\x1a\n").CopyTo(bytes, 4);
            Short(12, DataType);
            Each(dim, 16, 8, Long);
            Each(PixDim, 104, 8, Double);
            Long(168, Offset);
            Double(176, Slope);
            Double(184, Intercept);
            Int(344, QFormCode);
            Int(348, SFormCode);
            Each(QForm, 352, 8, Double);
            Each(SForm, 400, 8, Double);
            Int(500, Units);
        }
        return bytes;
    }

    private void Order(byte[] bytes, int at, int size, ulong value)
    {
        Span<byte> little = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(little, value);
        for (int i = 0; i < size; i++)
            bytes[BigEndian ? at + size - 1 - i : at + i] = little[i];
    }
}
