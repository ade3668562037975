using System.Globalization;
using System.Numerics;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Nrrd;

/// <summary>
/// Reads segmentations of 3D Slicer (<c>.seg.nrrd</c>): named segments, each a label value in a layer; overlapping segments lie in several
/// layers, which are the first and fastest axis of the file. Source: 3D Slicer's developer guide, "Segmentation file format".
/// </summary>
internal static class SegNrrdReader
{
    /// <summary>Whether a header describes segments.</summary>
    public static bool IsSegmentation(NrrdHeader header) => header.Keys.Keys.Any(key => SegmentOf(key) is not null);

    /// <summary>Reads the segments.</summary>
    /// <param name="header">The parsed header.</param>
    /// <param name="image">The grid of the image, onto which the segments are put where their voxels are its; null to keep their own.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <exception cref="ImagingException">The file is damaged, or describes segments that it does not hold.</exception>
    public static Segmentation Read(NrrdHeader header, VolumeGeometry? image, CancellationToken cancellationToken)
    {
        bool layered = header.Sizes.Length == 4;
        int layers = layered ? (int)Math.Min(header.Sizes[0], int.MaxValue) : 1;
        Volume stored = NrrdReader.Read(header, layered, cancellationToken);
        VolumeSize size = stored.Geometry.Size;
        // The layers were read as if they made x longer.
        VolumeGeometry own = layered ? new(new(size.X / layers, size.Y, size.Z), stored.Geometry.SpacingMm, stored.Geometry.OriginMm, stored.Geometry.Direction) : stored.Geometry;
        VolumeGeometry target = image is not null && GridPlacement.Offset(own, image) is not null ? image : own;
        var notes = new List<string>();
        IReadOnlyList<Mask> masks = stored.Accept(new Layers(layers, own, target, notes));
        return new(masks, SegmentsOf(header, layers), notes);
    }

    private static List<MaskSegment> SegmentsOf(NrrdHeader header, int layers)
    {
        int[] numbers = [.. header.Keys.Keys.Select(SegmentOf).OfType<int>().Distinct().Order()];
        var segments = new List<MaskSegment>();
        foreach (int number in numbers)
        {
            string prefix = FormattableString.Invariant($"Segment{number}_");
            int layer = Number(header, prefix + "Layer", 0);
            int value = Number(header, prefix + "LabelValue", number + 1);
            if (layer >= layers || value == 0)
                throw header.Fault(prefix + "Layer", header.Keys.GetValueOrDefault(prefix + "Layer"),
                    FormattableString.Invariant($"the file has {layers} layers, and a label value is above 0"));
            segments.Add(new((uint)value, PlainText.Of(header.Keys.GetValueOrDefault(prefix + "Name") ?? header.Keys.GetValueOrDefault(prefix + "ID") ?? ""), layer, (uint)value));
        }
        // Label values are unique in a layer only: where two layers use the same, segments are numbered in their order instead.
        return segments.DistinctBy(segment => segment.Label).Count() == segments.Count
            ? segments : [.. segments.Select((segment, index) => segment with { Label = (uint)index + 1 })];
    }

    private static int Number(NrrdHeader header, string key, int missing) =>
        !header.Keys.TryGetValue(key, out string? text) ? missing
        : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw header.Fault(key, text, "a whole number from 0 was expected");

    /// <summary>The number in a key such as <c>Segment3_Name</c>.</summary>
    private static int? SegmentOf(string key)
    {
        const string prefix = "Segment";
        int end = key.IndexOf('_', StringComparison.Ordinal);
        return key.StartsWith(prefix, StringComparison.Ordinal) && end > prefix.Length
            && int.TryParse(key.AsSpan(prefix.Length, end - prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < ushort.MaxValue ? number : null;
    }

    private readonly struct Layers(int layers, VolumeGeometry own, VolumeGeometry target, List<string> notes) : IVolumeOperation<IReadOnlyList<Mask>>
    {
        public IReadOnlyList<Mask> Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            (int X, int Y, int Z) offset = GridPlacement.Offset(own, target)!.Value;
            VolumeSize size = own.Size, whole = target.Size;
            var masks = new List<Mask>(layers);
            long outside = 0;
            for (int layer = 0; layer < layers; layer++)
            {
                var voxels = new T[whole.Count];
                for (int at = layer, z = 0; z < size.Z; z++)
                {
                    for (int y = 0; y < size.Y; y++)
                    {
                        for (int x = 0; x < size.X; x++, at += layers)
                        {
                            T value = volume.Voxels[at];
                            if (T.IsZero(value))
                                continue;
                            long i = (long)x + offset.X, j = (long)y + offset.Y, k = (long)z + offset.Z;
                            if (i >= 0 && j >= 0 && k >= 0 && i < whole.X && j < whole.Y && k < whole.Z)
                                voxels[(k * whole.Y + j) * whole.X + i] = value;
                            else
                                outside++;
                        }
                    }
                }
                masks.Add(new Mask(Volume.Create(target, voxels)));
            }
            if (outside > 0)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{outside} voxels of the segmentation lie outside of the image and were left out"));
            return masks;
        }
    }
}
