using System.Numerics;
using System.Runtime.InteropServices;
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
        foreach (Bundle bundle in Across(axis, -1, -1))
        {
            if (axis == 0) LineTransposition.Gather(source.AsSpan(bundle.Start), size.X, bundle.Lines, size.X, _filter.Samples, Lines);
            else
            {
                for (int i = 0; i < bundle.Length; i++)
                    source.AsSpan(bundle.Start + i * bundle.Along, bundle.Lines).CopyTo(_filter.Samples[(i * Lines)..]);
            }
            Run(bundle, target, axis, filter);
        }
    }

    /// <summary>Second pass: lines along an axis within the box's range of the axis that was filtered before.</summary>
    public void Filter(float[] source, float[] target, int axis, int before, in RecursiveGaussian filter)
    {
        foreach (Bundle bundle in Across(axis, before, -1))
        {
            Take(source, bundle, axis);
            Run(bundle, target, axis, filter);
        }
    }

    /// <summary>
    /// Third pass, along y or z: lines within the box, multiplied and added to the box's total, each sum rounded to single precision.
    /// </summary>
    public void Accumulate(float[] source, float[] total, int axis, in RecursiveGaussian filter, double factor)
    {
        int along = axis == 1 ? box.Size.X : box.Size.X * box.Size.Y, outerStride = axis == 1 ? box.Size.X * box.Size.Y : box.Size.X;
        foreach (Bundle bundle in Across(axis, 0, 3 - axis))
        {
            Take(source, bundle, axis);
            _filter.Run(bundle.Lines, bundle.Length, box.First(axis), box.Last(axis), filter);
            int start = bundle.Outer * outerStride + bundle.First;
            for (int i = 0; i < box.Size[axis]; i++)
                Add(_filter.Result.Slice((i + box.First(axis)) * Lines, bundle.Lines), total.AsSpan(start + i * along, bundle.Lines), factor);
        }
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> sums, double factor)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<float>> into = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int i = 0; i < into.Length; i++)
        {
            Vector.Widen(vectors[i], out Vector<double> low, out Vector<double> high);
            Vector.Widen(into[i], out Vector<double> sumLow, out Vector<double> sumHigh);
            into[i] = Vector.Narrow(sumLow + low * factor, sumHigh + high * factor);
        }
        for (int i = into.Length * Vector<float>.Count; i < sums.Length; i++) sums[i] = (float)(sums[i] + values[i] * factor);
    }

    private void Take(float[] source, in Bundle bundle, int axis)
    {
        if (axis == 0)
        {
            LineTransposition.Gather(source.AsSpan(bundle.Start), size.X, bundle.Lines, size.X, _filter.Samples, Lines);
            return;
        }
        for (int i = 0; i < bundle.Length; i++)
        {
            ReadOnlySpan<float> row = source.AsSpan(bundle.Start + i * bundle.Along, bundle.Lines);
            Span<double> into = _filter.Samples.Slice(i * Lines, bundle.Lines);
            ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(into);
            for (int v = 0; v < vectors.Length; v++)
            {
                Vector.Widen(vectors[v], out Vector<double> low, out Vector<double> high);
                wide[2 * v] = low;
                wide[2 * v + 1] = high;
            }
            for (int l = vectors.Length * Vector<float>.Count; l < row.Length; l++) into[l] = row[l];
        }
    }

    private void Run(in Bundle bundle, float[] target, int axis, in RecursiveGaussian filter)
    {
        int first = box.First(axis), last = box.Last(axis);
        _filter.Run(bundle.Lines, bundle.Length, first, last, filter);
        if (axis == 0)
        {
            LineTransposition.Scatter(_filter.Result[(first * Lines)..], Lines, bundle.Lines, box.Size.X, target.AsSpan(bundle.Start + first), size.X);
            return;
        }
        for (int i = first; i <= last; i++)
            _filter.Result.Slice(i * Lines, bundle.Lines).CopyTo(target.AsSpan(bundle.Start + i * bundle.Along));
    }

    /// <summary>
    /// The lines along an axis. Bundles lie along x, where lines are neighbours in memory, or along y for lines along x.
    /// The axes that are named are cut to the box.
    /// </summary>
    private IEnumerable<Bundle> Across(int axis, int cut, int alsoCut)
    {
        int lineAxis = axis == 0 ? 1 : 0, outerAxis = axis == 2 ? 1 : 2;
        int[] strides = [1, size.X, size.X * size.Y];
        (int First, int Last) Range(int a) => a == cut || a == alsoCut ? (box.First(a), box.Last(a)) : (0, size[a] - 1);
        (int firstLine, int lastLine) = Range(lineAxis);
        (int firstOuter, int lastOuter) = Range(outerAxis);
        for (int outer = firstOuter; outer <= lastOuter; outer++)
        {
            for (int line = firstLine; line <= lastLine; line += Lines)
            {
                yield return new(outer * strides[outerAxis] + line * strides[lineAxis], Math.Min(Lines, lastLine - line + 1),
                    size[axis], strides[axis], line - firstLine, outer - firstOuter);
            }
        }
    }

    /// <summary>A bundle of lines: where it starts in the volume, its lines, their length and step, and its place among all bundles.</summary>
    private readonly record struct Bundle(int Start, int Lines, int Length, int Along, int First, int Outer);
}
