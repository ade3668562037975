using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>Finds the reference values beside the repository; tests that need them are skipped where they are absent.</summary>
internal static class SharedData
{
    public static string Golden(params string[] parts) => Find("golden", parts);

    private static string Find(string kind, string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
                continue;
            string path = Path.Combine([folder.FullName, "..", "shared", kind, .. parts]);
            if (Path.Exists(path))
                return path;
            break;
        }
        Assert.Skip($"The shared {kind} folder is not beside the repository.");
        throw new InvalidOperationException("Skipped.");
    }
}
