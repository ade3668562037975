using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Trabecula.XGBoost.Native;

namespace Trabecula.XGBoost;

/// <summary>Gradient boosted trees by XGBoost's own library, with the names of its scikit-learn interface.</summary>
/// <remarks>
/// Definition: logistic loss (<c>binary:logistic</c>), one tree a round. The score is the log odds, the risk its logistic function.
/// Missing values are accepted; each split learns the side that they go to.
/// Precision: 32-bit floats inside the library. Versions of the library differ in details of histograms, so a result can depend on
/// the version; it does not depend on the number of threads, as the library is always given one.
/// Determinism: the rounds of a shorter run are the first of a longer one, so that runs of different <see cref="NEstimators"/> share
/// their work, to the last bit.
/// Source: Chen and Guestrin, XGBoost: a scalable tree boosting system, KDD 2016.
/// </remarks>
public sealed record XGBoostClassifier : Classifier
{
    internal const string FieldName = "XGBoost";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Number of boosting rounds, 1 or more.</summary>
    public int NEstimators { get; init; } = 100;

    /// <summary>Levels of a tree below its root, 1 to 64.</summary>
    public int MaxDepth { get; init; } = 6;

    /// <summary>What a tree's values are multiplied by: XGBoost's eta. Above 0, at most 1.</summary>
    public double LearningRate { get; init; } = 0.3;

    /// <summary>Share of the rows that a round draws, without replacement. Above 0, at most 1.</summary>
    public double Subsample { get; init; } = 1;

    /// <summary>Share of the columns that a tree draws. Above 0, at most 1.</summary>
    public double ColsampleByTree { get; init; } = 1;

    /// <summary>The least sum of second derivatives on either side of a split; 0 or more.</summary>
    public double MinChildWeight { get; init; } = 1;

    /// <summary>Strength of the L2 penalty on a tree's values; 0 or more.</summary>
    public double RegLambda { get; init; } = 1;

    /// <summary>Strength of the L1 penalty on a tree's values; 0 or more.</summary>
    public double RegAlpha { get; init; }

    /// <summary>The least gain of a split; 0 or more.</summary>
    public double Gamma { get; init; }

    /// <summary>What a case counts, a control counting 1. Positive.</summary>
    public double ScalePosWeight { get; init; } = 1;

    /// <summary>
    /// Balanced: a case counts as many as there are controls to one case, instead of <see cref="ScalePosWeight"/>.
    /// </summary>
    public ClassWeight ClassWeight { get; init; }

    /// <summary>The risk that boosting starts from, above 0 and below 1; null for the event rate of the training rows.</summary>
    /// <remarks>It is always passed on, since versions of the library differ in their default.</remarks>
    public double? BaseScore { get; init; }

    /// <summary>How thresholds are looked for.</summary>
    public XGBoostTreeMethod TreeMethod { get; init; }

    /// <summary>Bins of a column's histogram, 2 or more. Fewer are faster, and another model.</summary>
    public int MaxBin { get; init; } = 256;

    /// <summary>
    /// What all leaves together can add is the first measure: leaves of a full tree times rounds times learning rate, since rounds and rate make up
    /// for each other (Friedman, Annals of Statistics 29 (2001) 1189, section 5). Then the smaller trees; then the larger
    /// <see cref="MinChildWeight"/>, <see cref="Gamma"/>, <see cref="RegLambda"/> and <see cref="RegAlpha"/>. Shares of rows and columns decide nothing.
    /// </summary>
    public override IReadOnlyList<double> Complexity(FeatureTable table) =>
        [Math.ScaleB(LearningRate * NEstimators, MaxDepth), MaxDepth, -MinChildWeight, -Gamma, -RegLambda, -RegAlpha];

    /// <inheritdoc/>
    public override string? SharedWork => FormattableString.Invariant(
        $"depth {MaxDepth}, eta {LearningRate}, rows {Subsample}, columns {ColsampleByTree}, child {MinChildWeight}, l2 {RegLambda}, l1 {RegAlpha}, ") +
        FormattableString.Invariant($"gamma {Gamma}, weight {ScalePosWeight} {ClassWeight}, base {BaseScore}, {TreeMethod} {MaxBin}");

    /// <summary>One half where both classes weigh the same; else what <see cref="ScalePosWeight"/> makes of the rows' share.</summary>
    public override double EventShare(FeatureTable table)
    {
        double share = base.EventShare(table);
        return ClassWeight == ClassWeight.Balanced ? 0.5 : ScalePosWeight * share / (ScalePosWeight * share + 1 - share);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Expect(NEstimators >= 1, nameof(NEstimators), NEstimators, "1 or more");
        Expect(MaxDepth is >= 1 and <= 64, nameof(MaxDepth), MaxDepth, "1 to 64");
        Expect(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "a number above 0 and at most 1");
        Expect(Subsample is > 0 and <= 1, nameof(Subsample), Subsample, "a share above 0 and at most 1");
        Expect(ColsampleByTree is > 0 and <= 1, nameof(ColsampleByTree), ColsampleByTree, "a share above 0 and at most 1");
        Expect(IsFinite(MinChildWeight), nameof(MinChildWeight), MinChildWeight, "0 or more");
        Expect(IsFinite(RegLambda), nameof(RegLambda), RegLambda, "0 or more");
        Expect(IsFinite(RegAlpha), nameof(RegAlpha), RegAlpha, "0 or more");
        Expect(IsFinite(Gamma), nameof(Gamma), Gamma, "0 or more");
        Expect(IsFinite(ScalePosWeight) && ScalePosWeight > 0, nameof(ScalePosWeight), ScalePosWeight, "a positive number");
        Expect(ClassWeight != ClassWeight.Balanced || ScalePosWeight == 1, nameof(ScalePosWeight), ScalePosWeight, "1 beside a balanced ClassWeight");
        Expect(Enum.IsDefined(ClassWeight), nameof(ClassWeight), (int)ClassWeight, "one of its values");
        Expect(BaseScore is null or (> 0 and < 1), nameof(BaseScore), BaseScore ?? 0, "a risk above 0 and below 1, or none");
        Expect(Enum.IsDefined(TreeMethod), nameof(TreeMethod), (int)TreeMethod, "one of its values");
        Expect(MaxBin >= 2, nameof(MaxBin), MaxBin, "2 or more");
        return problems;

        static bool IsFinite(double value) => value >= 0 && double.IsFinite(value);

        void Expect(bool holds, string option, double value, string expected)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant($"{option} is {value}, expected {expected}."));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> FitAndScore(
        IReadOnlyList<Classifier> models, TrainingSet training, ValidationSet validation, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(validation);
        XGBoostClassifier[] members = [.. models.Select(model => model as XGBoostClassifier ?? throw new ArgumentException($"{model.Name} is not XGBoost."))];
        foreach (XGBoostClassifier model in members)
        {
            if (model.SharedWork != SharedWork)
                throw new ArgumentException($"{Name} shares no work between '{model.SharedWork}' and '{SharedWork}'.");
            if (model.Validate() is { Count: > 0 } problems)
                throw new ArgumentException($"{Name}: {string.Join(" ", problems)}");
        }
        // The same checks as of a fit and of its scores.
        training.Table.RequireBothClasses(Name);
        SplitOrigin.Require(training.Origin, validation.Origin, Name);
        validation.Table.RequireColumns(training.Table.Columns, Name);
        using BoosterHandle longest = members.MaxBy(model => model.NEstimators)!.Boost(training.Table, seed, cancellationToken);
        using MatrixHandle matrix = MatrixHandle.Of(validation.Table);
        return [.. members.Select(model => longest.Margins(matrix, model.NEstimators))];
    }

    /// <inheritdoc/>
    protected override FittedXGBoost FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        using BoosterHandle booster = Boost(training.Table, seed, cancellationToken);
        return new FittedXGBoost(training.Origin, training.Table.Schema, booster);
    }

    /// <summary>The booster after all rounds; the caller's to dispose.</summary>
    private BoosterHandle Boost(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        XGBoostLibrary.Require();
        using MatrixHandle matrix = MatrixHandle.Of(table);
        matrix.SetOutcomes(table.Outcomes);
        BoosterHandle booster = BoosterHandle.Of(matrix, Parameters(table, seed));
        try
        {
            // All rounds in one go: the library keeps its random numbers with the thread.
            for (int round = 0; round < NEstimators; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                booster.Update(round, matrix);
            }
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    /// <summary>The options by XGBoost's own names; all that matter are passed, so that no default of a version counts.</summary>
    internal IEnumerable<(string Name, string Value)> Parameters(FeatureTable table, Seed seed)
    {
        double cases = table.EventCount, controls = table.RowCount - cases;
        return
        [
            ("objective", "binary:logistic"),
            ("nthread", "1"),
            ("verbosity", "0"),
            ("seed", Text(seed.Derive("xgboost").Value >> 33)),
            ("base_score", Text(BaseScore ?? cases / table.RowCount)),
            ("tree_method", TreeMethod == XGBoostTreeMethod.Hist ? "hist" : "exact"),
            ("max_bin", Text(MaxBin)),
            ("max_depth", Text(MaxDepth)),
            ("learning_rate", Text(LearningRate)),
            ("subsample", Text(Subsample)),
            ("colsample_bytree", Text(ColsampleByTree)),
            ("min_child_weight", Text(MinChildWeight)),
            ("reg_lambda", Text(RegLambda)),
            ("reg_alpha", Text(RegAlpha)),
            ("gamma", Text(Gamma)),
            ("scale_pos_weight", Text(ClassWeight == ClassWeight.Balanced ? controls / cases : ScalePosWeight)),
        ];

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
