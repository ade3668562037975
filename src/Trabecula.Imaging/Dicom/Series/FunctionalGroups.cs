using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>
/// Where the attributes of one frame stand: in its own functional group, in the one that all frames share, or in the data set itself,
/// as in single-frame files. Source: DICOM PS3.3, C.7.6.16.
/// </summary>
internal readonly record struct FunctionalGroups(DicomDataset Dataset, DicomDataset? Shared, DicomDataset? Frame)
{
    /// <summary>The data set that holds an attribute of a group, or null.</summary>
    public DicomDataset? Of(DicomTag group, DicomTag attribute)
    {
        if (Frame?.Item(group) is { } own && own.Has(attribute))
            return own;
        if (Shared?.Item(group) is { } shared && shared.Has(attribute))
            return shared;
        return Dataset.Has(attribute) ? Dataset : null;
    }
}
