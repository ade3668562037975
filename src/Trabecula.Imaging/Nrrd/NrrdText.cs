using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>Reads voxels that are written as decimal numbers (<c>ascii</c>) or as hexadecimal digits of their bytes (<c>hex</c>).</summary>
internal static class NrrdText
{
    /// <summary>Longer than any number that a program writes.</summary>
    private const int LongestNumber = 512;

    /// <summary>Reads the voxels of a geometry.</summary>
    /// <exception cref="ImagingException">Too few or too many numbers, or something that is none.</exception>
    public static Volume Read(DataStream text, NrrdHeader header, VolumeGeometry geometry, CancellationToken cancellationToken) =>
        header.Type switch
        {
            VoxelType.UInt8 => Read<byte>(text, header, geometry, cancellationToken),
            VoxelType.Int8 => Read<sbyte>(text, header, geometry, cancellationToken),
            VoxelType.UInt16 => Read<ushort>(text, header, geometry, cancellationToken),
            VoxelType.Int16 => Read<short>(text, header, geometry, cancellationToken),
            VoxelType.UInt32 => Read<uint>(text, header, geometry, cancellationToken),
            VoxelType.Int32 => Read<int>(text, header, geometry, cancellationToken),
            VoxelType.UInt64 => Read<ulong>(text, header, geometry, cancellationToken),
            VoxelType.Int64 => Read<long>(text, header, geometry, cancellationToken),
            VoxelType.Float32 => Read<float>(text, header, geometry, cancellationToken),
            _ => Read<double>(text, header, geometry, cancellationToken),
        };

    private static Volume<T> Read<T>(DataStream text, NrrdHeader header, VolumeGeometry geometry, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        bool hex = header.Encoding == NrrdEncoding.Hex;
        long count = geometry.Size.Count;
        // A decimal number takes a digit and a separator, a byte two hexadecimal digits: nothing is allocated beyond that.
        long needed = hex ? count * 2 * Marshal.SizeOf<T>() : 2 * count - 1;
        if (needed > text.Capacity)
            throw text.Truncated(needed, text.Capacity);
        if (count > Array.MaxLength)
            throw new ImagingException(text.Path, FormattableString.Invariant(
                $"{count} voxels are more than the {Array.MaxLength} that a volume can hold."), Cure.Crop);
        T[] voxels = new T[count];
        if (hex)
            ReadHex(text, voxels, header.BigEndian, cancellationToken);
        else
            ReadDecimal(text, voxels, cancellationToken);
        return Volume.Create(geometry, voxels);
    }

    private static void ReadDecimal<T>(DataStream text, T[] voxels, CancellationToken cancellationToken) where T : unmanaged, INumber<T>
    {
        byte[] block = new byte[1 << 16];
        byte[] number = new byte[LongestNumber];
        int digits = 0, done = 0, read;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = text.Read(block);
            foreach (byte value in block.AsSpan(0, read))
            {
                if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\v' or (byte)'\f' or (byte)','))
                {
                    if (digits == LongestNumber)
                        throw NotANumber<T>(text, number, done);
                    number[digits++] = value;
                }
                else if (digits > 0)
                {
                    Store(text, voxels, number.AsSpan(0, digits), done++);
                    digits = 0;
                }
            }
        }
        while (read == block.Length);
        if (digits > 0)
            Store(text, voxels, number.AsSpan(0, digits), done++);
        if (done < voxels.Length)
            throw new ImagingException(text.Path, FormattableString.Invariant(
                $"the header promises {voxels.Length} numbers, but the file holds {done}."), Cure.CopyAgain);
    }

    private static void Store<T>(DataStream text, T[] voxels, ReadOnlySpan<byte> number, int index) where T : unmanaged, INumber<T>
    {
        if (index >= voxels.Length)
            throw new ImagingException(text.Path, FormattableString.Invariant(
                $"there are more than the {voxels.Length} numbers that the header promises."), Cure.MatchHeader);
        bool real = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        if (T.TryParse(number, real ? NumberStyles.Float : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value))
            voxels[index] = value;
        else if (real && NrrdValues.TryNumber(System.Text.Encoding.UTF8.GetString(number), out double special))
            voxels[index] = T.CreateTruncating(special);
        else
            throw NotANumber<T>(text, number, index);
    }

    private static ImagingException NotANumber<T>(DataStream text, ReadOnlySpan<byte> number, int index)
    {
        string start = System.Text.Encoding.ASCII.GetString(number[..Math.Min(number.Length, 40)]);
        return new(text.Path, FormattableString.Invariant(
            $"voxel {index + 1} is \"{start}\", where a number of type {typeof(T).Name} was expected."), Cure.CopyAgain);
    }

    private static void ReadHex<T>(DataStream text, T[] voxels, bool bigEndian, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        int size = Marshal.SizeOf<T>();
        byte[] block = new byte[1 << 16];
        long total = 2L * size * voxels.Length, nibbles = 0;
        Span<byte> voxel = stackalloc byte[8];
        int read;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            read = text.Read(block);
            foreach (byte value in block.AsSpan(0, read))
            {
                if (value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\v' or (byte)'\f')
                    continue;
                if (!char.IsAsciiHexDigit((char)value))
                    throw new ImagingException(text.Path, FormattableString.Invariant(
                        $"byte {nibbles / 2 + 1} of the voxels has the character code {value}, where a hexadecimal digit was expected."),
                        Cure.CopyAgain);
                if (nibbles == total)
                    throw new ImagingException(text.Path, FormattableString.Invariant(
                        $"there are more than the {total} hexadecimal digits that the header promises."), Cure.MatchHeader);
                int digit = value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
                int at = (int)(nibbles / 2 % size);
                voxel[at] = (byte)(nibbles % 2 == 0 ? digit << 4 : voxel[at] | digit);
                nibbles++;
                if (nibbles % (2 * size) == 0)
                    voxels[nibbles / (2 * size) - 1] = MemoryMarshal.Read<T>(voxel);
            }
        }
        while (read == block.Length);
        if (nibbles < total)
            throw new ImagingException(text.Path, FormattableString.Invariant(
                $"the header promises {total} hexadecimal digits, but the file holds {nibbles}."), Cure.CopyAgain);
        if (size > 1 && bigEndian == BitConverter.IsLittleEndian)
            VoxelReader.ReverseBytes(voxels.AsSpan());
    }
}
