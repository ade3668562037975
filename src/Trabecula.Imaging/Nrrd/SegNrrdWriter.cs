using System.Text;
using Trabecula.Imaging.Masks;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>Writes segmentations as 3D Slicer reads them: layers as the first axis where segments overlap, names in the header.</summary>
internal static class SegNrrdWriter
{
    /// <summary>Writes the segments of a mask.</summary>
    /// <exception cref="ImagingException">The mask is empty, or the file cannot be written.</exception>
    public static void Write(string path, Segmentation mask, CancellationToken cancellationToken)
    {
        IReadOnlyList<MaskSegment> segments = SegmentSlices.SegmentsOf(mask, cancellationToken);
        VolumeGeometry geometry = mask.Layers[0].Geometry;
        int layers = mask.Layers.Count;
        var voxels = new ushort[geometry.Size.Count * layers];
        int plane = geometry.Size.X * geometry.Size.Y;
        foreach (MaskSegment segment in segments)
        {
            if (segment.Value > ushort.MaxValue)
                throw new ImagingException(path, FormattableString.Invariant($"label {segment.Value} is above {ushort.MaxValue}."), "Number the labels from 1 on.");
            foreach ((int slice, bool[] inside) in SegmentSlices.Of(mask, segment, cancellationToken))
            {
                for (int i = 0; i < inside.Length; i++)
                {
                    if (inside[i])
                        voxels[((long)slice * plane + i) * layers + segment.Layer] = (ushort)segment.Value;
                }
            }
        }
        // Only its voxels are written; the header has the geometry.
        var flat = new VolumeGeometry(new(geometry.Size.X * layers, geometry.Size.Y, geometry.Size.Z), geometry.SpacingMm, geometry.OriginMm, geometry.Direction);
        Volume volume = Volume.Create(flat, voxels);
        byte[] header = Header(geometry, segments, layers);
        AtomicFile.Write(path, file => VoxelWriter.Write(file, header, volume, compressStart: false, compress: true, cancellationToken));
    }

    private static byte[] Header(VolumeGeometry geometry, IReadOnlyList<MaskSegment> segments, int layers)
    {
        Matrix3D axes = geometry.Direction.ScaleColumns(geometry.SpacingMm);
        bool layered = layers > 1;
        var text = new StringBuilder("NRRD0004\ntype: unsigned short\n");
        text.Append(layered ? "dimension: 4\n" : "dimension: 3\n").Append("space: left-posterior-superior\n");
        text.Append("sizes: ").Append(layered ? FormattableString.Invariant($"{layers} ") : "");
        text.Append(FormattableString.Invariant($"{geometry.Size.X} {geometry.Size.Y} {geometry.Size.Z}\n"));
        text.Append("space directions: ").Append(layered ? "none " : "");
        text.Append(FormattableString.Invariant($"({axes.M00:R},{axes.M10:R},{axes.M20:R}) ({axes.M01:R},{axes.M11:R},{axes.M21:R}) "));
        text.Append(FormattableString.Invariant($"({axes.M02:R},{axes.M12:R},{axes.M22:R})\n"));
        text.Append("kinds: ").Append(layered ? "list " : "").Append("domain domain domain\n");
        text.Append("endian: ").Append(BitConverter.IsLittleEndian ? "little" : "big").Append("\nencoding: gzip\n");
        text.Append(FormattableString.Invariant($"space origin: ({geometry.OriginMm.X:R},{geometry.OriginMm.Y:R},{geometry.OriginMm.Z:R})\n"));
        for (int i = 0; i < segments.Count; i++)
        {
            MaskSegment segment = segments[i];
            string name = segment.Name.ReplaceLineEndings(" ");
            text.Append(FormattableString.Invariant($"Segment{i}_ID:=Segment_{i + 1}\nSegment{i}_LabelValue:={segment.Value}\n"));
            text.Append(FormattableString.Invariant($"Segment{i}_Layer:={segment.Layer}\nSegment{i}_Name:={name}\n"));
        }
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }
}
