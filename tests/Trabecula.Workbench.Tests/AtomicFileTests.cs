using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_WhileTheSameFileIsWritten_BothComplete()
    {
        AtomicFile.Write(_folder["f.csv"], outer =>
        {
            AtomicFile.Write(_folder["f.csv"], inner => inner.Write("first"u8));
            Assert.Equal("first", File.ReadAllText(_folder["f.csv"]));
            outer.Write("last"u8);
        });
        Assert.Equal("last", File.ReadAllText(_folder["f.csv"]));
        Assert.Equal(["f.csv"], _folder.Names);
    }

    [Fact]
    public void Write_BeyondTheLargestFile_IsAFaultOfTheDisk()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The largest offset differs between systems.");
        _folder.Write("f.csv", "old");
        // No file system takes a byte here: the kernel answers as it does for ulimit -f.
        Assert.Throws<IOException>(() => AtomicFile.Write(_folder["f.csv"], stream =>
        {
            stream.Position = long.MaxValue - 1;
            stream.Write([1, 2, 3]);
            stream.Flush();
        }));
        Assert.Equal("old", File.ReadAllText(_folder["f.csv"]));
        Assert.Equal(["f.csv"], _folder.Names);
    }
}
