using System.Security.Cryptography;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>
/// Writes RT structure sets whose contours run along the edges of the voxels, so that filling them gives the mask back. Regions with
/// holes are written as <c>CLOSEDPLANAR_XOR</c>.
/// </summary>
internal static class StructureSetWriter
{
    private const string SopClass = "1.2.840.10008.5.1.4.1.1.481.3", StudyClass = "1.2.840.10008.3.1.2.3.1";

    private static readonly string[] Colors = ["255\\0\\0", "0\\255\\0", "0\\128\\255", "255\\255\\0", "255\\0\\255", "0\\255\\255"];

    /// <summary>Writes the segments of a mask.</summary>
    /// <exception cref="ImagingException">The mask is empty, or the file cannot be written.</exception>
    public static void Write(string path, Segmentation mask, DicomSource? source, string subject, DateTimeOffset created, CancellationToken cancellationToken)
    {
        VolumeGeometry geometry = mask.Layers[0].Geometry;
        IReadOnlyList<MaskSegment> segments = SegmentSlices.SegmentsOf(mask, cancellationToken);
        var regions = new List<DatasetBuilder>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < segments.Count; i++)
        {
            var contours = new List<(int Slice, double[] Corners, bool IsHole)>();
            foreach ((int slice, bool[] inside) in SegmentSlices.Of(mask, segments[i], cancellationToken))
            {
                contours.AddRange(SliceContours.Trace(inside, geometry.Size.X, geometry.Size.Y).Select(contour => (slice, contour.Corners, contour.IsHole)));
                hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<bool>(inside));
            }
            regions.Add(Region(geometry, source, contours, i));
        }
        string digest = Convert.ToHexString(hash.GetHashAndReset()) + string.Join('\n', segments.Select(segment => segment.Name));
        string frame = ObjectHeader.FrameOfReference(source, digest);
        DatasetBuilder file = ObjectHeader.Begin(SopClass, "RTSTRUCT", source, subject, digest, created)
            .Text(0x0008, 0x1070, "PN", "")
            .Text(0x3006, 0x0002, "SH", "Trabecula")
            .Text(0x3006, 0x0008, "DA", created.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture))
            .Text(0x3006, 0x0009, "TM", created.ToString("HHmmss", System.Globalization.CultureInfo.InvariantCulture))
            .Sequence(new DicomTag(0x3006, 0x0010), FrameReference(source, frame))
            .Sequence(Tags.StructureSetRoiSequence, segments.Select((segment, index) => new DatasetBuilder()
                .Text(Tags.RoiNumber, "IS", Number(index)).Text(Tags.ReferencedFrameOfReferenceUid, "UI", frame)
                .Text(Tags.RoiName, "LO", ObjectHeader.Name(segment.Name)).Text(0x3006, 0x0036, "CS", "SEMIAUTOMATIC")))
            .Sequence(Tags.RoiContourSequence, regions)
            .Sequence(new DicomTag(0x3006, 0x0080), segments.Select((_, index) => new DatasetBuilder()
                .Text(0x3006, 0x0082, "IS", Number(index)).Text(Tags.ReferencedRoiNumber, "IS", Number(index))
                .Text(0x3006, 0x00A4, "CS", "").Text(0x3006, 0x00A6, "PN", "")));
        DicomWriter.Write(path, file.Dataset, explicitVr: false);
    }

    private static string Number(int index) => FormattableString.Invariant($"{index + 1}");

    private static DatasetBuilder Region(
        VolumeGeometry geometry, DicomSource? source, List<(int Slice, double[] Corners, bool IsHole)> contours, int index)
    {
        string type = contours.Exists(contour => contour.IsHole) ? "CLOSEDPLANAR_XOR" : "CLOSED_PLANAR";
        return new DatasetBuilder()
            .Text(0x3006, 0x002A, "IS", Colors[index % Colors.Length])
            .Sequence(Tags.ContourSequence, contours.Select(contour =>
            {
                var item = new DatasetBuilder()
                    .Text(Tags.ContourGeometricType, "CS", type)
                    .Text(Tags.NumberOfContourPoints, "IS", FormattableString.Invariant($"{contour.Corners.Length / 2}"))
                    .Decimals(Tags.ContourData, Points(geometry, contour.Slice, contour.Corners));
                if (ObjectHeader.Reference(source, contour.Slice) is { } reference)
                    item.Sequence(new DicomTag(0x3006, 0x0016), reference);
                return item;
            }))
            .Text(Tags.ReferencedRoiNumber, "IS", Number(index));
    }

    private static double[] Points(VolumeGeometry geometry, int slice, double[] corners)
    {
        double[] points = new double[corners.Length / 2 * 3];
        for (int i = 0; i < corners.Length / 2; i++)
        {
            Vector3D point = geometry.IndexToPoint(new(corners[2 * i], corners[2 * i + 1], slice));
            (points[3 * i], points[3 * i + 1], points[3 * i + 2]) = (point.X, point.Y, point.Z);
        }
        return points;
    }

    private static DatasetBuilder FrameReference(DicomSource? source, string frame)
    {
        var reference = new DatasetBuilder().Text(Tags.FrameOfReferenceUid, "UI", frame);
        if (source is null || source.SeriesUid.Length == 0)
            return reference;
        DatasetBuilder[] instances = [.. Enumerable.Range(0, source.InstanceUids.Count)
            .DistinctBy(slice => source.InstanceUids[slice]).Select(slice => ObjectHeader.Reference(source, slice)).OfType<DatasetBuilder>()];
        if (instances.Length == 0)
            return reference;
        return reference.Sequence(new DicomTag(0x3006, 0x0012), new DatasetBuilder()
            .Text(Tags.ReferencedSopClassUid, "UI", StudyClass).Text(Tags.ReferencedSopInstanceUid, "UI", source.StudyUid)
            .Sequence(new DicomTag(0x3006, 0x0014), new DatasetBuilder()
                .Text(Tags.SeriesInstanceUid, "UI", source.SeriesUid).Sequence(new DicomTag(0x3006, 0x0016), instances)));
    }
}
