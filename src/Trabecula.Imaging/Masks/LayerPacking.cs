namespace Trabecula.Imaging.Masks;

/// <summary>Puts segments into as few label volumes as they need: each into the first whose voxels there are still free.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="geometry">The grid of the label volumes.</param>
internal sealed class LayerPacking(string path, VolumeGeometry geometry)
{
    /// <summary>Voxels of all layers together; a damaged file must not claim all memory.</summary>
    private const long MostVoxels = 1L << 31;

    private readonly List<ushort[]> _layers = [];
    private readonly List<MaskSegment> _segments = [];

    /// <summary>Adds a segment.</summary>
    /// <param name="label">Its number, unique.</param>
    /// <param name="name">Its name.</param>
    /// <param name="runs">Its voxels: first index and number, in any order.</param>
    /// <exception cref="ImagingException">So many segments overlap that memory would not do.</exception>
    public void Add(ushort label, string name, IReadOnlyList<VoxelRun> runs)
    {
        int layer = 0;
        while (layer < _layers.Count && !IsFree(_layers[layer], runs))
            layer++;
        if (layer == _layers.Count)
        {
            if ((_layers.Count + 1) * geometry.Size.Count > MostVoxels)
                throw new ImagingException(path, FormattableString.Invariant(
                    $"{_layers.Count + 1} segments overlap each other, which needs more than {MostVoxels} voxels."), "Export fewer segments into one file.");
            _layers.Add(new ushort[geometry.Size.Count]);
        }
        foreach (VoxelRun run in runs)
            _layers[layer].AsSpan(run.Start, run.Length).Fill(label);
        _segments.Add(new(label, name, layer, label));
    }

    /// <summary>The packed layers; one empty layer where there are no segments.</summary>
    /// <param name="notes">What was noticed while reading.</param>
    /// <param name="frameOfReference">The coordinate system that the file names, or null.</param>
    public Segmentation ToSegmentation(IReadOnlyList<string> notes, string? frameOfReference = null)
    {
        if (_layers.Count == 0)
            _layers.Add(new ushort[geometry.Size.Count]);
        return new([.. _layers.Select(layer => new Mask(Volume.Create(geometry, layer)))], _segments, notes) { FrameOfReferenceUid = frameOfReference ?? "" };
    }

    private static bool IsFree(ushort[] layer, IReadOnlyList<VoxelRun> runs)
    {
        foreach (VoxelRun run in runs)
        {
            if (layer.AsSpan(run.Start, run.Length).ContainsAnyExcept((ushort)0))
                return false;
        }
        return true;
    }
}

/// <summary>Voxels that follow each other in memory, along x.</summary>
internal readonly record struct VoxelRun(int Start, int Length);
