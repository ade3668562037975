namespace Trabecula.Radiomics.Parameters;

/// <summary>Checks a parameter file's tree against PyRadiomics' schema and makes parameters of it; collects all problems.</summary>
internal sealed class ParameterReader(List<ParameterProblem> problems)
{
    private static readonly string[] Sections = ["setting", "imageType", "featureClass", "voxelSetting"];
    private static readonly string[] ComputedImageTypes = ["Original", "LoG", "Wavelet", "Gradient"];
    private static readonly string[] OtherImageTypes = ["Square", "SquareRoot", "Logarithm", "Exponential", "LBP2D", "LBP3D"];
    private static readonly BlockNode Empty = new(1, []);

    private readonly SettingsReader _settings = new(problems);

    /// <summary>Makes parameters; they are usable only where no problem was added.</summary>
    public ExtractionParameters Read(BlockNode root)
    {
        BlockNode settingBlock = Empty, imageTypeBlock = Empty, featureClassBlock = Empty;
        foreach (BlockEntry section in root.Entries)
        {
            switch (section.Key)
            {
                case "setting":
                    settingBlock = Block(section, section.Key);
                    break;
                case "imageType":
                    imageTypeBlock = Block(section, section.Key);
                    break;
                case "featureClass":
                    featureClassBlock = Block(section, section.Key);
                    break;
                case "voxelSetting":
                    if (section.Value is not BlockNode { Entries.Count: 0 })
                        AddUnsupported(section, "voxelSetting", "Feature maps of single voxels", "Delete the block.");
                    break;
                default:
                    AddUnknown(section, section.Key, "a section of a parameter file", Sections);
                    break;
            }
        }

        IReadOnlyDictionary<string, DiagnosticValue> general = _settings.Check(settingBlock, "setting", underImageType: false);
        return new ExtractionParameters
        {
            Settings = SettingsReader.Build(general),
            ImageTypes = ReadImageTypes(imageTypeBlock, general),
            FeatureClasses = ReadFeatureClasses(featureClassBlock),
            SettingsDiagnostic = SettingsReader.Diagnostic(settingBlock),
            ImageTypesDiagnostic = imageTypeBlock.Entries.Count == 0
                ? DiagnosticValue.Dictionary([KeyValuePair.Create("Original", DiagnosticValue.Dictionary([]))])
                : imageTypeBlock.ToValue(),
        };
    }

    private List<ImageTypeSelection> ReadImageTypes(BlockNode block, IReadOnlyDictionary<string, DiagnosticValue> general)
    {
        if (block.Entries.Count == 0)
            return [new OriginalImageType(SettingsReader.Build(general))];
        var selections = new List<ImageTypeSelection>();
        foreach (BlockEntry entry in block.Entries)
        {
            string path = $"imageType.{entry.Key}";
            if (OtherImageTypes.Contains(entry.Key))
            {
                AddUnsupported(entry, path, "This image type", $"Use {string.Join(", ", ComputedImageTypes)}.");
                continue;
            }
            if (!ComputedImageTypes.Contains(entry.Key))
            {
                AddUnknown(entry, path, "an image type", [.. ComputedImageTypes, .. OtherImageTypes]);
                continue;
            }

            var values = new Dictionary<string, DiagnosticValue>(general, StringComparer.Ordinal);
            foreach ((string key, DiagnosticValue value) in _settings.Check(Block(entry, path), path, underImageType: true))
                values[key] = value;
            selections.Add(ReadImageType(entry, path, values));
        }
        return selections;
    }

    private ImageTypeSelection ReadImageType(BlockEntry entry, string path, Dictionary<string, DiagnosticValue> values)
    {
        ExtractionSettings settings = SettingsReader.Build(values);
        switch (entry.Key)
        {
            case "LoG":
                IReadOnlyList<LogSigma> sigmas = SettingsReader.Sigmas(values);
                bool faulty = entry.Value is not BlockNode block || block.Entries.Any(e => e.Key == "sigma" && e.Value is not ListNode { Items.Count: 0 });
                if (sigmas.Count == 0 && !faulty)
                {
                    problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Line, path, null,
                        "LoG without sigma computes nothing.", "Give the scales in millimetres, as in sigma: [1.0, 3.0, 5.0]."));
                }
                // As in PyRadiomics, where results are kept by name, a sigma given twice counts once.
                return new LogImageType(settings, [.. sigmas.DistinctBy(sigma => sigma.ImageName)]);
            case "Wavelet":
                return new WaveletImageType(settings);
            case "Gradient":
                return new GradientImageType(settings);
            default:
                return new OriginalImageType(settings);
        }
    }

    private List<FeatureClassSelection> ReadFeatureClasses(BlockNode block)
    {
        var selections = new List<FeatureClassSelection>();
        foreach (BlockEntry entry in block.Entries)
        {
            string path = $"featureClass.{entry.Key}";
            if (entry.Key == FeatureNames.PlanarShape)
                AddUnsupported(entry, path, "This feature class", $"Use {string.Join(", ", FeatureNames.Classes)}.");
            else if (FeatureNames.ClassOf(entry.Key) is { } featureClass)
                Select(selections, new FeatureClassSelection(featureClass, ReadFeatures(entry, path, featureClass)));
            else
                AddUnknown(entry, path, "a feature class", [.. FeatureNames.Classes, FeatureNames.PlanarShape]);
        }
        if (block.Entries.Count == 0)
        {
            foreach (string name in FeatureNames.Classes)
                Select(selections, new FeatureClassSelection(FeatureNames.ClassOf(name)!.Value, null));
        }
        return selections;
    }

    // PyRadiomics computes shape before it makes any image, whatever the order in the file.
    private static void Select(List<FeatureClassSelection> selections, FeatureClassSelection selection) =>
        selections.Insert(selection.Class == FeatureClass.Shape ? 0 : selections.Count, selection);

    private List<string>? ReadFeatures(BlockEntry entry, string path, FeatureClass featureClass)
    {
        if (entry.Value is ScalarNode { Value: DiagnosticValue.NoneValue } or ListNode { Items.Count: 0 })
            return null;
        if (entry.Value is not ListNode list)
        {
            problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Value.Line, path, Shown(entry.Value),
                "Expected a list of features.", "Write [] for all features, or a list as in [Mean, Entropy]."));
            return null;
        }

        var wanted = new List<string>();
        IReadOnlyList<string> known = FeatureNames.Of(featureClass), deprecated = FeatureNames.DeprecatedOf(featureClass);
        for (int i = 0; i < list.Items.Count; i++)
        {
            string name = list.Items[i] is ScalarNode scalar ? scalar.Source : Shown(list.Items[i]);
            var feature = new BlockEntry(name, list.Items[i].Line, list.Items[i]);
            if (known.Contains(name))
            {
                if (!wanted.Contains(name))
                    wanted.Add(name);
            }
            else if (deprecated.Contains(name))
                AddUnsupported(feature, $"{path}.{name}", "This deprecated feature", "Delete the name.");
            else
                AddUnknown(feature, $"{path}.{name}", $"a feature of {entry.Key}", [.. known, .. deprecated]);
        }
        return wanted;
    }

    private BlockNode Block(BlockEntry entry, string path)
    {
        if (entry.Value is BlockNode block)
            return block;
        problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Line, path, Shown(entry.Value),
            "Expected a block of keys and values.", $"Write {entry.Key}: {{}} where there is nothing to set."));
        return Empty;
    }

    private void AddUnknown(BlockEntry entry, string path, string kind, IReadOnlyList<string> known)
    {
        string? nearest = NearestName.Of(entry.Key, known);
        problems.Add(new ParameterProblem(ParameterProblemKind.UnknownName, entry.Line, path, null, $"Not {kind}.",
            nearest is null ? $"Known: {string.Join(", ", known)}." : $"Did you mean {nearest}?"));
    }

    private void AddUnsupported(BlockEntry entry, string path, string subject, string cure) =>
        problems.Add(new ParameterProblem(ParameterProblemKind.Unsupported, entry.Line, path, null,
            $"{subject} is valid in PyRadiomics, but not yet supported by this version of Trabecula.", cure));

    private static string Shown(ParameterNode node) => node is ScalarNode scalar ? scalar.Source : PythonText.Of(node.ToValue());
}
