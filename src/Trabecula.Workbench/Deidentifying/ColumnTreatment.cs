using Trabecula.Imaging;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>What is done with a column of a clinical table.</summary>
public enum Treatment
{
    /// <summary>Its cells stay as they are.</summary>
    Kept,

    /// <summary>It is left out.</summary>
    Dropped,

    /// <summary>Subjects become pseudonyms.</summary>
    Pseudonyms,

    /// <summary>Dates are made earlier by the subject's days.</summary>
    Shifted,
}

/// <summary>A column with what is done to it and why.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Treatment">What is done.</param>
/// <param name="Reason">Why, without a word of the cells.</param>
public sealed record ColumnTreatment(string Column, Treatment Treatment, string Reason)
{
    /// <summary>How its dates are written.</summary>
    internal DateFormat? Dates { get; init; }

    /// <summary>The line of a report.</summary>
    /// <param name="width">Letters of the longest name.</param>
    public string Line(int width) => PlainText.Of($"{Column.PadRight(width)}  {Treatment.ToString().ToLowerInvariant(),-10}  {Reason}");
}
