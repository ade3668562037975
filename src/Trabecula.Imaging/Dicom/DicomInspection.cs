using Trabecula.Imaging.Dicom.Encoding;
using Trabecula.Imaging.Dicom.Pixels;
using Trabecula.Imaging.Dicom.Series;

namespace Trabecula.Imaging.Dicom;

/// <summary>What lies in a DICOM file or folder, told without reading pixels.</summary>
/// <param name="Series">The image series.</param>
/// <param name="Files">DICOM files read.</param>
/// <param name="Localizers">Slices that are scout images.</param>
/// <param name="WithoutPosition">Images without a position in the patient.</param>
/// <param name="NotDicom">Files named as DICOM files are, which are none.</param>
/// <param name="OtherObjects">Objects that are no images, such as segmentations and reports.</param>
/// <param name="Masks">The segmentations and structure sets.</param>
public sealed record DicomInspection(
    IReadOnlyList<SeriesDescription> Series, int Files, int Localizers, int WithoutPosition, int NotDicom, int OtherObjects,
    IReadOnlyList<MaskDescription> Masks)
{
    /// <summary>Looks through a file, or through a folder and all below it.</summary>
    /// <exception cref="ImagingException">A file is damaged or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DicomInspection Of(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SeriesSearch search = SeriesSearch.In(path, cancellationToken);
        if (search is { IsIndex: true, Files: 1 })
            throw DicomReader.IsIndex(path);
        return new([.. search.Series.Select(Describe)], search.Files, search.Localizers, search.WithoutPosition, search.NotDicom, search.OtherObjects, search.Masks);
    }

    private static SeriesDescription Describe(FoundSeries series)
    {
        SliceStack stack = series.Stack;
        DicomSlice first = stack.Slices[0];
        DicomDataset data = first.File.Dataset;
        return new SeriesDescription
        {
            Number = series.Number,
            Acquisition = series.Acquisition,
            Modality = data.Code(Tags.Modality) ?? "",
            Slices = stack.Slices.Count,
            Geometry = stack.Problems.Count == 0 ? stack.Geometry() : null,
            SliceSize = (first.Format.Columns, first.Format.Rows),
            PixelSpacingMm = first.SpacingMm,
            SliceThicknessMm = first.ThicknessMm,
            PeakKilovolts = Values(stack, Tags.CtXRayDetailsSequence, Tags.Kvp),
            TubeCurrentsMilliampere = Values(stack, Tags.CtExposureSequence, Tags.XRayTubeCurrentInMilliampere) is { Length: > 0 } currents ? currents
                : Values(stack, Tags.CtExposureSequence, Tags.XRayTubeCurrent),
            RevolutionSeconds = Values(stack, Tags.CtAcquisitionDetailsSequence, Tags.RevolutionTime),
            Kernel = first.Groups.Of(Tags.CtReconstructionSequence, Tags.ConvolutionKernel)?.Text(Tags.ConvolutionKernel) ?? "",
            Manufacturer = data.Text(Tags.Manufacturer) ?? "",
            Model = data.Text(Tags.ManufacturerModelName) ?? "",
            ExposureModulation = first.Groups.Of(Tags.CtExposureSequence, Tags.ExposureModulationType)?.Code(Tags.ExposureModulationType) ?? "",
            HasContrast = data.Has(Tags.ContrastBolusAgent) || data.Has(Tags.ContrastBolusAgentSequence),
            TransferSyntax = first.File.Syntax.ToString(),
            Problems = [.. stack.Problems, .. ProblemsOfPixels(stack)],
            Warnings = series.Warnings,
        };
    }

    /// <summary>A compression without a decoder, or fewer bytes than the header promises: the first file tells.</summary>
    private static IEnumerable<string> ProblemsOfPixels(SliceStack stack)
    {
        foreach (DicomSlice slice in stack.Slices.DistinctBy(slice => slice.File))
        {
            string problem;
            try
            {
                FrameReader.Open(slice.File, slice.Format).Dispose();
                continue;
            }
            catch (ImagingException e)
            {
                problem = $"{PlainText.Of(Path.GetFileName(e.Path))}: {e.Problem.TrimEnd('.')}";
            }
            yield return problem;
            yield break;
        }
    }

    private static double[] Values(SliceStack stack, DicomTag group, DicomTag tag) =>
        [.. stack.Slices.Select(slice => slice.Groups.Of(group, tag)?.Number(tag)).OfType<double>().Distinct().Order()];
}
