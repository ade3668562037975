using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Selection;

namespace Trabecula.Workbench.Studies;

/// <summary>What a reader must know of a study's univariate screenings: what chance lets pass by the plan's own limit, and where too few columns passed.</summary>
internal static class ScreeningNotes
{
    /// <summary>What chance lets pass, for each limit and adjustment that occurs; empty without a screening.</summary>
    internal static string Chance(IEnumerable<FittedTransformer> steps) => string.Join(" ", steps.OfType<FittedUnivariateScreening>()
        .Select(screening => (screening.Alpha, screening.Adjustment)).Distinct().Select(rule => Chance(rule.Alpha, rule.Adjustment)));

    /// <summary>Why a screening kept columns that did not pass; empty where it kept those that did.</summary>
    internal static string Fallback(FittedTransformer step) => step is FittedUnivariateScreening { FellBack: true, Options.Fallback: { } fallback } screening
        ? Text($"{screening.Passed} of {screening.Tested} tested columns passed at {LimitOf(screening)}, fewer than {fallback.FewerThan}: kept were the {Math.Min(fallback.Keep, screening.Tests.Count)} of the smallest P")
        : "";

    /// <summary>A warning for each step, before the split or in some splits, whose fit on the training subjects fell back.</summary>
    internal static IEnumerable<string> Warnings(StudyResult result)
    {
        foreach (FittedTransformer step in result.BeforeSplit.Where(step => Fallback(step).Length > 0))
            yield return $"{step.Name}, on all subjects: {Fallback(step)}. {Cure}";
        for (int i = 0; i < result.Splits[0].Steps.Count; i++)
        {
            SplitResult[] fell = [.. result.Splits.Where(split => Fallback(split.Steps[i]).Length > 0)];
            if (fell.Length > 0)
                yield return Text($"{fell[0].Steps[i].Name} (step {i + 1}){(result.Splits.Count == 1 ? "" : $", in {fell.Length} of {result.Splits.Count} splits, in the first of them")}: {Fallback(fell[0].Steps[i])}. {Cure}");
        }
    }

    private const string Cure = "What was kept so is not shown to be related to the outcome; screening.fallback of the plan says when this is done.";

    private static string Chance(double alpha, PAdjustment adjustment) => adjustment == PAdjustment.None
        ? Text($"A screening at P below {alpha} without adjustment keeps {100 * alpha:0.##} % of the tested columns even if none is related to the outcome: that many are expected by chance.")
        : Text($"A screening at a P below {alpha} by Benjamini and Hochberg limits the expected share of false columns among those that pass to {100 * alpha:0.##} %; if no column is related to the outcome, any passes in at most {100 * alpha:0.##} % of samples. No number expected by chance follows from it.");

    private static string LimitOf(FittedUnivariateScreening screening) => screening.Adjustment == PAdjustment.None
        ? Text($"P below {screening.Alpha}") : Text($"a P below {screening.Alpha} by Benjamini and Hochberg");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
