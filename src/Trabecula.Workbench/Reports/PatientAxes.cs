using Trabecula.Imaging;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// Which voxel axis runs nearest to each axis of the patient (0 to the left, 1 to posterior, 2 to superior), and which way. Pictures follow
/// the voxels, as they were acquired, so oblique slices are shown as they are under the letters of the nearest axes.
/// </summary>
internal sealed class PatientAxes
{
    private readonly int[] _voxelAxis;
    private readonly double[] _step;

    private PatientAxes(int[] voxelAxis, double[] step) => (_voxelAxis, _step) = (voxelAxis, step);

    public static PatientAxes Of(VolumeGeometry geometry)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        int[] best = orders.MaxBy(order => Enumerable.Range(0, 3).Sum(axis => Math.Abs(geometry.Direction[axis, order[axis]])))!;
        return new(best, [.. Enumerable.Range(0, 3).Select(axis => geometry.SpacingMm[best[axis]] * (geometry.Direction[axis, best[axis]] < 0 ? -1 : 1))]);
    }

    /// <summary>The voxel axis that runs nearest to an axis of the patient.</summary>
    public int VoxelAxis(int patientAxis) => _voxelAxis[patientAxis];

    /// <summary>Whether that voxel axis runs the other way: to the right, to anterior or to inferior.</summary>
    public bool IsTurned(int patientAxis) => _step[patientAxis] < 0;

    /// <summary>Millimetres along an axis of the patient, from the first voxel, of an index along its voxel axis.</summary>
    public double Millimetres(int patientAxis, double index) => index * _step[patientAxis];

    /// <summary>The index along the voxel axis of a place along an axis of the patient.</summary>
    public double Index(int patientAxis, double millimetres) => millimetres / _step[patientAxis];

    /// <summary>First and last place, edges of voxels included, of a range of indices.</summary>
    public (double Low, double High) Range(int patientAxis, double first, double last)
    {
        double a = Millimetres(patientAxis, first - 0.5), b = Millimetres(patientAxis, last + 0.5);
        return a < b ? (a, b) : (b, a);
    }
}
