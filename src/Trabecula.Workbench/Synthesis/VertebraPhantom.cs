using Trabecula.Imaging;
using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>What shapes a synthetic vertebra.</summary>
/// <param name="TextureScaleMm">Correlation length of the trabecular texture, as the sigma of a Gaussian, in millimetres.</param>
/// <param name="DensityHu">Mean of the trabecular bone, in Hounsfield units.</param>
/// <param name="HeightMm">Posterior height of the body, in millimetres.</param>
/// <param name="Wedge">Loss of height from the posterior to the anterior edge, as a share of the height, 0 to 1.</param>
/// <param name="WidthMm">Width of the body, in millimetres; its depth is three quarters of it.</param>
/// <param name="Cleft">An intravertebral cleft filled with gas below the upper endplate.</param>
public sealed record VertebraTraits(double TextureScaleMm, double DensityHu, double HeightMm, double Wedge, double WidthMm, bool Cleft);

/// <summary>
/// A synthetic CT of one vertebra on a clinical grid, with the mask of its body: a wedged body with a cortical shell and a
/// trabecular texture of known scale, the spinal canal and its arch behind it, and soft tissue around. It looks like a vertebra
/// to a feature extractor; it is no anatomical model.
/// </summary>
/// <param name="Image">Hounsfield units.</param>
/// <param name="Mask">1 in the vertebral body, cortex included; 0 elsewhere.</param>
public sealed record VertebraPhantom(Volume<short> Image, Mask Mask)
{
    private const double SoftTissueHu = 45, CanalHu = 15, ArchHu = 380, CortexHu = 430, CleftHu = -420;
    private const double TextureHu = 70, CortexTextureHu = 60, SoftTextureHu = 12, ScannerNoiseHu = 9;

    // In-plane blur of a soft-tissue kernel; slices of 3 mm average more than any blur across them.
    private const double BlurMm = 0.55;

    /// <summary>Voxels along x, y and z.</summary>
    public static VolumeSize Size { get; } = new(64, 56, 14);

    /// <summary>0.78 mm in plane and slices of 3 mm, as in clinical spine CT.</summary>
    public static Vector3D SpacingMm { get; } = new(0.78, 0.78, 3);

    /// <summary>Makes the volume and the mask. The same traits and seed give the same voxels.</summary>
    public static VertebraPhantom Render(VertebraTraits traits, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(traits);
        RandomSequence placement = seed.Derive("placement").Open();
        Vector3D shift = new(1.4 * placement.NextDouble() - 0.7, 1.4 * placement.NextDouble() - 0.7, 3 * placement.NextDouble() - 1.5);
        double[] texture = CorrelatedNoise.Draw(seed.Derive("texture").Open(), Size, SpacingMm, traits.TextureScaleMm);
        double[] tissue = CorrelatedNoise.Draw(seed.Derive("tissue").Open(), Size, SpacingMm, 1.2);
        RandomSequence scanner = seed.Derive("scanner").Open();

        var density = new double[Size.Count];
        var mask = new byte[Size.Count];
        int voxel = 0;
        for (int z = 0; z < Size.Z; z++)
        {
            for (int y = 0; y < Size.Y; y++)
            {
                for (int x = 0; x < Size.X; x++, voxel++)
                {
                    // Millimetres from the middle of the body; y runs to posterior, so the canal lies at positive y.
                    Vector3D at = new(
                        (x - 0.5 * (Size.X - 1)) * SpacingMm.X - shift.X,
                        (y - 0.5 * (Size.Y - 1)) * SpacingMm.Y + 3 - shift.Y,
                        (z - 0.5 * (Size.Z - 1)) * SpacingMm.Z - shift.Z);
                    Tissue kind = TissueAt(traits, at);
                    mask[voxel] = (byte)(kind >= Tissue.Cortex ? 1 : 0);
                    density[voxel] = kind switch
                    {
                        Tissue.Canal => CanalHu + 0.5 * SoftTextureHu * tissue[voxel],
                        Tissue.Arch => ArchHu + CortexTextureHu * tissue[voxel],
                        Tissue.Cortex => CortexHu + CortexTextureHu * tissue[voxel],
                        Tissue.Trabecular => traits.DensityHu + TextureHu * texture[voxel],
                        Tissue.Cleft => CleftHu + CortexTextureHu * tissue[voxel],
                        _ => SoftTissueHu + SoftTextureHu * tissue[voxel],
                    };
                }
            }
        }
        CorrelatedNoise.Smooth(density, Size, 0, BlurMm / SpacingMm.X);
        CorrelatedNoise.Smooth(density, Size, 1, BlurMm / SpacingMm.Y);
        var image = new short[density.Length];
        for (int i = 0; i < image.Length; i++)
            image[i] = (short)Math.Clamp(Math.Round(density[i] + ScannerNoiseHu * scanner.NextGaussian()), -1024, 3071);

        var geometry = new VolumeGeometry(Size, SpacingMm, new(-24.57, -196.25, -412.5), Matrix3D.Identity);
        return new VertebraPhantom(Volume.Create(geometry, image), new Mask(Volume.Create(geometry, mask)));
    }

    private static Tissue TissueAt(VertebraTraits traits, Vector3D at)
    {
        double halfWidth = traits.WidthMm / 2, halfDepth = 0.75 * halfWidth;
        double anterior = Math.Clamp(0.5 - at.Y / (2 * halfDepth), 0, 1);
        double halfHeight = 0.5 * traits.HeightMm * (1 - traits.Wedge * anterior);
        // A wedge fracture lowers the upper endplate: the lower one stays level.
        double fromMiddle = at.Z + 0.5 * traits.HeightMm - halfHeight;
        double body = Power(at.X / halfWidth, 2.6) + Power(at.Y / halfDepth, 2.6) + Power(fromMiddle / halfHeight, 6);
        if (body <= 0.78)
        {
            double cleft = Square(at.X / (0.55 * halfWidth)) + Square((at.Y + 2) / (0.45 * halfDepth)) +
                Square((fromMiddle - 0.3 * halfHeight) / 2.6);
            return traits.Cleft && cleft <= 1 ? Tissue.Cleft : Tissue.Trabecular;
        }
        if (body <= 1)
            return Tissue.Cortex;
        double canal = Math.Sqrt(Square(at.X / 9.5) + Square((at.Y - halfDepth - 7.5) / 7.5));
        if (canal <= 1)
            return Tissue.Canal;
        return canal <= 1.35 && at.Y > halfDepth - 3 && Math.Abs(at.Z) < 0.36 * traits.HeightMm ? Tissue.Arch : Tissue.Soft;
    }

    private static double Power(double x, double exponent) => Math.Pow(Math.Abs(x), exponent);

    private static double Square(double x) => x * x;

    /// <summary>What a voxel is made of; from <see cref="Cortex"/> on it belongs to the body.</summary>
    private enum Tissue
    {
        Soft,
        Canal,
        Arch,
        Cortex,
        Trabecular,
        Cleft,
    }
}
