using System.Numerics;
using Trabecula.Imaging.Segmenting;

namespace Trabecula.Imaging.Measuring;

/// <summary>Heights, endplates and densities of one vertebral body.</summary>
/// <param name="Frame">Where it lies.</param>
/// <param name="AnteriorMm">Height at 15 % of the depth from the front: mean of the lines within 5 mm of the middle and 5 % of the depth.</param>
/// <param name="MiddleMm">Height at 50 % of the depth.</param>
/// <param name="PosteriorMm">Height at 85 % of the depth.</param>
/// <param name="LevelsMm">Where the middles of these three heights lie, along <see cref="BodyFrame.Up"/> from the centre.</param>
/// <param name="FrontMm">Where the body begins, along <see cref="BodyFrame.Back"/> from the centre.</param>
/// <param name="RearMm">Where it ends.</param>
/// <param name="GasFraction">Share of the voxels, holes filled, that are below the threshold of gas: a hint of a vacuum cleft.</param>
/// <param name="CoreHu">Mean of the core; NaN where nothing is left of it.</param>
/// <param name="Core">The body eroded.</param>
public sealed record BodyMeasurement(
    BodyFrame Frame, double AnteriorMm, double MiddleMm, double PosteriorMm, IReadOnlyList<double> LevelsMm, double FrontMm, double RearMm, double GasFraction, double CoreHu, VoxelSet Core)
{
    /// <summary>Where along the depth the heights are measured.</summary>
    public static IReadOnlyList<double> DepthShares { get; } = [0.15, 0.5, 0.85];

    private const double HalfSlabMm = 5, HalfBand = 0.05, LineMm = 1, ReachMm = 60;

    /// <summary>The angle between its endplates in the sagittal plane, in degrees: positive where it is lower in front.</summary>
    public double WedgeDegrees => Frame.UpperDegrees - Frame.LowerDegrees;

    /// <summary>Measures a body.</summary>
    /// <param name="image">CT in Hounsfield units.</param>
    /// <param name="body">The body without posterior elements, on the image's grid.</param>
    /// <param name="gasBelowHu">Values below this are gas.</param>
    /// <param name="coreMm">How much is eroded for the core.</param>
    /// <param name="cancellationToken">Checked between the steps.</param>
    /// <exception cref="ImagingException">The region is empty, on another grid, or has no two endplates.</exception>
    public static BodyMeasurement Of(Volume image, VoxelSet body, double gasBelowHu, double coreMm, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(body);
        if (body.Count == 0)
            throw new ImagingException("", "the region has no voxel.", "Give a label that the mask holds.");
        if (body.Geometry.Size != image.Geometry.Size)
            throw new ImagingException("", $"image and mask have {image.Geometry.Size} and {body.Geometry.Size} voxels.", "Give the mask that was drawn on this image.");
        VoxelSet whole = Holes.Fill(body);
        var field = new MaskField(whole);
        var frame = BodyFrame.Of(whole, field);
        cancellationToken.ThrowIfCancellationRequested();
        (double front, double rear) = Depth(field, frame);
        (double Height, double Level)[] heights = [.. DepthShares.Select(share => Height(field, frame, front + share * (rear - front), HalfBand * (rear - front)))];
        VoxelSet core = Morphology.Erode(whole, coreMm, cancellationToken);
        (long gas, _) = image.Accept(new Sum(whole, gasBelowHu));
        (_, double sum) = image.Accept(new Sum(core, gasBelowHu));
        return new(frame, heights[0].Height, heights[1].Height, heights[2].Height, Array.ConvertAll(heights, each => each.Level), front, rear, gas / (double)whole.Count, core.Count == 0 ? double.NaN : sum / core.Count, core);
    }

    private static (double Front, double Rear) Depth(MaskField field, BodyFrame frame)
    {
        // At the middle of the height, where no rim stands out.
        (double First, double Last)[] lines = [.. Lines(0, HalfSlabMm).SelectMany(x => Lines(0, 2).Select(z => field.Crossings(frame.Point(x, 0, z), frame.Back, ReachMm))).OfType<(double, double)>()];
        return lines.Length > 0 ? (lines.Average(line => line.First), lines.Average(line => line.Last))
            : throw new ImagingException("", "no line from front to back meets the region.", "Give the mask of a body without posterior elements.");
    }

    private static (double Height, double Level) Height(MaskField field, BodyFrame frame, double depth, double halfBand)
    {
        (double First, double Last)[] lines = [.. Lines(0, HalfSlabMm).SelectMany(x => Lines(depth, halfBand).Select(y => field.Crossings(frame.Point(x, y, 0), frame.Up, ReachMm)))
            .OfType<(double, double)>()];
        return lines.Length > 0 ? (lines.Average(line => line.Last - line.First), lines.Average(line => (line.First + line.Last) / 2)) : (double.NaN, double.NaN);
    }

    private static IEnumerable<double> Lines(double middle, double half)
    {
        int count = Math.Max(1, (int)Math.Round(half / LineMm));
        return Enumerable.Range(-count, 2 * count + 1).Select(i => middle + i * half / count);
    }

    private readonly struct Sum(VoxelSet set, double below) : IVolumeOperation<(long Below, double Sum)>
    {
        public (long Below, double Sum) Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            (long count, double sum) = (0, 0);
            for (int i = 0; i < set.Inside.Length; i++)
            {
                if (!set.Inside[i])
                    continue;
                double value = double.CreateChecked(volume.Voxels[i]);
                count += value < below ? 1 : 0;
                sum += value;
            }
            return (count, sum);
        }
    }
}
