using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Trabecula.Learning.Models;

/// <summary>The parts of a saved TabNet. Its weights, up to a million, are little-endian 32-bit numbers in base 64.</summary>
internal static class TabNetState
{
    internal static JsonObject Write(TabNet options)
    {
        JsonObject state = WriteOptions(options);
        if (options.Pretraining is { } pretraining)
        {
            state[nameof(TabNet.Pretraining)] = new JsonObject
            {
                [nameof(Pretraining.Epochs)] = pretraining.Epochs,
                [nameof(Pretraining.MaskRatio)] = pretraining.MaskRatio,
                [nameof(Pretraining.NShared)] = pretraining.NShared,
                [nameof(Pretraining.NIndependent)] = pretraining.NIndependent,
            };
        }
        return state;
    }

    private static JsonObject WriteOptions(TabNet options) => new()
    {
        [nameof(TabNet.ND)] = options.ND,
        [nameof(TabNet.NA)] = options.NA,
        [nameof(TabNet.NSteps)] = options.NSteps,
        [nameof(TabNet.Gamma)] = options.Gamma,
        [nameof(TabNet.NIndependent)] = options.NIndependent,
        [nameof(TabNet.NShared)] = options.NShared,
        [nameof(TabNet.LambdaSparse)] = options.LambdaSparse,
        [nameof(TabNet.VirtualBatchSize)] = options.VirtualBatchSize,
        [nameof(TabNet.Momentum)] = options.Momentum,
        [nameof(TabNet.Epsilon)] = options.Epsilon,
        [nameof(TabNet.MaskType)] = options.MaskType.ToString(),
        [nameof(TabNet.EmbeddingSize)] = options.EmbeddingSize,
        [nameof(TabNet.LearningRate)] = options.LearningRate,
        [nameof(TabNet.WeightDecay)] = options.WeightDecay,
        [nameof(TabNet.ClipValue)] = options.ClipValue,
        [nameof(TabNet.BatchSize)] = options.BatchSize,
        [nameof(TabNet.DropLast)] = options.DropLast,
        [nameof(TabNet.MaxEpochs)] = options.MaxEpochs,
        [nameof(TabNet.Patience)] = options.Patience,
        [nameof(TabNet.ValidationPercent)] = options.ValidationPercent,
        [nameof(TabNet.Schedule)] = options.Schedule.ToString(),
        [nameof(TabNet.ScheduleFactor)] = options.ScheduleFactor,
        [nameof(TabNet.ScheduleEpochs)] = options.ScheduleEpochs,
        [nameof(TabNet.ClassWeight)] = options.ClassWeight.ToString(),
    };

    internal static TabNet ReadOptions(JsonObject options)
    {
        return new TabNet
        {
            ND = Get<int>(nameof(TabNet.ND)),
            NA = Get<int>(nameof(TabNet.NA)),
            NSteps = Get<int>(nameof(TabNet.NSteps)),
            Gamma = Get<double>(nameof(TabNet.Gamma)),
            NIndependent = Get<int>(nameof(TabNet.NIndependent)),
            NShared = Get<int>(nameof(TabNet.NShared)),
            LambdaSparse = Get<double>(nameof(TabNet.LambdaSparse)),
            VirtualBatchSize = Get<int>(nameof(TabNet.VirtualBatchSize)),
            Momentum = Get<double>(nameof(TabNet.Momentum)),
            Epsilon = Get<double>(nameof(TabNet.Epsilon)),
            MaskType = Named<MaskType>(nameof(TabNet.MaskType)),
            EmbeddingSize = Get<int>(nameof(TabNet.EmbeddingSize)),
            LearningRate = Get<double>(nameof(TabNet.LearningRate)),
            WeightDecay = Get<double>(nameof(TabNet.WeightDecay)),
            ClipValue = Get<double>(nameof(TabNet.ClipValue)),
            BatchSize = Get<int>(nameof(TabNet.BatchSize)),
            DropLast = Get<bool>(nameof(TabNet.DropLast)),
            MaxEpochs = Get<int>(nameof(TabNet.MaxEpochs)),
            Patience = Get<int>(nameof(TabNet.Patience)),
            ValidationPercent = Get<int>(nameof(TabNet.ValidationPercent)),
            Schedule = Named<Schedule>(nameof(TabNet.Schedule)),
            ScheduleFactor = Get<double>(nameof(TabNet.ScheduleFactor)),
            ScheduleEpochs = Get<int>(nameof(TabNet.ScheduleEpochs)),
            ClassWeight = Named<ClassWeight>(nameof(TabNet.ClassWeight)),
            Pretraining = options[nameof(TabNet.Pretraining)] is JsonObject pretraining ? ReadPretraining(pretraining) : null,
        };

        T Get<T>(string name) => options[name]!.GetValue<T>();

        TEnum Named<TEnum>(string name)
            where TEnum : struct, Enum =>
            Enum.TryParse(options[name]!.GetValue<string>(), out TEnum value) ? value : throw new FormatException($"{name} is not known.");
    }

    private static Pretraining ReadPretraining(JsonObject options) => new()
    {
        Epochs = options[nameof(Pretraining.Epochs)]!.GetValue<int>(),
        MaskRatio = options[nameof(Pretraining.MaskRatio)]!.GetValue<double>(),
        NShared = options[nameof(Pretraining.NShared)]!.GetValue<int>(),
        NIndependent = options[nameof(Pretraining.NIndependent)]!.GetValue<int>(),
    };

    internal static JsonNode Write(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return JsonValue.Create(Convert.ToBase64String(bytes))!;
    }

    internal static float[] ReadFloats(JsonObject state, string key, int length)
    {
        byte[] bytes = Convert.FromBase64String(state[key]!.GetValue<string>());
        if (bytes.Length != length * sizeof(float))
            throw new FormatException($"'{key}' has {bytes.Length} bytes, expected {length * sizeof(float)}.");
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            if (!float.IsFinite(values[i]))
                throw new FormatException($"Number {i} of '{key}' is not finite.");
        }
        return values;
    }

    internal static JsonArray Write(IReadOnlyList<TrainingEpoch> curve) =>
    [
        .. curve.Select(epoch => (JsonNode)new JsonObject
        {
            ["crossEntropy"] = epoch.CrossEntropy,
            ["maskEntropy"] = epoch.MaskEntropy,
            ["learningRate"] = epoch.LearningRate,
            ["validationAuroc"] = double.IsNaN(epoch.ValidationAuroc) ? null : epoch.ValidationAuroc,
        }),
    ];

    internal static TrainingEpoch[] ReadCurve(JsonArray curve) =>
    [
        .. curve.Select(epoch => new TrainingEpoch(
            epoch!["crossEntropy"]!.GetValue<double>(), epoch["maskEntropy"]!.GetValue<double>(), epoch["learningRate"]!.GetValue<double>(),
            epoch["validationAuroc"]?.GetValue<double>() ?? double.NaN)),
    ];
}
