namespace Trabecula.Workbench.Checklists;

/// <summary>How far a study's folder answers an item.</summary>
public enum ItemStatus
{
    /// <summary>The folder holds what the item asks for.</summary>
    Yes,

    /// <summary>The study does not do it.</summary>
    No,

    /// <summary>The item does not apply to this study.</summary>
    NotApplicable,

    /// <summary>A person must answer: the folder cannot know.</summary>
    Open,
}

/// <summary>An answer.</summary>
/// <param name="Status">How far the item is answered.</param>
/// <param name="Evidence">The file that shows it, from the study's folder, with a place in it after a #; empty for none.</param>
/// <param name="Remark">What there is, or what a person has to add.</param>
public sealed record ItemAnswer(ItemStatus Status, string Evidence, string Remark);

/// <summary>An item of a reporting standard: its number there, what it asks for in our words, and how a study's folder answers.</summary>
/// <param name="Number">The standard's number.</param>
/// <param name="Section">The part of the standard.</param>
/// <param name="Asks">What it asks for.</param>
/// <param name="Answer">Looks at a study.</param>
internal sealed record ChecklistItem(string Number, string Section, string Asks, Func<StudyEvidence, ItemAnswer> Answer);

/// <summary>A filled checklist.</summary>
/// <param name="Name">The name of its files, without ending.</param>
/// <param name="Title">The standard.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Items">Each item with its answer.</param>
public sealed record FilledChecklist(string Name, string Title, string Source, IReadOnlyList<FilledItem> Items)
{
    /// <summary>What follows from all answers together, such as a score; empty for none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>How many items have a status.</summary>
    public int Count(ItemStatus status) => Items.Count(item => item.Answer.Status == status);
}

/// <summary>An item with its answer.</summary>
/// <param name="Number">The standard's number.</param>
/// <param name="Section">The part of the standard.</param>
/// <param name="Asks">What it asks for.</param>
/// <param name="Answer">The answer.</param>
public sealed record FilledItem(string Number, string Section, string Asks, ItemAnswer Answer);
