namespace Trabecula.Workbench.Deidentifying;

/// <summary>What <c>trabecula deidentify</c> shall do with a clinical table. Columns that nothing is said of are judged by their names and cells.</summary>
public sealed record TableDeidentificationRequest
{
    /// <summary>The table.</summary>
    public required string Input { get; init; }

    /// <summary>The table to write; there must be none.</summary>
    public required string Output { get; init; }

    /// <summary>The file of the secret; made where there is none.</summary>
    public required string Key { get; init; }

    /// <summary>The column of the subjects' numbers; null to find it.</summary>
    public string? Subject { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Columns to keep as they are, whatever they seem to hold.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Columns of dates.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>How dates are written, such as <c>dd/MM/yyyy</c>; null to find out.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The file that says which pseudonym stands for whom, to be kept with the key; null for none. There must be none of that name.</summary>
    public string? Linkage { get; init; }
}
