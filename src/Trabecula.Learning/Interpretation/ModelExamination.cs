using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Interpretation;

/// <summary>
/// What is asked of a fitted model in the one look at held-out rows, beside its predictions: fixed before the look, so that nothing seen there can
/// change it.
/// </summary>
/// <param name="Pipeline">The fitted pipeline.</param>
/// <param name="Training">The training rows, prepared as the model sees them and not resampled.</param>
public sealed record ModelExamination(FittedPipeline Pipeline, FeatureTable Training)
{
    /// <summary>The groups of columns whose importance is asked for; Shapley values are given for each.</summary>
    public IReadOnlyList<ColumnGroup> Groups { get; init; } = [];

    /// <summary>Larger groups, as families, whose importance is asked for alone.</summary>
    public IReadOnlyList<ColumnGroup> Families { get; init; } = [];

    /// <summary>How importance is computed.</summary>
    public PermutationImportance Permutation { get; init; } = new();

    /// <summary>Columns whose values are replaced by their mean over the training rows: the risks are asked for.</summary>
    public IReadOnlyList<IReadOnlyCollection<int>> Masks { get; init; } = [];

    /// <summary>Whether Shapley values are asked for.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>The origin of random orders.</summary>
    public Seed Seed { get; init; }

    /// <summary>Pieces of work, each of which can be done beside the others.</summary>
    internal IReadOnlyList<Action> Pieces(FeatureTable heldOut, ExaminedModel into, CancellationToken cancellationToken)
    {
        FeatureTable rows = Pipeline.Prepare(heldOut);
        var baseline = new Lazy<RiskQuality>(() => RiskQuality.Of(Pipeline.Model, rows));
        into.SetLevels(rows, Groups);
        return
        [
            // The longest first.
            .. Explain ? [() => into.Shap = Shap.Of(Pipeline.Model, rows, Training, cancellationToken)?.Of(Groups)] : (Action[])[],
            .. Groups.Concat(Families).Select((group, i) => (Action)(() => into.Set(i, Permutation.Of(Pipeline.Model, rows, group, baseline.Value, Seed, cancellationToken)))),
            .. Masks.Select((mask, i) => (Action)(() => into.SetMasked(i, Pipeline.Model.PredictRisk(Masked(rows, mask))))),
        ];
    }

    private FeatureTable Masked(FeatureTable rows, IReadOnlyCollection<int> columns)
    {
        double[] values = rows.Values.ToArray();
        foreach (int column in columns)
        {
            double mean = Training.Column(column).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
            for (int row = 0; row < rows.RowCount; row++)
                values[row * rows.ColumnCount + column] = mean;
        }
        return rows.WithValues(values);
    }
}

/// <summary>What the one look at held-out rows gave of a model, beside its predictions.</summary>
public sealed class ExaminedModel
{
    private readonly GroupImportance[] _importances;
    private readonly double[][] _masked;
    private readonly int _groups;

    internal ExaminedModel(ModelExamination asked)
    {
        _groups = asked.Groups.Count;
        _importances = new GroupImportance[_groups + asked.Families.Count];
        _masked = new double[asked.Masks.Count][];
    }

    /// <summary>The importance of each group.</summary>
    public IReadOnlyList<GroupImportance> Importances => Array.AsReadOnly(_importances[.._groups]);

    /// <summary>The importance of each larger group.</summary>
    public IReadOnlyList<GroupImportance> Families => Array.AsReadOnly(_importances[_groups..]);

    /// <summary>For each mask the risks of the rows.</summary>
    public IReadOnlyList<IReadOnlyList<double>> MaskedRisks => Array.AsReadOnly(_masked);

    /// <summary>The Shapley values of each row and group; null where they were not asked for or the model has none.</summary>
    public ShapValues? Shap { get; internal set; }

    /// <summary>
    /// For each group where each row's value stands among the rows, from 0 for the lowest to 1 for the highest, ties between; empty for a group of
    /// several columns, which has no order, and for one with missing values.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> Levels { get; private set; } = [];

    internal void Set(int group, GroupImportance importance) => _importances[group] = importance;

    internal void SetMasked(int mask, double[] risks) => _masked[mask] = risks;

    internal void SetLevels(FeatureTable rows, IReadOnlyList<ColumnGroup> groups) => Levels =
    [
        .. groups.Select(group => group.Columns.Count == 1 ? LevelsOf(rows.Column(group.Columns[0])) : []),
    ];

    private static double[] LevelsOf(double[] values)
    {
        if (values.Length == 0 || values.Any(double.IsNaN))
            return [];
        double[] ranks = Midranks.Of(values);
        double low = ranks.Min(), high = ranks.Max();
        return Array.ConvertAll(ranks, rank => high > low ? (rank - low) / (high - low) : 0.5);
    }
}
