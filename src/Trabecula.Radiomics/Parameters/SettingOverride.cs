using System.Globalization;

namespace Trabecula.Radiomics.Parameters;

/// <summary>A setting given on the command line, as <c>binWidth:10</c>, in place of the parameter file's.</summary>
/// <param name="Key">PyRadiomics' key.</param>
/// <param name="Value">The value with its Python type.</param>
public sealed record SettingOverride(string Key, DiagnosticValue Value)
{
    private static readonly string[] Whole =
    [
        "minimumROIDimensions", "minimumROISize", "label", "label_channel", "binCount", "padDistance", "force2Ddimension", "start_level", "level",
        "lbp2DSamples", "lbp3DLevels", "lbp3DIcosphereSubdivision", "voxelArrayShift", "gldm_a", "distances",
    ];

    private static readonly string[] Real =
    [
        "geometryTolerance", "binWidth", "normalizeScale", "removeOutliers", "lbp2DRadius", "lbp3DIcosphereRadius", "resampledPixelSpacing",
        "resegmentRange", "sigma",
    ];

    private static readonly string[] Flags =
        ["correctMask", "additionalInfo", "normalize", "force2D", "resegmentShape", "preCrop", "gradientUseSpacing", "symmetricalGLCM"];

    private static readonly string[] Lists = ["resampledPixelSpacing", "resegmentRange", "sigma", "distances"];

    /// <summary>Reads an override by the types of PyRadiomics' schema; lists have commas between their values.</summary>
    /// <param name="text"><c>key:value</c>.</param>
    /// <param name="problem">Why there is none, in PyRadiomics' words as far as it has any.</param>
    public static SettingOverride? Parse(string text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        string[] parts = text.Split(':', 2);
        if (parts.Length < 2)
            problem = $"Incorrect format for override setting \"{text}\", missing \":\"";
        else if (!SettingKey.All.ContainsKey(parts[0]))
            problem = $"Did not recognize override \"{parts[0]}\", skipping...";
        if (problem is not null)
            return null;
        (string key, string value) = (parts[0], parts[1]);
        DiagnosticValue?[] items = [.. (Lists.Contains(key) ? value.Split(',') : [value]).Select(item => Read(key, item.Trim()))];
        if (items.Contains(null))
        {
            problem = $"Could not parse value \"{value}\" for setting \"{key}\", skipping...";
            return null;
        }
        return new SettingOverride(key, Lists.Contains(key) ? new DiagnosticValue.ListValue(items!) : items[0]!);
    }

    /// <summary>A block with the overrides in place of its entries, or after them.</summary>
    internal static BlockNode Apply(BlockNode block, IReadOnlyList<SettingOverride> overrides)
    {
        List<BlockEntry> entries = [.. block.Entries];
        foreach (SettingOverride item in overrides)
        {
            var entry = new BlockEntry(item.Key, 0, Node(item.Value));
            int place = entries.FindIndex(known => known.Key == item.Key);
            if (place < 0)
                entries.Add(entry);
            else
                entries[place] = entry;
        }
        return new BlockNode(block.Line, entries);
    }

    private static ParameterNode Node(DiagnosticValue value) => value is DiagnosticValue.ListValue list
        ? new ListNode(0, [.. list.Items.Select(Node)])
        : new ScalarNode(0, value, PythonText.Of(value));

    private static DiagnosticValue? Read(string key, string value)
    {
        if (Whole.Contains(key))
            return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? DiagnosticValue.Integer(whole) : null;
        if (Real.Contains(key))
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? DiagnosticValue.Float(real) : null;
        if (Flags.Contains(key))
            return DiagnosticValue.Boolean(value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
        // PyRadiomics cannot override an interpolator; by name or number it can be here.
        return key == "interpolator" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? DiagnosticValue.Integer(number)
            : DiagnosticValue.Text(value);
    }
}
