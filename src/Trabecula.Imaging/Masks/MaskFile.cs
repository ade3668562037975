using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Masks;
using Trabecula.Imaging.Dicom.Series;
using Trabecula.Imaging.Nrrd;

namespace Trabecula.Imaging.Masks;

/// <summary>Reads and writes masks of every format: label volumes (NIfTI, NRRD), segmentations of 3D Slicer, DICOM SEG and RT structure sets.</summary>
public static class MaskFile
{
    /// <summary>Reads a mask.</summary>
    /// <param name="path">The file, or a folder that holds one DICOM segmentation or structure set.</param>
    /// <param name="image">
    /// The grid of the image that the mask belongs to. A structure set needs it; segments of DICOM SEG and <c>.seg.nrrd</c> are put onto it where
    /// their voxels are voxels of it. Label volumes keep their own grid, as PyRadiomics has it.
    /// </param>
    /// <param name="cancellationToken">Checked between blocks and frames.</param>
    /// <exception cref="ImagingException">The file cannot be read, is damaged, or needs an image that was not given.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Segmentation Read(string path, VolumeGeometry? image = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return VolumeFile.FormatOf(path) switch
            {
                VolumeFile.VolumeFormat.Dicom => ReadDicom(path, image, cancellationToken),
                VolumeFile.VolumeFormat.Nrrd when NrrdHeader.Read(path) is var header && SegNrrdReader.IsSegmentation(header) =>
                    SegNrrdReader.Read(header, image, cancellationToken),
                _ => Of(VolumeFile.Read(path, cancellationToken)),
            };
        }
        catch (OutOfMemoryException e)
        {
            throw new ImagingException(path, "the mask needs more memory than there is.", "Crop it, or use a computer with more memory.", e);
        }
    }

    /// <summary>Writes a mask in the format that the name asks for; the file appears only when it is complete.</summary>
    /// <param name="path">
    /// <c>.seg.nrrd</c> (names, overlaps), <c>.seg.dcm</c> or <c>.dcm</c> (DICOM SEG), <c>.rtstruct.dcm</c> (RT structure set), or a name of
    /// <see cref="VolumeFile.Write"/> for a label volume, which can hold neither names nor overlaps.
    /// </param>
    /// <param name="mask">What to write.</param>
    /// <param name="source">The DICOM series of the image, to which DICOM masks then refer; null for none.</param>
    /// <param name="subject">The study's own number of the subject, the only word on a patient that is written; empty for none.</param>
    /// <param name="clock">Gives the date that DICOM wants; the system's where null.</param>
    /// <param name="cancellationToken">Checked between blocks and slices.</param>
    /// <exception cref="ImagingException">The mask is empty, the format cannot hold it, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; no file was left.</exception>
    public static void Write(
        string path, Segmentation mask, DicomSource? source = null, string subject = "", TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(mask);
        DateTimeOffset created = (clock ?? TimeProvider.System).GetUtcNow();
        if (path.EndsWith(".rtstruct.dcm", StringComparison.OrdinalIgnoreCase))
            StructureSetWriter.Write(path, mask, source, subject, created, cancellationToken);
        else if (path.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase))
            SegmentationWriter.Write(path, mask, source, subject, created, cancellationToken);
        else if (path.EndsWith(".seg.nrrd", StringComparison.OrdinalIgnoreCase))
            SegNrrdWriter.Write(path, mask, cancellationToken);
        else if (mask.Layers.Count == 1)
            VolumeFile.Write(path, mask.Layers[0].Labels, cancellationToken);
        else
            throw new ImagingException(path, "segments overlap, which a label volume cannot hold.", "Write .seg.nrrd, .seg.dcm or .rtstruct.dcm.");
    }

    /// <summary>A label volume as a mask without names.</summary>
    public static Segmentation Of(Volume labels) => new([new Mask(labels)], [], []);

    private static Segmentation ReadDicom(string path, VolumeGeometry? image, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
            return ReadDicom(DicomFile.Read(path, cancellationToken), image, cancellationToken);
        var masks = new List<DicomFile>();
        foreach (string file in SeriesSearch.DicomFilesBelow(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (DicomFile.Read(file, cancellationToken) is var parsed && parsed.Dataset.Code(Tags.Modality) is "SEG" or "RTSTRUCT")
                masks.Add(parsed);
        }
        return masks.Count switch
        {
            1 => ReadDicom(masks[0], image, cancellationToken),
            0 => Of(VolumeFile.Read(path, cancellationToken)),
            _ => throw new ImagingException(path, FormattableString.Invariant($"the folder holds {masks.Count} segmentations or structure sets."), "Name one of the files."),
        };
    }

    private static Segmentation ReadDicom(DicomFile file, VolumeGeometry? image, CancellationToken cancellationToken) => file.Dataset.Code(Tags.Modality) switch
    {
        "SEG" => SegmentationReader.Read(file, image, cancellationToken),
        "RTSTRUCT" => StructureSetReader.Read(file, image ?? throw new ImagingException(
            file.Path, "a structure set is contours, which become voxels only on the grid of an image.", "Give the image that it belongs to."), cancellationToken),
        _ => Of(VolumeFile.Read(file.Path, cancellationToken)),
    };
}
