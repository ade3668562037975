using Trabecula.Learning;
using Trabecula.Learning.Sampling;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of samplers; each is read into the options of its <see cref="Learning.Sampler"/>.</summary>
internal static class SamplerKeys
{
    private const string Balance = "Cases for each control that are aimed at: 1 makes the classes equal";
    private const string Neighbours = "Nearest rows that a made row can lie between";
    private const string CategoryText = "Where a made row takes its binary and categorical values from";

    internal static readonly UnionShape<Sampler> Sampler = new UnionShape<Sampler>("sampler")
        .Add("adasyn", Between(new Adasyn(), "Makes cases, most where controls are near (He et al. 2008)"))
        .Add("smote", Between(new Smote(), "Makes cases between neighbouring cases (Chawla et al. 2002)"))
        .Add("tomekLinks", Of(new TomekLinks(), "Removes rows whose nearest row is of the other class, and theirs in turn (Tomek 1976)")
            .Optional("removes", "Which side of a link goes", new ChoiceShape<TomekRemoval>(), s => s.Removes, (s, value) => s with { Removes = value }))
        .Add("randomOverSampling", Of(new RandomOverSampler(), "Repeats cases drawn at random")
            .Optional("balance", Balance, new NumberShape(0, 1, aboveMinimum: true), s => s.SamplingStrategy, (s, value) => s with { SamplingStrategy = value }))
        .Add("randomUnderSampling", Of(new RandomUnderSampler(), "Leaves out controls drawn at random")
            .Optional("balance", Balance, new NumberShape(0, 1, aboveMinimum: true), s => s.SamplingStrategy, (s, value) => s with { SamplingStrategy = value }));

    private static BlockShape<T> Between<T>(T defaults, string meaning) where T : OversamplingBetweenRows => Of(defaults, meaning)
        .Optional("neighbours", Neighbours, new WholeShape(1), s => s.NNeighbors, (s, value) => s with { NNeighbors = value })
        .Optional("balance", Balance, new NumberShape(0, 1, aboveMinimum: true), s => s.SamplingStrategy, (s, value) => s with { SamplingStrategy = value })
        .Optional("categories", CategoryText, new ChoiceShape<CategoryRule>(), s => s.Categories, (s, value) => s with { Categories = value });

    private static BlockShape<T> Of<T>(T defaults, string meaning) where T : Sampler => new BlockShape<T>(defaults, meaning).Check(sampler => sampler.Validate());
}
