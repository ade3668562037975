using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>What segmentations and structure sets have in common: patient, study, series, equipment and the images referred to.</summary>
internal static class ObjectHeader
{
    /// <summary>Begins a data set. Of the patient it says no more than the study's own subject number, where one is given.</summary>
    /// <param name="sopClass">The kind of object.</param>
    /// <param name="modality">Its modality.</param>
    /// <param name="source">The series that it belongs to; null for an image that is not from DICOM.</param>
    /// <param name="subject">The study's own number of the subject, or empty.</param>
    /// <param name="digest">Stands for the content in the identifiers.</param>
    /// <param name="created">When the object was made.</param>
    public static DatasetBuilder Begin(string sopClass, string modality, DicomSource? source, string subject, string digest, DateTimeOffset created)
    {
        string date = created.ToString("yyyyMMdd", CultureInfo.InvariantCulture), time = created.ToString("HHmmss", CultureInfo.InvariantCulture);
        string study = source?.StudyUid is { Length: > 0 } known ? known : DicomWriter.UidOf("study", digest);
        DatasetBuilder file = new DatasetBuilder()
            .Text(Tags.SpecificCharacterSet, "CS", "ISO_IR 192")
            .Text(Tags.SopClassUid, "UI", sopClass)
            .Text(Tags.SopInstanceUid, "UI", DicomWriter.UidOf("instance", modality, study, digest))
            .Text(0x0008, 0x0020, "DA", "").Text(0x0008, 0x0030, "TM", "").Text(0x0008, 0x0050, "SH", "")
            .Text(Tags.Modality, "CS", modality)
            .Text(Tags.Manufacturer, "LO", "Trabecula").Text(Tags.ManufacturerModelName, "LO", "Trabecula")
            .Text(0x0008, 0x0090, "PN", "")
            .Text(0x0010, 0x0010, "PN", subject.Length > 0 ? subject + "^" : "").Text(0x0010, 0x0020, "LO", subject).Text(0x0010, 0x0030, "DA", "").Text(0x0010, 0x0040, "CS", "")
            .Text(0x0018, 0x1000, "LO", "0").Text(0x0018, 0x1020, "LO", "Trabecula")
            .Text(Tags.StudyInstanceUid, "UI", study)
            .Text(Tags.SeriesInstanceUid, "UI", DicomWriter.UidOf("series", modality, study, digest))
            .Text(0x0020, 0x0010, "SH", "").Text(Tags.SeriesNumber, "IS", "1").Text(Tags.InstanceNumber, "IS", "1")
            .Text(Tags.FrameOfReferenceUid, "UI", FrameOfReference(source, digest)).Text(0x0020, 0x1040, "LO", "");
        // A structure set has dates of its own.
        return modality == "SEG" ? file.Text(0x0008, 0x0023, "DA", date).Text(0x0008, 0x0033, "TM", time) : file;
    }

    /// <summary>A name as DICOM can hold it: at most 64 characters, none of which parts values.</summary>
    public static string Name(string name)
    {
        string held = name.Replace('\\', '/').ReplaceLineEndings(" ");
        return held.Length <= 64 ? held : held[..64];
    }

    /// <summary>The coordinate system of the image.</summary>
    public static string FrameOfReference(DicomSource? source, string digest) =>
        source?.FrameOfReferenceUid is { Length: > 0 } known ? known : DicomWriter.UidOf("frame of reference", digest);

    /// <summary>A reference to the instance of a slice, or null where it is unknown.</summary>
    public static DatasetBuilder? Reference(DicomSource? source, int slice) =>
        source is null || slice >= source.InstanceUids.Count || source.InstanceUids[slice].Length == 0 || source.SopClassUid.Length == 0 ? null
        : new DatasetBuilder().Text(Tags.ReferencedSopClassUid, "UI", source.SopClassUid).Text(Tags.ReferencedSopInstanceUid, "UI", source.InstanceUids[slice]);
}
