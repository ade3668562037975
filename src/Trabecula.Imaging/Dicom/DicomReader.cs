using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Series;

namespace Trabecula.Imaging.Dicom;

/// <summary>Reads a DICOM image series: a folder of slices, or one file with one or many frames.</summary>
public static class DicomReader
{
    /// <summary>Whether a path leads to DICOM: a folder, or a file that begins as DICOM does.</summary>
    /// <exception cref="ImagingException">The file cannot be read, or is of no known format.</exception>
    public static bool Recognizes(string path) => VolumeFile.FormatOf(path) == VolumeFile.VolumeFormat.Dicom;

    /// <summary>Reads the one image series of a file or folder. Folders below it count too; files of other formats and DICOM objects that are no
    /// images are passed over.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellationToken">Checked at least once a file and slice.</param>
    /// <exception cref="ImagingException">There is no series or more than one, its slices form no regular volume, or a file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DicomImage Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SeriesSearch search = SeriesSearch.In(path, cancellationToken);
        FoundSeries series = TheOne(path, search);
        SliceStack stack = series.Stack;
        if (stack.Problems.Count > 0)
            throw new ImagingException(path, $"{series.Describe()} is no regular volume: {string.Join("; ", stack.Problems)}.", CureFor(stack));
        Volume volume = SliceVoxels.Read(path, stack, cancellationToken);
        return new(volume, SourceOf(stack), PaddingOf(stack), Warnings(search, series));
    }

    /// <summary>
    /// Reads a series whose slices are tilted, shifted or unevenly spaced onto a regular grid: bilinear within slices, linear between them. Values of textures change by that, which the
    /// warnings say; a regular series is refused, since it needs none.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellationToken">Checked at least once a file, slice and plane.</param>
    /// <exception cref="ImagingException">There is no series or more than one, its slices are regular or beyond repair, or a file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DicomImage ReadResampled(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SeriesSearch search = SeriesSearch.In(path, cancellationToken);
        FoundSeries series = TheOne(path, search);
        SliceStack stack = series.Stack;
        if (stack.Problems.Count == 0)
            throw new ImagingException(path, $"{series.Describe()} is a regular volume already.", "Use it as it is: resampling would only blur it.");
        if (!stack.CanBeResampled)
            throw new ImagingException(path, $"{series.Describe()} cannot be resampled: {string.Join("; ", stack.Problems)}.", CureFor(stack));
        (Volume<float> volume, RegularGrid grid) = RegularGrid.Resample(path, stack, SliceVoxels.Read(path, stack, cancellationToken), cancellationToken);
        List<string> warnings = [.. stack.Problems, string.Create(CultureInfo.InvariantCulture,
            $"resampled to {volume.Geometry.Size} voxels at right angles, {grid.StepMm:0.####} mm apart along the normal: bilinear within slices, linear between them, {grid.Fill:0.###} where no slice lies")];
        if (grid.PlanesInGaps > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{grid.PlanesInGaps} of {volume.Geometry.Size.Z} planes lie in gaps, and were made up of slices more than one and a half steps apart"));
        return new(volume, SourceOf(stack), [.. Enumerable.Repeat<PaddingRange?>(new(grid.Fill, grid.Fill), volume.Geometry.Size.Z)], [.. warnings, .. Warnings(search, series)]);
    }

    private static FoundSeries TheOne(string path, SeriesSearch search)
    {
        if (search.Series is [var one])
            return one;
        if (search.Series.Count == 0)
        {
            if (search.IsIndex)
                throw IsIndex(path);
            if (search.Unusable is { } unusable && search.Localizers == 0)
                throw unusable;
            throw new ImagingException(path, search.Files == 0 ? "the folder holds no DICOM file."
                : search.Localizers > 0 ? string.Create(CultureInfo.InvariantCulture, $"there are only localisers ({search.Localizers} slices): scout images, no volume.")
                : search.WithoutPosition > 0 ? string.Create(CultureInfo.InvariantCulture,
                    $"{search.WithoutPosition} of {search.Files} images have no position in the patient: they are secondary captures or the like.")
                : "this is no image, but another DICOM object, such as a segmentation, a structure set or a report.",
                "Give the folder of the original CT slices.");
        }
        throw new ImagingException(path, string.Create(CultureInfo.InvariantCulture, $"mixed series: there are {search.Series.Count} volumes: ")
            + string.Join("; ", search.Series.Take(8).Select(series => series.Describe())) + (search.Series.Count > 8 ? "; ..." : "") + ".",
            "Copy the slices of the one that is meant into a folder of its own.");
    }

    /// <summary>What is said of a DICOMDIR.</summary>
    internal static ImagingException IsIndex(string path) => new(path,
        "this is a DICOMDIR, an index of files: the paths in it, Referenced File ID (0004,1500), are not followed, since they may lead anywhere.", "Give the folder that holds the slices.");

    private static string CureFor(SliceStack stack) => stack.CanBeResampled
        ? "Export the missing slices, or a reconstruction without tilt and with even spacing; or put them onto a regular grid with 'trabecula resample', which is noted."
        : stack.HasDuplicates ? "Give one acquisition or time point in a folder of its own."
        : "Give the slices of one orientation, size and frame of reference in a folder of their own.";

    private static DicomSource SourceOf(SliceStack stack)
    {
        DicomDataset data = stack.Slices[0].File.Dataset;
        return new(
            data.Code(Tags.StudyInstanceUid) ?? "", data.Code(Tags.SeriesInstanceUid) ?? "", data.Code(Tags.FrameOfReferenceUid) ?? "",
            data.Code(Tags.SopClassUid) ?? "", [.. stack.Slices.Select(slice => slice.File.Dataset.Code(Tags.SopInstanceUid) ?? "")]);
    }

    private static PaddingRange?[] PaddingOf(SliceStack stack)
    {
        PaddingRange?[] padding = [.. stack.Slices.Select(slice => slice.Padding)];
        return Array.TrueForAll(padding, range => range is null) ? [] : padding;
    }

    private static List<string> Warnings(SeriesSearch search, FoundSeries series)
    {
        List<string> warnings = [.. series.Warnings];
        if (search.Localizers > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{search.Localizers} localiser slices were left out"));
        if (search.NotDicom > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{search.NotDicom} files are named .dcm but are no DICOM files, empty or damaged at their beginning, and were left out"));
        if (search.WithoutPosition > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{search.WithoutPosition} images without a position were left out"));
        return warnings;
    }
}
