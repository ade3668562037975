using Xunit;

namespace Trabecula.Imaging.Tests.Nifti;

/// <summary>What a header says twice or not at all is said, with what was taken.</summary>
public sealed class NiftiNotesTests
{
    private static readonly double[] Sixth = [0.75, 0, 0, 10, 0, 0.5, 0, 20, 0, 0, 3, 30], Long = [0.75, 0, 0, 10, 0, 0.5, 0, 20, 0, 0, 5, 30], Skewed = [0.75, 0.4, 0, 10, 0, 0.5, 0, 20, 0, 0, 3, 30];

    private static readonly double[] AsSixth = [0, 0, 0, 10, 20, 30], HalfTurn = [1, 0, 0, 1, 2, 3];

    [Fact]
    public void NotesOf_FormsThatAgree_AreNone() =>
        Assert.Empty(Notes(new NiftiBytes { QFormCode = 1, QForm = AsSixth, SFormCode = 2, SForm = Sixth }));

    [Theory]
    [InlineData(1, "the sform was taken")]
    [InlineData(2, "the qform was taken")]
    public void NotesOf_FormsThatDiffer_NameTheWayAndTheChoice(int sformCode, string taken)
    {
        string note = Assert.Single(Notes(new NiftiBytes { QFormCode = 1, QForm = HalfTurn, SFormCode = sformCode, SForm = Sixth }));
        // The far corner (4, 3, 2): 9, 18 + 2 * 3 * 0.5 and 27 + 2 * 2 * 3 apart.
        Assert.Contains((Math.Round(Math.Sqrt(9 * 9 + 21 * 21 + 39 * 39), 3)).ToString(System.Globalization.CultureInfo.InvariantCulture), note, StringComparison.Ordinal);
        Assert.Contains(taken, note, StringComparison.Ordinal);
    }

    [Fact]
    public void NotesOf_SFormAloneOfAnotherSpacing_NamesBoth() => Assert.Contains(
        "0.75 x 0.5 x 5, pixdim one of 0.75 x 0.5 x 3: pixdim was taken", Assert.Single(Notes(new NiftiBytes { SFormCode = 1, SForm = Long })), StringComparison.Ordinal);

    [Fact]
    public void NotesOf_SkewedSFormBesideAQForm_SaysSo() => Assert.Contains(
        Notes(new NiftiBytes { QFormCode = 1, QForm = AsSixth, SFormCode = 1, SForm = Skewed }), note => note.Contains("skewed or missing: the qform was taken", StringComparison.Ordinal));

    [Theory]
    [InlineData(0, "no spacing along z: 1 was taken")]
    [InlineData(-3, "a negative spacing along z")]
    public void NotesOf_SpacingThatIsNone_SaysSo(double spacing, string expected) => Assert.Contains(
        Notes(new NiftiBytes { QFormCode = 1, QForm = AsSixth, PixDim = [1, 0.75, 0.5, spacing, 1, 1, 1, 1] }), note => note.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void NotesOf_NoForm_SaysThatThePlaceIsNotKnown() => Assert.Contains("neither qform nor sform", Assert.Single(Notes(new NiftiBytes())), StringComparison.Ordinal);

    private static IReadOnlyList<string> Notes(NiftiBytes header)
    {
        using var folder = new TestFolder();
        folder.Write("a.nii", [.. header.ToArray(), .. new byte[120]]);
        return VolumeFile.NotesOf(folder["a.nii"]);
    }
}
