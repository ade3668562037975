using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>A block that can be written as one word where only its main key matters.</summary>
internal sealed class ShortShape<T>(TextShape word, Func<string, T> ofWord, BlockShape<T> block) : Shape<T>
{
    public override string Expected => $"{word.Expected}, or {block.Expected}";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value)
    {
        if (node is BlockNode)
            return block.TryRead(node, reading, out value);
        bool isWord = word.TryRead(node, reading, out string? text);
        value = isWord ? ofWord(text!) : default;
        return isWord;
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(word.Schema(), block.Schema()) };
}
