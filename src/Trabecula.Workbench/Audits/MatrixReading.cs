namespace Trabecula.Workbench.Audits;

/// <summary>Of which class a measure of one class is, or how those of both are averaged.</summary>
internal enum ClassReading
{
    /// <summary>Of the event: what a prediction study should print.</summary>
    Event,

    /// <summary>Both classes alike.</summary>
    Macro,

    /// <summary>Both classes by their sizes.</summary>
    Weighted,

    /// <summary>All predictions together; of two classes that is the accuracy.</summary>
    Micro,

    /// <summary>Of the subjects without the event.</summary>
    OtherClass,
}

/// <summary>How printed measures may have come about.</summary>
/// <param name="Class">What measures of one class stand for; each of them may still be the event's.</param>
/// <param name="CutOff">Whether digits may be cut off, or rounded one after another, instead of rounded once.</param>
internal readonly record struct MatrixReading(ClassReading Class, bool CutOff)
{
    /// <summary>As the guide asks for them.</summary>
    internal static readonly MatrixReading AsAsked = new(ClassReading.Event, false);

    /// <summary>All readings, the more usual first.</summary>
    internal static readonly IReadOnlyList<MatrixReading> All =
        [.. from cutOff in (bool[])[false, true] from each in Enum.GetValues<ClassReading>() select new MatrixReading(each, cutOff)];

    /// <summary>What a report would have to have done, after "if".</summary>
    internal string Condition => (Class, CutOff) switch
    {
        (ClassReading.Event, _) => "digits are cut off or rounded twice",
        (_, true) => $"{Classes} and digits are cut off or rounded twice",
        _ => Classes,
    };

    private string Classes => Class switch
    {
        ClassReading.Macro => "measures are averaged over both classes, each alike (macro)",
        ClassReading.Weighted => "measures are averaged over both classes by their sizes (weighted)",
        ClassReading.Micro => "measures are averaged over all predictions (micro)",
        _ => "measures are those of the subjects without the event",
    };
}
