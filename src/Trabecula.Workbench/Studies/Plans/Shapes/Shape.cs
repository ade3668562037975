using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>
/// What may stand at a place of a plan. One description serves three readers: it reads the file into values, it writes the JSON schema
/// that editors complete and check by, and it says in words what is expected.
/// </summary>
/// <typeparam name="T">What it is read into.</typeparam>
internal abstract class Shape<T>
{
    /// <summary>What is expected, for a message: <c>a whole number from 1</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a node. What is wrong with it goes to the reading, all of it; then there is no value.</summary>
    public abstract bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>The shape as a JSON schema.</summary>
    public abstract JsonObject Schema();

    /// <summary>A value as the schema shows a default; null where it has no short form.</summary>
    public virtual JsonNode? Show(T value) => null;
}
