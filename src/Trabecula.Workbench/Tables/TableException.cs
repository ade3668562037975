using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>A table that cannot be read or written. The message is complete: every problem with its place and cure.</summary>
public sealed class TableException : Exception
{
    private const int Shown = 30;

    /// <summary>Reports problems together.</summary>
    public TableException(IReadOnlyList<Finding> findings, Exception? cause = null) : base(MessageOf(findings), cause) => Findings = findings;

    internal TableException(string table, string problem, string cure, Exception? cause = null)
        : this([new Finding(Severity.Error, problem, cure) { Table = table }], cause)
    {
    }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    private static string MessageOf(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 1)
            return findings[0].ToString();
        string rest = findings.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"\n  and {findings.Count - Shown} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{findings.Count} problems.\n  {string.Join("\n  ", findings.Take(Shown))}{rest}");
    }
}
