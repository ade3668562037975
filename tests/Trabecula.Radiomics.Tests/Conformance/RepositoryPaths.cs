namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>Where tests find reference values and test data.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = FindRoot();

    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "golden", "pyradiomics", .. parts]);

    /// <summary>Open data that is not part of the repository; null where it is absent.</summary>
    public static string? SharedData
    {
        get
        {
            string folder = Environment.GetEnvironmentVariable("TRABECULA_TEST_DATA") ?? Path.Combine(Root, "..", "shared", "data");
            return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
        }
    }

    /// <summary>Reference values over that data: beside it, in <c>golden/pyradiomics/real</c>.</summary>
    public static string? RealGolden => SharedGolden("real");

    /// <summary>A folder of the reference values that lie beside the data: more settings than this repository holds; null where it is absent.</summary>
    public static string? SharedGolden(string name)
    {
        string? folder = SharedData is string data ? Path.Combine(data, "..", "golden", "pyradiomics", name) : null;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Trabecula.slnx above {AppContext.BaseDirectory}.");
    }
}
