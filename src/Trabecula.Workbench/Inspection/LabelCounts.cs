using System.Numerics;
using System.Runtime.InteropServices;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Inspection;

/// <summary>How many voxels of a volume have each label; null where its numbers are those of an image: below zero, fractions, or too many different ones.</summary>
internal readonly struct LabelCounts(CancellationToken cancellationToken) : IVolumeOperation<SortedDictionary<uint, long>?>
{
    // Atlases of the brain and segmentations of the whole body have some two hundred; an image has thousands.
    private const int MostLabels = 256;

    /// <summary>Counts, and stops at the first number that is no label.</summary>
    public SortedDictionary<uint, long>? Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
    {
        var counts = new Dictionary<T, long>();
        ReadOnlySpan<T> voxels = volume.Voxels;
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
            start += length;
        }
        counts.Remove(T.Zero);
        return counts.Count > MostLabels ? null : new(counts.ToDictionary(each => Mask.LabelOf(each.Key), each => each.Value));
    }
}
