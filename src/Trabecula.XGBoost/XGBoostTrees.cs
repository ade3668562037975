using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Interpretation;

namespace Trabecula.XGBoost;

/// <summary>The trees of XGBoost's JSON model, as Shapley values are computed from.</summary>
/// <remarks>
/// A row goes left where its value is below the condition, and by the node's default where it is missing; covers are sums of second derivatives, as
/// in the library's own <c>pred_contribs</c>. Checked with models of 1.7.
/// </remarks>
internal static class XGBoostTrees
{
    /// <summary>Reads the trees.</summary>
    /// <param name="json">The model as the library writes it in format json.</param>
    /// <exception cref="LearningException">The version of the library writes its models otherwise.</exception>
    internal static TreeEnsemble Read(ReadOnlySpan<byte> json)
    {
        try
        {
            JsonNode learner = JsonNode.Parse(json)!["learner"]!;
            // Version 3 writes a list of one.
            string text = learner["learner_model_param"]!["base_score"]!.GetValue<string>().Trim('[', ']');
            double start = double.Parse(text, CultureInfo.InvariantCulture);
            return new TreeEnsemble(
                [.. learner["gradient_booster"]!["model"]!["trees"]!.AsArray().Select(tree => Tree(tree!.AsObject()))], 1, Math.Log(start / (1 - start)),
                ShapScale.LogOdds);
        }
        catch (Exception fault) when (fault is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new LearningException($"XGBoost's model cannot be read: {fault.Message}", "Use version 1.7 of the library.");
        }
    }

    private static ExplainedNode[] Tree(JsonObject tree)
    {
        int[] left = Integers("left_children"), right = Integers("right_children"), columns = Integers("split_indices");
        float[] conditions = Numbers("split_conditions"), covers = Numbers("sum_hessian");
        JsonArray defaults = tree["default_left"]!.AsArray();
        return
        [
            .. left.Select((child, at) => child < 0
                ? new ExplainedNode(-1, 0, 0, 0, false, covers[at], conditions[at])
                // Below a 32-bit number is at most the one before it.
                : new ExplainedNode(columns[at], child, right[at], MathF.BitDecrement(conditions[at]), IsTrue(defaults[at]!), covers[at], 0)),
        ];

        int[] Integers(string key) => [.. tree[key]!.AsArray().Select(value => value!.GetValue<int>())];

        float[] Numbers(string key) => [.. tree[key]!.AsArray().Select(value => value!.GetValue<float>())];
    }

    // Versions differ in how they write it.
    private static bool IsTrue(JsonNode value) => value.GetValueKind() == JsonValueKind.Number ? value.GetValue<int>() != 0 : value.GetValue<bool>();
}
