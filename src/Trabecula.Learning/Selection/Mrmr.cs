using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>How mRMR weighs what a column tells about the outcome against what it shares with the columns chosen before.</summary>
public enum MrmrScheme
{
    /// <summary>Mutual information with the outcome, less the mean mutual information with the chosen columns.</summary>
    Mid,

    /// <summary>Mutual information with the outcome, divided by the mean mutual information with the chosen columns.</summary>
    Miq,

    /// <summary>F of the analysis of variance, divided by the mean |r| with the chosen columns.</summary>
    Fcq,

    /// <summary>Impurity importance in a random forest, divided by the mean |r| with the chosen columns.</summary>
    Rfcq,
}

/// <summary>
/// Minimum redundancy, maximum relevance: takes columns one by one, each time the one that scores best by its relevance to the
/// outcome and its redundancy with those taken before.
/// </summary>
/// <remarks>
/// Sources: Ding and Peng, J. Bioinform. Comput. Biol. 3 (2005) 185 (MID, MIQ); Zhao, Anand and Wang, arXiv:1908.05376 (FCQ, RFCQ), as
/// <c>mrmr_classif</c> of the Python package mrmr-selection computes it. That package also replaces a mean |r| of exactly 1 by
/// infinity, where rounding decides; the rule as written has no such case, and neither has this.
/// The first column is the most relevant. Of equal scores the first in the table wins; see <see cref="TieTolerance"/>. Columns without
/// relevance (constant ones among them) are never taken, so that fewer than <see cref="Features"/> may result.
/// MID and MIQ see three states: below mean - <see cref="StateWidth"/> sd, above mean + the same, or between.
/// RFCQ's forest takes the step's seed: with another seed other columns may win.
/// Cost: rows x columns x features; sums of redundancies are carried on.
/// </remarks>
public sealed record Mrmr : Transformer
{
    internal const string FieldName = "mRMR";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Relevance, redundancy and how they are weighed.</summary>
    public MrmrScheme Scheme { get; init; } = MrmrScheme.Fcq;

    /// <summary>How many columns are taken, at least 1.</summary>
    public int Features { get; init; } = 20;

    /// <summary>FCQ and RFCQ: the least |r| that enters the mean.</summary>
    public double CorrelationFloor { get; init; } = 0.001;

    /// <summary>RFCQ: number of trees, at least 1.</summary>
    public int ForestTrees { get; init; } = 100;

    /// <summary>RFCQ: depth of the trees, at least 1.</summary>
    public int ForestDepth { get; init; } = 5;

    /// <summary>MID and MIQ: half the width of the middle state in standard deviations.</summary>
    public double StateWidth { get; init; } = 1;

    /// <summary>MID and MIQ: the divisor of the standard deviation of the states.</summary>
    public MomentDivisor StateDivisor { get; init; } = MomentDivisor.NMinusOne;

    /// <summary>MIQ: the least mean redundancy, in nats, that relevance is divided by.</summary>
    public double QuotientFloor { get; init; } = 0.001;

    /// <summary>MIQ: what is added to the floored mean redundancy, in nats.</summary>
    public double QuotientOffset { get; init; }

    /// <summary>
    /// Scores that fall short of the best by at most this, relative to the larger of it and 1, count as equal. Tables hold columns that
    /// are copies of others but for a factor, as TotalEnergy of Energy: at 0 the last digits of the data choose between them, as in
    /// other programs; at 1e-12 it is always the first.
    /// </summary>
    public double TieTolerance { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Features < 1)
            problems.Add($"Features is {Features}, expected at least 1.");
        if (!(CorrelationFloor > 0 && CorrelationFloor < 1))
            problems.Add(FormattableString.Invariant($"CorrelationFloor is {CorrelationFloor}, expected a number between 0 and 1."));
        if (ForestTrees < 1 || ForestDepth < 1)
            problems.Add($"ForestTrees is {ForestTrees} and ForestDepth {ForestDepth}, expected at least 1 each.");
        if (!(TieTolerance >= 0 && TieTolerance < 1))
            problems.Add(FormattableString.Invariant($"TieTolerance is {TieTolerance}, expected at least 0 and below 1."));
        if (!(StateWidth > 0) || !double.IsFinite(StateWidth))
            problems.Add(FormattableString.Invariant($"StateWidth is {StateWidth}, expected a positive number of standard deviations."));
        if (!(QuotientFloor >= 0 && QuotientOffset >= 0 && QuotientFloor + QuotientOffset > 0) || !double.IsFinite(QuotientFloor + QuotientOffset))
            problems.Add(FormattableString.Invariant(
                $"QuotientFloor is {QuotientFloor} and QuotientOffset {QuotientOffset}, expected two numbers of at least 0, one of them positive."));
        return problems;
    }

    /// <inheritdoc/>
    protected override FittedMrmr FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireBothClasses(Name);
        int[] scope = table.ColumnsOf(Scope);
        ScopedColumns.RequireNumeric(table, scope, Name);
        ScopedColumns.RequireComplete(table, scope, Name);

        (double[] relevance, Redundancy redundancy) = Measure(training, scope, seed, cancellationToken);
        MrmrChoice[] ranking = GreedyRanking.Of(relevance, redundancy, Features, Score, TieTolerance, cancellationToken);
        return new FittedMrmr(
            training.Origin, table, scope, this, [.. ranking.Select(choice => choice with { Column = scope[choice.Column] })]);
    }

    private (double[] Relevance, Redundancy Redundancy) Measure(TrainingSet training, int[] scope, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        if (Scheme is MrmrScheme.Mid or MrmrScheme.Miq)
        {
            ThreeStates states = ThreeStates.Of(ColumnMajor.Of(table, scope), scope.Length, StateWidth, StateDivisor);
            return (states.InformationOn([.. table.Outcomes]), new InformationRedundancy(states));
        }
        ColumnMajor units = UnitColumns.Of(ColumnMajor.Of(table, scope, lanes: UnitColumns.Lanes), scope.Length);
        double[] relevance = Scheme == MrmrScheme.Fcq
            ? TwoGroupF.Of(units, scope.Length, table.Outcomes)
            : ForestImportances(training, scope, seed, cancellationToken);
        return (relevance, new CorrelationRedundancy(units, CorrelationFloor));
    }

    private double[] ForestImportances(TrainingSet training, int[] scope, Seed seed, CancellationToken cancellationToken)
    {
        if (scope.Length == 0)
            return [];
        var forest = new RandomForest { NEstimators = ForestTrees, MaxDepth = ForestDepth };
        return [.. ((FittedForest)forest.Fit(ScopedColumns.Take(training, scope), seed, cancellationToken)).FeatureImportances];
    }

    private double Score(double relevance, double redundancy) => Scheme switch
    {
        MrmrScheme.Mid => relevance - redundancy,
        MrmrScheme.Miq => relevance / (Math.Max(redundancy, QuotientFloor) + QuotientOffset),
        _ => relevance / redundancy,
    };
}
