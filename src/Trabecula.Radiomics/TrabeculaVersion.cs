using System.Reflection;

namespace Trabecula.Radiomics;

/// <summary>The version of this library, as it stands in diagnostics and reports.</summary>
public static class TrabeculaVersion
{
    /// <summary>As in <c>0.1.0</c>, without build metadata.</summary>
    public static string Text { get; } =
        typeof(TrabeculaVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
