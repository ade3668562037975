using System.Globalization;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Conformance;

/// <summary>A protocol of acquisition: a YAML file with a block <c>require</c> of criteria.</summary>
internal sealed class ProtocolFile
{
    private const string Begin = "Begin with the block require:, as docs/examples/protocol-paper.yaml does.";

    // A protocol has some twenty lines.
    private const long LargestBytes = 1 << 20;

    private static readonly Dictionary<string, Func<ProtocolFile, BlockEntry, ProtocolCriterion?>> Keys = new(StringComparer.Ordinal)
    {
        ["modality"] = (file, entry) => file.Words(entry, each => each.Series?.Modality ?? ""),
        ["voltageKv"] = (file, entry) => file.Bounds(entry, "kV", each => each.Series?.PeakKilovolts ?? []),
        ["sliceSpacingMm"] = (file, entry) => file.Bounds(entry, "mm", each => each.SpacingMm is { } mm ? [mm] : []),
        ["sliceThicknessMm"] = (file, entry) => file.Bounds(entry, "mm", each => each.Series?.SliceThicknessMm is { } mm ? [mm] : []),
        ["contiguous"] = (file, entry) => file.YesOrNo(entry) is { } wanted ? ProtocolCriterion.Contiguous(entry.Key, wanted) : null,
        ["matrix"] = (file, entry) => Numbers(entry) is [var columns, var rows] ? ProtocolCriterion.Matrix(entry.Key, columns, rows)
            : file.Refuse(entry, "Expected columns and rows, as in [512, 512]."),
        ["scanner"] = (file, entry) => file.Words(entry, each => each.Series is { } series ? $"{series.Manufacturer} {series.Model}".Trim() : ""),
        ["kernel"] = (file, entry) => file.Words(entry, each => each.Series?.Kernel ?? ""),
        ["tubeCurrentModulation"] = (file, entry) => file.YesOrNo(entry) is { } wanted ? ProtocolCriterion.Modulation(entry.Key, wanted) : null,
        ["tubeCurrentMa"] = (file, entry) => file.Bounds(entry, "mA", each => each.Series?.TubeCurrentsMilliampere ?? []),
        ["noiseIndex"] = (file, entry) => Numbers(entry) is [var wanted] ? ProtocolCriterion.NoiseIndex(entry.Key, wanted) : file.Refuse(entry, "Expected a number."),
        ["rotationSeconds"] = (file, entry) => file.Bounds(entry, "s", each => each.Series?.RevolutionSeconds ?? []),
        ["contrast"] = (file, entry) => file.YesOrNo(entry) is { } wanted ? ProtocolCriterion.Contrast(entry.Key, wanted) : null,
    };

    private readonly List<PlanProblem> _problems = [];

    private ProtocolFile() { }

    /// <summary>Reads the criteria; that the image is a regular volume comes first, asked for or not.</summary>
    /// <exception cref="PlanException">The file cannot be read, or has problems: all of them are reported together.</exception>
    public static IReadOnlyList<ProtocolCriterion> Read(string path)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length > LargestBytes)
                throw new PlanException(path, [new PlanProblem(0, "", null, "The file is too long to be a protocol.", Begin)]);
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, [new PlanProblem(0, "", null,
                exception is FileNotFoundException or DirectoryNotFoundException ? "The file does not exist." : "The file cannot be read.",
                "Give a protocol file with --protocol; docs/examples/protocol-paper.yaml is one.")]);
        }
    }

    /// <summary>Reads text.</summary>
    public static IReadOnlyList<ProtocolCriterion> Parse(string text, string name)
    {
        var file = new ProtocolFile();
        var criteria = new List<ProtocolCriterion> { ProtocolCriterion.RegularVolume };
        PlanNode? root = PlanTree.Read(text, file._problems);
        if (root is BlockNode block)
            file.ReadRoot(block, criteria);
        else if (file._problems.Count == 0)
            file._problems.Add(new PlanProblem(root?.Line ?? 0, "", null, root is null ? "The file is empty." : "The file is no block of keys and values.", Begin));
        return file._problems.Count == 0 ? criteria : throw new PlanException(name, file._problems);
    }

    private void ReadRoot(BlockNode root, List<ProtocolCriterion> criteria)
    {
        foreach (BlockEntry entry in root.Entries.Where(entry => entry.Key is not ("name" or "require")))
            _problems.Add(new PlanProblem(entry.Line, entry.Key, null, "This key is not known here.", "The keys are name and require."));
        if (root.Entries.FirstOrDefault(entry => entry.Key == "require")?.Value is not BlockNode { Entries.Count: > 0 } demands)
        {
            _problems.Add(new PlanProblem(root.Line, "require", null, "No criterion is given.", Begin));
            return;
        }
        foreach (BlockEntry entry in demands.Entries)
        {
            if (!Keys.TryGetValue(entry.Key, out Func<ProtocolFile, BlockEntry, ProtocolCriterion?>? make))
            {
                string? nearest = Spelling.Nearest(entry.Key, Keys.Keys);
                _problems.Add(new PlanProblem(entry.Line, $"require.{entry.Key}", null, "This criterion is not known.",
                    nearest is null ? $"The criteria are {string.Join(", ", Keys.Keys)}." : $"Did you mean {nearest}?"));
            }
            else if (make(this, entry) is { } criterion)
                criteria.Add(criterion);
        }
    }

    private ProtocolCriterion? Bounds(BlockEntry entry, string unit, Func<Acquisition, IReadOnlyList<double>> values) =>
        Numbers(entry) switch
        {
            [var only] => ProtocolCriterion.Within(entry.Key, only, only, unit, values),
            [var low, var high] when low <= high => ProtocolCriterion.Within(entry.Key, low, high, unit, values),
            _ => Refuse(entry, "Expected a number, or the least and the most, as in [120, 130]."),
        };

    private ProtocolCriterion? Words(BlockEntry entry, Func<Acquisition, string> text)
    {
        string[] words = [.. Scalars(entry).Select(scalar => scalar.Text.Trim()).Where(word => word.Length > 0)];
        return words.Length > 0 ? ProtocolCriterion.OneOf(entry.Key, words, text) : Refuse(entry, "Expected a word, or a list of words any of which will do.");
    }

    private bool? YesOrNo(BlockEntry entry)
    {
        if (entry.Value is ScalarNode scalar && bool.TryParse(scalar.Text, out bool value))
            return value;
        Refuse(entry, "Expected true or false.");
        return null;
    }

    private static IEnumerable<ScalarNode> Scalars(BlockEntry entry) =>
        entry.Value is ListNode list && list.Items.All(item => item is ScalarNode) ? list.Items.Cast<ScalarNode>() : entry.Value is ScalarNode scalar ? [scalar] : [];

    private static double[] Numbers(BlockEntry entry)
    {
        ScalarNode[] scalars = [.. Scalars(entry)];
        double[] numbers = [.. scalars.Select(scalar =>
            double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number > 0 ? number : double.NaN)];
        return Array.Exists(numbers, double.IsNaN) ? [] : numbers;
    }

    private ProtocolCriterion? Refuse(BlockEntry entry, string expected)
    {
        _problems.Add(new PlanProblem(entry.Line, $"require.{entry.Key}", entry.Value.Shown, expected, "Correct it, or delete the line."));
        return null;
    }
}
