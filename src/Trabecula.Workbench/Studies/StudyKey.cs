using System.Security.Cryptography;
using System.Text;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies;

/// <summary>Tells studies apart: trials of another plan, other files or another program are not this study's.</summary>
internal static class StudyKey
{
    /// <summary>The key.</summary>
    /// <param name="inputs">The plan and every file that it names, with their hashes.</param>
    /// <param name="warnings">What the machine leaves out.</param>
    /// <param name="xgboost">The version of XGBoost's library, whose fits differ from version to version; null without.</param>
    internal static string Of(StudyInputs inputs, IEnumerable<string> warnings, Version? xgboost)
    {
        bool boosts = inputs.Readout.Plan.Models.Any(model => model.Family == XGBoostFamily.Instance);
        IEnumerable<string> lines =
        [
            StudyRun.Program(), .. boosts ? [$"XGBoost {xgboost}"] : (string[])[], .. warnings, .. inputs.Files.Select(file => $"{file.Name} {file.Sha256}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
