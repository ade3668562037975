using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Inspection;

/// <summary>
/// How many voxels of a volume have each label; null where its numbers are those of an image: below zero, fractions, too many different ones, or many that do not lie together.
/// </summary>
internal readonly struct LabelCounts(CancellationToken cancellationToken) : IVolumeOperation<SortedDictionary<uint, long>?>
{
    // Atlases of the brain and segmentations of the whole body have some two hundred; a CT has thousands.
    private const int MostLabels = 256;

    // An image of 8 bits has no more numbers than an atlas, but next to a voxel lies another one; up to so many are a list that does no harm.
    private const int FewLabels = 32, ShortestRun = 3;

    /// <summary>Counts, and stops at the first number that is no label.</summary>
    public SortedDictionary<uint, long>? Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
    {
        var counts = new Dictionary<T, long>();
        ReadOnlySpan<T> voxels = volume.Voxels;
        long runs = 0;
        int slice = volume.Geometry.Size.X * volume.Geometry.Size.Y;
        for (int start = 0; start < voxels.Length;)
        {
            if (start % slice == 0)
                cancellationToken.ThrowIfCancellationRequested();
            // Labels come in runs; one ends with its slice at the latest.
            int end = start + slice - start % slice, length = voxels[start..end].IndexOfAnyExcept(voxels[start]);
            length = length < 0 ? end - start : length;
            T label = voxels[start];
            ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, label, out bool known);
            if (!known && !(T.IsInteger(label) && label >= T.Zero && double.CreateChecked(label) <= int.MaxValue && counts.Count <= MostLabels + 1))
                return null;
            count += length;
            runs += label == T.Zero ? 0 : 1;
            start += length;
        }
        counts.Remove(T.Zero);
        return counts.Count > MostLabels || (counts.Count > FewLabels && counts.Values.Sum() < ShortestRun * runs) ? null : new(counts.ToDictionary(each => Mask.LabelOf(each.Key), each => each.Value));
    }
}
