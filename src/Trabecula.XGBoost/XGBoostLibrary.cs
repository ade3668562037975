using System.Runtime.InteropServices;
using Trabecula.Learning;
using Trabecula.XGBoost.Native;

namespace Trabecula.XGBoost;

/// <summary>XGBoost's own library, which is installed beside Trabecula and found when it is first asked for.</summary>
public static class XGBoostLibrary
{
    private const string Missing = "XGBoost's library was not found.";

    // The first version with the binary JSON that models are kept in.
    private static readonly Version s_oldest = new(1, 6);

    private static readonly string[] s_candidates = [.. LibraryFile.Candidates(
        Environment.GetEnvironmentVariable(LibraryFile.Variable), AppContext.BaseDirectory, RuntimeInformation.RuntimeIdentifier)];

    private static readonly Lazy<nint> s_handle = new(() => LibraryFile.Load(s_candidates));

    private static readonly Lazy<(Version? Version, string? Problem)> s_state = new(Inspect);

    /// <summary>Whether models can be fitted and applied.</summary>
    public static bool IsAvailable => s_state.Value.Problem is null;

    /// <summary>Why not, the same on every machine; null if it is available. <see cref="Cure"/> says what to do.</summary>
    public static string? Problem => s_state.Value.Problem;

    /// <summary>The library's version; null if it was not found.</summary>
    public static Version? Version => s_state.Value.Version;

    /// <summary>The loaded library; 0 if it was not found.</summary>
    internal static nint Handle => s_handle.Value;

    /// <summary>Refuses to go on without the library.</summary>
    /// <exception cref="LearningException">It is not available.</exception>
    internal static void Require()
    {
        if (Problem is { } problem)
            throw new LearningException(Handle == 0 ? NotFound(s_candidates) : problem, Cure);
    }

    /// <summary>What to do without the library.</summary>
    public static string Cure =>
        $"Install it (Debian, Ubuntu: apt-get install libxgboost0; macOS: brew install xgboost) or set {LibraryFile.Variable} to its file or folder.";

    internal static string NotFound(IReadOnlyList<string> tried) => $"{Missing} Tried: {string.Join(", ", tried)}.";

    private static (Version?, string?) Inspect()
    {
        if (Handle == 0)
            return (null, Missing);
        try
        {
            XGBoostApi.XGBoostVersion(out int major, out int minor, out int patch);
            var version = new Version(major, minor, patch);
            return (version, version >= s_oldest ? null : $"XGBoost's library has version {version}, expected {s_oldest} or newer.");
        }
        catch (EntryPointNotFoundException)
        {
            return (null, "The library that was found is not XGBoost's, or is older than 1.6.");
        }
    }
}
