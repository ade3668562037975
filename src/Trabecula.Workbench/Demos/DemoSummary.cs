using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Interpretations;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Demos;

/// <summary>What the demonstration found, held against its truth.</summary>
public sealed record DemoSummary
{
    /// <summary>Configurations of each model that were tried.</summary>
    public required int Configurations { get; init; }

    /// <summary>Whether these are the paper's.</summary>
    public required bool Full { get; init; }

    /// <summary>The imaging cohort.</summary>
    public required ImagingSummary Imaging { get; init; }

    /// <summary>Patients screened, analysed, with the event, held out, and of these with the event.</summary>
    public required (int Screened, int Analysed, int Events, int HeldOut, int HeldOutEvents) Study { get; init; }

    /// <summary>AUROC of the risks that outcomes were drawn from, on the held-out patients of the sound order: the ceiling, up to chance.</summary>
    public required double TrueRiskAuroc { get; init; }

    /// <summary>The models, in the plan's order.</summary>
    public required IReadOnlyList<DemoModel> Models { get; init; }

    /// <summary>The risk factors that the generator knows, with the rank that each model of the sound order gave them.</summary>
    public required IReadOnlyList<KnownFactor> Factors { get; init; }

    /// <summary>What the ablated model lost in AUROC without all features of images and without all clinical columns; null where it was not asked for.</summary>
    public required (string Model, double WithoutRadiomic, double WithoutClinical)? Ablation { get; init; }

    /// <summary>Radiomic columns that the sound order selected, and of these the ones that the generator made so that both readers measure them well.</summary>
    public required (int Selected, int Reliable) Radiomic { get; init; }

    /// <summary>The report.</summary>
    public required string ReportPath { get; init; }

    /// <summary>The end of the demonstration in a few lines.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "SYNTHETIC DATA: no line of it is from a person, and no number says anything about a disease.";
        yield return Text($"Images: {Imaging.Subjects} vertebrae, {Imaging.Failed} without features, {Imaging.Features} columns; AUROC {Imaging.Auroc:F3} ({Imaging.AurocLower:F3}-{Imaging.AurocUpper:F3}), true risk {Imaging.TrueRiskAuroc:F3}");
        yield return Text($"Study: {Study.Screened} screened, {Study.Analysed} analysed, {Study.Events} with the event, {Study.HeldOut} held out; {Configurations} configurations a model{(Full ? "" : " (the paper's 100 with --full)")}");
        yield return $"{"AUROC on held-out patients",-28}{"sound order",-24}published order, which leaks";
        foreach (DemoModel model in Models)
            yield return $"{"  " + model.Name,-28}{Area(model.Sound),-24}{(model.Paper is { } paper ? Area(paper) : "")}";
        yield return Text($"{"  the true risk",-28}{TrueRiskAuroc:F3}");
        yield return $"Known risk factors, by rank among the predictors of {string.Join(", ", Models.Select(model => model.Name))} ({Study.HeldOutEvents} events tell ranks of single columns roughly): {string.Join("; ", Factors.Select(factor => $"{factor.Name} {string.Join(", ", factor.Ranks.Select(rank => rank is { } place ? Text($"{place}") : "left out"))}"))}";
        if (Ablation is { } lost)
            yield return Text($"{lost.Model} without all features of images: AUROC {lost.WithoutRadiomic:+0.000;-0.000}; without all clinical columns: {lost.WithoutClinical:+0.000;-0.000}");
    }

    internal static DemoSummary Of(DemoRequest request, ImagingSummary imaging, SyntheticStudy cohort, StudySummary sound, StudySummary paper, string report)
    {
        Dictionary<string, SyntheticColumn> columns = cohort.Readings.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        string[] radiomic = [.. sound.Splits[0].Columns.Where(columns.ContainsKey)];
        AblationRow[] sources = [.. sound.Interpretation?.Ablation?.Steps.Where(step => step.Phase == 2 && step.Measures is not null).Take(2) ?? []];
        return new DemoSummary
        {
            Configurations = request.Configurations,
            Full = request.Full,
            Imaging = imaging,
            Study = (sound.Flow[0].Remaining, sound.Flow[^1].Remaining, sound.Splits[0].TrainingEvents + sound.Splits[0].HeldOutEvents, sound.Splits[0].HeldOut, sound.Splits[0].HeldOutEvents),
            TrueRiskAuroc = TrueArea(cohort, sound),
            Models = [.. sound.Models.Select(model => new DemoModel(model.Name, Auroc.Of(sound.HeldOutOutcomes, model.Risks),
                paper.Models.FirstOrDefault(other => other.Name == model.Name) is { } other ? Auroc.Of(paper.HeldOutOutcomes, other.Risks) : null))],
            Factors = [.. KnownFactor.All.Select(factor => factor with { Ranks = [.. sound.Interpretation?.Models.Select(model => RankOf(factor.Name, model)) ?? []] })],
            Ablation = sources.Length < 2 ? null : (sound.Interpretation!.Explained, sources[0].Measures!.AurocChange, sources[1].Measures!.AurocChange),
            Radiomic = (radiomic.Length, radiomic.Count(name => columns[name].Kind == PlantedColumn.Reliable)),
            ReportPath = report,
        };
    }

    private static double TrueArea(SyntheticStudy cohort, StudySummary sound)
    {
        ReportTable predictions = sound.Tables.First(table => table.Name == "predictions");
        int subject = predictions.Columns.Index().First(column => column.Item == "subject").Index;
        Dictionary<string, double> risks = cohort.Eligible.Zip(cohort.TrueRisks).ToDictionary(each => each.First.Id, each => each.Second, StringComparer.Ordinal);
        return Auroc.ValueOf(sound.HeldOutOutcomes, [.. predictions.Rows.Select(row => risks[row[subject]])]);
    }

    private static int? RankOf(string name, ModelImportance model) =>
        model.Predictors.Index().Where(each => each.Item.Name == name).Select(each => (int?)each.Index + 1).FirstOrDefault();

    private static string Area(Auroc auroc)
    {
        ConfidenceInterval interval = auroc.Interval(0.95, AurocScale.Logit);
        return Text($"{auroc.Value:F3} ({interval.Lower:F3}-{interval.Upper:F3})");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A model in both orders of work.</summary>
/// <param name="Name">The model.</param>
/// <param name="Sound">Its AUROC on held-out patients in the sound order.</param>
/// <param name="Paper">And in the published one; null where it was left out.</param>
public sealed record DemoModel(string Name, Auroc Sound, Auroc? Paper);

/// <summary>A risk factor that outcomes were drawn by and that a column holds.</summary>
/// <param name="Name">The column.</param>
/// <param name="Effect">What it does to the log odds.</param>
public sealed record KnownFactor(string Name, string Effect)
{
    /// <summary>Its rank by permutation importance in each model, 1 being the first; null where the selection left it out.</summary>
    public IReadOnlyList<int?> Ranks { get; init; } = [];

    /// <summary>Those of <see cref="SyntheticStudy"/>.</summary>
    internal static IReadOnlyList<KnownFactor> All { get; } =
        [new("ivc", "1.4 where it is there"), new("tlf", "1.2 where it is there"), new("bmd", "−0.7 for each standard deviation (0.55)")];
}
