using Trabecula.Radiomics.Parameters;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trabecula.Workbench.Studies.Plans.Shapes;

/// <summary>Reads YAML (and JSON, which is YAML) into nodes that keep text, place and line.</summary>
internal sealed class PlanTree
{
    // A plan's own keys reach a depth of 6; unlimited nesting would overflow the stack, which no program survives.
    private const int DeepestNesting = 64;

    // Aliases of aliases multiply: a few hundred bytes can stand for gigabytes.
    private const int MostNodes = 200_000;

    private readonly Parser _parser;
    private readonly List<PlanProblem> _problems;
    private readonly Dictionary<AnchorName, (PlanNode Node, int Size)> _anchors = [];
    private int _depth, _nodes, _line;
    private (int Line, string Path) _key;

    private PlanTree(string text, List<PlanProblem> problems) => (_parser, _problems) = (new Parser(new StringReader(text)), problems);

    /// <summary>Reads the one document of a file; null where it holds none or where it cannot be read, which is then a problem.</summary>
    public static PlanNode? Read(string text, List<PlanProblem> problems)
    {
        var tree = new PlanTree(text, problems);
        try
        {
            return tree.ReadDocument();
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            (int line, string path, string after, string problem, string cure) = YamlFault.Of(exception, tree._line, tree._key);
            problems.Add(new PlanProblem(line, path, null, $"Not readable as YAML{after}: {problem}.", cure));
            return null;
        }
    }

    private PlanNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return null;
        PlanNode root = ReadNode("");
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
            _problems.Add(new PlanProblem((int)second.Start.Line, "", null, "A second document begins here.", "Keep one document in a plan."));
        return root;
    }

    private PlanNode ReadNode(string path)
    {
        if (_parser.Current is null)
            _parser.MoveNext();
        ParsingEvent current = _parser.Current!;
        int line = _line = (int)current.Start.Line;
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out (PlanNode Node, int Size) anchored))
                throw new YamlException(alias.Start, alias.End, $"*{alias.Value} has no anchor before it");
            Count(current, anchored.Size);
            return anchored.Node;
        }

        int before = _nodes;
        Count(current, 1);
        if (++_depth > DeepestNesting)
            throw new YamlException(current.Start, current.End, FormattableString.Invariant($"lists and blocks are nested more than {DeepestNesting} deep"));
        AnchorName anchor = ((NodeEvent)current).Anchor;
        PlanNode node = current switch
        {
            Scalar => ReadScalar(path, line),
            SequenceStart => ReadList(path, line),
            _ => ReadBlock(path, line),
        };
        _depth--;
        if (!anchor.IsEmpty)
            _anchors[anchor] = (node, _nodes - before);
        return node;
    }

    private void Count(ParsingEvent current, int nodes)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
            throw new YamlException(current.Start, current.End, FormattableString.Invariant($"more than {MostNodes} keys and values, aliases written out"));
    }

    private ScalarNode ReadScalar(string path, int line)
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new ScalarNode(path, line, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private ListNode ReadList(string path, int line)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<PlanNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(FormattableString.Invariant($"{path}[{items.Count}]")));
        return new ListNode(path, line, items);
    }

    private BlockNode ReadBlock(string path, int line)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<BlockEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out Scalar? key))
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a list, a block in braces or an alias stands as a key");
            int keyLine = (int)key.Start.Line;
            string keyPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            // Before the parser goes on, so that what it then refuses is known to stand after this key.
            _key = (keyLine, keyPath);
            _parser.MoveNext();
            PlanNode value = ReadNode(keyPath);
            if (entries.Find(entry => entry.Key == key.Value) is { } first)
            {
                _problems.Add(new PlanProblem(keyLine, keyPath, null,
                    FormattableString.Invariant($"The key stands twice; first in line {first.Line}."), "Delete one of the two."));
            }
            else
                entries.Add(new BlockEntry(key.Value, keyLine, value));
        }
        return new BlockNode(path, line, entries);
    }
}
