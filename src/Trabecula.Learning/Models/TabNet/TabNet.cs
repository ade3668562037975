using Trabecula.Learning.Models.Network;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>
/// TabNet: a network that looks at a few columns in each of several steps, and so tells for every subject which columns decided.
/// </summary>
/// <remarks>
/// Source: Arik and Pfister, TabNet: Attentive interpretable tabular learning, AAAI 35 (2021) 6679; names, the count of steps and
/// all defaults but <see cref="BatchSize"/> and <see cref="Patience"/> follow pytorch-tabnet 4, where the initial split is no step.
/// Loss: weighted mean of the cross entropy plus <see cref="LambdaSparse"/> times the mean entropy of the masks. Optimiser: Adam.
/// Early stopping: a stratified share of the subjects is kept from training; the epoch of the best AUROC on them is restored.
/// Differences: a last batch, or virtual batch, of a single row joins the one before it, where the reference fails; columns of a larger
/// embedding are masked one by one and reported together.
/// Determinism: 32-bit arithmetic without fused operations in a fixed order; the same weights to the last bit on any processor.
/// </remarks>
public sealed record TabNet : Classifier
{
    internal const string FieldName = "TabNet";

    /// <inheritdoc/>
    public override string Name => FieldName;

    /// <summary>Width of the decision part of a step, from 1.</summary>
    public int ND { get; init; } = 8;

    /// <summary>Width of the attention part of a step, from 1.</summary>
    public int NA { get; init; } = 8;

    /// <summary>Number of decision steps, from 1.</summary>
    public int NSteps { get; init; } = 3;

    /// <summary>Relaxation, from 1: at 1 a column is looked at in one step, at larger values in several.</summary>
    public double Gamma { get; init; } = 1.3;

    /// <summary>Gated layers that each step has for itself, from 0.</summary>
    public int NIndependent { get; init; } = 2;

    /// <summary>Gated layers whose weights all steps share, from 0.</summary>
    public int NShared { get; init; } = 2;

    /// <summary>Weight of the sparsity loss, from 0.</summary>
    public double LambdaSparse { get; init; } = 1e-3;

    /// <summary>Rows that are normalised together, from 2.</summary>
    public int VirtualBatchSize { get; init; } = 128;

    /// <summary>How far each virtual batch moves the running statistics, above 0 and at most 1.</summary>
    public double Momentum { get; init; } = 0.02;

    /// <summary>What is added to a mask before its logarithm in the sparsity loss, 1e-30 to 1e-3.</summary>
    public double Epsilon { get; init; } = 1e-15;

    /// <summary>How masks are made sparse.</summary>
    public MaskType MaskType { get; init; } = MaskType.Sparsemax;

    /// <summary>Length of the learned vector of each level of a categorical column, from 1.</summary>
    public int EmbeddingSize { get; init; } = 1;

    /// <summary>Adam's learning rate, positive.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>L2 penalty in Adam's gradient, from 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Longest gradient; longer ones are shortened. 0 for no limit.</summary>
    public double ClipValue { get; init; } = 1;

    /// <summary>
    /// Rows of an optimiser step, from 2; with fewer rows than this all of them are one batch. The reference's 1024 would make an epoch of a
    /// study's table a single step.
    /// </summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>
    /// Whether the rows left at the end of an epoch that do not fill a batch are left out. The reference does so by default, and then learns
    /// nothing at all from a table smaller than a batch; that is an error here.
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>Most epochs, from 1.</summary>
    public int MaxEpochs { get; init; } = 100;

    /// <summary>Epochs without a better AUROC after which training stops, from 1.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Share of each class's subjects kept for early stopping, in percent, 0 to 50; at 0 all epochs are trained, and the last is taken.</summary>
    public int ValidationPercent { get; init; } = 20;

    /// <summary>How the learning rate changes over epochs.</summary>
    public Schedule Schedule { get; init; } = Schedule.None;

    /// <summary>Factor of <see cref="Schedule.Step"/> and <see cref="Schedule.Plateau"/>, between 0 and 1.</summary>
    public double ScheduleFactor { get; init; } = 0.9;

    /// <summary>Epochs from one <see cref="Schedule.Step"/> to the next, or without a better AUROC before <see cref="Schedule.Plateau"/> acts, from 1.</summary>
    public int ScheduleEpochs { get; init; } = 10;

    /// <summary>How much a row of each class counts in the cross entropy.</summary>
    public ClassWeight ClassWeight { get; init; } = ClassWeight.None;

    /// <summary>Pretraining on the rows that train, before the outcomes are looked at; null for none.</summary>
    public Pretraining? Pretraining { get; init; }

    /// <summary>The network of fewer parameters is simpler, then the one that pays more for the entropy of its masks, then for its weights, then that of fewer epochs.</summary>
    public override IReadOnlyList<double> Complexity(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [TabNetArchitecture.Of(this, table.Schema).ParameterCount, -LambdaSparse, -WeightDecay, MaxEpochs];
    }

    /// <summary>One half where both classes weigh the same.</summary>
    public override double EventShare(FeatureTable table) => ClassWeight == ClassWeight.Balanced ? 0.5 : base.EventShare(table);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => TabNetOptions.Problems(this);

    /// <inheritdoc/>
    protected override FittedTabNet FitChecked(TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        FeatureTable table = training.Table;
        table.RequireComplete(Name);
        if (table.ColumnCount == 0)
            throw new LearningException("TabNet: the training set has no columns.", "Give at least one column.");
        if (ValidationPercent == 0)
            return TabNetTraining.Fit(this, table, null, training.Origin, seed, cancellationToken);
        Fold inner = new StratifiedHoldOut { TrainingPercent = 100 - ValidationPercent }.Split(training, seed.Derive("early-stopping"))[0];
        return TabNetTraining.Fit(this, inner.Training.Table, inner.Validation.Table, training.Origin, seed, cancellationToken);
    }
}

/// <summary>How a step's mask is made sparse.</summary>
public enum MaskType
{
    /// <summary>The nearest point of the simplex (Martins and Astudillo 2016).</summary>
    Sparsemax,

    /// <summary>Entmax with α = 1.5, between softmax and sparsemax (Peters, Niculae and Martins 2019).</summary>
    Entmax,
}

/// <summary>How a learning rate changes over epochs.</summary>
public enum Schedule
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    Step,

    /// <summary>Half a cosine from the full rate in the first epoch towards 0 after the last.</summary>
    Cosine,

    /// <summary>Multiplied by a factor after so many epochs without a better AUROC.</summary>
    Plateau,
}
