using Xunit;

namespace Trabecula.Learning.Tests;

public sealed class ParallelWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void ForEach_SeveralPiecesFail_GivesTheFaultOfTheFirstOfThem(int jobs)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            // The first to fail takes the longest to do so.
            LearningException fault = Assert.Throws<LearningException>(() => ParallelWork.ForEach(Enumerable.Range(0, 8), jobs, piece =>
            {
                if (piece < 1)
                    return;
                if (piece == 1)
                    Thread.Sleep(5);
                throw new LearningException($"piece {piece} failed.", "");
            }, TestContext.Current.CancellationToken));
            Assert.Equal("piece 1 failed.", fault.Problem);
        }
    }

    [Fact]
    public void ForEach_Cancelled_IsNoFaultOfAPiece()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelWork.ForEach(Enumerable.Range(0, 50), 2, piece =>
        {
            if (piece == 3)
                stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        }, stop.Token));
    }
}
