using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// The three passes of a separable recursive filter over a volume of which only a box is wanted: each pass runs along whole
/// lines, but leaves out lines and keeps only the stretches that the later passes do not need.
/// </summary>
internal sealed class RecursivePasses(VolumeSize size, VoxelBox box)
{
    private const int Lines = RecursiveLineFilter.Lines;

    private readonly RecursiveLineFilter _filter = new(Math.Max(Math.Max(size.X, size.Y), size.Z));

    /// <summary>First pass: all lines along an axis.</summary>
    public void Filter(double[] source, float[] target, int axis, in RecursiveGaussian filter)
    {
        Bundles bundles = Across(axis, -1, -1);
        for (int outer = bundles.OuterFirst; outer <= bundles.OuterLast; outer++)
        {
            for (int line = bundles.First; line <= bundles.Last; line += Lines)
            {
                int count = Math.Min(Lines, bundles.Last - line + 1), start = outer * bundles.OuterStride + line * bundles.Stride;
                for (int i = 0; i < bundles.Length; i++)
                {
                    for (int l = 0; l < count; l++) _filter.Samples[i * Lines + l] = source[start + i * bundles.Along + l * bundles.Stride];
                }
                _filter.Run(bundles.Length, filter);
                Put(target, start, count, axis, bundles);
            }
        }
    }

    /// <summary>Second pass: lines along an axis within the box's range of the axis that was filtered before.</summary>
    public void Filter(float[] source, float[] target, int axis, int before, in RecursiveGaussian filter)
    {
        Bundles bundles = Across(axis, before, -1);
        for (int outer = bundles.OuterFirst; outer <= bundles.OuterLast; outer++)
        {
            for (int line = bundles.First; line <= bundles.Last; line += Lines)
            {
                int count = Math.Min(Lines, bundles.Last - line + 1), start = outer * bundles.OuterStride + line * bundles.Stride;
                Take(source, start, count, bundles);
                _filter.Run(bundles.Length, filter);
                Put(target, start, count, axis, bundles);
            }
        }
    }

    /// <summary>Third pass: lines within the box, multiplied and added to the box's total, each sum rounded to single precision.</summary>
    public void Accumulate(float[] source, float[] total, int axis, in RecursiveGaussian filter, double factor)
    {
        Bundles bundles = Across(axis, (axis + 1) % 3, (axis + 2) % 3);
        int[] strides = [1, box.Size.X, box.Size.X * box.Size.Y];
        int lineStride = strides[axis == 0 ? 1 : 0], outerStride = strides[axis == 2 ? 1 : 2];
        for (int outer = bundles.OuterFirst; outer <= bundles.OuterLast; outer++)
        {
            for (int line = bundles.First; line <= bundles.Last; line += Lines)
            {
                int count = Math.Min(Lines, bundles.Last - line + 1);
                Take(source, outer * bundles.OuterStride + line * bundles.Stride, count, bundles);
                _filter.Run(bundles.Length, filter);
                int start = (outer - bundles.OuterFirst) * outerStride + (line - bundles.First) * lineStride;
                for (int i = 0; i < box.Size[axis]; i++)
                {
                    for (int l = 0; l < count; l++)
                    {
                        ref float sum = ref total[start + i * strides[axis] + l * lineStride];
                        sum = (float)(sum + _filter.Result[(i + box.First(axis)) * Lines + l] * factor);
                    }
                }
            }
        }
    }

    private void Take(float[] source, int start, int count, in Bundles bundles)
    {
        for (int i = 0; i < bundles.Length; i++)
        {
            for (int l = 0; l < count; l++) _filter.Samples[i * Lines + l] = source[start + i * bundles.Along + l * bundles.Stride];
        }
    }

    private void Put(float[] target, int start, int count, int axis, in Bundles bundles)
    {
        for (int i = box.First(axis); i <= box.Last(axis); i++)
        {
            for (int l = 0; l < count; l++) target[start + i * bundles.Along + l * bundles.Stride] = _filter.Result[i * Lines + l];
        }
    }

    /// <summary>
    /// The lines along an axis. Bundles lie along x, where lines are neighbours in memory, or along y for lines along x.
    /// The axes that are named are cut to the box.
    /// </summary>
    private Bundles Across(int axis, int cut, int alsoCut)
    {
        int lineAxis = axis == 0 ? 1 : 0, outerAxis = axis == 2 ? 1 : 2;
        int[] strides = [1, size.X, size.X * size.Y];
        (int First, int Last) Range(int a) => a == cut || a == alsoCut ? (box.First(a), box.Last(a)) : (0, size[a] - 1);
        return new(
            size[axis], strides[axis],
            Range(lineAxis).First, Range(lineAxis).Last, strides[lineAxis],
            Range(outerAxis).First, Range(outerAxis).Last, strides[outerAxis]);
    }

    private readonly record struct Bundles(
        int Length, int Along, int First, int Last, int Stride, int OuterFirst, int OuterLast, int OuterStride);
}
