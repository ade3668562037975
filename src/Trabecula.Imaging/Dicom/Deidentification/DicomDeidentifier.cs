using System.Globalization;
using System.Text.RegularExpressions;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Deidentification;

/// <summary>
/// Writes a DICOM object anew with only what is known not to identify: the attributes that Trabecula reads or carries, with identifiers replaced and free
/// text left out. Names, dates, numbers, private attributes and overlays are not removed one by one, but never read.
/// </summary>
/// <remarks>Basic Application Level Confidentiality Profile, PS3.15 E.2 (113100); stricter in that whatever is not on the list is left out.</remarks>
/// <param name="identifiers">Replaces identifiers.</param>
/// <param name="shiftDates">Whether the dates of study, series, acquisition and content stay, shifted (113107); else they are left out.</param>
public sealed partial class DicomDeidentifier(IdentifierMap identifiers, bool shiftDates = false)
{
    private static readonly DicomTag StudyDate = new(0x0008, 0x0020), ContentDate = new(0x0008, 0x0023);

    private static readonly DicomTag[] Dates = [StudyDate, new(0x0008, 0x0021), new(0x0008, 0x0022), ContentDate];

    private static readonly DicomTag PatientId = new(0x0010, 0x0020), BurnedIn = new(0x0028, 0x0301), CodeScheme = new(0x0008, 0x0102), CodeMeaning = new(0x0008, 0x0104);

    private static readonly string[] StandardCodes = ["SCT", "SRT", "DCM", "UCUM", "FMA", "NCIt", "RADLEX"];

    /// <summary>De-identifies one file.</summary>
    /// <param name="path">A DICOM file.</param>
    /// <param name="folder">Where the new file goes; its name is its new identifier.</param>
    /// <param name="subject">The subject's name in the study; null for a pseudonym from the patient's number.</param>
    /// <param name="cancellationToken">Checked between blocks of the file.</param>
    /// <returns>The new file, and what a human must look after: null or a warning.</returns>
    /// <exception cref="ImagingException">The file is damaged, or cannot be rewritten.</exception>
    public (string Path, string? Warning) Write(string path, string folder, string? subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DicomFile file = DicomFile.Read(path, tag => Tags.IsKnown(tag) || CarriedTags.Contains(tag) || tag == PatientId || Dates.Contains(tag), cancellationToken);
        if (file.Syntax.BigEndian || file.Syntax.Deflated)
            throw new ImagingException(path, $"{file.Syntax} is not rewritten.", "Convert the file first, as with dcmconv +te IN OUT.");
        DicomDataset data = file.Dataset;
        if (data.Code(Tags.SopClassUid) is not { } sopClass || !IsStandardClass(sopClass) || data.Code(Tags.SopInstanceUid) is not { Length: > 0 } instance)
            throw new ImagingException(path, "the file names no SOP class and instance.", "Export it again; without them its references cannot be kept.");
        if (file.Pixels is null && data.Code(Tags.Modality) is not "RTSTRUCT")
            throw new ImagingException(path, "this is neither an image, a segmentation nor a structure set.", "Leave it out: reports and the like are full of names.");
        string name = subject ?? (data.Text(PatientId) is { Length: > 0 } number ? identifiers.Subject(number)
            : throw new ImagingException(path, "the file names no patient, so that subjects would be taken for one.", "Name the subject with --subject."));
        DicomDataset clean = Clean(data);
        if (shiftDates)
            AddDates(clean, data, identifiers.DaysEarlier(data.Text(PatientId) is { Length: > 0 } patient ? patient
                : throw new ImagingException(path, "the file names no patient, from whose number the shift of dates comes.", "Leave out --shift-dates.")));
        Add(clean, name, identifiers.Uid(instance));
        string target = System.IO.Path.Combine(folder, identifiers.Uid(instance) + ".dcm");
        if (File.Exists(target))
            throw new ImagingException(path, "an object of the same identifier was written before.", "Leave out the copy.");
        // Long contours have no room in explicit text.
        if (file.Pixels is null)
            DicomWriter.Write(target, clean, explicitVr: false);
        else
            AtomicFile.Write(target, stream => DicomWriter.Write(stream, clean, file, cancellationToken));
        return (target, Warning(data));
    }

    private static string? Warning(DicomDataset data) => data.Code(BurnedIn) == "YES"
        ? "the file says that text is burned into its pixels: it was not removed"
        : data.Code(Tags.Modality) is "SEG" or "RTSTRUCT"
            ? "names of segments and regions can hold a patient's: they are replaced by their numbers, as Segment 1 or ROI 1"
        : data.Codes(Tags.ImageType).Contains("SECONDARY") || data.Code(Tags.Modality) is "SC" or "OT" or "US" or "XC" or "ES"
            ? "images of this kind often have text burned into their pixels: look at it before you give it away" : null;

    private DicomDataset Clean(DicomDataset data)
    {
        var clean = new DicomDataset("");
        foreach (DicomElement element in data.Elements)
        {
            string vr = Tags.VrOf(element.Tag);
            if (element.Items is { } items)
            {
                if (vr == "SQ")
                    clean.Add(new DicomElement(element.Tag, "SQ", [], [.. items.Select(Clean)]));
            }
            else if (Value(data, element, vr) is { } value)
                clean.Add(value);
        }
        return clean;
    }

    /// <summary>The element to write, or null for none.</summary>
    private DicomElement? Value(DicomDataset data, DicomElement element, string vr)
    {
        DicomTag tag = element.Tag;
        // A file may give another representation than the dictionary, as for padding values with a sign.
        string written = element.Vr == "UN" || vr is not ("US" or "SS") || element.Vr is not ("US" or "SS") ? vr : element.Vr;
        return vr switch
        {
            _ when tag == PatientId || tag == Tags.SpecificCharacterSet || tag == Tags.TransferSyntaxUid || tag == Tags.ContrastBolusAgent => null,
            // Some are required, be they empty.
            _ when element.Value.Length == 0 => element with { Vr = written },
            "UI" when tag == Tags.SopClassUid || tag == Tags.ReferencedSopClassUid => IsStandardClass(data.Code(tag) ?? "") ? element with { Vr = vr } : null,
            "UI" => Text(tag, vr, string.Join('\\', data.Codes(tag).Select(identifiers.Uid))),
            _ when tag == Tags.SegmentLabel => Text(tag, vr, FormattableString.Invariant($"Segment {data.Integer(Tags.SegmentNumber) ?? 0}")),
            _ when tag == Tags.RoiName => Text(tag, vr, FormattableString.Invariant($"ROI {data.Integer(Tags.RoiNumber) ?? 0}")),
            "SH" or "LO" when tag == Tags.Manufacturer || tag == Tags.ManufacturerModelName || tag == Tags.ConvolutionKernel => element with { Vr = vr },
            "SH" or "LO" => StandardCodes.Contains(data.Code(CodeScheme)) && (tag == CodeMeaning || Code().IsMatch(data.Code(tag) ?? "")) ? element with { Vr = vr } : null,
            "DS" or "IS" => Numbers().IsMatch(data.Code(tag) ?? "") ? element with { Vr = vr } : null,
            "CS" => Words().IsMatch(data.Code(tag) ?? "") ? element with { Vr = vr } : null,
            // A number has its bytes and no more: no text hides in it.
            "US" or "SS" or "UL" or "FD" or "AT" => HasLength(vr, element.Value.Length) ? element with { Vr = written } : null,
            _ => null,
        };
    }

    private static void Add(DicomDataset clean, string subject, string instance)
    {
        var added = new DatasetBuilder()
            .Text(Tags.SpecificCharacterSet, "CS", "ISO_IR 192")
            .Text(0x0008, 0x0020, "DA", "").Text(0x0008, 0x0023, "DA", "").Text(0x0008, 0x0030, "TM", "").Text(0x0008, 0x0033, "TM", "")
            .Text(0x0008, 0x0050, "SH", "").Text(0x0008, 0x0090, "PN", "").Text(0x0010, 0x0010, "PN", subject).Text(0x0010, 0x0020, "LO", subject)
            .Text(0x0010, 0x0030, "DA", "").Text(0x0010, 0x0040, "CS", "").Text(0x0020, 0x0010, "SH", "")
            .Text(0x0012, 0x0062, "CS", "YES")
            .Text(0x0012, 0x0063, "LO", "Trabecula: attributes of a list only, UIDs replaced")
            .Code(0x0012, 0x0064, "113100", "DCM", "Basic Application Confidentiality Profile")
            .Text(0x0028, 0x0303, "CS", "REMOVED")
            .Text(Tags.SopInstanceUid, "UI", instance);
        // What a module requires, be it empty.
        if (clean.Code(Tags.FrameOfReferenceUid) is not null)
            added.Text(0x0020, 0x1040, "LO", "");
        foreach (DicomElement element in added.Dataset.Elements)
            clean.Add(element);
    }

    private static void AddDates(DicomDataset clean, DicomDataset data, int daysEarlier)
    {
        var added = new DatasetBuilder();
        foreach (DicomTag tag in Dates)
        {
            if (DateOnly.TryParseExact(data.Code(tag), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year > 1800)
                added.Text(tag, "DA", day.AddDays(-daysEarlier).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        }
        added.Text(0x0012, 0x0063, "LO", "Trabecula: attributes of a list only, UIDs replaced\\dates shifted")
            .Codes(0x0012, 0x0064, ("113100", "DCM", "Basic Application Confidentiality Profile"), ("113107", "DCM", "Retain Longitudinal Temporal Information Modified Dates Option"))
            .Text(0x0028, 0x0303, "CS", "MODIFIED");
        foreach (DicomElement element in added.Dataset.Elements)
            clean.Add(element);
    }

    private static DicomElement Text(DicomTag tag, string vr, string value) => new DatasetBuilder().Text(tag, vr, value).Dataset.Find(tag)!;

    private static bool HasLength(string vr, int bytes) => vr switch
    {
        "US" or "SS" => bytes == 2,
        "AT" => bytes == 4,
        "UL" => bytes % 4 == 0 && bytes <= 32,
        _ => bytes is 8 or 16 or 24,
    };

    private static bool IsStandardClass(string uid) => uid.StartsWith("1.2.840.10008.", StringComparison.Ordinal) && uid.All(c => char.IsAsciiDigit(c) || c == '.');

    [GeneratedRegex(@"^[0-9eE+. \\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^[A-Z0-9_ ]{0,16}(\\[A-Z0-9_ ]{0,16})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[A-Za-z0-9.:-]{1,16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
