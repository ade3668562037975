using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Maps;

/// <summary>Which features of a class have maps, and which work they need: a map of one feature need not pay for all of its class.</summary>
internal sealed record WantedFeatures
{
    // Features that cost much less than any other of their class, on their own.
    private static readonly string[] Cheap = ["RunEntropy", "ZoneEntropy", "DependenceEntropy", "Coarseness"];
    private static readonly string[] OfOrder = ["10Percentile", "90Percentile", "InterquartileRange", "Median", "RobustMeanAbsoluteDeviation"];
    private static readonly string[] OfDistributions =
        ["ClusterProminence", "ClusterShade", "DifferenceEntropy", "Id", "Idm", "Idmn", "Idn", "InverseVariance", "SumEntropy"];

    public WantedFeatures(FeatureClassSelection selection)
    {
        Class = selection.Class;
        Names = selection.Features ?? FeatureNames.Of(selection.Class);
        List<string> computed = [.. FeatureNames.Computed(selection.Class)];
        Computed = computed.Count;
        Places = [.. Names.Select(name => computed.IndexOf(name))];
        IsCheapAlone = Names.All(Cheap.Contains);
        NeedsOrder = Names.Any(OfOrder.Contains);
        Pairs = (Names.Contains("MCC") ? PairFeatures.MaximalCorrelation : 0)
            | (Names.Contains("Imc1") || Names.Contains("Imc2") ? PairFeatures.Information : 0)
            | (Names.Any(OfDistributions.Contains) ? PairFeatures.Distributions : 0);
    }

    /// <summary>The class.</summary>
    public FeatureClass Class { get; }

    /// <summary>The features, in the order of their maps.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many features are computed together.</summary>
    public int Computed { get; }

    /// <summary>The place of each feature among those that are computed together.</summary>
    public int[] Places { get; }

    /// <summary>Whether only the entropy of a texture matrix, or only NGTDM's coarseness, is wanted.</summary>
    public bool IsCheapAlone { get; }

    /// <summary>Whether voxels must be sorted.</summary>
    public bool NeedsOrder { get; }

    /// <summary>Which of GLCM's costly features are wanted.</summary>
    public PairFeatures Pairs { get; }

    /// <summary>Which steps have pairs in any kernel, where JointAverage is wanted, which averages over empty ones too; otherwise null.</summary>
    public bool[]? UsedSteps { get; init; }

    /// <summary>Whether <see cref="UsedSteps"/> are needed.</summary>
    public bool NeedsUsedSteps => Class == FeatureClass.Glcm && Names.Contains("JointAverage");
}
