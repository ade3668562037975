using System.Globalization;
using Trabecula.Imaging.Dicom.Encoding;

namespace Trabecula.Imaging.Dicom.Series;

/// <summary>
/// The slices of one volume in the order of their positions along the normal, and what keeps them from being one: positions and
/// orientations alone count, since instance numbers, slice locations and nominal thicknesses are often wrong.
/// </summary>
internal sealed class SliceStack
{
    /// <summary>Above this part of a step a deviation is a fault: the grid would lie.</summary>
    private const double Refused = 0.01;

    /// <summary>Above this part of a step a deviation is worth a word.</summary>
    private const double Noted = 0.001;

    /// <summary>Rounding in the file, where slices lie close together.</summary>
    private const double RoundingMm = 0.01;

    private readonly List<string> _problems = [], _warnings = [];

    private SliceStack(IReadOnlyList<DicomSlice> slices) => Slices = slices;

    /// <summary>The slices, in ascending order along the normal.</summary>
    public IReadOnlyList<DicomSlice> Slices { get; }

    /// <summary>What keeps the slices from being a volume.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Deviations too small to matter.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether slices lie at one and the same place.</summary>
    public bool HasDuplicates { get; private set; }

    /// <summary>Whether all that is wrong is a tilt or the spacing, which resampling can undo.</summary>
    public bool CanBeResampled { get; private set; }

    /// <summary>Distance between slices in millimetres, on average.</summary>
    public double StepMm { get; private set; }

    /// <summary>Orders slices and finds what is wrong with them.</summary>
    public static SliceStack Of(IReadOnlyList<DicomSlice> slices)
    {
        Vector3D normal = slices[0].Normal;
        var stack = new SliceStack([.. slices.OrderBy(slice => slice.DistanceAlong(normal))
            .ThenBy(slice => slice.Acquisition).ThenBy(slice => slice.TimePoint)
            .ThenBy(slice => slice.File.Path, StringComparer.Ordinal).ThenBy(slice => slice.Frame)]);
        stack.FindMixtures();
        if (stack._problems.Count == 0)
            stack.FindGaps(normal);
        // Last, so that duplicates show first: acquisitions with a frame of their own are told apart by them.
        int others = stack._problems.Count;
        stack.AddFrameMixture();
        stack.CanBeResampled &= stack._problems.Count == others;
        return stack;
    }

    /// <summary>The grid of the slices; only of a stack without problems.</summary>
    public VolumeGeometry Geometry()
    {
        DicomSlice first = Slices[0];
        Vector3D row = first.RowDirection, column = first.ColumnDirection, normal = first.Normal;
        double step = Slices.Count > 1 ? StepMm : first.ThicknessMm is > 0 and var thickness ? thickness : 1;
        return new(
            new(first.Format.Columns, first.Format.Rows, Slices.Count),
            new(first.SpacingMm.X, first.SpacingMm.Y, step), first.PositionMm,
            new(row.X, column.X, normal.X, row.Y, column.Y, normal.Y, row.Z, column.Z, normal.Z));
    }

    private void FindMixtures()
    {
        AddMixture("orientation", "mixed orientation", slice => string.Create(CultureInfo.InvariantCulture,
            $"rows along {Rounded(slice.RowDirection)}, columns along {Rounded(slice.ColumnDirection)}"),
            (a, b) => Near(a.RowDirection, b.RowDirection, 1e-3) && Near(a.ColumnDirection, b.ColumnDirection, 1e-3));
        AddMixture("size", "mixed sizes", slice => string.Create(CultureInfo.InvariantCulture, $"{slice.Format.Columns} x {slice.Format.Rows}"),
            (a, b) => a.Format.Columns == b.Format.Columns && a.Format.Rows == b.Format.Rows);
        AddMixture("spacing", "mixed pixel spacing",
            slice => string.Create(CultureInfo.InvariantCulture, $"{slice.SpacingMm.X:R} x {slice.SpacingMm.Y:R} mm"),
            (a, b) => Math.Abs(a.SpacingMm.X - b.SpacingMm.X) <= Noted * a.SpacingMm.X && Math.Abs(a.SpacingMm.Y - b.SpacingMm.Y) <= Noted * a.SpacingMm.Y);
    }

    private void AddFrameMixture()
    {
        // The identifiers are not shown: they are text of the file. Slices that name none may belong to any.
        AddMixture("frame of reference", "mixed frames of reference",
            slice => string.Create(CultureInfo.InvariantCulture, $"the first at {slice.PositionMm} mm"),
            (a, b) => Frame(a) is not { } one || Frame(b) is not { } other || one == other);

        static string? Frame(DicomSlice slice) => slice.File.Dataset.Code(Tags.FrameOfReferenceUid);
    }

    private void AddMixture(string what, string name, Func<DicomSlice, string> describe, Func<DicomSlice, DicomSlice, bool> same)
    {
        var kinds = new List<(DicomSlice First, int Count)>();
        foreach (DicomSlice slice in Slices)
        {
            int kind = kinds.FindIndex(known => same(known.First, slice));
            if (kind < 0)
                kinds.Add((slice, 1));
            else
                kinds[kind] = (kinds[kind].First, kinds[kind].Count + 1);
        }
        if (kinds.Count > 1)
        {
            _problems.Add($"{name}: " + string.Join("; ", kinds.Take(4).Select(kind => string.Create(CultureInfo.InvariantCulture,
                $"{kind.Count} of one {what} ({describe(kind.First)})"))) + (kinds.Count > 4 ? "; ..." : ""));
        }
    }

    private void FindGaps(Vector3D normal)
    {
        if (Slices.Count < 2)
            return;
        DicomSlice first = Slices[0], last = Slices[^1];
        double[] at = [.. Slices.Select(slice => slice.DistanceAlong(normal))];
        double[] steps = [.. at.Zip(at.Skip(1), (a, b) => b - a)];
        int duplicates = steps.Count(step => step < RoundingMm / 2);
        if (duplicates > 0)
        {
            HasDuplicates = true;
            int places = Slices.Count - duplicates;
            _problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"duplicate slices: {Slices.Count} slices lie at {places} {(places == 1 ? "position" : "positions")} (first at {first.PositionMm} mm): they form no single volume"));
            return;
        }
        Vector3D way = Vectors.Subtract(last.PositionMm, first.PositionMm);
        StepMm = Vectors.Length(way) / (Slices.Count - 1);
        double along = at[^1] - at[0], aside = Math.Sqrt(Math.Max(0, Vectors.Dot(way, way) - along * along));
        double degrees = Math.Atan2(aside, along) * 180 / Math.PI;
        if (aside > Refused * along)
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"gantry tilt: the slices are shifted against each other by {degrees:0.0} degrees, so that the volume is sheared"));
        }
        else if (aside > Noted * along)
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"the slices are shifted against each other by {degrees:0.000} degrees"));
        FindUnevenSteps(at, steps);
        FindStrays(at);
        CanBeResampled = _problems.Count > 0;
    }

    /// <summary>
    /// Each slice against the line from the first to the last: a stack that bends and returns has no tilt from end to end, and steps
    /// that differ little each may add up.
    /// </summary>
    private void FindStrays(double[] at)
    {
        Vector3D start = Slices[0].PositionMm, way = Vectors.Subtract(Slices[^1].PositionMm, start);
        double along = at[^1] - at[0], step = along / (at.Length - 1), allowed = Math.Max(Refused * step, RoundingMm);
        double[] aside = [.. Slices.Select((slice, i) =>
        {
            Vector3D from = Vectors.Subtract(slice.PositionMm, start);
            double share = (at[i] - at[0]) / along;
            return Vectors.Length(new(from.X - share * way.X, from.Y - share * way.Y, from.Z - share * way.Z));
        })];
        int bent = Array.IndexOf(aside, aside.Max());
        if (aside[bent] > allowed)
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"shifted slices: slice {bent + 1} at {Slices[bent].PositionMm} mm lies {aside[bent]:0.###} mm aside of the line from the first to the last slice (at most {allowed:0.###} mm expected)"));
        }
        else if (aside[bent] > Math.Max(Noted * step, RoundingMm))
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"slices lie up to {aside[bent]:0.####} mm aside of the line from the first to the last"));
        if (_problems.Count > 0)
            return;
        double[] drift = [.. at.Select((place, i) => Math.Abs(place - at[0] - i * step))];
        int far = Array.IndexOf(drift, drift.Max());
        if (drift[far] > allowed)
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"uneven spacing: slice {far + 1} at {at[far]:0.##} mm along the normal lies {drift[far]:0.###} mm from its place in even steps of {step:0.####} mm (at most {allowed:0.###} mm expected)"));
        }
    }

    private void FindUnevenSteps(double[] at, double[] steps)
    {
        double usual = steps.Order().ElementAt((steps.Length - 1) / 2);
        double allowed = Math.Max(Refused * usual, RoundingMm);
        double worst = steps.Max(step => Math.Abs(step - usual));
        if (worst <= allowed)
        {
            if (worst > Noted * usual)
                _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"the distances between slices differ by up to {worst:0.####} of {usual:0.####} mm"));
            return;
        }
        string kinds = string.Join(", ", steps.GroupBy(step => Math.Round(step, 2)).OrderByDescending(group => group.Count()).Take(4)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key:0.##} mm ({group.Count()} times)")));
        bool multiples = Array.TrueForAll(steps, step => step > usual / 2 && Math.Abs(step - usual * Math.Round(step / usual)) <= allowed);
        int missing = multiples ? steps.Sum(step => (int)Math.Min(1e6, Math.Round(step / usual)) - 1) : 0;
        int place = Array.FindIndex(steps, step => Math.Abs(step - usual) > allowed);
        _problems.Add(string.Create(CultureInfo.InvariantCulture,
            $"uneven spacing: steps of {kinds}; the first that differs follows slice {place + 1} at {at[place]:0.##} mm along the normal") +
            (missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"; missing {(missing == 1 ? "slice" : "slices")}: {missing}") : ""));
    }

    private static string Rounded(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"({v.X:0.###}, {v.Y:0.###}, {v.Z:0.###})");

    private static bool Near(Vector3D a, Vector3D b, double tolerance) =>
        Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance && Math.Abs(a.Z - b.Z) <= tolerance;
}
