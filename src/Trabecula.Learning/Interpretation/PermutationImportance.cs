using Trabecula.Learning.Evaluation;

namespace Trabecula.Learning.Interpretation;

/// <summary>
/// How much worse a fitted model predicts when the values of a column, or of a group of columns, are dealt out among the rows at random.
/// </summary>
/// <remarks>
/// Source: Breiman, Machine Learning 45 (2001) 5; Fisher, Rudin and Dominici, JMLR 20 (2019) 177.
/// Columns of a group are dealt out together, so that what they say of each other stays. Columns that say the same cover for each other: each alone
/// then looks unimportant, and their group does not. Meant for rows that the model was not fitted on.
/// </remarks>
public sealed record PermutationImportance
{
    /// <summary>How often the values are dealt out anew, at least 1; every group gets the same orders.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>Computes the importance of each group.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="rows">Rows with outcomes, prepared as the model sees them.</param>
    /// <param name="groups">The groups; one without columns has importance 0.</param>
    /// <param name="seed">The origin of the orders.</param>
    /// <param name="cancellationToken">Stops between predictions.</param>
    /// <exception cref="LearningException">The columns are not those of the fit.</exception>
    public IReadOnlyList<GroupImportance> Of(
        FittedClassifier model, FeatureTable rows, IReadOnlyList<ColumnGroup> groups, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var baseline = RiskQuality.Of(model, rows);
        return [.. groups.Select(group => Of(model, rows, group, baseline, seed, cancellationToken))];
    }

    internal GroupImportance Of(
        FittedClassifier model, FeatureTable rows, ColumnGroup group, RiskQuality baseline, Seed seed, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Repeats);
        double[] aurocDrops = new double[Repeats], brierRises = new double[Repeats];
        var order = new int[rows.RowCount];
        for (int repeat = 0; repeat < Repeats && group.Columns.Count > 0; repeat++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < order.Length; i++)
                order[i] = i;
            seed.Derive("permutation", repeat).Open().Shuffle(order.AsSpan());
            var quality = RiskQuality.Of(model, Dealt(rows, group, order));
            (aurocDrops[repeat], brierRises[repeat]) = (baseline.Auroc - quality.Auroc, quality.Brier - baseline.Brier);
        }
        return new GroupImportance(group.Name, aurocDrops, brierRises);
    }

    private static FeatureTable Dealt(FeatureTable rows, ColumnGroup group, int[] order)
    {
        double[] values = rows.Values.ToArray();
        for (int row = 0; row < order.Length; row++)
        {
            foreach (int column in group.Columns)
                values[row * rows.ColumnCount + column] = rows.Row(order[row])[column];
        }
        return rows.WithValues(values);
    }
}

/// <summary>What a model loses without a group of columns.</summary>
/// <param name="Name">The group.</param>
/// <param name="AurocDrops">By how much the AUROC of the risks fell each time; NaN where only one class occurs.</param>
/// <param name="BrierRises">By how much the Brier score rose each time.</param>
public sealed record GroupImportance(string Name, IReadOnlyList<double> AurocDrops, IReadOnlyList<double> BrierRises)
{
    /// <summary>The mean drop of the AUROC.</summary>
    public double AurocDrop => AurocDrops.Average();

    /// <summary>The mean rise of the Brier score.</summary>
    public double BrierRise => BrierRises.Average();

    /// <summary>The deviation of the AUROC's drops over the times, divisor n - 1; 0 for a single one. Of the dealing alone, not of the subjects.</summary>
    public double AurocDeviation => Deviation(AurocDrops);

    /// <summary>The same of the Brier score's rises.</summary>
    public double BrierDeviation => Deviation(BrierRises);

    private static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}

/// <summary>AUROC and Brier score of a model's risks.</summary>
/// <param name="Auroc">The area; NaN where only one class occurs.</param>
/// <param name="Brier">The score.</param>
internal readonly record struct RiskQuality(double Auroc, double Brier)
{
    internal static RiskQuality Of(FittedClassifier model, FeatureTable rows)
    {
        double[] risks = model.PredictRisk(rows);
        int events = rows.EventCount;
        return new RiskQuality(
            events == 0 || events == rows.RowCount ? double.NaN : Evaluation.Auroc.ValueOf(rows.Outcomes, risks), BrierScore.Of(rows.Outcomes, risks).Value);
    }
}
