using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of steps; each is read into the options of its <see cref="Transformer"/>.</summary>
internal static class StepKeys
{
    internal static readonly UnionShape<Transformer> Step = new UnionShape<Transformer>("step")
        .Add("standardScaling", Of(new StandardScaler(), "Mean 0 and standard deviation 1"));

    private static BlockShape<T> Of<T>(T defaults, string meaning) where T : Transformer => new BlockShape<T>(defaults, meaning)
        .Optional("scope", "The columns that the step works on; it hands the others on", new ChoiceShape<ColumnScope>(),
            step => step.Scope, (step, value) => step with { Scope = value })
        .Check(step => step.Validate());
}
