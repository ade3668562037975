namespace Trabecula.Radiomics.Parameters;

/// <summary>Checks a parameter file's tree against PyRadiomics' schema and makes parameters of it; collects all problems.</summary>
internal sealed class ParameterReader(List<ParameterProblem> problems)
{
    private static readonly string[] Sections = ["setting", "imageType", "featureClass", "voxelSetting"];
    private static readonly BlockNode Empty = new(1, []);

    private readonly SettingsReader _settings = new(problems);

    /// <summary>Makes parameters; they are usable only where no problem was added.</summary>
    public ExtractionParameters Read(BlockNode root, IReadOnlyList<SettingOverride> overrides)
    {
        BlockNode settingBlock = Empty, imageTypeBlock = Empty, featureClassBlock = Empty, voxelBlock = Empty;
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
                    voxelBlock = Block(section, section.Key);
                    break;
                default:
                    AddUnknown(section, section.Key, "a section of a parameter file", Sections);
                    break;
            }
        }

        settingBlock = SettingOverride.Apply(settingBlock, overrides);
        IReadOnlyDictionary<string, DiagnosticValue> general = _settings.Check(settingBlock, "setting", underImageType: false);
        VoxelSettings voxel = SettingsReader.BuildVoxel(_settings.CheckVoxel(voxelBlock));
        var parameters = new ExtractionParameters
        {
            Settings = SettingsReader.Build(general) with { Voxel = voxel },
            ImageTypes = ReadImageTypes(imageTypeBlock, general, voxel),
            FeatureClasses = ReadFeatureClasses(featureClassBlock, SettingsReader.Build(general).Force2D),
            SettingsDiagnostic = SettingsReader.Diagnostic(settingBlock, voxelBlock),
            ImageTypesDiagnostic = imageTypeBlock.Entries.Count == 0
                ? DiagnosticValue.Dictionary([KeyValuePair.Create("Original", DiagnosticValue.Dictionary([]))])
                : imageTypeBlock.ToValue(),
        };
        return parameters with { Notices = Contradictions.Of(settingBlock.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal), parameters) };
    }

    private List<ImageTypeSelection> ReadImageTypes(BlockNode block, IReadOnlyDictionary<string, DiagnosticValue> general, VoxelSettings voxel)
    {
        if (block.Entries.Count == 0)
            return [ImageTypeReader.Read("Original", general, voxel)];
        var selections = new List<ImageTypeSelection>();
        foreach (BlockEntry entry in block.Entries)
        {
            string path = $"imageType.{entry.Key}";
            if (!ImageTypeReader.Names.Contains(entry.Key))
            {
                AddUnknown(entry, path, "an image type", ImageTypeReader.Names);
                continue;
            }

            var values = new Dictionary<string, DiagnosticValue>(general, StringComparer.Ordinal);
            foreach ((string key, DiagnosticValue value) in _settings.Check(Block(entry, path), path, underImageType: true))
                values[key] = value;
            ImageTypeSelection selection = ImageTypeReader.Read(entry.Key, values, voxel);
            RequireSigma(entry, path, selection);
            selections.Add(selection);
        }
        return selections;
    }

    private void RequireSigma(BlockEntry entry, string path, ImageTypeSelection selection)
    {
        bool faulty = entry.Value is not BlockNode block || block.Entries.Any(e => e.Key == "sigma" && e.Value is not ListNode { Items.Count: 0 });
        if (selection is LogImageType { Sigmas.Count: 0 } && !faulty)
        {
            problems.Add(new ParameterProblem(ParameterProblemKind.InvalidValue, entry.Line, path, null,
                "LoG without sigma computes nothing.", "Give the scales in millimetres, as in sigma: [1.0, 3.0, 5.0]."));
        }
    }

    private List<FeatureClassSelection> ReadFeatureClasses(BlockNode block, bool force2D)
    {
        var selections = new List<FeatureClassSelection>();
        foreach (BlockEntry entry in block.Entries)
        {
            string path = $"featureClass.{entry.Key}";
            if (FeatureNames.ClassOf(entry.Key) is { } featureClass)
                Select(selections, new FeatureClassSelection(featureClass, ReadFeatures(entry, path, featureClass)));
            else
                AddUnknown(entry, path, "a feature class", FeatureNames.Classes);
        }
        if (block.Entries.Count == 0)
        {
            // Without force2D, shape2D would only give a warning.
            foreach (string name in FeatureNames.Classes.Where(name => force2D || FeatureNames.ClassOf(name) != FeatureClass.Shape2D))
                Select(selections, new FeatureClassSelection(FeatureNames.ClassOf(name)!.Value, null));
        }
        return selections;
    }

    // PyRadiomics computes shape, then shape2D, before it makes any image, whatever the order in the file.
    private static void Select(List<FeatureClassSelection> selections, FeatureClassSelection selection)
    {
        int place = selection.Class switch
        {
            FeatureClass.Shape => 0,
            FeatureClass.Shape2D => selections.Count(known => known.Class == FeatureClass.Shape),
            _ => selections.Count,
        };
        selections.Insert(place, selection);
    }

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
            // Of the deprecated ones some have a column; the others PyRadiomics accepts and leaves out.
            if (known.Contains(name) || FeatureNames.Computed(featureClass).Contains(name))
            {
                if (!wanted.Contains(name))
                    wanted.Add(name);
            }
            else if (!deprecated.Contains(name))
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

    private static string Shown(ParameterNode node) => node is ScalarNode scalar ? scalar.Source : PythonText.Of(node.ToValue());
}
