using Trabecula.Learning.Models;

namespace Trabecula.Learning.Search;

/// <summary>The family of TabNet, with the names of pytorch-tabnet.</summary>
internal static class TabNetFamily
{
    private const int Most = 4096;
    private const string Scheduler = "scheduler";

    private static readonly TabNet s_defaults = new();
    private static readonly Pretraining s_pretraining = new();

    internal static ModelFamily TabNet { get; } = new("tabNet", Models.TabNet.FieldName, Parameters, TabNetSearch.ArchitectureGrid, Create);

    private static IReadOnlyList<HyperParameter> Parameters =>
    [
        Whole("n_d", "Width of a step's decision", s_defaults.ND, 1, Most),
        new("n_a", "Width of a step's attention; null: as n_d", new ParameterValue.None(), new AllowedValue.Whole(1, Most), new AllowedValue.None()),
        Whole("n_steps", "Decision steps", s_defaults.NSteps, 1, 64),
        Number("gamma", "Relaxation: at 1 a column is looked at in one step", s_defaults.Gamma, 1, 1000),
        Whole("n_independent", "Gated layers of each step", s_defaults.NIndependent, 0, 64),
        Whole("n_shared", "Gated layers that all steps share", s_defaults.NShared, 0, 64),
        Number("lambda_sparse", "Weight of the sparsity loss", s_defaults.LambdaSparse, 0),
        Number("momentum", "How far a virtual batch moves the running statistics", s_defaults.Momentum, 0, 1, aboveMinimum: true),
        new("epsilon", "What is added to a mask before its logarithm in the sparsity loss", new ParameterValue.Number(s_defaults.Epsilon), new AllowedValue.Number(1e-30, 1e-3)),
        new("mask_type", "How masks are made sparse", new ParameterValue.Word("sparsemax"), new AllowedValue.Word("sparsemax"), new AllowedValue.Word("entmax")),
        Whole("cat_emb_dim", "Length of the vector of a category", s_defaults.EmbeddingSize, 1, Most),
        Number("lr", "Adam's learning rate", s_defaults.LearningRate, 0, aboveMinimum: true),
        Number("weight_decay", "L2 penalty in Adam's gradient", s_defaults.WeightDecay, 0),
        Number("clip_value", "Longest gradient; 0 for no limit", s_defaults.ClipValue, 0),
        new(Scheduler, "How the learning rate changes over epochs: by scheduler_factor every scheduler_epochs, by a cosine to 0, or by the factor after so many epochs without a better AUROC",
            new ParameterValue.None(), new AllowedValue.Word("step"), new AllowedValue.Word("cosine"), new AllowedValue.Word("plateau"), new AllowedValue.None()),
        new("scheduler_factor", "Factor of step and plateau", new ParameterValue.Number(s_defaults.ScheduleFactor), new AllowedValue.Number(0, 1, AboveMinimum: true, BelowMaximum: true)),
        Whole("scheduler_epochs", "Epochs from one step to the next, or that plateau waits", s_defaults.ScheduleEpochs, 1),
        Whole("batch_size", "Rows of an optimiser step", s_defaults.BatchSize, 2),
        Whole("virtual_batch_size", "Rows that are normalised together", s_defaults.VirtualBatchSize, 2),
        new("drop_last", "Whether rows at the end of an epoch that do not fill a batch are left out", new ParameterValue.Flag(s_defaults.DropLast), new AllowedValue.Flag()),
        Whole("max_epochs", "Most epochs", s_defaults.MaxEpochs, 1, 1_000_000),
        Whole("patience", "Epochs without a better AUROC before training stops", s_defaults.Patience, 1),
        Whole("pretraining_epochs", "Epochs of self-supervised pretraining before; 0 for none", 0, 0, 1_000_000),
        Number("pretraining_ratio", "Share of the values that pretraining hides", s_pretraining.MaskRatio, 0, 1, aboveMinimum: true),
        new("class_weight", "How much a row of each class counts", new ParameterValue.None(), new AllowedValue.Word("balanced"), new AllowedValue.None()),
    ];

    private static TabNet Create(ParameterSet set) => s_defaults with
    {
        ND = set.Whole("n_d", s_defaults.ND),
        NA = set["n_a"] is ParameterValue.Whole ? set.Whole("n_a", 0) : set.Whole("n_d", s_defaults.ND),
        NSteps = set.Whole("n_steps", s_defaults.NSteps),
        Gamma = set.Number("gamma", s_defaults.Gamma),
        NIndependent = set.Whole("n_independent", s_defaults.NIndependent),
        NShared = set.Whole("n_shared", s_defaults.NShared),
        LambdaSparse = set.Number("lambda_sparse", s_defaults.LambdaSparse),
        Momentum = set.Number("momentum", s_defaults.Momentum),
        Epsilon = set.Number("epsilon", s_defaults.Epsilon),
        MaskType = set.Word("mask_type", "sparsemax") == "entmax" ? MaskType.Entmax : MaskType.Sparsemax,
        EmbeddingSize = set.Whole("cat_emb_dim", s_defaults.EmbeddingSize),
        LearningRate = set.Number("lr", s_defaults.LearningRate),
        WeightDecay = set.Number("weight_decay", s_defaults.WeightDecay),
        ClipValue = set.Number("clip_value", s_defaults.ClipValue),
        Schedule = set.Word(Scheduler, "") switch
        {
            "step" => Schedule.Step,
            "cosine" => Schedule.Cosine,
            "plateau" => Schedule.Plateau,
            _ => Schedule.None,
        },
        ScheduleFactor = set.Number("scheduler_factor", s_defaults.ScheduleFactor),
        ScheduleEpochs = set.Whole("scheduler_epochs", s_defaults.ScheduleEpochs),
        BatchSize = set.Whole("batch_size", s_defaults.BatchSize),
        VirtualBatchSize = set.Whole("virtual_batch_size", s_defaults.VirtualBatchSize),
        DropLast = set.Flag("drop_last", s_defaults.DropLast),
        MaxEpochs = set.Whole("max_epochs", s_defaults.MaxEpochs),
        Patience = set.Whole("patience", s_defaults.Patience),
        Pretraining = set.Whole("pretraining_epochs", 0) is > 0 and int epochs
            ? s_pretraining with { Epochs = epochs, MaskRatio = set.Number("pretraining_ratio", s_pretraining.MaskRatio) } : null,
        ClassWeight = set.Word("class_weight", "") == "balanced" ? ClassWeight.Balanced : ClassWeight.None,
    };

    private static HyperParameter Whole(string name, string meaning, int unset, int least, int most = int.MaxValue) =>
        new(name, meaning, new ParameterValue.Whole(unset), new AllowedValue.Whole(least, most));

    private static HyperParameter Number(
        string name, string meaning, double unset, double least, double most = double.PositiveInfinity, bool aboveMinimum = false) =>
        new(name, meaning, new ParameterValue.Number(unset), new AllowedValue.Number(least, most, aboveMinimum));
}
