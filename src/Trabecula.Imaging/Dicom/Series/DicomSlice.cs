using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Pixels;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>One slice: a file, or a frame of a multi-frame file, with where it lies and what turns its samples into values.</summary>
internal sealed record DicomSlice
{
    /// <summary>The file.</summary>
    public required DicomFile File { get; init; }

    /// <summary>The frame in it, from 0.</summary>
    public required int Frame { get; init; }

    /// <summary>How samples are stored.</summary>
    public required PixelFormat Format { get; init; }

    /// <summary>Centre of the first sample in LPS, in millimetres.</summary>
    public required Vector3D PositionMm { get; init; }

    /// <summary>Direction in which columns follow each other.</summary>
    public required Vector3D RowDirection { get; init; }

    /// <summary>Direction in which rows follow each other.</summary>
    public required Vector3D ColumnDirection { get; init; }

    /// <summary>Distance between columns (x) and between rows (y), in millimetres.</summary>
    public required (double X, double Y) SpacingMm { get; init; }

    /// <summary>Nominal thickness in millimetres, or null.</summary>
    public required double? ThicknessMm { get; init; }

    /// <summary>Distance between slices that the file claims, or null: of use only where slices are left out, and it may be negative.</summary>
    public double? BetweenSlicesMm { get; private init; }

    /// <summary>The segment that a frame of a segmentation shows, or null.</summary>
    public int? Segment { get; private init; }

    /// <summary>Factor of a sample.</summary>
    public required double Slope { get; init; }

    /// <summary>Added after the factor.</summary>
    public required double Intercept { get; init; }

    /// <summary>Whether the file gives a factor.</summary>
    public required bool IsRescaled { get; init; }

    /// <summary>The values of voxels outside of the scanned field, or null.</summary>
    public PaddingRange? Padding => File.Dataset.Number(Tags.PixelPaddingValue) is { } value
        ? Range(Rescaled(value), Rescaled(File.Dataset.Number(Tags.PixelPaddingRangeLimit) ?? value)) : null;

    /// <summary>The slice's attributes beside its pixels, wherever they stand.</summary>
    public required FunctionalGroups Groups { get; init; }

    /// <summary>Acquisition number, or null.</summary>
    public required int? Acquisition { get; init; }

    /// <summary>Place in time of a dynamic series, or null.</summary>
    public required int? TimePoint { get; init; }

    /// <summary>Normal of the slice: rows cross columns.</summary>
    public Vector3D Normal { get; private init; }

    /// <summary>Distance from the origin along a normal.</summary>
    public double DistanceAlong(Vector3D normal) => Vectors.Dot(PositionMm, normal);

    /// <summary>The image type's values.</summary>
    public string[] ImageType => File.Dataset.Codes(Tags.ImageType);

    /// <summary>Whether this is a scout image from which the scan was planned.</summary>
    public bool IsLocalizer => Array.Exists(ImageType, value => value is "LOCALIZER");

    /// <summary>The slices of an image file, or of a segmentation.</summary>
    /// <returns>None where the file has no position in the patient, as secondary captures have none.</returns>
    /// <exception cref="ImagingException">An attribute is wrong.</exception>
    public static IReadOnlyList<DicomSlice> Of(DicomFile file, bool segments = false)
    {
        PixelFormat format = PixelFormat.Of(file, segments);
        DicomDataset data = file.Dataset;
        IReadOnlyList<DicomDataset> frames = data.Items(Tags.PerFrameFunctionalGroupsSequence);
        DicomDataset? shared = data.Item(Tags.SharedFunctionalGroupsSequence);
        if (frames.Count == 0 && format.Frames > 1)
            throw new ImagingException(file.Path, FormattableString.Invariant(
                $"the file holds {format.Frames} frames without their positions: {Tags.PerFrameFunctionalGroupsSequence} is missing."),
                "Export the series as single slices or as enhanced CT.");
        if (frames.Count > 0 && frames.Count != format.Frames)
            throw data.Fault(Tags.NumberOfFrames, FormattableString.Invariant(
                $"it says {format.Frames}, but {frames.Count} frames are described"));
        var slices = new List<DicomSlice>(Math.Max(1, frames.Count));
        for (int frame = 0; frame < Math.Max(1, frames.Count); frame++)
        {
            var groups = new FunctionalGroups(data, shared, frames.Count > 0 ? frames[frame] : null);
            if (Of(file, format, frame, groups) is not { } slice)
                return [];
            slices.Add(slice);
        }
        return slices;
    }

    private static DicomSlice? Of(DicomFile file, PixelFormat format, int frame, FunctionalGroups groups)
    {
        if (groups.Of(Tags.PlanePositionSequence, Tags.ImagePositionPatient)?.Numbers(Tags.ImagePositionPatient, 3) is not { } position
            || groups.Of(Tags.PlaneOrientationSequence, Tags.ImageOrientationPatient)?.Numbers(Tags.ImageOrientationPatient, 6) is not { } cosines)
            return null;
        DicomDataset? measures = groups.Of(Tags.PixelMeasuresSequence, Tags.PixelSpacing);
        if (measures?.Numbers(Tags.PixelSpacing, 2) is not [var betweenRows, var betweenColumns])
            throw file.Dataset.Fault(Tags.PixelSpacing, "it is missing");
        if (!(betweenRows > 0 && betweenColumns > 0))
            throw file.Dataset.Fault(Tags.PixelSpacing, FormattableString.Invariant(
                $"{betweenRows:R} by {betweenColumns:R} mm, where positive distances were expected"));
        Vector3D row = new(cosines[0], cosines[1], cosines[2]), column = new(cosines[3], cosines[4], cosines[5]);
        RequireRightAngle(file, row, column);
        DicomDataset? rescale = groups.Of(Tags.PixelValueTransformationSequence, Tags.RescaleSlope);
        double slope = rescale?.Number(Tags.RescaleSlope) ?? 1, intercept = rescale?.Number(Tags.RescaleIntercept) ?? 0;
        if (file.Dataset.Item(Tags.ModalityLutSequence) is not null)
        {
            throw new ImagingException(file.Path, $"{Tags.ModalityLutSequence}: values are given by a table, where a slope and an intercept were expected.",
                "Export the series with Rescale Slope and Rescale Intercept instead of the table.");
        }
        if (slope == 0)
            throw file.Dataset.Fault(Tags.RescaleSlope, "it is 0, which leaves no image");
        DicomDataset? content = groups.Of(Tags.FrameContentSequence, Tags.TemporalPositionIndex);
        return new DicomSlice
        {
            File = file,
            Frame = frame,
            Groups = groups,
            Format = format,
            PositionMm = new(position[0], position[1], position[2]),
            RowDirection = row,
            ColumnDirection = column,
            SpacingMm = (betweenColumns, betweenRows),
            Segment = groups.Of(Tags.SegmentIdentificationSequence, Tags.ReferencedSegmentNumber)?.Integer(Tags.ReferencedSegmentNumber),
            BetweenSlicesMm = measures.Number(Tags.SpacingBetweenSlices),
            ThicknessMm = measures.Number(Tags.SliceThickness) ?? file.Dataset.Number(Tags.SliceThickness),
            Slope = slope,
            IsRescaled = rescale is not null,
            Intercept = intercept,
            Acquisition = groups.Of(Tags.FrameContentSequence, Tags.FrameAcquisitionNumber)?.Integer(Tags.FrameAcquisitionNumber)
                ?? file.Dataset.Integer(Tags.AcquisitionNumber),
            TimePoint = content?.Integer(Tags.TemporalPositionIndex),
            Normal = Vectors.Cross(row, column),
        };
    }

    private double Rescaled(double attribute) => Format.Interpret(attribute) * Slope + Intercept;

    private static PaddingRange Range(double one, double other) => new(Math.Min(one, other), Math.Max(one, other));

    private static void RequireRightAngle(DicomFile file, Vector3D row, Vector3D column)
    {
        const double tolerance = 1e-3;
        double rows = Vectors.Dot(row, row), columns = Vectors.Dot(column, column), angle = Vectors.Dot(row, column);
        if (!(Math.Abs(rows - 1) < tolerance && Math.Abs(columns - 1) < tolerance && Math.Abs(angle) < tolerance))
            throw file.Dataset.Fault(Tags.ImageOrientationPatient, FormattableString.Invariant(
                $"rows {row} and columns {column} are not unit vectors at a right angle"));
    }
}
