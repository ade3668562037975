using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>One volume, or what should be one, among the files of a folder.</summary>
/// <param name="Stack">Its slices.</param>
/// <param name="Acquisition">Which acquisition of its series, where one series holds several volumes; null where it holds one.</param>
internal sealed record FoundSeries(SliceStack Stack, int? Acquisition)
{
    private DicomDataset Dataset => Stack.Slices[0].File.Dataset;

    /// <summary>The series' number, or null.</summary>
    public int? Number => Dataset.Integer(Tags.SeriesNumber);

    /// <summary>What was noticed and does not keep the series from being read.</summary>
    public IReadOnlyList<string> Warnings => [.. Stack.Warnings, .. OfValues()];

    /// <summary>What tells this volume from its neighbours, without a word that could name a patient.</summary>
    public string Describe()
    {
        DicomSlice first = Stack.Slices[0];
        string number = Number is { } value ? string.Create(CultureInfo.InvariantCulture, $"series {value}") : "a series without number";
        string acquisition = Acquisition is { } part ? string.Create(CultureInfo.InvariantCulture, $", acquisition {part}") : "";
        string thickness = first.ThicknessMm is { } thick ? string.Create(CultureInfo.InvariantCulture, $", {thick:0.###} mm thick") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{number}{acquisition} ({Stack.Slices.Count} {(Stack.Slices.Count == 1 ? "slice" : "slices")} of {first.Format.Columns} x {first.Format.Rows}{thickness})");
    }

    private IEnumerable<string> OfValues()
    {
        if (Dataset.Code(Tags.Modality) == "CT" && Stack.Slices.Any(slice => !slice.IsRescaled))
            yield return "the files give no rescale slope: values are as stored, and may not be Hounsfield units";
        if (Stack.Slices.Any(slice => slice.File.Syntax.MayLose || slice.File.Dataset.Code(Tags.LossyImageCompression) == "01"))
            yield return "the images were compressed with loss, which changes texture features";
    }
}
