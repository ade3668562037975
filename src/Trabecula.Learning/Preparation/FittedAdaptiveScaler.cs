using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Preparation;

/// <summary>The rule, centre and scale of each column, with the limits that they were chosen by.</summary>
public sealed class FittedAdaptiveScaler : FittedTransformer
{
    private readonly ColumnScaling[] _scalings;

    internal FittedAdaptiveScaler(SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, AdaptiveScaler options, ColumnScaling[] scalings)
        : base(origin, columns, columns)
    {
        (_scalings, Options) = (scalings, options);
        Scalings = Array.AsReadOnly(scalings);
    }

    /// <inheritdoc/>
    public override string Name => AdaptiveScaler.FieldName;

    /// <summary>The definitions and limits that it was fitted with.</summary>
    public AdaptiveScaler Options { get; }

    /// <summary>For each column what is done and why.</summary>
    public IReadOnlyList<ColumnScaling> Scalings { get; }

    internal static FittedAdaptiveScaler Read(JsonObject state)
    {
        double[] centres = StateJson.Numbers(state, "centres"), scales = StateJson.Numbers(state, "scales");
        double[] skewness = StateJson.Numbers(state, "skewness"), kurtosis = StateJson.Numbers(state, "kurtosis");
        double[] outliers = StateJson.Numbers(state, "outlierShares");
        int[] causes = StateJson.Integers(state, "causes");
        ColumnScaling[] scalings =
        [
            .. StateJson.Texts(state, "rules").Select((rule, i) => new ColumnScaling(
                Enum.Parse<ScalingRule>(rule), (ScalingCauses)causes[i], centres[i], scales[i], skewness[i], kurtosis[i], outliers[i])),
        ];
        var options = new AdaptiveScaler
        {
            Scope = Enum.Parse<ColumnScope>(state["scope"]!.GetValue<string>()),
            MaxSkewness = state["maxSkewness"]!.GetValue<double>(),
            MaxKurtosis = state["maxKurtosis"]!.GetValue<double>(),
            Kurtosis = Enum.Parse<KurtosisForm>(state["kurtosisForm"]!.GetValue<string>()),
            UnbiasedMoments = state["unbiasedMoments"]!.GetValue<bool>(),
            MaxOutlierShare = state["maxOutlierShare"]!.GetValue<double>(),
            OutlierFence = state["outlierFence"]!.GetValue<double>(),
            Divisor = Enum.Parse<MomentDivisor>(state["divisor"]!.GetValue<string>()),
        };
        return new FittedAdaptiveScaler(null, StateJson.Columns(state, "columns"), options, scalings);
    }

    private protected override double[] Compute(double[] values, int rows)
    {
        var scaled = new double[values.Length];
        double[] centres = Array.ConvertAll(_scalings, s => s.Centre), scales = Array.ConvertAll(_scalings, s => s.Scale);
        for (int row = 0, i = 0; row < rows; row++)
        {
            for (int column = 0; column < centres.Length; column++, i++)
                scaled[i] = (values[i] - centres[column]) / scales[column];
        }
        return scaled;
    }

    private protected override JsonObject State() => new()
    {
        ["scope"] = Options.Scope.ToString(),
        ["maxSkewness"] = Options.MaxSkewness,
        ["maxKurtosis"] = Options.MaxKurtosis,
        ["kurtosisForm"] = Options.Kurtosis.ToString(),
        ["unbiasedMoments"] = Options.UnbiasedMoments,
        ["maxOutlierShare"] = Options.MaxOutlierShare,
        ["outlierFence"] = Options.OutlierFence,
        ["divisor"] = Options.Divisor.ToString(),
        ["columns"] = StateJson.Columns(Input),
        ["rules"] = StateJson.Texts(_scalings.Select(s => s.Rule.ToString())),
        ["causes"] = StateJson.Integers(_scalings.Select(s => (int)s.Causes)),
        ["centres"] = StateJson.Numbers(_scalings.Select(s => s.Centre)),
        ["scales"] = StateJson.Numbers(_scalings.Select(s => s.Scale)),
        ["skewness"] = StateJson.Numbers(_scalings.Select(s => s.Skewness)),
        ["kurtosis"] = StateJson.Numbers(_scalings.Select(s => s.Kurtosis)),
        ["outlierShares"] = StateJson.Numbers(_scalings.Select(s => s.OutlierShare)),
    };
}
