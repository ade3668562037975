using System.Runtime.InteropServices;

namespace Trabecula.XGBoost.Native;

/// <summary>Where XGBoost's library may lie.</summary>
/// <remarks>
/// Order: the environment variable <c>TRABECULA_XGBOOST</c> (a file, or the folder that holds it) and nothing else where it is set;
/// then the program's folder, its <c>runtimes/&lt;rid&gt;/native</c>, the system's own search, and Homebrew's folders.
/// Debian and Ubuntu install no plain <c>libxgboost.so</c>, so the name with its version is tried too.
/// </remarks>
internal static class LibraryFile
{
    internal const string Variable = "TRABECULA_XGBOOST";

    private static readonly string[] s_homebrew = ["/opt/homebrew/opt/xgboost/lib", "/usr/local/opt/xgboost/lib"];

    /// <summary>The names to try, best first.</summary>
    /// <param name="chosen">The environment variable's value; null or empty if unset.</param>
    /// <param name="programFolder">The folder of the program.</param>
    /// <param name="runtime">The runtime's name, as <c>linux-x64</c>.</param>
    internal static IReadOnlyList<string> Candidates(string? chosen, string programFolder, string runtime)
    {
        string[] names = runtime.StartsWith("win", StringComparison.Ordinal) ? ["xgboost.dll"]
            : runtime.StartsWith("osx", StringComparison.Ordinal) ? ["libxgboost.dylib"]
            : ["libxgboost.so", "libxgboost.so.0"];
        if (!string.IsNullOrEmpty(chosen))
            return Directory.Exists(chosen) ? [.. names.Select(name => Path.Combine(chosen, name))] : [chosen];
        string[] folders = [programFolder, Path.Combine(programFolder, "runtimes", runtime, "native")];
        string[] last = runtime.StartsWith("osx", StringComparison.Ordinal) ? s_homebrew : [];
        return
        [
            .. folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))),
            .. names,
            .. last.SelectMany(folder => names.Select(name => Path.Combine(folder, name))),
        ];
    }

    /// <summary>Loads the first that can be; zero if none can.</summary>
    internal static nint Load(IReadOnlyList<string> candidates)
    {
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out nint library))
                return library;
        }
        return 0;
    }
}
