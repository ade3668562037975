using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Descriptions;

/// <summary>What a feature is in a small or odd region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Outcome">Its value there, or why there is none.</param>
public sealed record EdgeCase(string Region, string Outcome);

/// <summary>
/// Small and odd regions of one image, on which features are computed when they are explained: what is said of an edge case is what
/// the engine does.
/// </summary>
public static class ExampleRegions
{
    private static readonly string Classes = $"shape: {Every(FeatureClass.Shape)}, firstorder: {Every(FeatureClass.FirstOrder)}, glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []";

    // Keys beside the features' names.
    private const string Refused = "refused", RefusedPlanar = "refused planar";

    private static readonly VolumeGeometry Grid = new(new(9, 8, 7), new(1, 1, 1), default, Matrix3D.Identity);

    private static readonly (string Name, Func<int, int, int, bool> Inside, string Settings)[] Regions =
    [
        ("one voxel", (x, y, z) => (x, y, z) == (4, 4, 4), ""),
        ("two voxels side by side", (x, y, z) => y == 4 && z == 3 && x is 4 or 5, "minimumROIDimensions: 1"),
        ("two voxels apart", (x, y, z) => (x, y, z) is (2, 2, 2) or (6, 5, 2), ""),
        ("one grey level", Block, "binWidth: 1000"),
        ("one slice", (x, y, z) => z == 3 && x is >= 2 and <= 6 && y is >= 2 and <= 5, ""),
        ("a line", (x, y, z) => y == 4 && z == 3 && x is >= 2 and <= 6, ""),
        ("a line, minimumROIDimensions: 1", (x, y, z) => y == 4 && z == 3 && x is >= 2 and <= 6, "minimumROIDimensions: 1"),
        ("a plane across x", (x, y, z) => x == 4 && y is >= 2 and <= 5 && z is >= 1 and <= 5, ""),
        ("two parts", (x, y, z) => Block(x, y, z) && x != 4, ""),
        ("a hole", (x, y, z) => Block(x, y, z) && (x, y, z) != (4, 4, 3), ""),
        ("on the border", (x, y, z) => x <= 3 && y <= 3 && z <= 3, ""),
    ];

    private static readonly Lazy<Dictionary<string, string>[]> s_values = new(() => [.. Regions.Select(region => Compute(region.Inside, region.Settings))]);

    /// <summary>A feature in each of the regions, in six digits.</summary>
    public static IReadOnlyList<EdgeCase> Of(FeatureDescription feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        string undefined = FeatureCatalogue.Classes.First(each => each.Class == feature.Class).Undefined;
        return [.. Regions.Select((region, k) => new EdgeCase(region.Name, Outcome(s_values.Value[k], feature, undefined)))];
    }

    private static string Outcome(Dictionary<string, string> values, FeatureDescription feature, string undefined)
    {
        string refused = feature.Class == FeatureClass.Shape2D ? RefusedPlanar : Refused;
        return values.TryGetValue(refused, out string? reason) ? $"none: {reason}"
            : !values.TryGetValue(feature.FullName, out string? value) ? "no column"
            : value == "NaN" ? $"NaN: {undefined}"
            : value;
    }

    private static Dictionary<string, string> Compute(Func<int, int, int, bool> inside, string settings)
    {
        var values = new Dictionary<string, string>();
        Add(values, inside, $"featureClass: {{{Classes}}}\nsetting: {{{settings}}}\n", Refused);
        Add(values, inside, $"featureClass: {{shape2D: {Every(FeatureClass.Shape2D)}}}\nsetting: {{force2D: true{(settings.Length > 0 ? ", " + settings : "")}}}\n", RefusedPlanar);
        return values;
    }

    private static void Add(Dictionary<string, string> values, Func<int, int, int, bool> inside, string parameters, string refused)
    {
        short[] voxels = [.. Enumerable.Range(0, (int)Grid.Size.Count).Select(i => (short)(i * 7919 % 311))];
        byte[] mask = [.. Enumerable.Range(0, voxels.Length).Select(i => inside(i % 9, i / 9 % 8, i / 72) ? (byte)1 : (byte)0)];
        try
        {
            var extractor = new FeatureExtractor(ParameterFile.Parse(parameters, "examples.yaml"));
            FeatureVector vector = extractor.Extract(Volume.Create(Grid, voxels), new Mask(Volume.Create(Grid, mask)), 1);
            if (vector.Features.Count == 0)
                values[refused] = string.Join(' ', vector.Warnings);
            foreach (FeatureValue feature in vector.Features)
                values[feature.Name["original_".Length..]] = Text(feature.Value);
        }
        catch (RadiomicsException exception)
        {
            values[refused] = exception.Problem;
        }
    }

    /// <summary>Six digits; what rounding leaves of nothing is not worth any.</summary>
    private static string Text(double value) =>
        value != 0 && Math.Abs(value) < 1e-6 ? "≈ 0"
        : value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e9 ? "F0" : "G6", CultureInfo.InvariantCulture);

    // Deprecated features have values only when they are asked for.
    private static string Every(FeatureClass featureClass) => $"[{string.Join(", ", FeatureNames.Computed(featureClass))}]";

    private static bool Block(int x, int y, int z) => x is >= 2 and <= 6 && y is >= 3 and <= 5 && z is >= 2 and <= 5;
}
