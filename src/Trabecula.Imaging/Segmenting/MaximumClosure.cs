namespace Trabecula.Imaging.Segmenting;

/// <summary>
/// The set of nodes of the least total weight in which each node brings along those that it requires (Picard, Management Science 22 (1976) 1268):
/// a minimum cut, found by Dinic's algorithm.
/// </summary>
internal sealed class MaximumClosure
{
    private readonly int _source, _sink;
    private readonly int[] _first;
    private readonly List<int> _next = [], _to = [];
    private readonly List<double> _capacity = [];

    public MaximumClosure(double[] weights)
    {
        (_source, _sink) = (weights.Length, weights.Length + 1);
        _first = new int[weights.Length + 2];
        Array.Fill(_first, -1);
        for (int node = 0; node < weights.Length; node++)
        {
            if (weights[node] < 0)
                Connect(_source, node, -weights[node]);
            else if (weights[node] > 0)
                Connect(node, _sink, weights[node]);
        }
    }

    /// <summary>Says that a node may be chosen only with another.</summary>
    public void Require(int node, int other) => Connect(node, other, double.PositiveInfinity);

    /// <summary>Whether each node is chosen.</summary>
    public bool[] Solve(CancellationToken cancellationToken)
    {
        int[] next = [.. _next], to = [.. _to], levels = new int[_first.Length], current = new int[_first.Length];
        double[] capacity = [.. _capacity];
        var queue = new int[_first.Length];
        var path = new List<int>();
        while (Rank(next, to, capacity, levels, queue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _first.CopyTo(current, 0);
            path.Clear();
            int node = _source;
            while (true)
            {
                if (node == _sink)
                {
                    double flow = double.PositiveInfinity;
                    foreach (int arc in path)
                        flow = Math.Min(flow, capacity[arc]);
                    int cut = 0;
                    for (int i = path.Count - 1; i >= 0; i--)
                    {
                        capacity[path[i]] -= flow;
                        capacity[path[i] ^ 1] += flow;
                        if (capacity[path[i]] <= 0)
                            cut = i;
                    }
                    node = to[path[cut] ^ 1];
                    path.RemoveRange(cut, path.Count - cut);
                    continue;
                }
                int a = current[node];
                while (a >= 0 && !(capacity[a] > 0 && levels[to[a]] == levels[node] + 1))
                    a = next[a];
                current[node] = a;
                if (a >= 0)
                {
                    path.Add(a);
                    node = to[a];
                    continue;
                }
                if (path.Count == 0)
                    break;
                levels[node] = -1;
                node = to[path[^1] ^ 1];
                path.RemoveAt(path.Count - 1);
            }
        }
        // What the source still reaches is the chosen side.
        return [.. levels.Take(_source).Select(level => level >= 0)];
    }

    private bool Rank(int[] next, int[] to, double[] capacity, int[] levels, int[] queue)
    {
        Array.Fill(levels, -1);
        levels[_source] = 0;
        queue[0] = _source;
        for (int head = 0, tail = 1; head < tail; head++)
        {
            for (int a = _first[queue[head]]; a >= 0; a = next[a])
            {
                if (capacity[a] > 0 && levels[to[a]] < 0)
                {
                    levels[to[a]] = levels[queue[head]] + 1;
                    queue[tail++] = to[a];
                }
            }
        }
        return levels[_sink] >= 0;
    }

    private void Connect(int from, int to, double capacity)
    {
        Add(from, to, capacity);
        Add(to, from, 0);
    }

    private void Add(int from, int to, double capacity)
    {
        _to.Add(to);
        _capacity.Add(capacity);
        _next.Add(_first[from]);
        _first[from] = _to.Count - 1;
    }
}
