using System.Numerics;
using System.Runtime.InteropServices;

namespace Trabecula.Imaging;

/// <summary>
/// One pass over a mask. Most rows of most masks are empty, and labels come in runs along x: both are found with vector
/// comparisons, so that the work beyond these is that of the runs, not of the voxels.
/// </summary>
internal readonly struct RegionSearch(CancellationToken cancellationToken) : IVolumeOperation<MaskRegions>
{
    private const int MostLabels = 65536;
    private const int ShortRun = 16;

    public MaskRegions Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
    {
        VolumeSize size = volume.Geometry.Size;
        var regions = new Dictionary<uint, Region>();
        Region? region = null;
        uint label = 0;
        for (int z = 0; z < size.Z; z++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int y = 0; y < size.Y; y++)
            {
                ReadOnlySpan<T> row = volume.Voxels.Slice((z * size.Y + y) * size.X, size.X);
                int x = NextLabel(row, 0);
                while (x < row.Length)
                {
                    int end = EndOfRun(row, x);
                    uint found = Mask.LabelOf(row[x]);
                    if (found != 0)
                    {
                        if (region is null || found != label)
                        {
                            region = Of(regions, found);
                            label = found;
                        }
                        region.Add(x, end, y, z);
                    }
                    x = end < row.Length && row[end] == T.Zero ? NextLabel(row, end) : end;
                }
            }
        }
        long labelled = regions.Values.Sum(each => each.Count);
        return new([.. regions.OrderBy(each => each.Key).Select(each => each.Value.ToRegion(each.Key))],
            regions.Count == 0 || regions.Count == 1 && labelled == size.Count);
    }

    private static int NextLabel<T>(ReadOnlySpan<T> row, int x) where T : unmanaged, INumber<T>
    {
        int next = row[x..].IndexOfAnyExcept(T.Zero);
        return next < 0 ? row.Length : x + next;
    }

    /// <summary>Short runs are followed voxel by voxel: a vector comparison costs more to start than they are long.</summary>
    private static int EndOfRun<T>(ReadOnlySpan<T> row, int x) where T : unmanaged, INumber<T>
    {
        T value = row[x];
        int near = Math.Min(x + ShortRun, row.Length);
        for (int end = x + 1; end < near; end++)
        {
            if (row[end] != value)
                return end;
        }
        int length = row[near..].IndexOfAnyExcept(value);
        return length < 0 ? row.Length : near + length;
    }

    private static Region Of(Dictionary<uint, Region> regions, uint label)
    {
        ref Region? region = ref CollectionsMarshal.GetValueRefOrAddDefault(regions, label, out _);
        if (region is not null)
            return region;
        if (regions.Count > MostLabels)
            throw new ImagingException("", FormattableString.Invariant(
                $"The mask holds more than {MostLabels} labels: this looks like an image."), "Give the mask in place of the image.");
        return region = new();
    }

    private sealed class Region
    {
        private int _lowerX = int.MaxValue, _lowerY = int.MaxValue, _lowerZ = int.MaxValue;
        private int _upperX = -1, _upperY = -1, _upperZ = -1;
        private long _sumX, _sumY, _sumZ;

        public long Count { get; private set; }

        public void Add(int start, int end, int y, int z)
        {
            long count = end - start;
            Count += count;
            _sumX += count * (start + (long)end - 1) / 2;
            _sumY += count * y;
            _sumZ += count * z;
            (_lowerX, _upperX) = (Math.Min(_lowerX, start), Math.Max(_upperX, end - 1));
            (_lowerY, _upperY) = (Math.Min(_lowerY, y), Math.Max(_upperY, y));
            (_lowerZ, _upperZ) = (Math.Min(_lowerZ, z), Math.Max(_upperZ, z));
        }

        public MaskRegion ToRegion(uint label) => new(label, Count,
            new(_lowerX, _lowerY, _lowerZ, new(_upperX - _lowerX + 1, _upperY - _lowerY + 1, _upperZ - _lowerZ + 1)),
            (_sumX, _sumY, _sumZ));
    }
}
