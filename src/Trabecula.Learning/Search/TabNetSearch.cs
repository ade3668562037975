using Trabecula.Learning.Models;

namespace Trabecula.Learning.Search;

/// <summary>
/// The search of a TabNet in two phases: first its architecture at fixed optimisation, then the optimisation of the best architecture.
/// </summary>
/// <remarks>
/// Source: Ge et al. 2025, with 100 configurations in each phase. The best of both phases is chosen, so that a second phase without
/// a better configuration loses nothing.
/// </remarks>
public sealed record TabNetSearch
{
    private const string ArchitecturePhase = "architecture", OptimizationPhase = "optimisation";

    /// <summary>Widths, steps, relaxation, layers and sparsity: 5,625 architectures, with equal widths of decision and attention.</summary>
    public static ParameterGrid ArchitectureGrid { get; } = new(
    [
        [
            ParameterAxis.OfWholes("n_d", 8, 16, 24, 32, 64),
            ParameterAxis.OfWholes("n_steps", 3, 4, 5, 6, 7),
            ParameterAxis.OfNumbers("gamma", 1.0, 1.2, 1.3, 1.5, 2.0),
            ParameterAxis.OfWholes("n_independent", 1, 2, 3),
            ParameterAxis.OfWholes("n_shared", 1, 2, 3),
            ParameterAxis.OfNumbers("lambda_sparse", 1e-6, 1e-5, 1e-4, 1e-3, 1e-2),
        ],
    ]);

    /// <summary>Learning rate, batch, virtual batch and weight decay: 180 settings. Small batches are not parted further.</summary>
    public static ParameterGrid OptimizationGrid { get; } = new(
    [
        [.. RateAndDecay, ParameterAxis.OfWholes("batch_size", 32, 64)],
        [.. RateAndDecay, ParameterAxis.OfWholes("batch_size", 128, 256), ParameterAxis.OfWholes("virtual_batch_size", 64, 128)],
    ]);

    /// <summary>The architectures of the first phase.</summary>
    public ParameterGrid Architectures { get; init; } = ArchitectureGrid;

    /// <summary>The settings of the second phase.</summary>
    public ParameterGrid Optimizations { get; init; } = OptimizationGrid;

    /// <summary>Configurations drawn in each phase, at least 1.</summary>
    public int Configurations { get; init; } = 100;

    /// <summary>What neither phase sets: most epochs, patience, class weight; the first phase's optimisation too. Nothing that <see cref="Architectures"/> varies.</summary>
    public ParameterSet Fixed { get; init; } = ParameterSet.Empty;

    /// <summary>
    /// Successive halving: epochs of the first round of the first phase, of which the better third goes on with three times the epochs until
    /// <c>max_epochs</c> is reached. Null trains every architecture in full.
    /// </summary>
    /// <remarks>Source: Jamieson and Talwalkar, AISTATS 2016; the third as in Li et al., Hyperband, JMLR 18 (2018).</remarks>
    public int? HalvingEpochs { get; init; }

    /// <summary>Every problem of the options, each with name and value; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Configurations < 1)
            problems.Add(FormattableString.Invariant($"Configurations is {Configurations}, expected at least 1."));
        if (HalvingEpochs < 1)
            problems.Add(FormattableString.Invariant($"HalvingEpochs is {HalvingEpochs}, expected at least 1."));
        problems.AddRange(Architectures.Validate());
        problems.AddRange(Optimizations.Validate());
        problems.AddRange(Fixed.Names.Intersect(Architectures.Blocks.SelectMany(block => block).Select(axis => axis.Name))
            .Select(name => $"{name} is fixed, but the search in two phases varies it: name it in a grid instead."));
        foreach (ParameterSet set in Axes(Architectures).Concat(Axes(Optimizations)).Append(Fixed).Distinct())
            problems.AddRange(TabNetFamily.TabNet.Problems(set));
        return problems;
    }

    /// <summary>The candidate of a study's search.</summary>
    /// <param name="name">What logs and reports call it.</param>
    /// <param name="seed">The origin of the draws of both phases.</param>
    /// <exception cref="ArgumentException"><see cref="Validate"/> finds a problem.</exception>
    public CandidateModel Candidate(string name, Seed seed)
    {
        if (Validate() is { Count: > 0 } problems)
            throw new ArgumentException($"{name}: {string.Join(" ", problems)}");
        int epochs = ((TabNet)TabNetFamily.TabNet.Create(Fixed)).MaxEpochs, first = Math.Min(HalvingEpochs ?? epochs, epochs);
        ParameterSet[] drawn = [.. Architectures.Draw(Configurations, seed.Derive("architecture")).Select(set => Merge(Fixed, set))];
        var rounds = new List<SearchRound>();
        int later = 0, left = drawn.Length;
        for (int before = first; before < epochs;)
        {
            int now = (int)Math.Min(3L * before, epochs), earlier = before;
            later += left = Third(left);
            rounds.Add(trials => [.. Better(trials, earlier).Select(trial => Of(WithEpochs(SetOf(trial), now), ArchitecturePhase))]);
            before = now;
        }
        IReadOnlyList<ParameterSet> settings = Optimizations.Draw(Configurations, seed.Derive("optimisation"));
        rounds.Add(trials => Best(trials) is { } best
            ? [.. settings.Select(set => Of(WithEpochs(Merge(SetOf(best), set), epochs), OptimizationPhase)).Where(found => !found.Model.Equals(best.Configuration.Model))]
            : []);
        return new CandidateModel(name, [.. drawn.Select(set => Of(WithEpochs(set, first), ArchitecturePhase))]) { Rounds = rounds, MostLater = later + settings.Count };
    }

    private static ParameterAxis[] RateAndDecay =>
    [
        ParameterAxis.OfNumbers("lr", 0.001, 0.005, 0.01, 0.02, 0.03, 0.05),
        ParameterAxis.OfNumbers("weight_decay", 0, 1e-6, 1e-5, 1e-4, 1e-3),
    ];

    /// <summary>The better third of the trials of one number of epochs, the best first; among equals the first tried.</summary>
    private static IEnumerable<Trial> Better(IReadOnlyList<Trial> trials, int epochs)
    {
        Trial[] scored = [.. trials.Where(trial => ((TabNet)trial.Configuration.Model).MaxEpochs == epochs && !double.IsNaN(trial.Mean))];
        return scored.OrderByDescending(trial => trial.Mean).Take(Third(scored.Length));
    }

    private static int Third(int count) => (count + 2) / 3;

    private static Trial? Best(IReadOnlyList<Trial> trials) => trials.Where(trial => !double.IsNaN(trial.Mean)).MaxBy(trial => trial.Mean);

    private static Configuration Of(ParameterSet set, string phase) =>
        new(set.ToString(), TabNetFamily.TabNet.Create(set)) { Parameters = set, Phase = phase };

    private static ParameterSet SetOf(Trial trial) => trial.Configuration.Parameters!;

    private static ParameterSet WithEpochs(ParameterSet set, int epochs) =>
        Merge(set, new ParameterSet([KeyValuePair.Create<string, ParameterValue>("max_epochs", new ParameterValue.Whole(epochs))]));

    private static ParameterSet Merge(ParameterSet under, ParameterSet over) => new(
        under.Names.Except(over.Names).Select(name => KeyValuePair.Create(name, under[name]!)).Concat(over.Names.Select(name => KeyValuePair.Create(name, over[name]!))));

    /// <summary>Each value of a grid alone, so that a faulty one is named once.</summary>
    private static IEnumerable<ParameterSet> Axes(ParameterGrid grid) =>
        grid.Blocks.SelectMany(block => block).SelectMany(axis => axis.Values.Select(value => new ParameterSet([KeyValuePair.Create(axis.Name, value)])));
}
