using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Local binary patterns on a sphere around each voxel of the region (Banerjee 2012), in PyRadiomics' form: samples by cubic spline, 0 outside
/// the image and rounded where it is whole-numbered, compared with the centre; the pattern's energy in each degree of spherical harmonics, and
/// the excess kurtosis of the samples.
/// </summary>
/// <remarks>
/// The sphere's x, y and z are added to z, y and x: both ways round it is the same set of points only where the sphere is symmetric in them, so
/// the exchange is part of the value. Where all samples are equal, the kurtosis is not a number: first-order features leave such voxels out, and
/// texture gives them the level after the last bin.
/// </remarks>
internal sealed class SphericalBinaryPattern
{
    private readonly Lbp3DImageType _type;
    private readonly List<Vector3D> _points;
    private readonly Complex[][][] _harmonics;

    /// <summary>Plans the sphere and its harmonics.</summary>
    public SphericalBinaryPattern(Lbp3DImageType type)
    {
        _type = type;
        _points = Icosphere.Vertices(type.Subdivision, type.Radius);
        _harmonics = [.. Enumerable.Range(0, type.Levels).Select(degree => SphericalHarmonics.OfDegree(degree, _points, type.Radius))];
    }

    /// <summary>The images m1, m2, … and k within the region's box; 0 outside the region.</summary>
    public IEnumerable<FilteredImage> Apply(PreparedCase prepared)
    {
        ImageRegion region = prepared.Around((int)Math.Ceiling(_type.Radius) + 2 + SplineVolume.Margin);
        var spline = new SplineVolume(region.Image, region.Box, (int)Math.Ceiling(_type.Radius));
        bool whole = region.Image.VoxelType is not (VoxelType.Float32 or VoxelType.Float64);
        var images = new double[_type.Levels + 1][];
        for (int i = 0; i < images.Length; i++)
            images[i] = new double[region.Box.Count];
        var samples = new double[_points.Count];
        var pattern = new bool[_points.Count];
        int at = 0;
        for (int z = region.Box.Z; z <= region.Box.Last(2); z++)
        {
            for (int y = region.Box.Y; y <= region.Box.Last(1); y++)
            {
                for (int x = region.Box.X; x <= region.Box.Last(0); x++, at++)
                {
                    if (prepared.Mask[at] == 0)
                        continue;
                    Sample(spline, region.Image, x, y, z, whole, samples);
                    double centre = region.Image.Voxels[(z * region.Image.Size.Y + y) * region.Image.Size.X + x];
                    for (int k = 0; k < samples.Length; k++)
                        pattern[k] = samples[k] >= centre;
                    for (int degree = 0; degree < _type.Levels; degree++)
                        images[degree][at] = Energy(_harmonics[degree], pattern);
                    images[^1][at] = ExcessKurtosis(samples);
                }
            }
        }
        VolumeGeometry geometry = region.Box.GeometryIn(region.Image.Geometry);
        for (int i = 0; i < images.Length; i++)
        {
            string name = i < _type.Levels ? FormattableString.Invariant($"lbp-3D-m{i + 1}") : "lbp-3D-k";
            yield return new(name, new WorkingImage(geometry, VoxelType.Float64, images[i]));
        }
    }

    private void Sample(SplineVolume spline, WorkingImage image, int x, int y, int z, bool whole, double[] samples)
    {
        for (int k = 0; k < samples.Length; k++)
        {
            double value = spline.At(x + _points[k].Z, y + _points[k].Y, z + _points[k].X);
            samples[k] = whole ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
        }
        if (whole)
            SplineResampler.CastTo(image.VoxelType, samples);
        else if (image.VoxelType == VoxelType.Float32)
        {
            foreach (ref double sample in samples.AsSpan())
                sample = (float)sample;
        }
    }

    /// <summary>The norm over the sphere of the pattern's part in one degree, squares taken without conjugation.</summary>
    private static double Energy(Complex[][] harmonics, bool[] pattern)
    {
        var coefficients = new Complex[harmonics.Length];
        for (int m = 0; m < harmonics.Length; m++)
        {
            for (int k = 0; k < pattern.Length; k++)
                coefficients[m] += pattern[k] ? harmonics[m][k] : Complex.Zero;
        }
        Complex sum = Complex.Zero;
        for (int k = 0; k < pattern.Length; k++)
        {
            Complex part = Complex.Zero;
            for (int m = 0; m < harmonics.Length; m++)
                part += coefficients[m] * harmonics[m][k];
            sum += part * part;
        }
        return Complex.Sqrt(sum).Real;
    }

    /// <summary>SciPy's excess kurtosis in its arithmetic: equal samples in another order must not differ in their last bits.</summary>
    private static double ExcessKurtosis(double[] samples)
    {
        int n = samples.Length;
        double mean = PairwiseSum.Sum(samples) / n;
        double[] squares = [.. samples.Select(sample => (sample - mean) * (sample - mean))];
        double second = PairwiseSum.Sum(squares) / n, fourth = PairwiseSum.Sum([.. squares.Select(square => square * square)]) / n;
        double resolution = 1e-15 * mean;
        return second <= resolution * resolution ? double.NaN : fourth / (second * second) - 3;
    }
}
