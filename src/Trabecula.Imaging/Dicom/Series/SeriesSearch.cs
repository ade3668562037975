using System.Globalization;
using System.IO.Enumeration;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>Finds the volumes in a DICOM file or in a folder of them, and counts what is none.</summary>
internal sealed class SeriesSearch
{
    /// <summary>A study of a few thousand slices is large; beyond this the folder is an archive.</summary>
    private const int MostFiles = 200_000;

    /// <summary>Objects that belong to images but are none.</summary>
    private static readonly HashSet<string> NoImages = new(StringComparer.Ordinal)
        { "SEG", "RTSTRUCT", "RTDOSE", "RTPLAN", "RTRECORD", "SR", "PR", "KO", "REG", "DOC", "OT", "FID", "RWV", "M3D" };

    /// <summary>CT, MR and PET, as single slices, enhanced, and converted from single slices (PS3.4, B.5).</summary>
    private static readonly HashSet<string> Slices = new(new[] { "2", "2.1", "2.2", "4", "4.1", "4.4", "128", "128.1", "130" }.Select(end => "1.2.840.10008.5.1.4.1.1." + end), StringComparer.Ordinal);

    private readonly List<DicomSlice> _slices = [];

    /// <summary>The volumes, in the order of series number and acquisition.</summary>
    public IReadOnlyList<FoundSeries> Series { get; private set; } = [];

    /// <summary>DICOM files read.</summary>
    public int Files { get; private set; }

    /// <summary>Slices left out because they are localisers.</summary>
    public int Localizers { get; private set; }

    /// <summary>Images without a position, such as secondary captures.</summary>
    public int WithoutPosition { get; private set; }

    /// <summary>Files named as DICOM files are, which are none: empty, or damaged at their beginning.</summary>
    public int NotDicom { get; private set; }

    /// <summary>DICOM objects that are no images.</summary>
    public int OtherObjects { get; private set; }

    /// <summary>The segmentations and structure sets.</summary>
    public List<MaskDescription> Masks { get; } = [];

    /// <summary>Whether the file asked for is an index of files.</summary>
    public bool IsIndex { get; private set; }

    /// <summary>The first image of a kind that cannot be used, such as a colour image, and why.</summary>
    public ImagingException? Unusable { get; private set; }

    /// <summary>Looks through a file, or through a folder and all below it.</summary>
    /// <exception cref="ImagingException">A DICOM file is damaged.</exception>
    public static SeriesSearch In(string path, CancellationToken cancellationToken)
    {
        var search = new SeriesSearch();
        bool folder = Directory.Exists(path);
        foreach (string file in folder ? FilesBelow(path) : [path])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!folder || IsDicom(file))
                search.Take(DicomFile.Read(file, cancellationToken), folder);
            else if (IsNamedDicom(file))
                search.NotDicom++;
        }
        search.Group();
        return search;
    }

    /// <summary>The DICOM files of a folder and all below it, in the order of their names; links to folders are not followed.</summary>
    public static IEnumerable<string> DicomFilesBelow(string folder) => FilesBelow(folder).Where(IsDicom);

    private static IEnumerable<string> FilesBelow(string folder)
    {
        try
        {
            var found = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToSpecifiedFullPath(),
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = false, AttributesToSkip = 0 })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            };
            List<string> files = [.. found.Take(MostFiles + 1)];
            if (files.Count > MostFiles)
                throw new ImagingException(folder, FormattableString.Invariant(
                    $"the folder holds more than {MostFiles} files: it is no series."), "Name the folder of one series.");
            return files.Order(StringComparer.Ordinal);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ImagingException(folder, "the folder, or one below it, may not be read by this user.", "Change its permissions.", e);
        }
        catch (IOException e)
        {
            throw new ImagingException(folder, "the folder cannot be read.", Cure.CheckDisk, e);
        }
    }

    // An index of files names no pixels; the files themselves are found without it, and its paths are not followed.
    private static bool IsDicom(string file) =>
        !Path.GetFileName(file).Equals("DICOMDIR", StringComparison.OrdinalIgnoreCase)
        && File.Exists(file) && StoredFile.LengthOf(file) > 0 && DicomFile.IsDicom(file);

    // Names with a dot in front are what macOS leaves beside each file.
    private static bool IsNamedDicom(string file) => file.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith('.');

    private void Take(DicomFile file, bool amongOthers)
    {
        Files++;
        IsIndex |= file.Dataset.Has(Tags.DirectoryRecordSequence);
        RequirePixels(file);
        if (file.Pixels is null || NoImages.Contains(file.Dataset.Code(Tags.Modality) ?? ""))
        {
            OtherObjects++;
            if (file.Dataset.Code(Tags.Modality) == "SEG")
                Masks.Add(new(file.Dataset.Code(Tags.SegmentationType) is ("BINARY" or "FRACTIONAL" or "LABELMAP") and var type ? type : "unknown", [.. file.Dataset.Items(Tags.SegmentSequence).Select(segment => segment.Text(Tags.SegmentLabel) ?? "")]));
            else if (file.Dataset.Code(Tags.Modality) == "RTSTRUCT")
                Masks.Add(new(null, [.. file.Dataset.Items(Tags.StructureSetRoiSequence).Select(region => region.Text(Tags.RoiName) ?? "")]));
            return;
        }
        IReadOnlyList<DicomSlice> slices;
        try
        {
            slices = DicomSlice.Of(file);
        }
        catch (ImagingException e) when (amongOthers && !file.Dataset.Has(Tags.ImagePositionPatient) && !file.Dataset.Has(Tags.PerFrameFunctionalGroupsSequence))
        {
            Unusable ??= e;
            WithoutPosition++;
            return;
        }
        if (slices.Count == 0)
            WithoutPosition++;
        else if (slices[0].IsLocalizer)
            Localizers += slices.Count;
        else
            _slices.AddRange(slices);
    }

    /// <summary>A slice that is cut off before its pixels must not be taken for a report: the series would lose it without a word.</summary>
    private static void RequirePixels(DicomFile file)
    {
        if (file.Pixels is null && !NoImages.Contains(file.Dataset.Code(Tags.Modality) ?? "")
            && (file.Dataset.Has(Tags.Rows) || Slices.Contains(file.Dataset.Code(Tags.SopClassUid) ?? "")))
        {
            throw new ImagingException(file.Path, "the file is an image without Pixel Data (7FE0,0010): it is cut off.", Cure.CopyAgain);
        }
    }

    private void Group()
    {
        var found = new List<FoundSeries>();
        foreach (IGrouping<string, DicomSlice> series in _slices.GroupBy(SeriesOf, StringComparer.Ordinal))
        {
            SliceStack whole = SliceStack.Of([.. series]);
            IReadOnlyList<FoundSeries> parts = whole.HasDuplicates ? Split(series) : [];
            found.AddRange(parts.Count > 0 ? parts : [new FoundSeries(whole, null)]);
        }
        Series = [.. found.OrderBy(each => each.Number).ThenBy(each => each.Acquisition)];
    }

    /// <summary>Identifiers may be empty in exported files: the folder then holds its slices together.</summary>
    private static string SeriesOf(DicomSlice slice) => string.Join('\n',
        slice.File.Dataset.Code(Tags.SeriesInstanceUid) is { Length: > 0 } uid ? uid : Path.GetDirectoryName(slice.File.Path),
        slice.File.Dataset.Code(Tags.Modality));

    /// <summary>Parts a series with duplicate positions into acquisitions, time points or image types, where each is then a volume.</summary>
    private static IReadOnlyList<FoundSeries> Split(IEnumerable<DicomSlice> series)
    {
        foreach (Func<DicomSlice, string?> key in (Func<DicomSlice, string?>[])
            [
                slice => slice.Acquisition?.ToString(CultureInfo.InvariantCulture),
                slice => slice.TimePoint?.ToString(CultureInfo.InvariantCulture),
                slice => string.Join('\\', slice.ImageType),
                slice => slice.Groups.Of(Tags.CtReconstructionSequence, Tags.ConvolutionKernel)?.Code(Tags.ConvolutionKernel),
            ])
        {
            SliceStack[] parts = [.. series.GroupBy(key, StringComparer.Ordinal).Select(group => SliceStack.Of([.. group]))];
            if (parts.Length > 1 && Array.TrueForAll(parts, part => part.Slices.Count > 1 && !part.HasDuplicates))
                return [.. parts.Select((part, index) => new FoundSeries(part, part.Slices[0].Acquisition ?? index + 1))];
        }
        return [];
    }
}
