namespace Trabecula.Learning.Models;

/// <summary>A kernel with its numbers.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Gamma">Scale; the linear kernel has none.</param>
/// <param name="Degree">Power of a polynomial.</param>
/// <param name="Coef0">Constant of a polynomial or sigmoid.</param>
internal readonly record struct KernelFunction(Kernel Kind, double Gamma, int Degree, double Coef0)
{
    /// <summary>The similarity of two rows. A pair always gives the same bits, in either order.</summary>
    internal double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v)
    {
        switch (Kind)
        {
            case Kernel.Linear:
                return VectorSums.Dot(u, v);
            case Kernel.Rbf:
                return Math.Exp(-Gamma * VectorSums.SquaredDistance(u, v));
            case Kernel.Polynomial:
                double of = Gamma * VectorSums.Dot(u, v) + Coef0, power = of;
                for (int i = 1; i < Degree; i++)
                    power *= of;
                return power;
            default:
                return Math.Tanh(Gamma * VectorSums.Dot(u, v) + Coef0);
        }
    }
}
