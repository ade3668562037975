using System.Globalization;

namespace Trabecula.Learning.Models;

/// <summary>The rules of TabNet's options.</summary>
internal static class TabNetOptions
{
    private const int WidestLayer = 4096, MostLayers = 64, MostEpochs = 1_000_000;

    internal static IReadOnlyList<string> Problems(TabNet options)
    {
        var problems = new List<string>();
        Whole(nameof(TabNet.ND), options.ND, 1, WidestLayer);
        Whole(nameof(TabNet.NA), options.NA, 1, WidestLayer);
        Whole(nameof(TabNet.NSteps), options.NSteps, 1, MostLayers);
        Number(nameof(TabNet.Gamma), options.Gamma, value => value >= 1 && value <= 1e3, "a number from 1 to 1000");
        Whole(nameof(TabNet.NIndependent), options.NIndependent, 0, MostLayers);
        Whole(nameof(TabNet.NShared), options.NShared, 0, MostLayers);
        if (options.NIndependent == 0 && options.NShared == 0)
            problems.Add("NIndependent and NShared are both 0, expected at least one layer.");
        Number(nameof(TabNet.LambdaSparse), options.LambdaSparse, value => value >= 0, "a finite number from 0");
        Whole(nameof(TabNet.VirtualBatchSize), options.VirtualBatchSize, 2, int.MaxValue);
        Number(nameof(TabNet.Momentum), options.Momentum, value => value is > 0 and <= 1, "a number above 0 and at most 1");
        Number(nameof(TabNet.Epsilon), options.Epsilon, value => value is >= 1e-30 and <= 1e-3, "a number from 1e-30 to 1e-3");
        Whole(nameof(TabNet.EmbeddingSize), options.EmbeddingSize, 1, WidestLayer);
        Number(nameof(TabNet.LearningRate), options.LearningRate, value => value > 0, "a positive, finite number");
        Number(nameof(TabNet.WeightDecay), options.WeightDecay, value => value >= 0, "a finite number from 0");
        Number(nameof(TabNet.ClipValue), options.ClipValue, value => value >= 0, "a finite number from 0");
        Whole(nameof(TabNet.BatchSize), options.BatchSize, 2, int.MaxValue);
        Whole(nameof(TabNet.MaxEpochs), options.MaxEpochs, 1, MostEpochs);
        Whole(nameof(TabNet.Patience), options.Patience, 1, int.MaxValue);
        Whole(nameof(TabNet.ValidationPercent), options.ValidationPercent, 0, 50);
        Number(nameof(TabNet.ScheduleFactor), options.ScheduleFactor, value => value is > 0 and < 1, "a number between 0 and 1");
        Whole(nameof(TabNet.ScheduleEpochs), options.ScheduleEpochs, 1, int.MaxValue);
        Known(nameof(TabNet.MaskType), options.MaskType);
        Known(nameof(TabNet.Schedule), options.Schedule);
        Known(nameof(TabNet.ClassWeight), options.ClassWeight);
        if (options.Pretraining is { } pretraining)
        {
            Whole("Pretraining.Epochs", pretraining.Epochs, 1, MostEpochs);
            Number("Pretraining.MaskRatio", pretraining.MaskRatio, value => value is > 0 and < 1, "a number between 0 and 1");
            Whole("Pretraining.NShared", pretraining.NShared, 0, MostLayers);
            Whole("Pretraining.NIndependent", pretraining.NIndependent, 0, MostLayers);
            if (pretraining is { NShared: 0, NIndependent: 0 })
                problems.Add("Pretraining.NShared and Pretraining.NIndependent are both 0, expected at least one layer.");
        }
        if (options.Schedule == Schedule.Plateau && options.ValidationPercent == 0)
            problems.Add("Schedule is Plateau, but with ValidationPercent 0 there is no AUROC to follow.");
        return problems;

        void Whole(string name, int value, int least, int most)
        {
            if (value < least || value > most)
                problems.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{name} is {value}, expected a whole number from {least}{(most == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" to {most}"))}."));
        }

        void Number(string name, double value, Predicate<double> isAllowed, string expected)
        {
            if (!double.IsFinite(value) || !isAllowed(value))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected {expected}."));
        }

        void Known<TEnum>(string name, TEnum value)
            where TEnum : struct, Enum
        {
            if (!Enum.IsDefined(value))
                problems.Add($"{name} is {value}, expected {string.Join(" or ", Enum.GetNames<TEnum>())}.");
        }
    }
}
