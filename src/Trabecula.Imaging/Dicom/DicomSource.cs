namespace Trabecula.Imaging.Dicom;

/// <summary>The identifiers of an image series by which a segmentation refers to it. They are written into nothing else.</summary>
public sealed class DicomSource
{
    internal DicomSource(string study, string series, string frameOfReference, string sopClass, IReadOnlyList<string> instances) =>
        (StudyUid, SeriesUid, FrameOfReferenceUid, SopClassUid, InstanceUids) = (study, series, frameOfReference, sopClass, instances);

    internal string StudyUid { get; }

    internal string SeriesUid { get; }

    internal string FrameOfReferenceUid { get; }

    internal string SopClassUid { get; }

    /// <summary>The instance of each slice, in the order of the volume; the same for all frames of a multi-frame file.</summary>
    internal IReadOnlyList<string> InstanceUids { get; }
}
