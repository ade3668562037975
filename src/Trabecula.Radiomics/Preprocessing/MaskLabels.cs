using System.Numerics;
using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>A label of a mask: where it lies and how many voxels it has.</summary>
internal readonly record struct MaskLabel(uint Label, VoxelBox Box, long Count);

/// <summary>All labels of a mask, from one pass over it.</summary>
internal sealed class MaskLabels
{
    private readonly Dictionary<uint, MaskLabel> _labels;

    private MaskLabels(Dictionary<uint, MaskLabel> labels, bool hasBackground) =>
        (_labels, HasBackground) = (labels, hasBackground);

    /// <summary>Whether any voxel belongs to no region.</summary>
    public bool HasBackground { get; }

    /// <summary>The labels, ascending, without 0.</summary>
    public IReadOnlyList<uint> Labels => [.. _labels.Keys.Order()];

    /// <summary>The label's place, or null where it does not occur.</summary>
    public MaskLabel? this[uint label] => _labels.TryGetValue(label, out MaskLabel found) ? found : null;

    /// <summary>Finds all labels.</summary>
    public static MaskLabels Of(Mask mask) => mask.Labels.Accept(new Operation());

    /// <summary>The label's place.</summary>
    /// <exception cref="RadiomicsException">The mask holds one value only, or not this label.</exception>
    public MaskLabel Require(uint label)
    {
        // PyRadiomics counts distinct values and refuses a single one even when it is the label.
        if (_labels.Count + (HasBackground ? 1 : 0) <= 1)
        {
            throw new RadiomicsException(ExtractionStage.MaskCheck,
                _labels.Count == 0
                    ? "No labels found in this mask: every voxel is 0."
                    : FormattableString.Invariant($"No labels found in this mask: every voxel is {Labels[0]}, there is no background."),
                _labels.Count == 0
                    ? "Give the mask in which the region is drawn."
                    : "PyRadiomics refuses a mask without background; pad image and mask by a voxel of 0.");
        }
        return this[label] ?? throw new RadiomicsException(ExtractionStage.MaskCheck,
            FormattableString.Invariant($"Label {label} is not in this mask."),
            FormattableString.Invariant($"Choose one of its labels: {string.Join(", ", Labels)}."));
    }

    private sealed class Operation : IVolumeOperation<MaskLabels>
    {
        public MaskLabels Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            var found = new Dictionary<uint, Extent>();
            VolumeSize size = volume.Geometry.Size;
            ReadOnlySpan<T> voxels = volume.Voxels;
            bool hasBackground = false;
            for (int z = 0; z < size.Z; z++)
            {
                for (int y = 0; y < size.Y; y++)
                {
                    ReadOnlySpan<T> row = voxels.Slice((z * size.Y + y) * size.X, size.X);
                    int x = 0;
                    while (x < row.Length)
                    {
                        T value = row[x];
                        int run = row[x..].IndexOfAnyExcept(value);
                        int end = run < 0 ? row.Length : x + run;
                        uint label = Mask.LabelOf(value);
                        // NaN never equals itself, so its run is empty: one voxel at a time.
                        if (end == x) end = x + 1;
                        if (label == 0) hasBackground = true;
                        else
                        {
                            if (!found.TryGetValue(label, out Extent? extent)) found.Add(label, extent = new Extent());
                            extent.Add(x, end - 1, y, z);
                        }
                        x = end;
                    }
                }
            }
            return new MaskLabels(found.ToDictionary(p => p.Key, p => p.Value.ToLabel(p.Key)), hasBackground);
        }
    }

    private sealed class Extent
    {
        private int _x0 = int.MaxValue, _y0 = int.MaxValue, _z0 = int.MaxValue, _x1 = -1, _y1 = -1, _z1 = -1;
        private long _count;

        public void Add(int first, int last, int y, int z)
        {
            (_x0, _x1) = (Math.Min(_x0, first), Math.Max(_x1, last));
            (_y0, _y1) = (Math.Min(_y0, y), Math.Max(_y1, y));
            (_z0, _z1) = (Math.Min(_z0, z), Math.Max(_z1, z));
            _count += last - first + 1;
        }

        public MaskLabel ToLabel(uint label) => new(label, VoxelBox.Between((_x0, _y0, _z0), (_x1, _y1, _z1)), _count);
    }
}
