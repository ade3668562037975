using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Search;
using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>What successive halving saves and loses on variant <c>clean</c>: the same architectures, searched in full and halved from two numbers of epochs.</summary>
internal static class HalvingComparison
{
    /// <summary>The rows of the table: in full, then halved from twelve and from four epochs.</summary>
    internal static IEnumerable<string> Rows(ReferenceStudy study, FeatureTable table, int configurations)
    {
        foreach (int? epochs in (int?[])[null, 12, 4])
        {
            var seed = new Seed(2026);
            CandidateModel model = new TabNetSearch { Configurations = configurations, HalvingEpochs = epochs }.Candidate("tabnet", seed.Derive("configurations"));
            StudyDesign design = StudyVariants.Clean(study, table, [model]) with { Seed = seed, Interprets = false };
            string name = epochs is null ? "every architecture in full" : string.Create(CultureInfo.InvariantCulture, $"halved, from {epochs} epochs");
            StudyResult result = StudyExecution.Run(table, design, Environment.ProcessorCount, progress: new StageLines($"clean, {name}"));
            SplitResult split = result.Splits[0];
            double seconds = result.Stages.Single(stage => stage.Name.StartsWith("search", StringComparison.Ordinal)).CpuSeconds;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {split.Searches[0].Trials.Count} | {seconds:F1} | {split.Searches[0].ChosenTrial.Mean:F3} | {Auroc.ValueOf(split.HeldOut.Outcomes, split.HeldOut.Risks[0]):F3} |\n");
        }
    }
}
