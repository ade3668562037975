using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Glszm;

namespace Trabecula.Radiomics.Diagnostics;

/// <summary>PyRadiomics' <c>diagnostics_Mask-…</c> columns of one region on one grid.</summary>
/// <param name="Geometry">Of the volume that the region lies in.</param>
/// <param name="LowerX">Index of the region's box in the volume.</param>
/// <param name="LowerY"><inheritdoc cref="LowerX"/></param>
/// <param name="LowerZ"><inheritdoc cref="LowerX"/></param>
/// <param name="Region">The region in its box.</param>
internal readonly record struct RegionDescription(VolumeGeometry Geometry, int LowerX, int LowerY, int LowerZ, RegionGrid Region)
{
    /// <summary>Spacing, size, bounding box (lower index and size), voxels, 26-connected parts, and centre of mass as index and point.</summary>
    public IEnumerable<Diagnostic> Describe(string stage)
    {
        string prefix = $"diagnostics_Mask-{stage}_";
        Vector3D centre = Centre();
        Vector3D point = Geometry.IndexToPoint(centre);
        yield return new(prefix + "Spacing", Columns.Of(Geometry.SpacingMm));
        yield return new(prefix + "Size", Columns.Of(Geometry.Size));
        yield return new(prefix + "BoundingBox", DiagnosticValue.Integers(LowerX, LowerY, LowerZ, Region.Nx, Region.Ny, Region.Nz));
        yield return new(prefix + "VoxelNum", DiagnosticValue.Integer(Region.VoxelCount));
        yield return new(prefix + "VolumeNum", DiagnosticValue.Integer(SizeZoneMatrix.CountParts(Region)));
        yield return new(prefix + "CenterOfMassIndex", Columns.Of(centre));
        yield return new(prefix + "CenterOfMass", Columns.Of(point));
    }

    private Vector3D Centre()
    {
        long x = 0, y = 0, z = 0;
        foreach (RegionGrid.Span span in Region.Spans)
        {
            long n = span.Length, first = span.Box % Region.Nx;
            x += n * (2 * first + n - 1) / 2;
            y += n * (span.Box / Region.Nx % Region.Ny);
            z += n * (span.Box / (Region.Nx * Region.Ny));
        }
        double count = Region.VoxelCount;
        return new Vector3D((x + count * LowerX) / count, (y + count * LowerY) / count, (z + count * LowerZ) / count);
    }
}
