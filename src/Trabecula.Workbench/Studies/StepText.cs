using System.Globalization;
using System.Reflection;
using Trabecula.Learning;
using Trabecula.Learning.Selection;

namespace Trabecula.Workbench.Studies;

/// <summary>A step, sampler or splitter in words: its name, and every option with its value.</summary>
internal static class StepText
{
    internal static string Of(Transformer step) => step.Name + Options(step) + (step.Scope == ColumnScope.All ? "" : $" of {step.Scope.ToString().ToLowerInvariant()} columns");

    internal static string Of(object record) => Words(record.GetType().Name) + Options(record);

    /// <summary>StratifiedKFold as stratified K fold: a word begins at a capital after a small letter, and at the last of several capitals.</summary>
    internal static string Words(string name) => string.Concat(name.Select((letter, i) =>
    {
        if (i == 0 || !char.IsAsciiLetterUpper(letter))
            return letter.ToString();
        bool begins = char.IsAsciiLetterLower(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]));
        return (begins ? " " : "") + char.ToLowerInvariant(letter);
    }));

    private static string Options(object record)
    {
        string[] options =
        [
            .. from property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.Name is not ("Name" or "Scope" or "EqualityContract") && property.GetIndexParameters().Length == 0 && property.CanWrite && Counts(record, property.Name)
               let value = Text(property.GetValue(record))
               where value is not null
               orderby property.MetadataToken
               select $"{Words(property.Name).ToLowerInvariant()} {value}",
        ];
        return options.Length == 0 ? "" : $" ({string.Join(", ", options)})";
    }

    /// <summary>Whether an option has a part in what the others ask for: mRMR has one scheme of four, and options of the others.</summary>
    private static bool Counts(object record, string option) => record is not Mrmr { Scheme: var scheme } || option switch
    {
        nameof(Mrmr.CorrelationFloor) => scheme is MrmrScheme.Fcq or MrmrScheme.Rfcq,
        nameof(Mrmr.ForestTrees) or nameof(Mrmr.ForestDepth) => scheme == MrmrScheme.Rfcq,
        nameof(Mrmr.StateWidth) or nameof(Mrmr.StateDivisor) => scheme is MrmrScheme.Mid or MrmrScheme.Miq,
        nameof(Mrmr.QuotientFloor) or nameof(Mrmr.QuotientOffset) => scheme == MrmrScheme.Miq,
        _ => true,
    };

    private static string? Text(object? value) => value switch
    {
        // Three letters are an abbreviation: CCC, ICC, FCQ.
        Enum word => word.ToString() is { Length: 3 } letters ? letters.ToUpperInvariant() : Words(word.ToString()).ToLowerInvariant(),
        bool flag => flag ? "yes" : "no",
        ScreeningFallback fallback => string.Create(CultureInfo.InvariantCulture, $"the {fallback.Keep} of the smallest P where fewer than {fallback.FewerThan} pass"),
        string text => text.Length == 0 ? null : text,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
