using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Search;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>Configurations in the order in which others tried them: a list in the plan, or a list at a place of a JSON file.</summary>
internal sealed class TrialsShape(ModelFamily family) : Shape<ParameterGrid>
{
    private readonly GridShape _grid = new(family);
    private readonly ConfigurationShape _configuration = new(family);

    private readonly BlockShape<(string File, string Key)> _place = new BlockShape<(string File, string Key)>(("", ""), "A list of configurations in a JSON file")
        .Required("file", "The file, relative to the plan", new TextShape("a file"), (place, value) => (value, place.Key))
        .Optional("key", "Where in the file, as in trials.lr; the whole file without", new TextShape("a key"), (place, value) => (place.File, value));

    public override string Expected => "a list of configurations, or a JSON file that has one, as in { file: trials.json }";

    public override bool TryRead(PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out ParameterGrid value)
    {
        value = null;
        if (node is BlockNode)
            return _place.TryRead(node, reading, out (string File, string Key) place) && TryReadFile(place.File, place.Key, node, reading, out value);
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            reading.Refuse(node, Expected);
            return false;
        }
        var trials = new List<ParameterSet>();
        bool isWhole = true;
        foreach (PlanNode item in list.Items)
        {
            isWhole &= _configuration.TryRead(item, reading, out ParameterSet? trial);
            trials.Add(trial ?? ParameterSet.Empty);
        }
        return isWhole && _grid.IsConsistent(value = ParameterGrid.Of(trials), node, reading);
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = _configuration.Schema() }, _place.Schema()),
    };

    private bool TryReadFile(string file, string key, PlanNode node, PlanReading reading, [MaybeNullWhen(false)] out ParameterGrid value)
    {
        value = null;
        if (reading.Folder is null)
        {
            value = ParameterGrid.Of([new ParameterSet([])]);
            return true;
        }
        try
        {
            JsonNode? at = JsonNode.Parse(reading.ReadText(file));
            foreach (string part in key.Split('.', StringSplitOptions.RemoveEmptyEntries))
                at = at is JsonObject json ? json[part] : null;
            if (at is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject))
                return _grid.IsConsistent(value = ParameterGrid.Of([.. list.Select(item => ParameterSet.Read(item!.AsObject()))]), node, reading);
            reading.RefuseWhole(node, $"{file} holds no list of configurations{(key.Length == 0 ? "" : $" at {key}")}.", "Check file and key.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reading.RefuseWhole(node, $"{file} cannot be read.", "Check the path, which starts from the plan's folder.");
        }
        catch (Exception exception) when (exception is JsonException or LearningException)
        {
            reading.RefuseWhole(node, $"{file} is not readable: {exception.Message.TrimEnd('.')}.", "Correct the file.");
        }
        return false;
    }
}
