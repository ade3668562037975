namespace Trabecula.Imaging.Dicom;

/// <summary>A volume read from DICOM with what its files say beside the voxels.</summary>
/// <param name="Volume">The voxels, rescaled (Hounsfield units in CT), slices ascending along their normal.</param>
/// <param name="Source">What a segmentation of this image must refer to.</param>
/// <param name="Padding">The values of voxels outside of the scanned field for each slice, null where its file names none; empty where no file does.</param>
/// <param name="Warnings">What was noticed and did not keep the series from being read.</param>
public sealed record DicomImage(Volume Volume, DicomSource Source, IReadOnlyList<PaddingRange?> Padding, IReadOnlyList<string> Warnings);

/// <summary>Values, after rescaling, that mean that nothing was scanned here: Pixel Padding Value (0028,0120), up to Pixel Padding Range Limit (0028,0121) where there is one.</summary>
/// <param name="Lowest">The lowest of them.</param>
/// <param name="Highest">The highest of them.</param>
public readonly record struct PaddingRange(double Lowest, double Highest);
