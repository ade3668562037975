using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Examples;

/// <summary>Features and maps of a region.</summary>
public static class Extraction
{
    /// <summary>The features of one label with PyRadiomics' defaults.</summary>
    public static void Features(string imagePath, string maskPath, TextWriter output)
    {
        Volume image = VolumeFile.Read(imagePath);
        var mask = new Mask(VolumeFile.Read(maskPath));

        var extractor = new FeatureExtractor(ExtractionParameters.Default);
        FeatureVector features = extractor.Extract(image, mask);

        foreach (FeatureValue feature in features.Features)
            output.WriteLine($"{feature.Name} = {feature.Value:G6}");
        output.WriteLine($"Sphericity: {features["original_shape_Sphericity"]:F3}");
    }

    /// <summary>A parameter file in a text, and every label of the mask: hashes and statistics of the image are computed once.</summary>
    public static void EveryLabel(string imagePath, string maskPath, TextWriter output)
    {
        ExtractionParameters parameters = ParameterFile.Parse(
            """
            imageType: {Original: {}, LoG: {sigma: [2.0]}}
            featureClass: {firstorder: [Mean], glcm: [Contrast]}
            setting: {binWidth: 20}
            """, "parameters.yaml");

        LoadedCase loaded = new FeatureExtractor(parameters).Load(VolumeFile.Read(imagePath), new Mask(VolumeFile.Read(maskPath)));
        foreach (uint label in loaded.Labels)
        {
            try
            {
                FeatureVector features = loaded.Extract(label);
                output.WriteLine($"label {label}: {features["log-sigma-2-0-mm-3D_glcm_Contrast"]:G6}");
                foreach (string warning in features.Warnings)
                    output.WriteLine($"  {warning}");
            }
            catch (RadiomicsException exception)
            {
                output.WriteLine($"label {label}: {exception.Problem} {exception.Cure}");
            }
        }
    }

    /// <summary>A map of a feature, and what it was computed on, as files.</summary>
    public static void Maps(string imagePath, string maskPath, string folder, TextWriter output)
    {
        ExtractionParameters parameters = ParameterFile.Parse("featureClass: {glcm: [JointEntropy]}", "parameters.yaml");
        LoadedCase loaded = new FeatureExtractor(parameters).Load(VolumeFile.Read(imagePath), new Mask(VolumeFile.Read(maskPath)));

        foreach (FeatureMap map in loaded.ExtractMaps(label: 1).Maps)
            VolumeFile.Write(Path.Combine(folder, $"{map.Name}.nrrd"), map.Image);
        foreach (CaseImage stage in loaded.ExtractImages(label: 1).Images)
            VolumeFile.Write(Path.Combine(folder, $"{stage.Name}.nii.gz"), stage.Image);
        output.WriteLine($"{folder}: a map, and what it was computed on");
    }
}
