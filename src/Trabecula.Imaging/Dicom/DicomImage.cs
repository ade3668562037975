namespace Trabecula.Imaging.Dicom;

/// <summary>A volume read from DICOM with what its files say beside the voxels.</summary>
/// <param name="Volume">The voxels, rescaled (Hounsfield units in CT), slices ascending along their normal.</param>
/// <param name="Source">What a segmentation of this image must refer to.</param>
/// <param name="PaddingValue">The value of voxels outside of the scanned field, after rescaling; null where the files name none.</param>
/// <param name="Warnings">What was noticed and did not keep the series from being read.</param>
public sealed record DicomImage(Volume Volume, DicomSource Source, double? PaddingValue, IReadOnlyList<string> Warnings);
