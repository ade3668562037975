namespace Trabecula.Radiomics.Parameters;

/// <summary>Makes an image type of its name and of the checked values that count for it.</summary>
internal static class ImageTypeReader
{
    /// <summary>PyRadiomics' image types.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["Original", "LoG", "Wavelet", "Square", "SquareRoot", "Logarithm", "Exponential", "Gradient", "LBP2D", "LBP3D"];

    /// <summary>The image type of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="values">The general values, overridden by those that stand under the image type.</param>
    /// <param name="voxel">The <c>voxelSetting</c> block.</param>
    public static ImageTypeSelection Read(string name, IReadOnlyDictionary<string, DiagnosticValue> values, VoxelSettings voxel)
    {
        ExtractionSettings settings = SettingsReader.Build(values) with { Voxel = voxel };
        return name switch
        {
            "Original" => new OriginalImageType(settings),
            // As in PyRadiomics, where results are kept by name, a sigma given twice counts once.
            "LoG" => new LogImageType(settings, [.. SettingsReader.Sigmas(values).DistinctBy(sigma => sigma.ImageName)]),
            "Wavelet" => new WaveletImageType(settings, Text("wavelet", "coif1"), Whole("start_level", 0), Whole("level", 1)),
            "Gradient" => new GradientImageType(settings, !values.TryGetValue("gradientUseSpacing", out DiagnosticValue? use) || use is DiagnosticValue.BooleanValue { Value: true }),
            "LBP2D" => new Lbp2DImageType(settings, Real("lbp2DRadius", 1), Whole("lbp2DSamples", 8), Text("lbp2DMethod", "uniform")),
            "LBP3D" => new Lbp3DImageType(settings, Whole("lbp3DLevels", 2), Real("lbp3DIcosphereRadius", 1), Whole("lbp3DIcosphereSubdivision", 1)),
            _ => new PointwiseImageType(settings, Enum.Parse<PointwiseFunction>(name)),
        };

        int Whole(string key, int otherwise) => values.TryGetValue(key, out DiagnosticValue? value) ? (int)((DiagnosticValue.IntegerValue)value).Value : otherwise;
        string Text(string key, string otherwise) => values.TryGetValue(key, out DiagnosticValue? value) ? ((DiagnosticValue.TextValue)value).Value : otherwise;
        double Real(string key, double otherwise) => values.TryGetValue(key, out DiagnosticValue? value)
            ? value is DiagnosticValue.IntegerValue whole ? whole.Value : ((DiagnosticValue.FloatValue)value).Value
            : otherwise;
    }
}
