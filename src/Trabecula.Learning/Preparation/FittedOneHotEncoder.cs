using System.Text.Json.Nodes;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Preparation;

/// <summary>The categories that occur in the training rows, and their columns.</summary>
public sealed class FittedOneHotEncoder : FittedTransformer
{
    private readonly ColumnEncoding?[] _encodings;

    internal FittedOneHotEncoder(SplitOrigin? origin, IReadOnlyList<FeatureColumn> input, ColumnEncoding?[] encodings, UnseenCategory unseen)
        : base(origin, input, Encoded(input, encodings)) => (_encodings, Unseen) = (encodings, unseen);

    /// <inheritdoc/>
    public override string Name => OneHotEncoder.FieldName;

    /// <summary>What becomes of a category that no training row has.</summary>
    public UnseenCategory Unseen { get; }

    internal static FeatureColumn[] Encoded(IReadOnlyList<FeatureColumn> input, ColumnEncoding?[] encodings) =>
    [
        .. input.SelectMany((column, i) => encodings[i] is { } encoding
            ? encoding.Columns.Select(level => new FeatureColumn($"{column.Name}={column.Levels[level]}", ColumnKind.Binary, column.Source))
            : [column]),
    ];

    internal static FittedOneHotEncoder Read(JsonObject state)
    {
        FeatureColumn[] input = StateJson.Columns(state, "columns");
        ColumnEncoding?[] encodings =
        [
            .. state["encodings"]!.AsArray().Select(encoding => encoding is JsonObject found
                ? new ColumnEncoding(StateJson.Integers(found, "seen"), StateJson.Integers(found, "columns"))
                : null),
        ];
        return new FittedOneHotEncoder(null, input, encodings, Enum.Parse<UnseenCategory>(state["unseen"]!.GetValue<string>()));
    }

    internal override int SourceOf(int output)
    {
        for (int column = 0; ; column++)
        {
            output -= _encodings[column]?.Columns.Length ?? 1;
            if (output < 0)
                return column;
        }
    }

    private protected override FeatureTable Map(FeatureTable table)
    {
        if (Unseen == UnseenCategory.Refuse)
            RequireSeen(table);
        return base.Map(table);
    }

    private protected override double[] Compute(double[] values, int rows)
    {
        var encoded = new double[rows * Output.Count];
        for (int row = 0, i = 0; row < rows; row++)
        {
            for (int column = 0; column < _encodings.Length; column++)
            {
                double value = values[row * _encodings.Length + column];
                if (_encodings[column] is not { } encoding)
                {
                    encoded[i++] = value;
                    continue;
                }
                foreach (int level in encoding.Columns)
                    encoded[i++] = double.IsNaN(value) ? double.NaN : value == level ? 1 : 0;
            }
        }
        return encoded;
    }

    private protected override JsonObject State() => new()
    {
        ["columns"] = StateJson.Columns(Input),
        ["unseen"] = Unseen.ToString(),
        ["encodings"] = new JsonArray([.. _encodings.Select(encoding => encoding is null ? null : (JsonNode)new JsonObject
        {
            ["seen"] = StateJson.Integers(encoding.Seen),
            ["columns"] = StateJson.Integers(encoding.Columns),
        })]),
    };

    private void RequireSeen(FeatureTable table)
    {
        var places = new List<string>();
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int column = 0; column < _encodings.Length; column++)
            {
                double value = table.Row(row)[column];
                if (_encodings[column] is { } encoding && !double.IsNaN(value) && !encoding.Seen.Contains((int)value))
                    places.Add($"'{table.Schema[column].Levels[(int)value]}' in '{table.Columns[column]}' of {table.Subjects[row]}");
            }
        }
        if (places.Count > 0)
            throw new LearningException(
                $"{Name}: {places.Count} {(places.Count == 1 ? "value is a category" : "values are categories")} that no training row has: " +
                $"{Listing.Of(places, "; ")}.",
                "Join rare categories, or write unseen: allZero in oneHotEncoding.");
    }
}
