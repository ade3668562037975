using System.Globalization;

namespace Trabecula.Workbench.Segmenting;

/// <summary>What <c>trabecula segment</c> shall do.</summary>
public sealed record SegmentationRequest
{
    /// <summary>The image: a file, or a folder of DICOM slices.</summary>
    public required string Image { get; init; }

    /// <summary>The mask to write; its name tells the format.</summary>
    public required string Output { get; init; }

    /// <summary>Lowest and highest value of the voxels to take, in Hounsfield units for CT; not for a preset.</summary>
    public (double Lowest, double Highest)? Range { get; init; }

    /// <summary>Whether to find a vertebral body around the seed.</summary>
    public bool VertebralBody { get; init; }

    /// <summary>A voxel of the region, as indices from 0 along x, y and z.</summary>
    public (double X, double Y, double Z)? Seed { get; init; }

    /// <summary>A point of the region in the patient: millimetres to the left, to the back and upwards (LPS, as DICOM has it).</summary>
    public (double X, double Y, double Z)? SeedMm { get; init; }

    /// <summary>Where to look: first and last voxel along x, y and z.</summary>
    public ((int X, int Y, int Z) First, (int X, int Y, int Z) Last)? Box { get; init; }

    /// <summary>What is done with the voxels found, in this order.</summary>
    public IReadOnlyList<SegmentationStep> Steps { get; init; } = [];

    /// <summary>Reads three numbers with commas between them, or null where the text is not that.</summary>
    public static (double X, double Y, double Z)? ParsePoint(string text) =>
        Numbers(text, 3) is [var x, var y, var z] ? (x, y, z) : null;

    /// <summary>Reads first and last voxel of a box, or null where the text is not that.</summary>
    public static ((int X, int Y, int Z) First, (int X, int Y, int Z) Last)? ParseBox(string text) =>
        Numbers(text, 6) is { } n && Array.TrueForAll(n, each => each == Math.Floor(each) && each is >= 0 and <= int.MaxValue / 2)
            && n[0] <= n[3] && n[1] <= n[4] && n[2] <= n[5]
            ? (((int)n[0], (int)n[1], (int)n[2]), ((int)n[3], (int)n[4], (int)n[5])) : null;

    /// <summary>Reads a lowest and a highest value, the second of which may be missing, or null where the text is not that.</summary>
    public static (double Lowest, double Highest)? ParseRange(string text) => Numbers(text, 1) is [var lowest] ? (lowest, double.PositiveInfinity)
        : Numbers(text, 2) is [var low, var high] && low <= high ? (low, high) : null;

    private static double[]? Numbers(string text, int count)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new double[count];
        if (words.Length != count)
            return null;
        for (int i = 0; i < count; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                return null;
        }
        return numbers;
    }
}
