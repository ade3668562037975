using Trabecula.Radiomics.Filters;

namespace Trabecula.Radiomics.Parameters;

/// <summary>The columns that an extraction gives, known before any image is read.</summary>
public static class FeatureColumns
{
    /// <summary>The full names of the features, in the order of an extraction, as long as no image is too small for one of the filters.</summary>
    public static IReadOnlyList<string> Of(ExtractionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new List<string>();
        foreach (FeatureClassSelection shape in parameters.FeatureClasses.Where(selection => selection.IsOfMaskAlone))
        {
            if (shape.Class == FeatureClass.Shape || parameters.Settings.Force2D)
                Add("original", shape);
        }
        foreach (string image in parameters.ImageTypes.SelectMany(Images))
        {
            foreach (FeatureClassSelection selection in parameters.FeatureClasses.Where(selection => !selection.IsOfMaskAlone))
                Add(image, selection);
        }
        return names;

        void Add(string image, FeatureClassSelection selection) => names.AddRange(
            (selection.Features ?? FeatureNames.Of(selection.Class)).Select(name => $"{image}_{FeatureNames.NameOf(selection.Class)}_{name}"));
    }

    private static IEnumerable<string> Images(ImageTypeSelection type) => type switch
    {
        OriginalImageType => ["original"],
        LogImageType log => log.Sigmas.Where(sigma => sigma.Mm > 0).Select(sigma => sigma.ImageName),
        WaveletImageType wavelet => WaveletNames.Of(wavelet),
        GradientImageType => ["gradient"],
        PointwiseImageType pointwise => [PointwiseFilter.NameOf(pointwise.Function)],
        Lbp2DImageType => ["lbp-2D"],
        Lbp3DImageType lbp => [.. Enumerable.Range(1, lbp.Levels).Select(level => FormattableString.Invariant($"lbp-3D-m{level}")), "lbp-3D-k"],
        _ => throw new ArgumentException($"Image type {type.GetType().Name} is not known.", nameof(type)),
    };
}
