using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Interpretation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies.Interpretations;

/// <summary>From the interpretation of each split to the study's.</summary>
internal static class InterpretationSummaries
{
    private const int MostShapPredictors = 10, MostCurves = 40;

    /// <summary>The summary; null where nothing was asked for.</summary>
    internal static InterpretationSummary? Of(StudyResult result, InterpretationPlan asked, IReadOnlyList<double> thresholds)
    {
        SplitInterpretation[] splits = [.. result.Splits.Select(split => split.Interpretation).OfType<SplitInterpretation>()];
        if (splits.Length == 0)
            return null;
        string[] models = [.. result.Splits[0].Searches.Select(search => search.Model)];
        SplitInterpretation first = splits[0];
        SplitResult only = result.Splits[0];
        return new InterpretationSummary
        {
            Repeats = asked.Repeats,
            Splits = splits.Length,
            Models = [.. models.Select((model, m) => OfModel(model, m, splits))],
            Explained = models[first.Explained],
            Ranking = [.. first.Ranking.Select(group => new RankedPredictor(group.Name, group.AurocDrop, group.AurocDeviation))],
            Shap = splits.Length == 1 ? ShapOf(first.Models[first.Explained]) : null,
            Curves = [.. first.Curves.Select(curve => new DependenceSummary(curve.Predictor, curve.Values, curve.Labels, curve.MeanRisks, Some(curve.Curves)))],
            Ablation = first.Ablation.Count == 0 ? null : AblationOf(only, first, asked.Ablation.Threshold ?? (thresholds.Count > 0 ? thresholds[0] : null)),
        };
    }

    private static ModelImportance OfModel(string model, int m, SplitInterpretation[] splits)
    {
        ExaminedModel[] examined = [.. splits.Select(split => split.Models[m])];
        bool hasShap = examined.All(each => each.Shap is not null);
        double[][]? magnitudes = hasShap ? [.. examined.Select(each => each.Shap!.MeanMagnitudes())] : null;
        string[] names = [.. splits.SelectMany(split => split.Predictors).Select(group => group.Name).Distinct(StringComparer.Ordinal)];
        return new ModelImportance(
            model,
            [.. names.Select(Predictor).OrderByDescending(predictor => predictor.AurocDrop).ThenByDescending(predictor => predictor.BrierRise).ThenBy(predictor => predictor.Name, StringComparer.Ordinal)],
            Families(split => split.ImageFamilies, _ => 0), Families(split => split.MeasureFamilies, split => split.ImageFamilies.Count), hasShap ? examined[0].Shap!.Scale : null);

        PredictorImportance Predictor(string name)
        {
            int[] places = [.. splits.Select(split => split.Predictors.Index().FirstOrDefault(each => each.Item.Name == name, (-1, null!)).Index)];
            GroupImportance?[] found = [.. places.Select((place, s) => place < 0 ? null : examined[s].Importances[place])];
            (double drop, double dropDeviation) = MeanOf(found, each => each.AurocDrop, each => each.AurocDeviation);
            (double rise, double riseDeviation) = MeanOf(found, each => each.BrierRise, each => each.BrierDeviation);
            double? shap = magnitudes is null ? null : places.Select((place, s) => place < 0 ? 0 : magnitudes[s][place]).Average();
            return new PredictorImportance(name, places.Count(place => place >= 0), drop, dropDeviation, rise, riseDeviation, shap);
        }

        FamilyImportance[] Families(Func<SplitInterpretation, IReadOnlyList<ColumnGroup>> familiesOf, Func<SplitInterpretation, int> firstOf)
        {
            string[] families = [.. splits.SelectMany(split => familiesOf(split)).Select(group => group.Name).Distinct(StringComparer.Ordinal)];
            return [.. families.Select(Family).OrderByDescending(family => family.AurocDrop).ThenBy(family => family.Name, StringComparer.Ordinal)];

            FamilyImportance Family(string name)
            {
                int[] places = [.. splits.Select(split => familiesOf(split).Index().FirstOrDefault(each => each.Item.Name == name, (-1, null!)).Index)];
                (double drop, double deviation) = MeanOf(
                    [.. places.Select((place, s) => place < 0 ? null : examined[s].Families[firstOf(splits[s]) + place])], each => each.AurocDrop, each => each.AurocDeviation);
                // A predictor's columns are all in its family.
                int[][] members = [.. places.Select((place, s) => place < 0 ? [] : Enumerable.Range(0, splits[s].Predictors.Count)
                    .Where(p => familiesOf(splits[s])[place].Columns.Contains(splits[s].Predictors[p].Columns[0])).ToArray())];
                return new FamilyImportance(
                    name, members.Average(each => each.Length), drop, deviation, members.Select((each, s) => each.Sum(p => examined[s].Importances[p].AurocDrop)).Where(sum => !double.IsNaN(sum)).DefaultIfEmpty(double.NaN).Average(),
                    magnitudes is null ? null : members.Select((each, s) => each.Sum(p => magnitudes[s][p])).Average());
            }
        }
    }

    /// <summary>The mean over the splits, 0 for one that did not select it; splits of one class, which have no AUROC, are left out.</summary>
    private static (double Mean, double Deviation) MeanOf(
        IReadOnlyList<GroupImportance?> splits, Func<GroupImportance, double> valueOf, Func<GroupImportance, double> deviationOf)
    {
        if (splits is [{ } only])
            return (valueOf(only), deviationOf(only));
        double[] values = [.. splits.Select(split => split is null ? 0 : valueOf(split)).Where(value => !double.IsNaN(value))];
        if (values.Length == 0)
            return (double.NaN, double.NaN);
        double mean = values.Average();
        return (mean, values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }

    private static ShapSummary? ShapOf(ExaminedModel model)
    {
        if (model.Shap is not { } shap)
            return null;
        double[] magnitudes = shap.MeanMagnitudes();
        int[] ranked = [.. Enumerable.Range(0, magnitudes.Length).OrderByDescending(p => magnitudes[p]).ThenBy(p => p)], hidden = [.. ranked.Skip(MostShapPredictors)];
        return new ShapSummary(
            shap.Scale, shap.Baseline, [.. ranked.Take(MostShapPredictors).Select(p => new ShapPredictor(shap.Names[p], BySubject(row => shap.Row(row)[p]), model.Levels[p]))])
        {
            Others = hidden.Length == 0 ? null : new ShapOthers(hidden.Length, BySubject(row => hidden.Sum(p => shap.Row(row)[p]))),
        };

        double[] BySubject(Func<int, double> valueOf) => [.. Enumerable.Range(0, shap.Subjects.Count).Select(valueOf)];
    }

    /// <summary>Evenly by the mean of the curve, so that the few show the spread of all.</summary>
    private static IReadOnlyList<double>[] Some(IReadOnlyList<IReadOnlyList<double>> curves)
    {
        IReadOnlyList<double>[] ordered = [.. curves.OrderBy(curve => curve.Average())];
        return ordered.Length <= MostCurves ? ordered : [.. Enumerable.Range(0, MostCurves).Select(i => ordered[(int)((long)i * (ordered.Length - 1) / (MostCurves - 1))])];
    }

    private static AblationSummary? AblationOf(SplitResult split, SplitInterpretation interpretation, double? threshold)
    {
        IReadOnlyList<bool> outcomes = split.HeldOut.Outcomes;
        int events = outcomes.Count(outcome => outcome);
        // DeLong's variance needs two of each class.
        if (events < 2 || outcomes.Count - events < 2)
            return null;
        double chosen = threshold ?? (double)split.Final.Prepared.Table.EventCount / split.Final.Prepared.Table.RowCount;
        IReadOnlyList<double> full = split.HeldOut.Risks[interpretation.Explained];
        return new AblationSummary(chosen, threshold is null, Measure(full),
            [.. interpretation.Ablation.Select(each => new AblationRow(each.Meaning, each.Step.Name, each.Step.Phase, each.Step.LeftOut.Count, each.Risks is null ? null : Measure(each.Risks), each.Note))]);

        AblationMeasures Measure(IReadOnlyList<double> risks)
        {
            RiskEvaluation found = RiskEvaluation.Of(outcomes, risks, [chosen]);
            ConfusionMatrix matrix = ConfusionMatrix.Of(outcomes, risks, chosen);
            ConfidenceInterval area = found.Auroc.Interval(0.95, AurocScale.Logit);
            var change = AurocComparison.Of(outcomes, risks, full);
            ConfidenceInterval interval = change.Interval();
            return new AblationMeasures(
                found.Auroc.Value, area.Lower, area.Upper, found.Brier.Value, found.Calibration.Intercept, found.Calibration.Slope,
                found.NetBenefits[0].Model, matrix.TruePositives, matrix.FalsePositives)
            {
                AurocChange = change.Difference,
                AurocChangeLower = interval.Lower,
                AurocChangeUpper = interval.Upper,
            };
        }
    }
}
