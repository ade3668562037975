using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class TrialJournalTests : IDisposable
{
    private static readonly TrialKey First = new(0, "lr", 3, 1), Second = new(0, "svm, \"rbf\"", 7, 4);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterAKill_KeepsEveryCompleteLine()
    {
        Write([(First, new FoldScore(0.1 + 0.2))], [(Second, new FoldScore(double.NaN, "It diverged.\nTwice."))]);
        byte[] whole = File.ReadAllBytes(JournalPath);
        int firstEnd = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1) + 1;
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(JournalPath, whole[..cut]);
            using var journal = TrialJournal.Open(JournalPath, "key");
            Assert.Equal((cut >= firstEnd ? 1 : 0) + (cut == whole.Length ? 1 : 0), journal.Found);
            if (cut == whole.Length)
            {
                Assert.True(journal.TryFind(First, out FoldScore first));
                Assert.Equal(0.1 + 0.2, first.Auroc);
                Assert.True(journal.TryFind(Second, out FoldScore second));
                Assert.Equal("It diverged.\nTwice.", second.Failure);
            }
        }
    }

    [Theory]
    [InlineData("other key", null)]
    [InlineData("key", "no journal\n")]
    [InlineData("key", "{\"study\":\"key\"}\n[{\"split\":0}]\n")]
    public void Open_OfAnotherStudyOrDamaged_BeginsAnew(string key, string? content)
    {
        Write([(First, new FoldScore(0.7))]);
        if (content is not null)
            File.WriteAllText(JournalPath, content);
        using var journal = TrialJournal.Open(JournalPath, key);
        Assert.Equal(0, journal.Found);
    }

    [Fact]
    public void Open_ByASecondRun_IsRefused()
    {
        using var journal = TrialJournal.Open(JournalPath, "key");
        Assert.ThrowsAny<IOException>(() => TrialJournal.Open(JournalPath, "key"));
    }

    private string JournalPath => _folder["trials.jsonl"];

    private void Write(params (TrialKey, FoldScore)[][] pieces)
    {
        using var journal = TrialJournal.Open(JournalPath, "key");
        foreach ((TrialKey, FoldScore)[] piece in pieces)
            journal.Add(piece);
    }
}
