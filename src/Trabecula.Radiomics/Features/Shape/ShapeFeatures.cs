using Trabecula.Imaging;

namespace Trabecula.Radiomics.Features.Shape;

/// <summary>PyRadiomics <c>shape</c>: 14 features of the region's size and form, from the mask alone (IBSI 3.1), and three deprecated ones by
/// name.</summary>
internal static class ShapeFeatures
{
    public static readonly string[] Names =
    [
        "Elongation", "Flatness", "LeastAxisLength", "MajorAxisLength", "Maximum2DDiameterColumn", "Maximum2DDiameterRow",
        "Maximum2DDiameterSlice", "Maximum3DDiameter", "MeshVolume", "MinorAxisLength", "Sphericity", "SurfaceArea", "SurfaceVolumeRatio",
        "VoxelVolume",
    ];

    /// <summary>Writes the features in the order of <see cref="Names"/>, then Compactness1, Compactness2 and SphericalDisproportion. Directions play no part: lengths are indices times spacing.</summary>
    public static void Compute(ReadOnlySpan<byte> mask, RegionGrid region, Vector3D spacingMm, Span<double> values)
    {
        (double volume, double area) = SurfaceMesh.Measure(region, spacingMm);
        MeshDiameters diameters = MeshDiameters.Measure(mask, region, spacingMm);
        Vector3D axes = PrincipalAxes.Eigenvalues(region, spacingMm);
        values[0] = Math.Sqrt(axes.Y / axes.Z);
        values[1] = Math.Sqrt(axes.X / axes.Z);
        values[2] = 4 * Math.Sqrt(axes.X);
        values[3] = 4 * Math.Sqrt(axes.Z);
        values[4] = diameters.ColumnMm;
        values[5] = diameters.RowMm;
        values[6] = diameters.SliceMm;
        values[7] = diameters.WholeMm;
        values[8] = volume;
        values[9] = 4 * Math.Sqrt(axes.Y);
        values[10] = Math.Pow(36 * Math.PI * (volume * volume), 1.0 / 3.0) / area;
        values[11] = area;
        values[12] = area / volume;
        values[13] = region.VoxelCount * (spacingMm.X * spacingMm.Y * spacingMm.Z);
        values[14] = volume / (Math.Pow(area, 1.5) * Math.Sqrt(Math.PI));
        values[15] = 36 * Math.PI * (volume * volume) / (area * area * area);
        values[16] = area / Math.Pow(36 * Math.PI * (volume * volume), 1.0 / 3.0);
    }
}
