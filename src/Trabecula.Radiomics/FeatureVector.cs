using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics;

/// <summary>The result of one extraction: diagnostics and features, each in PyRadiomics' order.</summary>
/// <param name="Diagnostics">Where the values come from, named as PyRadiomics names them.</param>
/// <param name="Features">The features.</param>
/// <param name="Warnings">What was left out and why, such as a LoG image that the region is too small for.</param>
public sealed record FeatureVector(
    IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<FeatureValue> Features, IReadOnlyList<string> Warnings)
{
    /// <summary>The value of a feature.</summary>
    /// <param name="name">Image type, class and feature, as in <c>original_shape_Sphericity</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such feature; the message names the nearest.</exception>
    public double this[string name]
    {
        get
        {
            foreach (FeatureValue feature in Features)
            {
                if (feature.Name == name)
                    return feature.Value;
            }
            string? nearest = NearestName.Of(name, Features.Select(feature => feature.Name));
            throw new KeyNotFoundException($"There is no feature '{name}' among the {Features.Count} extracted.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
        }
    }
}

/// <summary>A feature and its value.</summary>
/// <param name="Name">Image type, class and feature, as in <c>wavelet-LLH_glcm_Contrast</c>.</param>
/// <param name="Value">The value; NaN only where PyRadiomics defines it so.</param>
public readonly record struct FeatureValue(string Name, double Value);

/// <summary>A diagnostics column.</summary>
/// <param name="Name">As in <c>diagnostics_Image-original_Spacing</c>.</param>
/// <param name="Value">The value.</param>
public sealed record Diagnostic(string Name, DiagnosticValue Value);
