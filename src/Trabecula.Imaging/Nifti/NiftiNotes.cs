using System.Globalization;

namespace Trabecula.Imaging.Nifti;

/// <summary>Where a NIfTI header says two things of where the voxels lie, or nothing: one of them is taken, as ITK takes it, and programs that take the other see another image.</summary>
internal static class NiftiNotes
{
    // Above this part of a voxel, or of a spacing, it is no rounding.
    private const double Noted = 0.01, NotedSpacing = 0.001;

    /// <summary>A line for each contradiction.</summary>
    /// <exception cref="ImagingException">The header is damaged.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        NiftiHeader header = NiftiReader.ReadHeader(NiftiPair.HeaderOf(path));
        double[] grid = NiftiOrientation.GridOf(path, header);
        bool hasQForm = header.QFormCode > 0, hasSForm = header.SFormCode > 0;
        var notes = new List<string>();
        for (int axis = 0; axis < Math.Min(3, header.Dim[0]); axis++)
        {
            if (header.PixDim[axis + 1] == 0)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"pixdim gives no spacing along {"xyz"[axis]}: 1 was taken"));
            else if (header.PixDim[axis + 1] < 0)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"pixdim gives a negative spacing along {"xyz"[axis]}: the axis was turned around"));
        }
        if (!hasQForm && !hasSForm)
        {
            notes.Add("the header has neither qform nor sform: where the image lies in the patient is not known, and its axes were taken for left, posterior and up");
            return notes;
        }
        bool takesSForm = NiftiOrientation.TakesSForm(header, grid);
        string taken = takesSForm ? "the sform was taken" : "the qform was taken";
        if (hasSForm && takesSForm)
            AddSpacing(header, grid, notes);
        if (!hasQForm || !hasSForm)
            return notes;
        if (!NiftiOrientation.IsOrthogonal(header.SForm))
            notes.Add("the axes of the sform are skewed or missing: " + taken);
        double apart = Apart(header, header.SForm, NiftiOrientation.FromQuaternion(header, grid));
        if (!(apart <= Noted * grid.Min(Math.Abs)))
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"sform and qform put voxels up to {apart:0.###} apart (in the file's units): {taken}, and programs that take the other see another place"));
        return notes;
    }

    private static void AddSpacing(NiftiHeader header, double[] grid, List<string> notes)
    {
        double[] lengths = [.. Enumerable.Range(0, 3).Select(axis => Math.Sqrt(Enumerable.Range(0, 3).Sum(row => header.SForm[4 * row + axis] * header.SForm[4 * row + axis])))];
        if (Enumerable.Range(0, 3).Any(axis => Math.Abs(lengths[axis] - Math.Abs(grid[axis])) > NotedSpacing * Math.Abs(grid[axis])))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"the sform has a spacing of {lengths[0]:0.####} x {lengths[1]:0.####} x {lengths[2]:0.####}, pixdim one of {Math.Abs(grid[0]):0.####} x {Math.Abs(grid[1]):0.####} x {Math.Abs(grid[2]):0.####}: pixdim was taken"));
        }
    }

    /// <summary>The longest way between the two places of a corner of the image.</summary>
    private static double Apart(NiftiHeader header, double[] s, double[] q)
    {
        double longest = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            double[] at = [.. Enumerable.Range(0, 3).Select(axis => (corner >> axis & 1) == 0 || axis >= header.Dim[0] ? 0.0 : header.Dim[axis + 1] - 1)];
            double sum = 0;
            for (int row = 0; row < 3; row++)
            {
                double way = s[4 * row + 3] - q[4 * row + 3];
                for (int axis = 0; axis < 3; axis++)
                    way += (s[4 * row + axis] - q[4 * row + axis]) * at[axis];
                sum += way * way;
            }
            longest = double.IsNaN(sum) ? double.NaN : Math.Max(longest, Math.Sqrt(sum));
        }
        return longest;
    }
}
