namespace Trabecula.Radiomics.Parameters;

/// <summary>
/// Options that do not go together. PyRadiomics follows one of them and says nothing, or writes the other's absence into a log; the file stays
/// valid, so these are notices and not problems.
/// </summary>
internal static class Contradictions
{
    /// <summary>One sentence for each contradiction, naming all options that take part.</summary>
    public static IReadOnlyList<string> Of(IReadOnlySet<string> given, ExtractionParameters parameters)
    {
        ExtractionSettings settings = parameters.Settings;
        var notices = new List<string>();
        void Add(bool contradicts, string notice)
        {
            if (contradicts)
                notices.Add(notice);
        }

        Add(given.Contains("binWidth") && settings.BinCount is not null, "binWidth and binCount are both given: binCount decides, binWidth does nothing.");
        Add(given.Contains("resegmentMode") && settings.ResegmentRange is null, "resegmentMode is given without resegmentRange: nothing is resegmented.");
        Add(settings.ResegmentShape && settings.ResegmentRange is null, "resegmentShape is true without resegmentRange: nothing is resegmented.");
        Add(settings.PreCrop && settings.ResampledPixelSpacingMm is not null && settings.Interpolator is not null,
            "preCrop and resampledPixelSpacing are both given: resampling crops by itself, preCrop does nothing.");
        Add(settings.ResampledPixelSpacingMm is not null && settings.Interpolator is null,
            "resampledPixelSpacing is given with interpolator: null: nothing is resampled.");
        Add(!settings.Normalize && (settings.RemoveOutliers is not null || given.Contains("normalizeScale")),
            "removeOutliers or normalizeScale is given without normalize: true: intensities stay as they are.");
        Add(given.Contains("force2Ddimension") && !parameters.ImageTypes.Any(type => type.Settings.Force2D || type is Lbp2DImageType),
            "force2Ddimension is given without force2D: true: features stay three-dimensional.");
        bool flat = parameters.FeatureClasses.Any(selection => selection.Class == FeatureClass.Shape2D);
        Add(flat && !settings.Force2D, "shape2D is given without force2D: true: it gives no features.");
        Add(parameters.ImageTypes.Any(type => type is Lbp2DImageType && !type.Settings.Force2D),
            "LBP2D is given without force2D: true: its patterns lie in planes, but the features of its image are three-dimensional.");
        Add(parameters.ImageTypes.Any(type => type is Lbp3DImageType && type.Settings.Force2D),
            "LBP3D is given with force2D: true: its patterns lie on spheres, but the features of its image are those of planes.");
        Add(settings.Normalize && settings.BinCount is null && settings.NormalizeScale * (settings.RemoveOutliers ?? 3) * 2 < 2 * settings.BinWidth,
            "binWidth is about as wide as all intensities after normalize: most regions fall into one or two bins. " +
            "Choose a smaller binWidth, or normalizeScale: 100.");
        return notices;
    }
}
