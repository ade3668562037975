using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>
/// Why the calibration slope of the support vector machine differs from Python's: the same machine, its decision values and their order, fitted with other
/// draws of the five folds that Platt's curve is learned from. 72 events in five folds leave the curve's steepness to the draw.
/// </summary>
internal static class PlattDraws
{
    private const int Draws = 60;

    /// <summary>A sentence on the slopes of Python's choice over draws, beside Python's one.</summary>
    internal static string Sentence(ReferenceStudy study, FeatureTable table)
    {
        System.Text.Json.JsonElement python = study.Json("synthetic/python_clean.json").GetProperty("models").GetProperty("svm");
        Configuration chosen = ReferenceStudy.Configuration(
            ReferenceStudy.Families["svm"], ParameterSet.Read(System.Text.Json.Nodes.JsonObject.Create(python.GetProperty("best_params"))!));
        RiskEvaluation[] found =
        [
            .. Enumerable.Range(0, Draws).Select(draw =>
            {
                StudyDesign design = StudyVariants.Clean(study, table, [new CandidateModel("svm", [chosen])]) with { Seed = new Seed(2026).Derive("platt", draw), Interprets = false };
                SplitResult split = StudyExecution.Run(table, design, 1).Splits[0];
                return RiskEvaluation.Of(split.HeldOut.Outcomes, split.HeldOut.Risks[0], []);
            }),
        ];
        double[] slopes = [.. found.Select(each => each.Calibration.Slope).Order()], areas = [.. found.Select(each => each.Auroc.Value)];
        return string.Create(CultureInfo.InvariantCulture,
            $"\nPython's choice of the support vector machine ({chosen.Text}), variant `clean`, fitted here with {Draws} draws of the folds of Platt's curve: test AUROC {areas.Min():F3} to {areas.Max():F3}, slope {slopes[0]:F2} to {slopes[^1]:F2}, median {(slopes[Draws / 2 - 1] + slopes[Draws / 2]) / 2:F2}; Python's one draw gave {python.GetProperty("test").GetProperty("calibration_slope").GetDouble():F2}.\n");
    }
}
