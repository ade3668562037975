namespace Trabecula.Workbench.Conformance;

/// <summary>Whether an acquisition meets a criterion.</summary>
public enum Verdict
{
    /// <summary>It does.</summary>
    Met,
    /// <summary>It does not.</summary>
    NotMet,
    /// <summary>The files do not tell.</summary>
    NotRecorded,
}

/// <summary>What one criterion says of one case.</summary>
/// <param name="Verdict">Whether it is met.</param>
/// <param name="Value">What was found, with its unit; empty where nothing was.</param>
public readonly record struct Judgement(Verdict Verdict, string Value)
{
    /// <summary>As a cell of a table: <c>met: 120 kV</c>, <c>not met: 140 kV</c>, <c>not recorded</c>.</summary>
    public override string ToString()
    {
        string word = Verdict switch { Verdict.Met => "met", Verdict.NotMet => "not met", _ => "not recorded" };
        return Value.Length == 0 ? word : $"{word}: {Value}";
    }

    internal static Judgement NotRecorded(string value = "") => new(Verdict.NotRecorded, value);

    internal static Judgement Of(bool met, string value) => new(met ? Verdict.Met : Verdict.NotMet, value);
}
