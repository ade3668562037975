namespace Trabecula.Architecture.Tests;

/// <summary>A text file of the checkout: its path from the root, with forward slashes, and its lines.</summary>
internal sealed record SourceText(string Path, IReadOnlyList<string> Lines)
{
    public static SourceText Of(string path, string text) => new(path, text.Split('\n'));
}

/// <summary>The checkout that these tests were built from, without the folders that git ignores.</summary>
internal static class RepositoryTree
{
    private static readonly HashSet<string> TextExtensions =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".yaml", ".yml", ".md", ".cff", ".sh", ".txt", ".xml", ".editorconfig", ""];

    public static string Root { get; } = FindRoot();

    private static readonly HashSet<string> NotOurs =
        [".git", .. File.ReadAllLines(Path.Combine(Root, ".gitignore")).Where(line => line.EndsWith('/')).Select(line => line.TrimEnd('/'))];

    /// <summary>Every text file, in the order of their paths.</summary>
    public static IReadOnlyList<SourceText> Texts { get; } =
    [
        .. FilesUnder(Root)
            .Where(file => TextExtensions.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceText(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllLines(file))),
    ];

    /// <summary>The C# files of <c>src</c>, <c>tests</c> and <c>bench</c>.</summary>
    public static IEnumerable<SourceText> Code => Texts.Where(text => text.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The project files, as paths from the root.</summary>
    public static IEnumerable<string> Projects =>
        Texts.Select(text => text.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !NotOurs.Contains(Path.GetFileName(child)))
                .SelectMany(FilesUnder));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Trabecula.slnx.");
    }
}
