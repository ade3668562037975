using System.Globalization;
using System.Text.RegularExpressions;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>
/// Looks for predictors that know the outcome. Source: Kapoor and Narayanan, Patterns 4 (2023) 100804: duplicates (L1.4), features that are
/// proxies of the outcome (L2), and features from after it (L3.1).
/// </summary>
internal static partial class LeakageChecks
{
    /// <summary>An area under the curve that no honest single predictor reaches.</summary>
    internal const double TooGood = 0.99;

    // With ten subjects in each class, one of 1,223 columns of noise separates them with a probability of 1.3 %.
    private const int LeastToJudge = 10;

    /// <summary>What names and the plan tell.</summary>
    public static void OfDesign(CohortDesign design, DataTable clinical, IReadOnlyList<RadiomicTable> readers, ICollection<Finding> findings)
    {
        HashSet<string> outcome = [.. design.Outcome.Columns];
        foreach (PredictorColumn predictor in design.Clinical)
        {
            if (outcome.Contains(predictor.Column))
                Report(Severity.Error, "outcome-among-predictors", clinical.Name, predictor.Column, "the outcome is made of this column, so it cannot be a predictor.", "Take it off the predictors.");
            else if (predictor.RecordedAt == RecordedAt.Postoperative)
                Report(Severity.Error, "recorded-after", clinical.Name, predictor.Column, "the plan says that it is recorded after the operation.", "Take it off the predictors.");
            else if (SoundsLater(predictor.Column))
                Report(Severity.Warning, "named-as-later", clinical.Name, predictor.Column, "the name says that it may be recorded after the moment of prediction.", "Check it; a predictor must be known before.");
            if (predictor.Column == design.SubjectColumn)
                Report(Severity.Error, "id-like", clinical.Name, predictor.Column, "the id of the subjects cannot be a predictor.", "Take it off the predictors.");
        }
        foreach (RadiomicTable reader in readers)
        {
            foreach (string column in reader.FeatureColumns.Select(c => reader.Table.Columns[c]).Where(outcome.Contains))
                Report(Severity.Error, "outcome-among-predictors", reader.Table.Name, column, "the outcome is made of this column, so it cannot be a feature.", "Leave it out of the features.");
        }

        void Report(Severity severity, string code, string table, string column, string problem, string cure) =>
            findings.Add(new Finding(severity, problem, cure) { Code = code, Table = table, Column = column });
    }

    /// <summary>What the values tell.</summary>
    public static void OfFeatures(FeatureTable features, int leastPerClass, ICollection<Finding> findings)
    {
        int events = features.EventCount, smaller = Math.Min(events, features.RowCount - events);
        if (smaller < leastPerClass)
        {
            findings.Add(new Finding(
                Severity.Error, string.Create(CultureInfo.InvariantCulture,
                    $"{events} subjects have the event and {features.RowCount - events} have not; each class needs at least {leastPerClass}."),
                "Take fewer folds, or check how the outcome is defined.")
            { Code = "small-class" });
        }
        if (smaller < LeastToJudge)
            return;
        for (int column = 0; column < features.ColumnCount; column++)
            Judge(features, column, findings);
    }

    /// <summary>Whether a column's name says that it is recorded after the moment of prediction.</summary>
    internal static bool SoundsLater(string column) => LaterName().IsMatch(DimensionOfFilter().Replace(column, ""));

    private static void Judge(FeatureTable features, int column, ICollection<Finding> findings)
    {
        FeatureColumn schema = features.Schema[column];
        double[] values = features.Column(column);
        string code = "predicts-outcome";
        if (schema.Kind == ColumnKind.Categorical)
        {
            for (int level = 0; level < schema.Levels.Count; level++)
            {
                if (Area(features.Outcomes, values, value => value == level ? 1 : 0) is { } same && same >= TooGood)
                    Report($"the value '{schema.Levels[level]}' alone tells the outcome (AUROC {Text(same)}).");
            }
        }
        else if (Area(features.Outcomes, values, value => value) is { } area && area >= TooGood)
            Report($"this column alone tells the outcome (AUROC {Text(area)}).");
        if (Array.Exists(values, double.IsNaN))
        {
            code = "missing-tells-outcome";
            double missing = AreaOf(features.Outcomes, Array.ConvertAll(values, value => double.IsNaN(value) ? 1.0 : 0));
            if (missing >= TooGood)
                Report($"whether the value is missing tells the outcome (AUROC {Text(missing)}).");
        }

        void Report(string problem) => findings.Add(new Finding(
            Severity.Error, problem, "Check what it is and when it is recorded; take it off the predictors if it is not known before.")
        { Code = code, Column = schema.Name });
    }

    /// <summary>The area over the rows with a value, in whichever direction is larger; null where a class has too few of them.</summary>
    private static double? Area(IReadOnlyList<bool> outcomes, double[] values, Func<double, double> score)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
        int events = known.Count(i => outcomes[i]);
        if (Math.Min(events, known.Length - events) < LeastToJudge)
            return null;
        return AreaOf([.. known.Select(i => outcomes[i])], [.. known.Select(i => score(values[i]))]);
    }

    private static double AreaOf(IReadOnlyList<bool> outcomes, double[] scores)
    {
        double area = Auroc.Of(outcomes, scores).Value;
        return Math.Max(area, 1 - area);
    }

    private static string Text(double area) => area.ToString("0.###", CultureInfo.InvariantCulture);

    // Words between the ends of the name, underscores, points and changes from letters to digits: "posterior" is none of them.
    [GeneratedRegex(@"(?<![a-z])(day ?_?\d+|d\d+|\d+ ?_?(d|days?|w|wks?|weeks?|m|mo|months?|y|yrs?|years?)|follow[-_ ]?ups?|fu\d*|post([-_ ]?op(erative(ly)?)?)?|discharge[d]?|after|outcome|recurrences?|complications?)(?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LaterName();

    // The "3D" in PyRadiomics' log-sigma-1-0-mm-3D_… and lbp-3D-k_… is no third day.
    [GeneratedRegex(@"(?<=^(log-sigma-[-0-9]+-mm|lbp))-[23]D(?=[-_])", RegexOptions.CultureInvariant)]
    private static partial Regex DimensionOfFilter();
}
