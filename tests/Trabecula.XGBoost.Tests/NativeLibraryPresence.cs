using Xunit;

namespace Trabecula.XGBoost.Tests;

internal static class NativeLibraryPresence
{
    /// <summary>Skips a test where XGBoost's library is not installed.</summary>
    internal static void Require() => Assert.SkipUnless(XGBoostLibrary.IsAvailable, $"{XGBoostLibrary.Problem} {XGBoostLibrary.Cure}");
}
