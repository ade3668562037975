using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// Gives a file's intensities, normalised where the settings ask for it, one piece of a row at a time: only the voxels that a
/// region needs are converted.
/// </summary>
internal abstract class IntensitySource(VolumeGeometry geometry, VoxelType voxelType)
{
    /// <summary>Size, spacing, origin and directions of the file.</summary>
    public VolumeGeometry Geometry { get; } = geometry;

    /// <summary>The type that the values are exact in: the file's, or 64-bit floating point after normalisation.</summary>
    public VoxelType VoxelType { get; } = voxelType;

    /// <summary>Intensities of a file.</summary>
    public static IntensitySource Of(Volume image, IntensityNormalization? normalization) =>
        image.Accept(new Operation(normalization));

    /// <summary>Reads a piece of the row at (y, z) that starts at x.</summary>
    /// <exception cref="RadiomicsException">A voxel is infinite or not a number.</exception>
    public abstract void ReadRow(int x, int y, int z, Span<double> into, ReadOnlySpan<byte> region = default);

    /// <summary>Reads a box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="region">Where a voxel counts, if not all do: 1 inside, 0 outside. Others may be infinite or not a number.</param>
    /// <exception cref="RadiomicsException">A voxel that counts is infinite or not a number.</exception>
    public WorkingImage Read(VoxelBox box, ReadOnlySpan<byte> region = default)
    {
        var voxels = GC.AllocateUninitializedArray<double>(box.Count);
        int target = 0;
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++, target += box.Size.X)
                ReadRow(box.X, y, z, voxels.AsSpan(target, box.Size.X), region.IsEmpty ? default : region.Slice(target, box.Size.X));
        }
        VolumeGeometry geometry = box == VoxelBox.Whole(Geometry.Size) ? Geometry : box.GeometryIn(Geometry);
        return new WorkingImage(geometry, VoxelType, voxels);
    }

    private sealed class Operation(IntensityNormalization? normalization) : IVolumeOperation<IntensitySource>
    {
        public IntensitySource Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> => new VolumeSource<T>(volume, normalization);
    }

    private sealed class VolumeSource<T>(Volume<T> volume, IntensityNormalization? normalization)
        : IntensitySource(volume.Geometry, normalization is null ? volume.VoxelType : VoxelType.Float64)
        where T : unmanaged, INumber<T>
    {
        public override void ReadRow(int x, int y, int z, Span<double> into, ReadOnlySpan<byte> region = default)
        {
            long start = ((long)z * Geometry.Size.Y + y) * Geometry.Size.X + x;
            ReadOnlySpan<T> row = volume.Voxels.Slice((int)start, into.Length);
            if (typeof(T) == typeof(short)) Widen(MemoryMarshal.Cast<T, short>(row), into);
            else
            {
                for (int i = 0; i < into.Length; i++) into[i] = double.CreateTruncating(row[i]);
            }
            if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            {
                for (int i = 0; i < into.Length; i++)
                {
                    if (!double.IsFinite(into[i]) && (region.IsEmpty || region[i] != 0))
                        throw IntensityNormalization.NonFinite(ExtractionStage.Reading, Geometry, start + i);
                }
            }
            normalization?.Apply(into);
        }

        private static void Widen(ReadOnlySpan<short> row, Span<double> into)
        {
            ReadOnlySpan<Vector<short>> vectors = MemoryMarshal.Cast<short, Vector<short>>(row);
            Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(into);
            for (int i = 0; i < vectors.Length; i++)
            {
                Vector.Widen(vectors[i], out Vector<int> low, out Vector<int> high);
                Vector.Widen(low, out Vector<long> first, out Vector<long> second);
                Vector.Widen(high, out Vector<long> third, out Vector<long> fourth);
                wide[4 * i] = Vector.ConvertToDouble(first);
                wide[4 * i + 1] = Vector.ConvertToDouble(second);
                wide[4 * i + 2] = Vector.ConvertToDouble(third);
                wide[4 * i + 3] = Vector.ConvertToDouble(fourth);
            }
            for (int i = vectors.Length * Vector<short>.Count; i < row.Length; i++) into[i] = row[i];
        }
    }
}
