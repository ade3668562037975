using Trabecula.Imaging;

namespace Trabecula.Radiomics.Parameters;

/// <summary>Checks the keys of a <c>setting</c> block or of an image type's block, and makes settings of them.</summary>
internal sealed class SettingsReader(List<ParameterProblem> problems)
{
    // featureextractor._getDefaultSettings, in its order: what the settings column begins with.
    private static KeyValuePair<string, DiagnosticValue>[] Defaults() =>
    [
        new("minimumROIDimensions", DiagnosticValue.Integer(2)),
        new("minimumROISize", DiagnosticValue.None),
        new("normalize", DiagnosticValue.Boolean(false)),
        new("normalizeScale", DiagnosticValue.Integer(1)),
        new("removeOutliers", DiagnosticValue.None),
        new("resampledPixelSpacing", DiagnosticValue.None),
        new("interpolator", DiagnosticValue.Text("sitkBSpline")),
        new("preCrop", DiagnosticValue.Boolean(false)),
        new("padDistance", DiagnosticValue.Integer(5)),
        new("distances", new DiagnosticValue.ListValue([DiagnosticValue.Integer(1)])),
        new("force2D", DiagnosticValue.Boolean(false)),
        new("force2Ddimension", DiagnosticValue.Integer(0)),
        new("resegmentRange", DiagnosticValue.None),
        new("label", DiagnosticValue.Integer(1)),
        new("additionalInfo", DiagnosticValue.Boolean(true)),
    ];

    /// <summary>The dictionary that PyRadiomics reports: its defaults with the file's values put in their places, other keys after them.</summary>
    public static DiagnosticValue Diagnostic(BlockNode block, BlockNode voxelBlock)
    {
        List<KeyValuePair<string, DiagnosticValue>> items = [.. Defaults()];
        foreach (BlockEntry entry in block.Entries.Concat(voxelBlock.Entries))
        {
            var item = KeyValuePair.Create(entry.Key, entry.Value.ToValue());
            int place = items.FindIndex(known => known.Key == entry.Key);
            if (place < 0)
                items.Add(item);
            else
                items[place] = item;
        }
        return DiagnosticValue.Dictionary(items);
    }

    /// <summary>Checks each entry of a <c>voxelSetting</c> block.</summary>
    public IReadOnlyDictionary<string, DiagnosticValue> CheckVoxel(BlockNode block) => Check(block, "voxelSetting", SettingKey.Voxel, underImageType: false);

    /// <summary>Checks each entry; the answer holds those that are valid.</summary>
    public IReadOnlyDictionary<string, DiagnosticValue> Check(BlockNode block, string path, bool underImageType) =>
        Check(block, path, SettingKey.All, underImageType);

    private Dictionary<string, DiagnosticValue> Check(BlockNode block, string path, IReadOnlyDictionary<string, SettingKey> keys, bool underImageType)
    {
        var values = new Dictionary<string, DiagnosticValue>(StringComparer.Ordinal);
        foreach (BlockEntry entry in block.Entries)
        {
            string place = $"{path}.{entry.Key}";
            ParameterProblem? problem = Problem(entry, place, keys, underImageType);
            if (problem is null)
                values[entry.Key] = entry.Value.ToValue();
            else
                problems.Add(problem);
        }
        return values;
    }

    /// <summary>Settings from checked values.</summary>
    public static ExtractionSettings Build(IReadOnlyDictionary<string, DiagnosticValue> values)
    {
        var settings = new ExtractionSettings();
        foreach ((string key, DiagnosticValue value) in values)
        {
            settings = key switch
            {
                "label" => settings with { Label = (uint)Number(value)!.Value },
                "binWidth" => settings with { BinWidth = Number(value)!.Value },
                "normalize" => settings with { Normalize = Flag(value) },
                "normalizeScale" => settings with { NormalizeScale = Number(value)!.Value },
                "removeOutliers" => settings with { RemoveOutliers = Number(value) },
                "resampledPixelSpacing" => settings with { ResampledPixelSpacingMm = Spacing(value) },
                "padDistance" => settings with { PadDistance = (int)Number(value)!.Value },
                "correctMask" => settings with { CorrectMask = Flag(value) },
                "geometryTolerance" => settings with { GeometryTolerance = Number(value) },
                "minimumROIDimensions" => settings with { MinimumRoiDimensions = (int)Number(value)!.Value },
                "minimumROISize" => settings with { MinimumRoiSize = (int?)Number(value) },
                "additionalInfo" => settings with { AdditionalInfo = Flag(value) },
                "binCount" => settings with { BinCount = (int?)Number(value) },
                "label_channel" => settings with { LabelChannel = (int)Number(value)!.Value },
                "interpolator" => settings with { Interpolator = InterpolatorOf(value) },
                "preCrop" => settings with { PreCrop = Flag(value) },
                "resegmentRange" => settings with { ResegmentRange = Numbers(value) },
                "resegmentMode" => settings with { ResegmentMode = Named<ResegmentMode>(value)!.Value },
                "resegmentShape" => settings with { ResegmentShape = Flag(value) },
                "voxelArrayShift" => settings with { VoxelArrayShift = ((DiagnosticValue.IntegerValue)value).Value },
                "distances" => settings with { Distances = DistancesOf(value, settings.Distances) },
                "force2D" => settings with { Force2D = Flag(value) },
                "force2Ddimension" => settings with { Force2DDimension = (int)Number(value)!.Value },
                "symmetricalGLCM" => settings with { SymmetricalGlcm = Flag(value) },
                "weightingNorm" => settings with { WeightingNorm = Named<WeightingNorm>(value) },
                "gldm_a" => settings with { GldmA = (int)Number(value)!.Value },
                _ => settings,
            };
        }
        return settings;
    }

    /// <summary>Voxel settings from checked values.</summary>
    public static VoxelSettings BuildVoxel(IReadOnlyDictionary<string, DiagnosticValue> values)
    {
        VoxelSettings settings = VoxelSettings.Default;
        foreach ((string key, DiagnosticValue value) in values)
        {
            settings = key switch
            {
                "kernelRadius" => settings with { KernelRadius = (int)Number(value)!.Value },
                "maskedKernel" => settings with { MaskedKernel = Flag(value) },
                "initValue" => settings with { InitValue = Number(value)!.Value },
                _ => settings,
            };
        }
        return settings;
    }

    /// <summary>The scales of LoG, none where the key is absent.</summary>
    public static IReadOnlyList<LogSigma> Sigmas(IReadOnlyDictionary<string, DiagnosticValue> values) =>
        values.TryGetValue("sigma", out DiagnosticValue? value) && value is DiagnosticValue.ListValue list
            ? [.. list.Items.Select(sigma => new LogSigma(Number(sigma)!.Value, PythonText.Of(sigma)))]
            : [];

    private static ParameterProblem? Problem(
        BlockEntry entry, string path, IReadOnlyDictionary<string, SettingKey> keys, bool underImageType)
    {
        if (!keys.TryGetValue(entry.Key, out SettingKey? key))
        {
            string? nearest = NearestName.Of(entry.Key, keys.Keys);
            return new ParameterProblem(ParameterProblemKind.UnknownName, entry.Line, path, null, "Not a setting.",
                nearest is null ? "Delete the key, or see PyRadiomics' documentation for its settings." : $"Did you mean {nearest}?");
        }

        DiagnosticValue value = entry.Value.ToValue();
        string shown = entry.Value is ScalarNode scalar ? scalar.Source : PythonText.Of(value);
        bool none = value is DiagnosticValue.NoneValue;
        if (none ? !key.Nullable : !key.Rule.Accepts(value))
            return new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Value.Line, path, shown, $"Expected {key.Rule.Expected}.", CureFor(entry.Value, key));
        if (underImageType && !key.OverridableByImageType)
        {
            return new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Line, path, shown,
                "PyRadiomics reads this key only from the setting block; here it would do nothing.", "Move it to setting, or delete it.");
        }
        return null;
    }

    private static string CureFor(ParameterNode node, SettingKey key)
    {
        if (node is ScalarNode { Value: DiagnosticValue.TextValue } quoted && key.Rule.Accepts(PythonScalar.Resolve(quoted.Source, json: false)))
            return $"YAML reads this as a text: write {quoted.Source}.";
        if (node is ScalarNode { Value: DiagnosticValue.TextValue } text && PythonScalar.CureForNumber(text.Source) is { } number)
            return $"YAML reads this as a text: write {number}.";
        if (node is ScalarNode && key.Rule.Accepts(new DiagnosticValue.ListValue([node.ToValue()])))
            return $"Write [{((ScalarNode)node).Source}].";
        return "Correct the value.";
    }

    private static Interpolator? InterpolatorOf(DiagnosticValue value) => value switch
    {
        DiagnosticValue.TextValue text => Enum.Parse<Interpolator>(text.Value["sitk".Length..]),
        DiagnosticValue.IntegerValue number => (Interpolator)number.Value,
        _ => null,
    };

    /// <summary>The value that a name in PyRadiomics' lower-case spelling stands for.</summary>
    private static T? Named<T>(DiagnosticValue value) where T : struct, Enum => value is DiagnosticValue.TextValue text
        ? Enum.Parse<T>(text.Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
        : null;

    private static IReadOnlyList<double>? Numbers(DiagnosticValue value) =>
        value is DiagnosticValue.ListValue list ? [.. list.Items.Select(item => Number(item)!.Value)] : null;

    /// <summary>The list that stands for "direct neighbours" stays the default one, so that settings written out are equal to the default.</summary>
    private static IReadOnlyList<int> DistancesOf(DiagnosticValue value, IReadOnlyList<int> known)
    {
        int[] distances = [.. Numbers(value)!.Select(number => (int)number)];
        return distances.SequenceEqual(known) ? known : distances;
    }

    private static bool Flag(DiagnosticValue value) => ((DiagnosticValue.BooleanValue)value).Value;

    private static double? Number(DiagnosticValue value) => value switch
    {
        DiagnosticValue.IntegerValue whole => whole.Value,
        DiagnosticValue.FloatValue real => real.Value,
        _ => null,
    };

    private static Vector3D? Spacing(DiagnosticValue value) => value is DiagnosticValue.ListValue { Items: var s }
        ? new Vector3D(Number(s[0])!.Value, Number(s[1])!.Value, Number(s[2])!.Value)
        : null;
}
