namespace Trabecula.Imaging;

/// <summary>
/// The triangles of marching cubes for each pattern of region corners (Lorensen and Cline 1987, in Bourke's widely used numbering of 1994),
/// for the 128 patterns without corner 7; the others are their complements, turned inside out.
/// </summary>
/// <remarks>
/// Corners 0 to 7 are (z, y, x) = 000, 001, 011, 010, 100, 101, 111, 110. An ambiguous face is cut differently by tables with 256 entries of
/// their own: volume and surface would differ from PyRadiomics by up to some percent on ragged masks.
/// </remarks>
public static class MarchingCubes
{
    /// <summary>Midpoints of the 12 edges as (z, y, x), doubled.</summary>
    public static readonly (int Z, int Y, int X)[] DoubledEdges =
    [
        (0, 0, 1), (0, 1, 2), (0, 2, 1), (0, 1, 0),
        (2, 0, 1), (2, 1, 2), (2, 2, 1), (2, 1, 0),
        (1, 0, 0), (1, 0, 2), (1, 2, 2), (1, 2, 0),
    ];

    /// <summary>Three edges a triangle, as hexadecimal digits.</summary>
    private static readonly string[] TriangleEdges =
    [
        "", "083", "019", "183198", "12a", "08312a", "0292a9", "2832a88a9", "23b", "08b0b2", "01923b", "19b1b28b9", "13a3ba",
        "08a0a18ba", "0393b99ba", "8a98ba", "478", "043347", "019478", "147173194", "12a478", "04312a347", "0292a9478",
        "2732972a9479", "23b478", "04224b47b", "01923b478", "19229b47b4b9", "13a3ba478", "04114b1ba47b", "0393b94789ba",
        "47b4b99ba", "495", "083495", "015054", "153358485", "12a495", "08312a495", "0242542a5", "2532a5348354", "23b495",
        "08b0b2495", "01505423b", "15225828b485", "13a3ba495", "08a0a14958ba", "03b0540b55ba", "48558a8ba", "579789", "093357395",
        "017078157", "157173", "12a579789", "09312a357395", "0282582a5578", "2532a5357", "23b579789", "09227b297579",
        "01815717823b", "15717b1b2", "13a3ba579789", "05707b0950a10ba", "03b0570780a50ba", "57b5ba", "5a6", "0835a6", "0195a6",
        "1831985a6", "126165", "083126165", "026069596", "258265283598", "23b5a6", "08b0b25a6", "01923b5a6", "19b1b25a68b9",
        "1353653b6", "05108b0b55b6", "0360590653b6", "59669b8b9", "4785a6", "0433475a6", "0194785a6", "1471731945a6", "126165478",
        "043126165347", "026069478596", "269293397479596", "23b4785a6", "04224b47b5a6", "01923b4785a6", "19229b47b4b95a6",
        "1353653b6478", "04b0b11b547b5b6", "0360590653b6478", "47959669b7b9", "49a4a6", "08349a4a6", "01a0640a6", "1681831a6486",
        "124149264", "083124149264", "024264", "248264283", "23b49a4a6", "08b0b249a4a6", "01a0640a623b", "14816418b1a61b2",
        "1393693b6496", "08114916418b1b6", "0360643b6", "48668b", "67a78a89a", "07309a0a767a", "0181781a767a", "1731a767a",
        "126168189678", "093129269397679", "026067078", "267273", "23b67a78a89a", "07209727b67a79a", "0181781a723b67a",
        "16717b1a61b2", "1361693b6678689", "09167b", "03b0670780b6", "67b",    ];

    /// <summary>The edges of a pattern's triangles, three each, so that the normal points out of the region.</summary>
    public static int[] Triangles(int pattern) => [.. TriangleEdges[pattern].Select(c => char.IsAsciiDigit(c) ? c - '0' : c - 'a' + 10)];
}
