using System.Numerics;
using System.Runtime.ExceptionServices;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Pixels;
using Trabecula.Imaging.Dicom.Series;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom;

/// <summary>
/// Reads the slices of a stack into one array, each with its own rescale. The number type is the smallest that holds every value that
/// the samples could mean, and 64-bit floats where a slope or intercept is no whole number, as GDCM (and so ITK) has it.
/// </summary>
internal static class SliceVoxels
{
    /// <summary>Reads the voxels.</summary>
    /// <exception cref="ImagingException">Pixels are damaged, cut off, or of a compression that cannot be read.</exception>
    public static Volume Read(string path, SliceStack stack, CancellationToken cancellationToken)
    {
        VolumeGeometry geometry = stack.Geometry();
        if (geometry.Size.Count > Array.MaxLength)
            throw new ImagingException(path, FormattableString.Invariant(
                $"{geometry.Size.Count} voxels are more than the {Array.MaxLength} that a volume can hold."), Cure.Crop);
        // Every file shows that it can hold what it promises before the volume is allocated.
        foreach (DicomSlice slice in stack.Slices.DistinctBy(slice => slice.File))
            FrameReader.Open(slice.File, slice.Format).Dispose();
        return TypeOf(stack.Slices) switch
        {
            VoxelType.UInt8 => Read<byte>(stack, geometry, cancellationToken),
            VoxelType.Int8 => Read<sbyte>(stack, geometry, cancellationToken),
            VoxelType.UInt16 => Read<ushort>(stack, geometry, cancellationToken),
            VoxelType.Int16 => Read<short>(stack, geometry, cancellationToken),
            VoxelType.UInt32 => Read<uint>(stack, geometry, cancellationToken),
            VoxelType.Int32 => Read<int>(stack, geometry, cancellationToken),
            _ => ReadReal(stack, geometry, cancellationToken),
        };
    }

    private static VoxelType TypeOf(IReadOnlyList<DicomSlice> slices)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        bool rescales = false;
        foreach (DicomSlice slice in slices)
        {
            if (slice.Slope != Math.Floor(slice.Slope) || slice.Intercept != Math.Floor(slice.Intercept))
                return VoxelType.Float64;
            rescales |= slice.Slope != 1 || slice.Intercept != 0;
            double a = slice.Format.Minimum * slice.Slope + slice.Intercept, b = slice.Format.Maximum * slice.Slope + slice.Intercept;
            (minimum, maximum) = (Math.Min(minimum, Math.Min(a, b)), Math.Max(maximum, Math.Max(a, b)));
        }
        if (!rescales && slices.All(slice => slice.Format.BitsAllocated == 16))
            return minimum < 0 ? VoxelType.Int16 : VoxelType.UInt16;
        if (minimum >= 0)
            return maximum <= byte.MaxValue ? VoxelType.UInt8 : maximum <= ushort.MaxValue ? VoxelType.UInt16
                : maximum <= uint.MaxValue ? VoxelType.UInt32 : VoxelType.Float64;
        return minimum >= sbyte.MinValue && maximum <= sbyte.MaxValue ? VoxelType.Int8
            : minimum >= short.MinValue && maximum <= short.MaxValue ? VoxelType.Int16
            : minimum >= int.MinValue && maximum <= int.MaxValue ? VoxelType.Int32 : VoxelType.Float64;
    }

    private static Volume<T> Read<T>(SliceStack stack, VolumeGeometry geometry, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryInteger<T>
    {
        T[] voxels = GC.AllocateUninitializedArray<T>((int)geometry.Size.Count);
        ForEach(stack, (slice, index, samples) =>
        {
            long slope = (long)slice.Slope, intercept = (long)slice.Intercept;
            Span<T> target = voxels.AsSpan(index * samples.Length, samples.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateTruncating(samples[i] * slope + intercept);
        }, cancellationToken);
        return Volume.Create(geometry, voxels);
    }

    private static Volume<double> ReadReal(SliceStack stack, VolumeGeometry geometry, CancellationToken cancellationToken)
    {
        double[] voxels = GC.AllocateUninitializedArray<double>((int)geometry.Size.Count);
        ForEach(stack, (slice, index, samples) =>
        {
            Span<double> target = voxels.AsSpan(index * samples.Length, samples.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] = samples[i] * slice.Slope + slice.Intercept;
        }, cancellationToken);
        return Volume.Create(geometry, voxels);
    }

    /// <summary>
    /// Reads the slices: compressed ones on all cores, in runs of neighbours; others one by one, since they come as fast as the disk gives them. Each slice has its
    /// own place, so that nothing depends on the number of cores; of several faults the one of the foremost slice is told.
    /// </summary>
    private static void ForEach(SliceStack stack, Action<DicomSlice, int, int[]> work, CancellationToken cancellationToken)
    {
        int count = stack.Slices.Count, runs = stack.Slices[0].File.Syntax.Encapsulated ? Math.Min(Environment.ProcessorCount, count) : 1;
        var faults = new ExceptionDispatchInfo?[runs];
        Parallel.For(0, runs, run =>
        {
            try
            {
                ForEach(stack, (int)((long)count * run / runs)..(int)((long)count * (run + 1) / runs), work, cancellationToken);
            }
            catch (Exception e)
            {
                faults[run] = ExceptionDispatchInfo.Capture(e);
            }
        });
        Array.Find(faults, fault => fault is not null)?.Throw();
    }

    private static void ForEach(SliceStack stack, Range run, Action<DicomSlice, int, int[]> work, CancellationToken cancellationToken)
    {
        int[] samples = new int[stack.Slices[0].Format.SamplesPerFrame];
        FrameReader? reader = null;
        DicomFile? open = null;
        try
        {
            for (int index = run.Start.Value; index < run.End.Value; index++)
            {
                DicomSlice slice = stack.Slices[index];
                if (!ReferenceEquals(slice.File, open))
                {
                    reader?.Dispose();
                    (reader, open) = (FrameReader.Open(slice.File, slice.Format), slice.File);
                }
                reader!.Read(slice.Frame, samples, cancellationToken);
                work(slice, index, samples);
            }
        }
        finally
        {
            reader?.Dispose();
        }
    }
}
