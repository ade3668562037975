using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>
/// Reads the regions of an RT structure set onto the grid of its image: contours are filled in the image's slices and nowhere between.
/// Source: DICOM PS3.3, C.8.8.5 and C.8.8.6.
/// </summary>
internal static class StructureSetReader
{
    /// <summary>A contour this part of a slice distance away from its slice is still one of it, rounding aside.</summary>
    private const double OnSlice = 0.05;

    /// <summary>Reads the regions.</summary>
    /// <param name="file">The parsed file.</param>
    /// <param name="image">The grid of the image.</param>
    /// <param name="cancellationToken">Checked once a region.</param>
    /// <exception cref="ImagingException">The file is damaged, or no contour lies in the image.</exception>
    public static Segmentation Read(DicomFile file, VolumeGeometry image, CancellationToken cancellationToken)
    {
        Dictionary<int, DicomDataset> contours = [];
        foreach (DicomDataset region in file.Dataset.Items(Tags.RoiContourSequence))
            contours.TryAdd(region.Integer(Tags.ReferencedRoiNumber) ?? throw region.Fault(Tags.ReferencedRoiNumber, "it is missing"), region);
        var packing = new LayerPacking(file.Path, image);
        var notes = new List<string>();
        bool any = false, some = false;
        foreach ((ushort label, int number, string name) in RegionsOf(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var planes = new List<ContourPlane>();
            if (contours.TryGetValue(number, out DicomDataset? region))
                planes = PlanesOf(region, image, label, notes);
            any |= planes.Count > 0;
            var runs = new List<VoxelRun>();
            Fill(planes, image, label, runs, notes);
            some |= runs.Count > 0;
            packing.Add(label, name, runs);
        }
        if (any && !some)
            throw new ImagingException(file.Path, $"no contour of the structure set holds a voxel of the image ({string.Join("; ", notes)}).",
                "Check that the structure set belongs to this image.");
        return packing.ToSegmentation(notes,
            file.Dataset.Item(Tags.StructureSetRoiSequence)?.Code(Tags.ReferencedFrameOfReferenceUid) ?? file.Dataset.Code(Tags.FrameOfReferenceUid));
    }

    private static List<(ushort Label, int Number, string Name)> RegionsOf(DicomFile file)
    {
        var regions = new List<(int Number, string Name)>();
        foreach (DicomDataset region in file.Dataset.Items(Tags.StructureSetRoiSequence))
        {
            int number = region.Integer(Tags.RoiNumber) ?? throw region.Fault(Tags.RoiNumber, "it is missing");
            if (regions.Exists(known => known.Number == number))
                throw region.Fault(Tags.RoiNumber, FormattableString.Invariant($"{number} stands twice"));
            regions.Add((number, region.Text(Tags.RoiName) ?? ""));
        }
        if (regions.Count is 0 or > ushort.MaxValue)
            throw file.Dataset.Fault(Tags.StructureSetRoiSequence, FormattableString.Invariant($"it describes {regions.Count} regions"));
        // Numbers that cannot be labels, 0 among them, are replaced by the place in the list: for all, so that none is ambiguous.
        bool usable = regions.TrueForAll(region => region.Number is > 0 and <= ushort.MaxValue);
        return [.. regions.Select((region, index) => ((ushort)(usable ? region.Number : index + 1), region.Number, region.Name))];
    }

    private static List<ContourPlane> PlanesOf(DicomDataset region, VolumeGeometry image, ushort label, List<string> notes)
    {
        var planes = new List<ContourPlane>();
        int oblique = 0, open = 0;
        foreach (DicomDataset contour in region.Items(Tags.ContourSequence))
        {
            double[] points = contour.Numbers(Tags.ContourData) ?? [];
            if (points.Length % 3 != 0)
                throw contour.Fault(Tags.ContourData, FormattableString.Invariant($"{points.Length} numbers are no points"));
            string type = contour.Code(Tags.ContourGeometricType) ?? "";
            if (points.Length < 9 || type is not ("CLOSED_PLANAR" or "CLOSEDPLANAR_XOR"))
                open++;
            else if (ContourPlane.Of(points, image) is { } plane)
                planes.Add(plane);
            else
                oblique++;
        }
        Note(notes, label, open, "points or open lines, which enclose nothing");
        Note(notes, label, oblique, "contours that are not parallel to the image's slices");
        return planes;
    }

    private static void Fill(List<ContourPlane> planes, VolumeGeometry image, ushort label, List<VoxelRun> runs, List<string> notes)
    {
        int beyond = planes.RemoveAll(plane => plane.Slice < 0 || plane.Slice >= image.Size.Z);
        int off = 0, left = 0, midway = planes.Count(plane => Math.Abs(Math.Abs(plane.Distance) - 0.5) < OnSlice);
        double farthest = 0;
        foreach (IGrouping<int, ContourPlane> slice in planes.GroupBy(plane => plane.Slice))
        {
            // Contours of a finer series: of several planes that fall to one slice, only the nearest is it; all together would cancel.
            ContourPlane nearest = slice.MinBy(plane => (Math.Abs(plane.Distance), plane.Distance))!;
            ContourPlane[] own = [.. slice.Where(plane => Math.Abs(plane.Distance - nearest.Distance) < OnSlice)];
            left += slice.Count() - own.Length;
            if (Math.Abs(nearest.Distance) > OnSlice)
            {
                off += own.Length;
                farthest = Math.Max(farthest, Math.Abs(nearest.Distance) * image.SpacingMm.Z);
            }
            PolygonFill.Fill(own.Select(plane => plane.Corners), image.Size.X, image.Size.Y, slice.Key * image.Size.X * image.Size.Y, runs);
        }
        Note(notes, label, beyond, "contours beyond the image's first or last slice");
        Note(notes, label, left, "contours that share their nearest slice with contours of another plane closer to it");
        if (off > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"region {label}: {off} contours lie off the image's slices, up to {farthest:0.###} mm; each was filled in the nearest slice"));
        if (midway > 0 && midway == planes.Count)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"region {label}: all contours lie midway between slices and were filled in the following ones: were they drawn on another reconstruction?"));
        }
    }

    private static void Note(List<string> notes, ushort label, int count, string what)
    {
        if (count > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"region {label}: left out {count} {what}"));
    }
}
