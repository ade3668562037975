using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A block that can be written as one word where only its main key matters.</summary>
/// <param name="word">The word.</param>
/// <param name="ofWord">The block that it stands for.</param>
/// <param name="block">The block.</param>
/// <param name="show">A value as the schema shows a default; null where it has no short form.</param>
internal sealed class ShortShape<TWord, T>(Shape<TWord> word, Func<TWord, T> ofWord, BlockShape<T> block, Func<T, JsonNode?>? show = null) : Shape<T>
{
    public override string Expected => $"{word.Expected}, or {block.Expected}";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
    {
        if (node is BlockNode)
            return block.TryRead(node, reading, out value);
        bool isWord = word.TryRead(node, reading, out TWord? text);
        value = isWord ? ofWord(text!) : default;
        return isWord;
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(word.Schema(), block.Schema()) };

    public override JsonNode? Show(T value) => show?.Invoke(value);
}
