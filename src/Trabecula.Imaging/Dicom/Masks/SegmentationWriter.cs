using System.Security.Cryptography;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>Writes binary DICOM segmentations. Frames without a voxel are left out; segments are numbered from 1 on, as the standard demands.</summary>
internal static class SegmentationWriter
{
    private const string SopClass = "1.2.840.10008.5.1.4.1.1.66.4";

    /// <summary>Writes the segments of a mask.</summary>
    /// <exception cref="ImagingException">The mask is empty, or the file cannot be written.</exception>
    public static void Write(string path, Segmentation mask, DicomSource? source, string subject, DateTimeOffset created, CancellationToken cancellationToken)
    {
        VolumeGeometry geometry = mask.Layers[0].Geometry;
        IReadOnlyList<MaskSegment> segments = SegmentSlices.SegmentsOf(mask, cancellationToken);
        if (geometry.Size.X > ushort.MaxValue || geometry.Size.Y > ushort.MaxValue)
            throw new ImagingException(path, FormattableString.Invariant($"DICOM has no room for slices of {geometry.Size.X} x {geometry.Size.Y} voxels."), "Write .seg.nrrd.");
        var frames = new List<DatasetBuilder>();
        var bits = new FrameBits();
        for (int i = 0; i < segments.Count; i++)
        {
            foreach ((int slice, bool[] inside) in SegmentSlices.Of(mask, segments[i], cancellationToken))
            {
                bits.Add(inside);
                frames.Add(Frame(geometry, source, slice, (ushort)(i + 1)));
            }
        }
        if (frames.Count == 0)
            throw new ImagingException(path, "no segment has a voxel.", "Draw the region first.");
        byte[] pixels = bits.ToArray();
        string digest = Convert.ToHexString(SHA256.HashData(pixels)) + string.Join('\n', segments.Select(segment => segment.Name));
        DatasetBuilder file = ObjectHeader.Begin(SopClass, "SEG", source, subject, digest, created);
        AddImage(file, geometry, frames.Count);
        AddSegments(file, segments, overlap: mask.Layers.Count > 1);
        AddDimensions(file, digest);
        file.Sequence(Tags.SharedFunctionalGroupsSequence, Shared(geometry))
            .Sequence(Tags.PerFrameFunctionalGroupsSequence, frames)
            .Bytes(Tags.PixelData, "OB", pixels);
        AddReferences(file, source);
        DicomWriter.Write(path, file.Dataset);
    }

    private static void AddImage(DatasetBuilder file, VolumeGeometry geometry, int frames) => file
        .Text(Tags.ImageType, "CS", "DERIVED\\PRIMARY")
        .Text(0x0070, 0x0080, "CS", "SEGMENTATION").Text(0x0070, 0x0081, "LO", "").Text(0x0070, 0x0084, "PN", "")
        .UInt16(Tags.SamplesPerPixel, 1).Text(Tags.PhotometricInterpretation, "CS", "MONOCHROME2")
        .Text(Tags.NumberOfFrames, "IS", FormattableString.Invariant($"{frames}"))
        .UInt16(Tags.Rows, (ushort)geometry.Size.Y).UInt16(Tags.Columns, (ushort)geometry.Size.X)
        .UInt16(Tags.BitsAllocated, 1).UInt16(Tags.BitsStored, 1).UInt16(Tags.HighBit, 0).UInt16(Tags.PixelRepresentation, 0)
        .Text(Tags.LossyImageCompression, "CS", "00");

    private static void AddSegments(DatasetBuilder file, IReadOnlyList<MaskSegment> segments, bool overlap) => file
        .Text(Tags.SegmentationType, "CS", "BINARY")
        .Text(0x0062, 0x0013, "CS", overlap ? "YES" : "NO")
        .Sequence(Tags.SegmentSequence, segments.Select((segment, index) => new DatasetBuilder()
            .UInt16(Tags.SegmentNumber, (ushort)(index + 1))
            .Text(Tags.SegmentLabel, "LO", ObjectHeader.Name(segment.Name))
            .Text(0x0062, 0x0008, "CS", "SEMIAUTOMATIC").Text(0x0062, 0x0009, "LO", "Trabecula")
            .Code(0x0062, 0x0003, "123037004", "SCT", "Anatomical Structure")
            .Code(0x0062, 0x000F, "85756007", "SCT", "Tissue")));

    private static void AddDimensions(DatasetBuilder file, string digest)
    {
        string organization = DicomWriter.UidOf("dimension organization", digest);
        DatasetBuilder Dimension(DicomTag pointer, DicomTag group) => new DatasetBuilder()
            .Text(0x0020, 0x9164, "UI", organization).Pointer(new(0x0020, 0x9165), pointer).Pointer(new(0x0020, 0x9167), group);
        file.Sequence(new DicomTag(0x0020, 0x9221), new DatasetBuilder().Text(0x0020, 0x9164, "UI", organization))
            .Sequence(new DicomTag(0x0020, 0x9222),
                Dimension(Tags.ReferencedSegmentNumber, Tags.SegmentIdentificationSequence), Dimension(Tags.ImagePositionPatient, Tags.PlanePositionSequence));
    }

    private static DatasetBuilder Shared(VolumeGeometry geometry)
    {
        Matrix3D d = geometry.Direction;
        Vector3D spacing = geometry.SpacingMm;
        return new DatasetBuilder()
            .Sequence(Tags.PlaneOrientationSequence, new DatasetBuilder().Decimals(Tags.ImageOrientationPatient, d.M00, d.M10, d.M20, d.M01, d.M11, d.M21))
            .Sequence(Tags.PixelMeasuresSequence, new DatasetBuilder()
                .Decimals(Tags.SliceThickness, spacing.Z).Decimals(Tags.SpacingBetweenSlices, spacing.Z).Decimals(Tags.PixelSpacing, spacing.Y, spacing.X));
    }

    private static DatasetBuilder Frame(VolumeGeometry geometry, DicomSource? source, int slice, ushort segment)
    {
        Vector3D position = geometry.IndexToPoint(new(0, 0, slice));
        var frame = new DatasetBuilder()
            .Sequence(Tags.FrameContentSequence, new DatasetBuilder().UInt32(new(0x0020, 0x9157), segment, (uint)slice + 1))
            .Sequence(Tags.PlanePositionSequence, new DatasetBuilder().Decimals(Tags.ImagePositionPatient, position.X, position.Y, position.Z))
            .Sequence(Tags.SegmentIdentificationSequence, new DatasetBuilder().UInt16(Tags.ReferencedSegmentNumber, segment));
        if (ObjectHeader.Reference(source, slice) is { } reference)
        {
            frame.Sequence(new DicomTag(0x0008, 0x9124), new DatasetBuilder()
                .Sequence(new DicomTag(0x0008, 0x2112), reference.Code(0x0040, 0xA170, "121322", "DCM", "Source image for image processing operation"))
                .Code(0x0008, 0x9215, "113076", "DCM", "Segmentation"));
        }
        return frame;
    }

    private static void AddReferences(DatasetBuilder file, DicomSource? source)
    {
        if (source is null || source.SeriesUid.Length == 0)
            return;
        DatasetBuilder[] instances = [.. Enumerable.Range(0, source.InstanceUids.Count)
            .DistinctBy(slice => source.InstanceUids[slice]).Select(slice => ObjectHeader.Reference(source, slice)).OfType<DatasetBuilder>()];
        if (instances.Length > 0)
            file.Sequence(new DicomTag(0x0008, 0x1115), new DatasetBuilder().Text(Tags.SeriesInstanceUid, "UI", source.SeriesUid).Sequence(new DicomTag(0x0008, 0x114A), instances));
    }

    /// <summary>Bits of all frames after each other, the least significant first.</summary>
    private sealed class FrameBits
    {
        private readonly List<byte> _bytes = [];
        private int _used = 8;

        public void Add(bool[] inside)
        {
            foreach (bool voxel in inside)
            {
                if (_used == 8)
                {
                    _bytes.Add(0);
                    _used = 0;
                }
                if (voxel)
                    _bytes[^1] |= (byte)(1 << _used);
                _used++;
            }
        }

        public byte[] ToArray() => _bytes.Count % 2 == 0 ? [.. _bytes] : [.. _bytes, 0];
    }
}
