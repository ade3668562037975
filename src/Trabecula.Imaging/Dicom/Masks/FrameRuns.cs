using Trabecula.Imaging.Dicom.Pixels;
using Trabecula.Imaging.Dicom.Series;
using Trabecula.Imaging.Masks;

namespace Trabecula.Imaging.Dicom.Masks;

/// <summary>Turns frames of a segmentation into runs of voxels on the grid.</summary>
/// <param name="reader">Reads the frames.</param>
/// <param name="grid">Places them.</param>
/// <param name="threshold">From which sample on a voxel belongs to the frame's segment; null where samples are labels.</param>
/// <param name="cancellationToken">Checked once a frame.</param>
internal sealed class FrameRuns(FrameReader reader, SegmentationGrid grid, int? threshold, CancellationToken cancellationToken)
{
    private readonly int[] _samples = new int[reader.Format.SamplesPerFrame];

    /// <summary>Voxels that lay outside of the grid.</summary>
    public long Outside { get; private set; }

    /// <summary>Adds the runs of a frame's segment.</summary>
    public void Add(DicomSlice frame, List<VoxelRun> runs) => ForEachRun(frame, sample => sample >= threshold ? 1 : 0, (_, run) => runs.Add(run));

    /// <summary>Adds the runs of each label above 0.</summary>
    public void AddLabels(DicomSlice frame, IDictionary<int, List<VoxelRun>> byLabel) => ForEachRun(frame, sample => sample, (label, run) =>
    {
        if (!byLabel.TryGetValue(label, out List<VoxelRun>? runs))
            byLabel[label] = runs = [];
        runs.Add(run);
    });

    private void ForEachRun(DicomSlice frame, Func<int, int> classify, Action<int, VoxelRun> add)
    {
        reader.Read(frame.Frame, _samples, cancellationToken);
        (int X, int Y, int Z) place = grid.PlaceOf(frame);
        VolumeSize size = grid.Geometry.Size;
        int columns = reader.Format.Columns;
        for (int row = 0; row < reader.Format.Rows; row++)
        {
            ReadOnlySpan<int> line = _samples.AsSpan(row * columns, columns);
            long y = (long)place.Y + row;
            bool inside = place.Z >= 0 && place.Z < size.Z && y >= 0 && y < size.Y;
            for (int x = 0, end; x < columns; x = end)
            {
                int label = classify(line[x]);
                for (end = x + 1; end < columns && classify(line[end]) == label; end++)
                {
                }
                if (label == 0)
                    continue;
                long from = Math.Max(0, (long)place.X + x), to = Math.Min(size.X, (long)place.X + end);
                bool some = inside && from < to;
                Outside += end - x - (some ? to - from : 0);
                if (some)
                    add(label, new((int)((place.Z * (long)size.Y + y) * size.X + from), (int)(to - from)));
            }
        }
    }
}
