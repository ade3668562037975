namespace Trabecula.Imaging.Dicom.Pixels.Jpeg2000;

/// <summary>A rectangle of a band's coefficients, coded by bit planes, with the codeword segments found so far.</summary>
internal sealed class CodeBlock(GridRect area)
{
    /// <summary>Passes of the first codeword segment where coding is bypassed from the fifth bit plane on.</summary>
    private const int PassesBeforeBypass = 10;

    /// <summary>Where the block lies in its band.</summary>
    public GridRect Area { get; } = area;

    /// <summary>Whether any packet held a part of it.</summary>
    public bool IsIncluded { get; set; }

    /// <summary>Bit planes above the first that is coded.</summary>
    public int ZeroPlanes { get; set; }

    /// <summary>Passes in all.</summary>
    public int Passes { get; private set; }

    /// <summary>Bits of the next length, before those for the number of passes.</summary>
    public int LengthBits { get; set; } = 3;

    /// <summary>Codeword segments: number of passes and the pieces of their data.</summary>
    public List<(int Passes, List<(int Offset, int Length)> Pieces)> Segments { get; } = [];

    /// <summary>Parts that the packet being read adds: passes and bytes, with the segment that each goes to.</summary>
    public List<(int Segment, int Length)> Pending { get; } = [];

    /// <summary>Divides passes of a packet among codeword segments and tells how many each takes.</summary>
    public IEnumerable<(int Segment, int Passes)> Distribute(int passes, BlockOptions options)
    {
        while (passes > 0)
        {
            int room = Segments.Count == 0 ? 0 : MostPasses(Passes - Segments[^1].Passes, options) - Segments[^1].Passes;
            if (room == 0)
            {
                Segments.Add((0, []));
                room = MostPasses(Passes, options);
            }
            int taken = Math.Min(passes, room);
            Segments[^1] = (Segments[^1].Passes + taken, Segments[^1].Pieces);
            Passes += taken;
            passes -= taken;
            yield return (Segments.Count - 1, taken);
        }
    }

    /// <summary>Passes that a segment may have, by the pass that it begins with (T.800, D.4.2 and D.6).</summary>
    private static int MostPasses(int first, BlockOptions options)
    {
        if (options.HasFlag(BlockOptions.TerminateEach))
            return 1;
        if (!options.HasFlag(BlockOptions.Bypass))
            return int.MaxValue;
        // Passes: 0 cleanup, then propagation, refinement, cleanup. Raw: propagation and refinement together; coded: cleanup alone.
        return first < PassesBeforeBypass ? PassesBeforeBypass - first : first % 3 == 1 ? 2 : 1;
    }
}
