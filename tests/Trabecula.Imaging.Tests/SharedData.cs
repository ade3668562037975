using System.Runtime.CompilerServices;
using Xunit;

namespace Trabecula.Imaging.Tests;

/// <summary>Real data and reference values beside the repository; tests that need them skip where they are absent.</summary>
internal static class SharedData
{
    private static readonly string Root = Environment.GetEnvironmentVariable("TRABECULA_TEST_DATA") is { Length: > 0 } data
        ? Path.Combine(data, "..")
        : Path.Combine(RepositoryRoot(), "..", "shared");

    /// <summary>The path of a file or folder below <c>shared</c>; skips the test where it is absent.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.Combine(Root, relativePath);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"The shared test data are absent ({relativePath}).");
        return path;
    }

    private static string RepositoryRoot([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
