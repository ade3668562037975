using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies.Validations;

/// <summary>A finished study with its fitted models, from a folder that is as the study wrote it.</summary>
/// <param name="Summary">What the study found.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Schema">What its models take from a table.</param>
/// <param name="Provenance">What its fits have seen.</param>
/// <param name="Models">The fitted pipelines, in the study's order.</param>
/// <param name="Baselines">The small models that they must beat, in the plan's order.</param>
internal sealed record FrozenStudy(
    StudySummary Summary, StudyPlan Plan, PredictorSchema Schema, StudyProvenance Provenance, IReadOnlyList<(string Name, FittedPipeline Pipeline)> Models,
    IReadOnlyList<BaselineModel> Baselines)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="StudyException">It holds no finished study, one of another version, a changed file, or no single fit of each model.</exception>
    internal static FrozenStudy Read(string folder)
    {
        StudyProvenance provenance = StudyFolder.ReadProvenance(folder);
        RequireUnchanged(folder, provenance);
        StudySummary summary = StudyFolder.Read(Path.Combine(folder, StudyFolder.SummaryName));
        if (summary.Splits.Count != 1)
            throw new StudyException(FormattableString.Invariant(
                $"{folder}: the study has {summary.Splits.Count} splits, and so no single fit of a model to freeze. Run it with one split, such as 'split: stratifiedHoldOut'."));
        StudyPlan plan;
        try
        {
            string path = Path.Combine(folder, StudyFolder.PlanName);
            plan = PlanFile.Parse(File.ReadAllText(path), path, folder: null).Plan;
        }
        catch (PlanException fault)
        {
            throw new StudyException($"{fault.Message}\nThe plan is as the study wrote it, so this program reads plans otherwise than {provenance.Program}. Run the study again.", fault);
        }
        RequireNamed(folder, provenance, summary.Models.Select(model => PathOf(StudyFolder.ModelsName, model.Name)).Concat(
            plan.Metrics.Baselines.Select(baseline => PathOf(StudyFolder.BaselinesName, baseline.Name))));
        return new FrozenStudy(
            summary, plan, StudyFolder.ReadSchema(folder), provenance,
            [.. summary.Models.Select(model => (model.Name, ReadPipeline(folder, PathOf(StudyFolder.ModelsName, model.Name))))],
            [.. plan.Metrics.Baselines.Select(baseline => new BaselineModel(baseline.Name, ReadPipeline(folder, PathOf(StudyFolder.BaselinesName, baseline.Name))))]);
    }

    private static void RequireUnchanged(string folder, StudyProvenance provenance)
    {
        RequireNamed(folder, provenance, [StudyFolder.SummaryName, StudyFolder.PlanName, StudyFolder.SchemaName]);
        IReadOnlyList<string> faults = StudyFolder.ChangedFiles(folder, provenance, StudyFolder.IsOfModels);
        if (faults.Count > 0)
            throw new StudyException($"{folder} is not as the study wrote it, so its models are not frozen:\n{string.Join("\n", faults.Select(fault => $"  {fault}"))}\nPut the files back as they were, or run the study again.");
        if (provenance.Results.First(file => file.Name == StudyFolder.PlanName).Sha256 != provenance.Inputs[0].Sha256)
            throw new StudyException($"{folder}: plan.yaml is not the plan that provenance.json names as the first input. Run the study again.");
    }

    // What it does not name could have been changed unseen.
    private static void RequireNamed(string folder, StudyProvenance provenance, IEnumerable<string> read)
    {
        string[] lacking = [.. read.Where(name => provenance.Results.All(file => file.Name != name))];
        if (lacking.Length > 0)
            throw new StudyException($"{folder}: its provenance.json names no {string.Join(", ", lacking)}, so that nothing shows what the study wrote there. Put provenance.json back as it was, or run the study again.");
    }

    private static string PathOf(string part, string name) => $"{part}/{StudyFolder.FileName(name)}.json";

    private static FittedPipeline ReadPipeline(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            return FittedPipeline.Read(JsonNode.Parse(File.ReadAllText(path))!.AsObject(), FittedState.Default.WithXGBoost());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new StudyException($"{path} cannot be read: {fault.Message} Run the study again.");
        }
        catch (LearningException fault)
        {
            throw new StudyException($"{path}: {fault.Message}", fault);
        }
    }
}
