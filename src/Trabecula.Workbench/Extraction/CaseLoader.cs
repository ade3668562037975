using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>Reads an image with its mask. The seam between the bookkeeping of a cohort and the work on voxels.</summary>
internal interface ICaseLoader
{
    /// <summary>Reads both files.</summary>
    ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken);
}

/// <summary>An image with its mask, in memory.</summary>
internal interface ICaseFeatures
{
    /// <summary>The labels that occur in the mask, ascending, without 0.</summary>
    IReadOnlyList<uint> Labels { get; }

    /// <summary>The label of a named segment, or of a number as text.</summary>
    /// <exception cref="ImagingException">The mask has no such segment.</exception>
    uint Resolve(string name) => throw new ImagingException("", $"The mask has no segment '{name}'.", "Give a label's number.");

    /// <summary>The name of a label's segment; empty where the mask has no names.</summary>
    string NameOf(uint label) => "";

    /// <summary>The image as it was read.</summary>
    Volume Image => throw new NotSupportedException("This case has no voxels.");

    /// <summary>The voxels of a label.</summary>
    VoxelSet Region(uint label) => throw new NotSupportedException("This case has no voxels.");

    /// <summary>Computes the features of one label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="onImage">Is given the images that features are computed on, as in <see cref="ExtractImages"/>; null where nobody looks.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    FeatureVector Extract(uint label, Action<CaseImage>? onImage, CancellationToken cancellationToken);

    /// <summary>Prepares the feature maps of one label.</summary>
    FeatureMaps ExtractMaps(uint label, CancellationToken cancellationToken) => throw new NotSupportedException("This case has no maps.");

    /// <summary>Prepares the images that an extraction of one label sees.</summary>
    CaseImages ExtractImages(uint label, CancellationToken cancellationToken) => throw new NotSupportedException("This case has no images.");
}

/// <summary>Reads image and mask files and extracts features with one set of parameters.</summary>
internal sealed class CaseLoader(ExtractionParameters parameters) : ICaseLoader
{
    // Segmentations of the whole body have some hundred.
    private const int MostUsualLabels = 1000;

    private readonly FeatureExtractor _extractor = new(parameters);

    public ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken)
    {
        DicomImage? dicom = DicomReader.Recognizes(imagePath) ? DicomReader.Read(imagePath, cancellationToken) : null;
        Volume image = dicom?.Volume ?? VolumeFile.Read(imagePath, cancellationToken);
        Segmentation mask = MaskFile.Read(maskPath, image.Geometry, cancellationToken);
        Segmentation? rounded = dicom is null ? null : SinglePrecisionGrid.Put(mask, image.Geometry);
        mask = rounded ?? mask;
        var loaded = new SegmentedCase(_extractor, image, mask, maskPath, dicom?.Padding ?? [], cancellationToken);
        loaded.Warnings.AddRange([.. SwapWarning(imagePath, maskPath, loaded.Labels), .. dicom?.Warnings ?? VolumeFile.NotesOf(imagePath), .. mask.Notes]);
        if (rounded is not null)
            loaded.Warnings.Add("The mask's positions are those of the DICOM image, rounded to 32-bit numbers: the image's grid was taken.");
        if (dicom is not null && mask.ContradictsFrameOf(dicom.Source))
            loaded.Warnings.Add("Image and mask name different frames of reference: was the mask drawn on this scan?");
        return loaded;
    }

    private static IEnumerable<string> SwapWarning(string imagePath, string maskPath, IReadOnlyList<uint> labels)
    {
        // A folder can hold both: slices, and the structure set drawn on them.
        if (RealPath.Of(imagePath) == RealPath.Of(maskPath) && !Directory.Exists(imagePath))
            yield return "Image and mask are the same file: is the path of the mask right?";
        // A negative number becomes a label above the largest positive one.
        else if (labels.Count > MostUsualLabels || labels is [.., > int.MaxValue])
            yield return string.Create(CultureInfo.InvariantCulture, $"The mask looks like an image ({labels.Count} labels, up to {labels[^1]}): are image and mask swapped?");
    }
}
