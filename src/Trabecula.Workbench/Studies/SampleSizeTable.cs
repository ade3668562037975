using System.Globalization;
using Trabecula.Learning.SampleSizes;

namespace Trabecula.Workbench.Studies;

/// <summary>How many subjects a study has for each purpose.</summary>
/// <param name="Analysed">All.</param>
/// <param name="Training">Those that a model is fitted on; the fewest of all splits.</param>
/// <param name="HeldOut">Those that it is validated on; the fewest of all splits.</param>
/// <param name="Predictors">Candidate predictors in the tables, before any selection.</param>
internal readonly record struct AvailableSubjects(int Analysed, int Training, int HeldOut, int Predictors);

/// <summary>The subjects that sample-size calculations ask for beside those that the study has.</summary>
internal static class SampleSizeTable
{
    /// <summary>One row for each criterion.</summary>
    internal static ReportTable Of(IReadOnlyList<SampleSizeDesign> designs, AvailableSubjects available)
    {
        (SampleSizeDesign Design, SampleSize Size)[] sizes = [.. designs.Select(design => (design, design.Calculate()))];
        string formulas = string.Join(" ", sizes.Select(each =>
            $"{each.Size.Design}: {string.Join("; ", each.Size.Criteria.Select(criterion => $"{criterion.Name}: {criterion.Formula}"))} ({each.Size.Source})."));
        return new ReportTable("sample-size", "Sample size: asked and available", ["calculation", "criterion", "asked", "available", "of", "enough"],
        [
            .. from each in sizes
               from criterion in each.Size.Criteria
               let has = AvailableFor(each.Design, available)
               select (IReadOnlyList<string>)
               [
                   each.Size.Design, criterion.Name, StudyTables.Whole(criterion.Subjects), StudyTables.Whole(has.Subjects), has.Of,
                   has.Subjects >= criterion.Subjects ? "yes" : "no",
               ],
        ])
        {
            Note = string.Join(" ", (IEnumerable<string>)
            [
                .. designs.Any(design => design is HypothesisTestDesign)
                    ? ["Sizes for a test of proportions do not say whether a prediction model can be developed or validated."] : (string[])[],
                .. designs.OfType<PredictionModelDevelopment>().Select(design => Parameters(design, available)).OfType<string>(),
                formulas,
            ]),
        };
    }

    /// <summary>One line for each calculation.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<SampleSizeDesign> designs, AvailableSubjects available) => designs.Select(design =>
    {
        SampleSize size = design.Calculate();
        (int subjects, string of) = AvailableFor(design, available);
        return string.Create(CultureInfo.InvariantCulture,
            $"Sample size: {size.Subjects} asked, {subjects} {of}{(subjects < size.Subjects ? ", too few" : "")} ({size.Design})");
    });

    /// <summary>What is to be known of a development's parameters; null where the plan counts as many as the tables hold.</summary>
    internal static string? Parameters(PredictionModelDevelopment design, AvailableSubjects available) => design.Parameters >= available.Predictors ? null :
        string.Create(CultureInfo.InvariantCulture, $"The calculation counts {design.Parameters} candidate parameters, but the tables hold {available.Predictors} predictors; ") +
        "those dropped with a look at the outcome count too, so it asks for too few subjects.";

    private static (int Subjects, string Of) AvailableFor(SampleSizeDesign design, AvailableSubjects available) => design switch
    {
        PredictionModelDevelopment => (available.Training, "training"),
        PredictionModelValidation => (available.HeldOut, "held out"),
        _ => (available.Analysed, "analysed"),
    };
}
