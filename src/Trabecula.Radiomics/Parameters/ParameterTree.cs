using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trabecula.Radiomics.Parameters;

/// <summary>Reads YAML (and JSON, which is YAML) into nodes that keep each number's text, type and line.</summary>
internal sealed class ParameterTree
{
    // PyRadiomics' keys reach a depth of 4; unlimited nesting would overflow the stack, which no program survives.
    private const int DeepestNesting = 64;

    // Aliases of aliases multiply: a few hundred bytes can stand for gigabytes.
    private const int MostNodes = 10_000;

    private readonly Parser _parser;
    private readonly bool _json;
    private readonly List<ParameterProblem> _problems;
    private readonly Dictionary<AnchorName, ParameterNode> _anchors = [];
    private readonly Dictionary<ParameterNode, int> _sizes = new(ReferenceEqualityComparer.Instance);
    private int _depth, _nodes, _line;
    private (int Line, string Path) _key;

    private ParameterTree(string text, bool json, List<ParameterProblem> problems) =>
        (_parser, _json, _problems) = (new Parser(new StringReader(text)), json, problems);

    /// <summary>Reads the one document of a file; null where it holds none or where it cannot be read, which is then a problem.</summary>
    public static ParameterNode? Read(string text, bool json, List<ParameterProblem> problems)
    {
        var tree = new ParameterTree(text, json, problems);
        try
        {
            return tree.ReadDocument();
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            (int line, string path, string after, string problem, string cure) = YamlFault.Of(exception, tree._line, tree._key);
            problems.Add(new ParameterProblem(ParameterProblemKind.Syntax, line, path, null, $"Not readable as {(json ? "JSON" : "YAML")}{after}: {problem}.", cure));
            return null;
        }
    }

    private ParameterNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return null;
        ParameterNode root = ReadNode("");
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _problems.Add(new ParameterProblem(ParameterProblemKind.Syntax, (int)second.Start.Line, "", null,
                "A second document begins here.", "Keep one document in a parameter file."));
        }
        return root;
    }

    private ParameterNode ReadNode(string path)
    {
        ParsingEvent current = _parser.Current ?? MoveToNext();
        int line = _line = (int)current.Start.Line;
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out ParameterNode? anchored))
                return UnknownAnchor(line, path, alias);
            Count(current, _sizes[anchored]);
            return anchored;
        }

        Count(current, 1);
        int before = _nodes - 1;
        if (++_depth > DeepestNesting)
            throw new YamlException(current.Start, current.End, FormattableString.Invariant($"lists and blocks are nested more than {DeepestNesting} deep"));
        NodeEvent start = (NodeEvent)current;
        ParameterNode node = current switch
        {
            Scalar => ReadScalar(line),
            SequenceStart => ReadList(line, path),
            _ => ReadBlock(line, path),
        };
        _depth--;
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
            _sizes[node] = _nodes - before;
        }
        return node;
    }

    private void Count(ParsingEvent current, int nodes)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
            throw new YamlException(current.Start, current.End, FormattableString.Invariant($"more than {MostNodes} keys and values, aliases written out"));
    }

    private ParsingEvent MoveToNext()
    {
        _parser.MoveNext();
        return _parser.Current!;
    }

    private ScalarNode UnknownAnchor(int line, string path, AnchorAlias alias)
    {
        _problems.Add(new ParameterProblem(ParameterProblemKind.Syntax, line, path, $"*{alias.Value}", "No such anchor before this place.",
            "Write the value itself."));
        return new ScalarNode(line, DiagnosticValue.None, "");
    }

    private ScalarNode ReadScalar(int line)
    {
        Scalar scalar = _parser.Consume<Scalar>();
        DiagnosticValue value = scalar.Style == ScalarStyle.Plain ? PythonScalar.Resolve(scalar.Value, _json) : DiagnosticValue.Text(scalar.Value);
        return new ScalarNode(line, value, scalar.Value);
    }

    private ListNode ReadList(int line, string path)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<ParameterNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode($"{path}[{items.Count}]"));
        return new ListNode(line, items);
    }

    private BlockNode ReadBlock(int line, string path)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<BlockEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out Scalar? key))
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a list, a block in braces or an alias stands as a key");
            int keyLine = (int)key.Start.Line;
            string keyPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            // Before the parser goes on, so that what it then refuses is known to stand after this key.
            _key = (keyLine, keyPath);
            _parser.MoveNext();
            ParameterNode value = ReadNode(keyPath);
            if (seen.TryAdd(key.Value, keyLine))
                entries.Add(new BlockEntry(key.Value, keyLine, value));
            else
            {
                _problems.Add(new ParameterProblem(ParameterProblemKind.Duplicate, keyLine, keyPath, null,
                    $"The key stands twice; first in line {seen[key.Value]}.", "Delete one of the two."));
            }
        }
        return new BlockNode(line, entries);
    }
}
