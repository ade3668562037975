using System.Numerics;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>
/// Puts slices that are tilted, shifted or unevenly spaced onto a grid at right angles: the planes of the first slice's place and of the usual step, wide enough for all slices.
/// In a slice the value between samples is bilinear, between slices linear; a plane that is a slice takes nothing from its neighbours, so that tilt alone only moves slices
/// within themselves. What no slice covers, and what would mix with padding, gets the fill value.
/// </summary>
internal sealed class RegularGrid
{
    /// <summary>This part of a step or of a sample is rounding.</summary>
    private const double Rounding = 0.01;

    /// <summary>A tilt of 30 degrees over three times the height of a matrix stays below; forged positions do not.</summary>
    private const int MostGrowth = 8;

    private readonly double[] _along, _column, _row;

    private RegularGrid(SliceStack stack, double stepMm)
    {
        DicomSlice first = stack.Slices[0];
        Vector3D normal = first.Normal;
        _along = [.. stack.Slices.Select(slice => slice.DistanceAlong(normal) - first.DistanceAlong(normal))];
        _column = [.. stack.Slices.Select(slice => Vectors.Dot(Vectors.Subtract(slice.PositionMm, first.PositionMm), first.RowDirection) / first.SpacingMm.X)];
        _row = [.. stack.Slices.Select(slice => Vectors.Dot(Vectors.Subtract(slice.PositionMm, first.PositionMm), first.ColumnDirection) / first.SpacingMm.Y)];
        StepMm = stepMm;
    }

    /// <summary>Distance between planes.</summary>
    public double StepMm { get; }

    /// <summary>Planes that lie between two slices further apart than one and a half steps: made up across a gap.</summary>
    public int PlanesInGaps { get; private set; }

    /// <summary>The value of voxels that no slice covers.</summary>
    public double Fill { get; private set; }

    /// <summary>Resamples.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="stack">Slices of one orientation, size and spacing, each at a place of its own.</param>
    /// <param name="samples">Their values, in the stack's order.</param>
    /// <param name="cancellationToken">Checked for each plane.</param>
    public static (Volume<float> Volume, RegularGrid Grid) Resample(string path, SliceStack stack, Volume samples, CancellationToken cancellationToken)
    {
        double[] steps = [.. stack.Slices.Zip(stack.Slices.Skip(1), (a, b) => b.DistanceAlong(stack.Slices[0].Normal) - a.DistanceAlong(stack.Slices[0].Normal)).Order()];
        var grid = new RegularGrid(stack, steps[(steps.Length - 1) / 2]);
        return (samples.Accept(new Work(grid, path, stack, cancellationToken)), grid);
    }

    private static int Below(double place) => (int)Math.Floor(place + Rounding);

    private static int Above(double place) => (int)Math.Ceiling(place - Rounding);

    private readonly struct Work(RegularGrid grid, string path, SliceStack stack, CancellationToken cancellationToken) : IVolumeOperation<Volume<float>>
    {
        public Volume<float> Run<T>(Volume<T> samples) where T : unmanaged, INumber<T>
        {
            VolumeGeometry own = samples.Geometry;
            (int left, int top) = (Below(grid._column.Min()), Below(grid._row.Min()));
            long width = Above(grid._column.Max()) + (long)own.Size.X - left, height = Above(grid._row.Max()) + (long)own.Size.Y - top, depth = Below(grid._along[^1] / grid.StepMm) + 1L;
            if (!(width * (double)height * depth <= Math.Min(Array.MaxLength, MostGrowth * (double)own.Size.Count)))
                throw new ImagingException(path, FormattableString.Invariant($"a regular grid of these slices would have {width} x {height} x {depth} voxels: they lie too far apart."), Cure.Crop);
            grid.Fill = FillOf(samples);
            var geometry = new VolumeGeometry(new((int)width, (int)height, (int)depth), new(own.SpacingMm.X, own.SpacingMm.Y, grid.StepMm), own.IndexToPoint(new(left, top, 0)), own.Direction);
            var voxels = new float[geometry.Size.Count];
            for (int k = 0, slice = 0; k < depth; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double at = k * grid.StepMm;
                while (slice + 1 < grid._along.Length && grid._along[slice + 1] <= at + Rounding * grid.StepMm)
                    slice++;
                double share = slice + 1 == grid._along.Length || Math.Abs(at - grid._along[slice]) <= Rounding * grid.StepMm ? 0
                    : (at - grid._along[slice]) / (grid._along[slice + 1] - grid._along[slice]);
                if (share > 0 && grid._along[slice + 1] - grid._along[slice] > 1.5 * grid.StepMm)
                    grid.PlanesInGaps++;
                for (int y = 0, to = k * (int)(width * height); y < height; y++)
                {
                    for (int x = 0; x < width; x++, to++)
                    {
                        double value = Sample(samples, slice, x + left, y + top);
                        if (share > 0)
                            value = (1 - share) * value + share * Sample(samples, slice + 1, x + left, y + top);
                        voxels[to] = (float)(double.IsNaN(value) ? grid.Fill : value);
                    }
                }
            }
            return Volume.Create(geometry, voxels);
        }

        private double FillOf<T>(Volume<T> samples) where T : unmanaged, INumber<T>
        {
            double[] padding = [.. stack.Slices.Select(slice => slice.Padding).OfType<PaddingRange>().Select(range => range.Lowest)];
            T lowest = samples.Voxels[0];
            foreach (T voxel in samples.Voxels)
                lowest = T.Min(lowest, voxel);
            return padding.Length > 0 ? padding.Min() : double.CreateChecked(lowest);
        }

        /// <summary>The value of a slice at a place, in columns and rows of the first one; NaN outside of it and beside padding.</summary>
        private double Sample<T>(Volume<T> samples, int slice, double column, double row) where T : unmanaged, INumber<T>
        {
            VolumeSize size = samples.Geometry.Size;
            double x = column - grid._column[slice], y = row - grid._row[slice];
            if (x < -Rounding || y < -Rounding || x > size.X - 1 + Rounding || y > size.Y - 1 + Rounding)
                return double.NaN;
            int x0 = Math.Clamp((int)Math.Floor(x), 0, size.X - 1), y0 = Math.Clamp((int)Math.Floor(y), 0, size.Y - 1);
            double dx = Math.Clamp(x - x0, 0, 1), dy = Math.Clamp(y - y0, 0, 1), sum = 0;
            for (int corner = 0; corner < 4; corner++)
            {
                double weight = ((corner & 1) == 0 ? 1 - dx : dx) * ((corner & 2) == 0 ? 1 - dy : dy);
                if (weight == 0)
                    continue;
                double value = double.CreateChecked(samples.Voxels[(slice * size.Y + Math.Min(y0 + (corner >> 1), size.Y - 1)) * size.X + Math.Min(x0 + (corner & 1), size.X - 1)]);
                if (stack.Slices[slice].Padding is { } padding && value >= padding.Lowest && value <= padding.Highest)
                    return double.NaN;
                sum += weight * value;
            }
            return sum;
        }
    }
}
