using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Blocks;

/// <summary>The settings that say which voxels are neighbours and how their pairs count.</summary>
/// <param name="Distances">Shells of neighbours, each once.</param>
/// <param name="PlanarAxis">The array axis (0 is z) without neighbours across it, or -1.</param>
/// <param name="Norm">How directions are weighted and merged, or null.</param>
/// <param name="Symmetrical">Whether a pair counts both ways.</param>
/// <param name="Alpha">How far the levels of a dependent neighbour may differ.</param>
internal sealed record TextureOptions(int[] Distances, int PlanarAxis, WeightingNorm? Norm, bool Symmetrical, int Alpha)
{
    /// <summary>The options of an image type.</summary>
    public static TextureOptions Of(ExtractionSettings settings) => new(
        [.. settings.Distances.Distinct()], settings.Force2D ? settings.Force2DDimension : -1, settings.WeightingNorm, settings.SymmetricalGlcm, settings.GldmA);

    /// <summary>Whether these are PyRadiomics' defaults, for which there are faster ways.</summary>
    public bool AreDefault => Distances is [1] && PlanarAxis < 0 && Norm is null && Symmetrical && Alpha == 0;

    /// <summary>The length of a step in millimetres by the norm; 1 where all steps count the same.</summary>
    public double LengthMm(Step step, Vector3D spacingMm)
    {
        double x = Math.Abs(step.Dx) * spacingMm.X, y = Math.Abs(step.Dy) * spacingMm.Y, z = Math.Abs(step.Dz) * spacingMm.Z;
        return Norm switch
        {
            WeightingNorm.Euclidean => Math.Sqrt(x * x + y * y + z * z),
            WeightingNorm.Manhattan => x + y + z,
            WeightingNorm.Infinity => Math.Max(x, Math.Max(y, z)),
            _ => 1,
        };
    }

    /// <summary>A direction's weight in the co-occurrence matrix: exp(-d²), or 1 without a norm of lengths.</summary>
    public double PairWeight(Step step, Vector3D spacingMm) =>
        Norm is null or WeightingNorm.NoWeighting ? 1 : Math.Exp(-Math.Pow(LengthMm(step, spacingMm), 2));

    /// <summary>A direction's weight in the run-length matrix: d itself, although it is meant to be a distance there too.</summary>
    public double RunWeight(Step step, Vector3D spacingMm) => LengthMm(step, spacingMm);
}

/// <summary>A step between voxels, in voxels along each axis.</summary>
internal readonly record struct Step(int Dx, int Dy, int Dz)
{
    /// <summary>Half of the steps of some shells: the others are their negatives. Steps that leave a box of this size at once are left out.</summary>
    public static Step[] Half(VolumeSize size, IReadOnlyList<int> distances, int planarAxis)
    {
        int reach = distances.Max();
        var steps = new List<Step>();
        // In PyRadiomics' order: from the largest offset downwards, z slowest.
        for (int z = reach; z >= 0; z--)
        {
            for (int y = reach; y >= -reach; y--)
            {
                for (int x = reach; x >= -reach; x--)
                {
                    bool first = z > 0 || y > 0 || (y == 0 && x > 0);
                    bool inside = z < size.Z && Math.Abs(y) < size.Y && Math.Abs(x) < size.X;
                    bool planar = planarAxis switch { 0 => z == 0, 1 => y == 0, 2 => x == 0, _ => true };
                    int distance = Math.Max(z, Math.Max(Math.Abs(y), Math.Abs(x)));
                    if (first && inside && planar && distances.Contains(distance))
                        steps.Add(new Step(x, y, z));
                }
            }
        }
        return [.. steps];
    }
}
