namespace Trabecula.Learning.Models.Network;

/// <summary>
/// The units along one side of a layer and where they lie in memory: parts that each begin at a multiple of <see cref="Lanes"/>.
/// What lies between is 0 and stays 0 through forward pass, gradient and optimiser.
/// </summary>
internal sealed class Axis
{
    internal const int Lanes = 8;

    private readonly int[] _positions;

    private Axis(int[] positions, int width)
    {
        (_positions, Width) = (positions, width);
        Extent = positions[^1] + 1;
        // Rows a power of two apart fall on few sets of the cache and push each other out.
        Stride = width % 64 == 0 ? width + Lanes : width;
    }

    /// <summary>Number of units.</summary>
    internal int Count => _positions.Length;

    /// <summary>Places that they take, a multiple of <see cref="Lanes"/>.</summary>
    internal int Width { get; }

    /// <summary>Places up to the last unit.</summary>
    internal int Extent { get; }

    /// <summary>From one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>The place of a unit.</summary>
    internal int this[int unit] => _positions[unit];

    internal static Axis Of(int count) => new([.. Enumerable.Range(0, count)], (count + Lanes - 1) / Lanes * Lanes);

    /// <summary>One axis behind another.</summary>
    internal static Axis Join(Axis first, Axis second) =>
        new([.. first._positions, .. second._positions.Select(position => first.Width + position)], first.Width + second.Width);
}
