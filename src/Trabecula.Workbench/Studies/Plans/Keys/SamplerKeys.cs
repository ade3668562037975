using Trabecula.Learning;
using Trabecula.Workbench.Studies.Plans.Shapes;

namespace Trabecula.Workbench.Studies.Plans.Keys;

/// <summary>The kinds of samplers; each is read into the options of its <see cref="Learning.Sampler"/>.</summary>
internal static class SamplerKeys
{
    internal static readonly UnionShape<Sampler> Sampler = new("sampler");
}
