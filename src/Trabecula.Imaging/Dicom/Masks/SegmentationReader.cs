using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Pixels;
using Trabecula.Imaging.Dicom.Series;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>
/// Reads DICOM segmentations: binary, fractional (a voxel belongs to the segment from one half on) and label maps, with overlapping
/// segments and with empty frames left out. Source: DICOM PS3.3, A.51 and C.8.20.
/// </summary>
internal static class SegmentationReader
{
    /// <summary>Reads the segments.</summary>
    /// <param name="file">The parsed file.</param>
    /// <param name="image">The grid of the image, onto which frames are put where they lie on it; null for a grid of their own.</param>
    /// <param name="cancellationToken">Checked once a frame.</param>
    /// <exception cref="ImagingException">The file is damaged, or of a kind that cannot be read.</exception>
    public static Segmentation Read(DicomFile file, VolumeGeometry? image, CancellationToken cancellationToken)
    {
        string type = file.Dataset.Code(Tags.SegmentationType) ?? "";
        if (type is not ("BINARY" or "FRACTIONAL" or "LABELMAP"))
            throw file.Dataset.Fault(Tags.SegmentationType, "BINARY, FRACTIONAL or LABELMAP was expected");
        IReadOnlyList<DicomSlice> frames = DicomSlice.Of(file, segments: true);
        if (frames.Count == 0)
            throw new ImagingException(file.Path, "the frames of the segmentation have no position in the patient.", "Export it with positions.");
        SegmentationGrid grid = SegmentationGrid.Of(file.Path, frames, image);
        using FrameReader reader = FrameReader.Open(file, frames[0].Format);
        var frameRuns = new FrameRuns(reader, grid, type == "LABELMAP" ? null : Threshold(file, type), cancellationToken);
        var packing = new LayerPacking(file.Path, grid.Geometry);
        Dictionary<int, string> names = NamesOf(file);
        if (type == "LABELMAP")
            AddLabelMap(frames, frameRuns, names, packing, (int?)file.Dataset.Number(Tags.PixelPaddingValue));
        else
            AddSegments(file, frames, frameRuns, names, packing);
        return packing.ToSegmentation(Notes(type, frameRuns), file.Dataset.Code(Tags.FrameOfReferenceUid));
    }

    private static void AddSegments(
        DicomFile file, IReadOnlyList<DicomSlice> frames, FrameRuns frameRuns, Dictionary<int, string> names, LayerPacking packing)
    {
        foreach (DicomSlice frame in frames)
        {
            if (frame.Segment is not { } number || !names.ContainsKey(number))
                throw file.Dataset.Fault(Tags.ReferencedSegmentNumber, "a frame belongs to no segment of the file");
        }
        ILookup<int, DicomSlice> bySegment = frames.ToLookup(frame => frame.Segment!.Value);
        foreach ((int number, string name) in names.OrderBy(pair => pair.Key))
        {
            var runs = new List<VoxelRun>();
            foreach (DicomSlice frame in bySegment[number])
                frameRuns.Add(frame, runs);
            packing.Add((ushort)number, name, runs);
        }
    }

    private static void AddLabelMap(
        IReadOnlyList<DicomSlice> frames, FrameRuns frameRuns, Dictionary<int, string> names, LayerPacking packing, int? padding)
    {
        var byLabel = new SortedDictionary<int, List<VoxelRun>>();
        foreach (DicomSlice frame in frames)
            frameRuns.AddLabels(frame, byLabel);
        foreach (int label in names.Keys.Concat(byLabel.Keys).Distinct().Order().Where(label => label != 0 && label != padding).ToArray())
            packing.Add((ushort)label, names.GetValueOrDefault(label, ""), byLabel.GetValueOrDefault(label, []));
    }

    private static Dictionary<int, string> NamesOf(DicomFile file)
    {
        var names = new Dictionary<int, string>();
        foreach (DicomDataset segment in file.Dataset.Items(Tags.SegmentSequence))
        {
            int number = segment.Integer(Tags.SegmentNumber) ?? throw segment.Fault(Tags.SegmentNumber, "it is missing");
            if (number is < 0 or > ushort.MaxValue || !names.TryAdd(number, segment.Text(Tags.SegmentLabel) ?? ""))
                throw segment.Fault(Tags.SegmentNumber, FormattableString.Invariant($"{number} stands twice or is out of range"));
        }
        // Number 0 is the background of a label map.
        names.Remove(0);
        return names;
    }

    private static int Threshold(DicomFile file, string type)
    {
        if (type == "BINARY")
            return 1;
        int most = file.Dataset.Integer(Tags.MaximumFractionalValue) ?? byte.MaxValue;
        return most is >= 1 and <= ushort.MaxValue ? (most + 1) / 2
            : throw file.Dataset.Fault(Tags.MaximumFractionalValue, FormattableString.Invariant($"it is {most}"));
    }

    private static List<string> Notes(string type, FrameRuns frameRuns)
    {
        var notes = new List<string>();
        if (type == "FRACTIONAL")
            notes.Add("the segmentation is fractional: voxels of at least one half belong to the segment");
        if (frameRuns.Outside > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{frameRuns.Outside} voxels of the segmentation lie outside of the image and were left out"));
        return notes;
    }
}
