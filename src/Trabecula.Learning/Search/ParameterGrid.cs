namespace Trabecula.Learning.Search;

/// <summary>The values to try for one hyper-parameter.</summary>
/// <param name="Name">scikit-learn's name of the hyper-parameter.</param>
/// <param name="Values">At least one, each once.</param>
public sealed record ParameterAxis(string Name, IReadOnlyList<ParameterValue> Values)
{
    /// <summary>Whole numbers to try.</summary>
    public static ParameterAxis OfWholes(string name, params IReadOnlyList<int> numbers) => new(name, [.. numbers.Select(number => new ParameterValue.Whole(number))]);

    /// <summary>Numbers to try, none of which counts as whole.</summary>
    public static ParameterAxis OfNumbers(string name, params IReadOnlyList<double> numbers) => new(name, [.. numbers.Select(number => new ParameterValue.Number(number))]);

    /// <summary>Words to try.</summary>
    public static ParameterAxis OfWords(string name, params IReadOnlyList<string> words) => new(name, [.. words.Select(word => new ParameterValue.Word(word))]);

    /// <summary>The same values, and others behind them.</summary>
    public ParameterAxis And(ParameterAxis others) => this with { Values = [.. Values, .. others.Values] };

    /// <summary>The same values, and no value behind them.</summary>
    public ParameterAxis AndNone() => this with { Values = [.. Values, new ParameterValue.None()] };
}

/// <summary>
/// The configurations that a search chooses from: every combination of the values of a block, for one block or several (scikit-learn's
/// <c>param_grid</c>), or a list of configurations as others drew it.
/// </summary>
/// <remarks>Order: blocks as given; in a block the axes in the order of the names' letters, the last one running fastest, as in
/// scikit-learn's <c>ParameterGrid</c>.</remarks>
public sealed class ParameterGrid
{
    private readonly ParameterAxis[][] _blocks;

    /// <summary>The combinations of some blocks.</summary>
    /// <param name="blocks">Each block's axes. A block without an axis is the one configuration of all defaults.</param>
    public ParameterGrid(IReadOnlyList<IReadOnlyList<ParameterAxis>> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        _blocks = [.. blocks.Select(block => block.OrderBy(axis => axis.Name, StringComparer.Ordinal).ToArray())];
        Blocks = Array.AsReadOnly<IReadOnlyList<ParameterAxis>>([.. _blocks.Select(Array.AsReadOnly)]);
        Count = (long)UInt128.Min(_blocks.Aggregate(UInt128.Zero, (sum, block) => sum + (UInt128)SizeOf(block)), long.MaxValue);
    }

    private ParameterGrid(IReadOnlyList<ParameterSet> trials)
        : this([.. trials.Select(trial => trial.Names.Select(name => new ParameterAxis(name, [trial[name]!])).ToArray())]) => IsList = true;

    /// <summary>The configurations of a list, all of which are tried, in its order.</summary>
    public static ParameterGrid Of(IReadOnlyList<ParameterSet> trials) => new(trials);

    /// <summary>Whether it is a list of configurations rather than combinations to draw from.</summary>
    public bool IsList { get; }

    /// <summary>The axes of each block, in the order of the names' letters.</summary>
    public IReadOnlyList<IReadOnlyList<ParameterAxis>> Blocks { get; }

    /// <summary>Number of configurations; <see cref="long.MaxValue"/> also stands for more.</summary>
    public long Count { get; }

    /// <summary>Every problem of the grid itself, whatever its model; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (_blocks.Length == 0)
            problems.Add("The grid has no configuration, expected at least one.");
        if (IsList)
        {
            problems.AddRange(All().GroupBy(trial => trial).Where(same => same.Count() > 1).Select(same => $"{{{same.Key}}} is listed twice."));
            return problems;
        }
        for (int i = 0; i < _blocks.Length; i++)
        {
            string place = _blocks.Length == 1 ? "" : FormattableString.Invariant($"[{i}].");
            foreach (IGrouping<string, ParameterAxis> same in _blocks[i].GroupBy(axis => axis.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
                problems.Add($"{place}{same.Key} stands twice in one block.");
            foreach (ParameterAxis axis in _blocks[i])
            {
                if (axis.Values.Count == 0)
                    problems.Add($"{place}{axis.Name} has no value, expected at least one.");
                foreach (IGrouping<ParameterValue, ParameterValue> same in axis.Values.GroupBy(value => value).Where(g => g.Count() > 1))
                    problems.Add($"{place}{axis.Name} lists {same.Key} twice, expected each value once.");
            }
            // Drawing without replacement would still try a shared configuration twice.
            for (int j = 0; j < i; j++)
            {
                if (Shared(_blocks[j], _blocks[i]) is { } shared)
                    problems.Add(FormattableString.Invariant($"[{j}] and [{i}] both hold {{{shared}}}, expected each configuration once."));
            }
        }
        return problems;
    }

    /// <summary>The configuration at a place of the order.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ParameterSet At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        foreach (ParameterAxis[] block in _blocks)
        {
            long size = SizeOf(block);
            if (index < size)
                return At(block, index);
            index -= size;
        }
        throw new ArgumentOutOfRangeException(nameof(index), index, FormattableString.Invariant($"The grid has {Count} configurations."));
    }

    /// <summary>Every configuration, in order.</summary>
    public IEnumerable<ParameterSet> All()
    {
        for (long i = 0; i < Count; i++)
            yield return At(i);
    }

    /// <summary>
    /// Configurations drawn without replacement, each equally likely, in the order drawn; all of them in their own order where the
    /// grid has no more than are asked for, and of a list (<see cref="IsList"/>) always all.
    /// </summary>
    /// <param name="configurations">How many, at least 1.</param>
    /// <param name="seed">The origin of the draw.</param>
    /// <remarks>scikit-learn's <c>ParameterSampler</c> over lists: blocks weigh as much as they have configurations.</remarks>
    public IReadOnlyList<ParameterSet> Draw(int configurations, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(configurations);
        if (IsList || Count <= configurations)
            return [.. All()];
        RandomSequence random = seed.Derive("configurations").Open();
        // A Fisher-Yates shuffle of all places that stops early and keeps only the places that it moved.
        var moved = new Dictionary<long, long>();
        var drawn = new ParameterSet[configurations];
        for (int i = 0; i < drawn.Length; i++)
        {
            long other = i + random.NextLong(Count - i);
            drawn[i] = At(moved.GetValueOrDefault(other, other));
            moved[other] = moved.GetValueOrDefault(i, i);
        }
        return drawn;
    }

    private static ParameterSet At(ParameterAxis[] block, long index)
    {
        var values = new KeyValuePair<string, ParameterValue>[block.Length];
        for (int i = block.Length - 1; i >= 0; i--)
        {
            (index, long place) = Math.DivRem(index, block[i].Values.Count);
            values[i] = KeyValuePair.Create(block[i].Name, block[i].Values[(int)place]);
        }
        return new ParameterSet(values);
    }

    private static ParameterSet? Shared(ParameterAxis[] one, ParameterAxis[] other)
    {
        if (!one.Select(axis => axis.Name).SequenceEqual(other.Select(axis => axis.Name)))
            return null;
        ParameterValue[][] common = [.. one.Zip(other, (a, b) => a.Values.Intersect(b.Values).ToArray())];
        return common.Any(values => values.Length == 0)
            ? null
            : new ParameterSet(one.Zip(common, (axis, values) => KeyValuePair.Create(axis.Name, values[0])).DistinctBy(each => each.Key));
    }

    private static long SizeOf(ParameterAxis[] block)
    {
        UInt128 size = 1;
        foreach (ParameterAxis axis in block)
            size = UInt128.Min(size * (UInt128)axis.Values.Count, long.MaxValue);
        return (long)size;
    }
}
