using System.Globalization;
using System.Text;
using Trabecula.Learning.Interpretation;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>The part of a study's report on what its models rely on.</summary>
internal static class InterpretationSection
{
    private const int MostBars = 15;

    internal static string Render(InterpretationSummary? summary)
    {
        if (summary is null)
            return "";
        ModelImportance explained = summary.Models.First(model => model.Model == summary.Explained);
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"""
                <h2>What the models rely on</h2>
                <p>Importance tells how a model behaves, not what causes the outcome: a predictor that another one stands in for looks unimportant, and one that only goes
                along with a cause can look important. {(summary.Models.Count > 1 ? $"Figures are of {Text(summary.Explained)}, the model that the plan names, else that of the highest AUROC over the folds, else the first." : "")}</p>

                """)
            .Append(Importance(summary, explained)).Append(Models(summary)).Append(Families(explained)).Append(Shap(summary)).Append(Curves(summary)).Append(Ablation(summary))
            .ToString();
    }

    private static string Importance(InterpretationSummary summary, ModelImportance model)
    {
        Dictionary<string, double> ranks = summary.Ranking.ToDictionary(ranked => ranked.Name, ranked => ranked.AurocDrop, StringComparer.Ordinal);
        Bar[] bars = [.. model.Predictors.Take(MostBars).Select(p => new Bar(p.Name, p.AurocDrop, p.AurocDeviation, ranks.TryGetValue(p.Name, out double drop) ? drop : null))];
        string whiskers = summary.Splits == 1
            ? $"Bars: mean over {Count(summary.Repeats)} random orders; whiskers: one deviation of these, which knows nothing of other subjects."
            : $"Bars: mean over {Count(summary.Splits)} splits, 0 where a split did not select the predictor; whiskers: one deviation over the splits.";
        string marks = ranks.Count == 0 ? "" : " Diamonds: the same over the folds of the training subjects, by which predictors are ranked below.";
        return Figure($"Permutation importance, {model.Model}", BarFigure.Render(bars, "Drop of the AUROC when the values are dealt out at random", $"Permutation importance of {model.Model}"),
            $"How far the AUROC on held-out subjects falls when a predictor's values are dealt out among them at random. {whiskers}{marks}");
    }

    /// <summary>The ranks of predictors in every model, side by side.</summary>
    private static string Models(InterpretationSummary summary)
    {
        if (summary.Models.Count < 2)
            return "";
        string[] names = [.. summary.Models.SelectMany(model => model.Predictors.Take(5)).Select(p => p.Name).Distinct(StringComparer.Ordinal)
            .OrderByDescending(name => summary.Models.Average(model => Drop(model, name))).Take(MostBars)];
        string rows = string.Concat(names.Select(name => $"<tr><th scope=\"row\">{Text(name)}</th>{string.Concat(summary.Models.Select(model => $"<td>{Html.Number(Drop(model, name), 3)}</td>"))}</tr>\n"));
        return $"""
            <div class="table" data-table="{InterpretationTables.Importance}"><table><thead><tr><th scope="col">Drop of the AUROC</th>{string.Concat(summary.Models.Select(model => $"<th scope=\"col\">{Text(model.Model)}</th>"))}</tr></thead>
            <tbody>{rows}</tbody></table></div>
            <p>The five most important predictors of each model. The files have all, with the rise of the Brier score.</p>

            """;
    }

    private static double Drop(ModelImportance model, string name) => model.Predictors.FirstOrDefault(p => p.Name == name)?.AurocDrop ?? 0;

    private static string Families(ModelImportance model)
    {
        string shown = string.Concat(new (string Kind, IReadOnlyList<FamilyImportance> Families)[] { ("image", model.Images), ("measure", model.Measures) }
            .Select(each => $"<h4>By {each.Kind}</h4>" + BarFigure.Render(
                [.. each.Families.Select(f => new Bar($"{f.Name} ({Axis.Label(Math.Round(f.Columns, 1))})", f.AurocDrop, f.AurocDeviation, f.SummedDrops))],
                "Drop of the AUROC when the whole family is dealt out", $"Importance of families by {each.Kind}")));
        return Figure($"Families of predictors, {model.Model}", shown,
            "All predictors of a family dealt out together, in brackets how many the model saw; diamonds: the sum of what each loses alone. A bar beyond its diamond means that the family's members stand in for each other.");
    }

    private static string Shap(InterpretationSummary summary) => summary.Shap is not { Predictors.Count: > 0 } shap ? "" : Figure(
        $"Shapley values, {summary.Explained}", BeeswarmFigure.Render(shap, summary.Explained),
        $"Each mark is one of {shap.Predictors[0].Values.Count} held-out subjects. A subject's values, with those of predictors not shown, add up from the baseline of {Html.Number(shap.Baseline, 3)} to the model's prediction before any calibration, in {InterpretationTables.Unit(shap.Scale)}.");

    private static string Curves(InterpretationSummary summary)
    {
        if (summary.Curves.Count == 0)
            return "";
        double highest = Axis.Ticks(0, 1.25 * summary.Curves.SelectMany(curve => curve.Curves.SelectMany(risks => risks).Concat(curve.MeanRisks)).Max(), 5)[^1];
        highest = Math.Clamp(highest, 0.02, 1);
        string plots = string.Concat(summary.Curves.Select(curve => $"<figure>{DependenceFigure.Render(curve, highest)}</figure>\n"));
        return $"""
            <h3>Partial dependence, {Text(summary.Explained)}</h3>
            <div class="plots">{plots}</div>
            <p>The predicted risk as one predictor goes over its values and all others stay as they are: thin lines are {Count(summary.Curves[0].Curves.Count)} training subjects from the lowest to the highest risk, the thick line is the mean of all.
            Measurements are shown from their 5th to their 95th percentile. Where predictors go together, the lines ask about subjects who do not exist.</p>

            """;
    }

    private static string Ablation(InterpretationSummary summary)
    {
        if (summary.Ablation is not { } ablation)
            return "";
        AblationMeasures full = ablation.Full;
        string rows = Row("all predictors", full) + string.Concat(ablation.Steps.GroupBy(step => step.Meaning).Select(meaning =>
            $"<tr><th scope=\"rowgroup\" colspan=\"7\" style=\"padding-top:14px\">{Text(Heading(meaning.Key))}</th></tr>\n" + string.Concat(meaning.Select(step => step.Measures is { } found
                ? Row(step.Step, found)
                : $"<tr><th scope=\"row\">{Text(step.Step)}</th><td class=\"words\" colspan=\"6\">{Text(step.Note)}</td></tr>\n"))));
        string[] notes = [.. ablation.Steps.Where(step => step.Measures is not null && step.Note.Length > 0).Select(step => step.Note).Distinct()];
        return Figure($"Ablation, {summary.Explained}", AblationFigure.Render(ablation, summary.Explained),
            "First the most important predictors are left out, each with those before it; then all of one source. Dotted: all predictors.") + $"""
            <div class="table" data-table="{InterpretationTables.Ablation}"><table style="font-size:.86rem"><thead><tr><th scope="col">Step</th><th scope="col">AUROC, change (95&nbsp;%)</th><th scope="col">Brier</th>
            <th scope="col">Calibration intercept,&nbsp;slope</th><th scope="col">Net benefit, change</th><th scope="col">True positives lost</th><th scope="col">False positives added</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            <p>Net benefit and counts at a risk of {Axis.Label(Math.Round(ablation.Threshold, 3))}{(ablation.IsShareOfEvents ? ", the share of events in training, as the plan names no threshold" : "")}. Intervals of changes are paired by subject (DeLong); they know
            the held-out subjects alone, not other training sets. Counts depend on the one threshold, and more true positives often mean more false ones, so read them with the net benefit. Predictors were ranked on training subjects. {Text(string.Join(" ", notes))}</p>

            """;

        string Row(string step, AblationMeasures found)
        {
            bool isFull = ReferenceEquals(found, full);
            string change = isFull ? $"{Html.Number(found.Auroc, 3)} ({Html.Number(found.AurocLower, 3)} to {Html.Number(found.AurocUpper, 3)})"
                : $"{Signed(found.AurocChange)} ({Signed(found.AurocChangeLower)} to {Signed(found.AurocChangeUpper)})";
            return $"<tr><th scope=\"row\" style=\"overflow-wrap:anywhere;min-width:165px\">{Text(step)}</th><td style=\"white-space:nowrap\">{change}</td><td>{Html.Number(found.Brier, 4)}</td><td style=\"white-space:nowrap\">{Html.Number(found.Intercept, 2)}, {Html.Number(found.Slope, 2)}</td>" +
                $"<td>{(isFull ? Html.Number(found.NetBenefit, 4) : Signed(found.NetBenefit - full.NetBenefit, 4))}</td><td>{(isFull ? $"{Count(found.TruePositives)} true" : Whole(full.TruePositives - found.TruePositives))}</td>" +
                $"<td>{(isFull ? $"{Count(found.FalsePositives)} false" : Whole(found.FalsePositives - full.FalsePositives))}</td></tr>\n";
        }
    }

    private static string Heading(AblationMeaning meaning) => meaning switch
    {
        AblationMeaning.Masked => "Masked: the fitted model, the predictors held at their training mean. What it relies on.",
        AblationMeaning.Refit => "Refit: fitted anew on the other selected columns, hyper-parameters kept. What these make up for.",
        _ => "Retuned: selection, search and fit anew, as if the predictors had never been measured. What could have been reached.",
    };

    private static string Figure(string title, string svg, string caption) => $"""
        <h3>{Text(title)}</h3>
        <figure>{svg}<figcaption>{Text(caption)}</figcaption></figure>

        """;

    private static string Signed(double value, int decimals = 3)
    {
        string text = Html.Number(value, decimals);
        return value > 0 && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "+" + text : text;
    }

    private static string Whole(int value) => value < 0 ? "−" + Count(-value) : Count(value);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => Html.Text(text);
}
