using System.Numerics;

namespace Trabecula.Imaging.Masks;

/// <summary>The segments of a mask slice by slice, as what is written needs them.</summary>
internal static class SegmentSlices
{
    /// <summary>The segments; those of a label volume are its labels.</summary>
    /// <exception cref="ImagingException">The mask holds nothing.</exception>
    public static IReadOnlyList<MaskSegment> SegmentsOf(Segmentation mask, CancellationToken cancellationToken)
    {
        IReadOnlyList<MaskSegment> segments = mask.Segments.Count > 0 ? mask.Segments
            : [.. mask.Layers[0].FindRegions(cancellationToken).Regions.Select(region =>
                new MaskSegment(region.Label, FormattableString.Invariant($"label {region.Label}"), 0, region.Label))];
        return segments.Count > 0 ? segments : throw new ImagingException("", "The mask holds no label: all of its voxels are 0.", "Draw the region first.");
    }

    /// <summary>The slices of a segment that hold voxels of it, each voxel true or false, x fastest.</summary>
    public static IEnumerable<(int Slice, bool[] Inside)> Of(Segmentation mask, MaskSegment segment, CancellationToken cancellationToken)
    {
        Volume labels = mask.Layers[segment.Layer].Labels;
        for (int z = 0; z < labels.Geometry.Size.Z; z++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (labels.Accept(new Slice(z, segment.Value)) is { } inside)
                yield return (z, inside);
        }
    }

    private readonly struct Slice(int z, uint value) : IVolumeOperation<bool[]?>
    {
        public bool[]? Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            int count = volume.Geometry.Size.X * volume.Geometry.Size.Y;
            ReadOnlySpan<T> voxels = volume.Voxels.Slice(z * count, count);
            bool[]? inside = null;
            for (int i = 0; i < count; i++)
            {
                if (Mask.LabelOf(voxels[i]) == value)
                    (inside ??= new bool[count])[i] = true;
            }
            return inside;
        }
    }
}
