using System.Globalization;

namespace Trabecula.Workbench.Checklists;

/// <summary>
/// METRICS, the methodological radiomics score: 30 weighted items (Kocak et al., Insights into Imaging 15 (2024) 8, table 1). Wording ours. The score is the
/// weight of the items met as a share of the weight of those that apply, in percent, rounded to one decimal before it is put in a band.
/// </summary>
internal static class MetricsChecklist
{
    internal const string Title = "METRICS", Source = "Kocak et al., Insights into Imaging 15 (2024) 8, doi 10.1186/s13244-023-01572-w; numbers and weights theirs, wording ours";

    // Fewer than ten events for each column are too few by any rule; whether more are enough depends on the model.
    private const int EventsPerColumn = 10;

    private static readonly (double Weight, ChecklistItem Item)[] s_items =
    [
        (0.0368, Ask("1", "Study design", "A guideline for radiomics or machine learning was followed", "These files support it once the open items are filled.")),
        (0.0735, new("2", "Study design", "Eligibility that gives a representative population", e => e.Facts.Eligibility ? Person("Criteria are in report.html#plan; whether they are representative is for a person to say.") : Person("The plan has no criteria."))),
        (0.0919, Ask("3", "Study design", "A reference standard of high quality, clearly defined")),
        (0.0438, new("4", "Imaging data", "More than one centre", e => e.Facts.SeveralCentres ? e.Report("limitations-found", "number of centres") : Person("The plan names no column of centres."))),
        (0.0292, Ask("5", "Imaging data", "Images taken as a guideline or standard asks")),
        (0.0438, Ask("6", "Imaging data", "Imaging protocol with its parameters", "From the DICOM headers; not in this folder.")),
        (0.0292, Ask("7", "Imaging data", "Time between imaging and reference standard")),
        (0.0337, Ask("8", "Segmentation", "Segmentation described")),
        (0.0225, Ask("9", "Segmentation", "Fully automated segmentation evaluated", "Does not apply where people segmented.")),
        (0.0112, Ask("10", "Segmentation", "Masks of the test set by one reader or by a tool")),
        (0.0622, Image("11", "Pre-processing of images appropriate and described", Extraction)),
        (0.0311, Image("12", "Standardised software for extraction", Extraction)),
        (0.0415, Image("13", "Parameters of extraction, or a statement of defaults", Extraction)),
        (0.0200, new("14", "Feature processing", "Features that are not robust removed", e => !e.HasImages ? NoImages : e.Facts.Reproducibility ? e.Table("steps", "readers' agreement") : StudyEvidence.No("No step looks at the readers' agreement."))),
        (0.0200, new("15", "Feature processing", "Redundant features removed", e => !e.HasImages ? NoImages : e.Facts.Redundancy ? e.Table("steps")
            : e.HasTable("screening") ? StudyEvidence.InPart(e.Table("steps", "Columns were tested one by one, and none for what others already say: a person must judge whether that is enough."))
            : StudyEvidence.No("No step removes redundant columns."))),
        (0.0300, new("16", "Feature processing", "Number of columns fits the size of the data", Dimension)),
        (0.0200, new("17", "Feature processing", "Robustness of end-to-end deep learning", _ => StudyEvidence.NotApplicable("No network sees images."))),
        (0.0599, new("18", "Preparation for modelling", "Data split properly", e => e.Summary.Leaks ? StudyEvidence.No("Steps saw the held-out subjects.") : e.Table("splits", "every step was fitted on training rows"))),
        (0.0300, Ask("19", "Preparation for modelling", "Confounders handled")),
        (0.0352, new("20", "Metrics and comparison", "Measures fit the task", e =>
            e.Table("classifications", "confusion matrices and what follows from them; curves and AUROC in report.html#models", "The score asks for a confusion matrix, and the plan names no threshold for one."))),
        (0.0234, new("21", "Metrics and comparison", "Uncertainty considered", e => e.Table("measures", "95 % intervals; how they are made is in report.html#methods", ClearChecklist.FewHeldOut))),
        (0.0176, new("22", "Metrics and comparison", "Calibration assessed", e => e.Table("measures", "in the large, slope, ICI; curves in report.html#calibration", ClearChecklist.FewHeldOut))),
        (0.0117, Ask("23", "Metrics and comparison", "One kind of image, or proof that it is inferior")),
        (0.0293, new("24", "Metrics and comparison", "Compared with what is not radiomic, or added value shown", ClearChecklist.Compared)),
        (0.0176, new("25", "Metrics and comparison", "Compared with a simple or classical model", e =>
            e.Summary.Models.Count > 1 && e.Facts.LogisticRegression ? e.Table("comparison", "logistic regression beside the others, by a test of the AUROC", ClearChecklist.FewHeldOut)
            : e.HasTable("baselines") ? e.Table("baselines", "logistic regressions on few columns, by a test of the AUROC") : Person("No logistic regression beside another model."))),
        (0.0375, new("26", "Testing", "Internal testing", e => e.Summary.Leaks ? StudyEvidence.No("Steps saw the held-out subjects.")
            : e.Facts.CentresHeldOut ? StudyEvidence.No("Every held-out subject is from a centre that the models did not see.") : e.Table("predictions", $"held-out subjects, {e.Summary.Looks?.Text ?? "looked at once"}"))),
        (0.0749, new("27", "Testing", "External testing", e => e.Facts.CentresHeldOut && !e.Summary.Leaks
            ? StudyEvidence.InPart(e.Table("predictions", "Each centre was held out in turn from models of the others; say whether that is a test of the final model."))
            : StudyEvidence.No("Not in this folder: 'trabecula study validate' applies the frozen models to other subjects."))),
        (0.0075, Ask("28", "Open science", "Data available")),
        (0.0075, Ask("29", "Open science", "Code available", "The plan in report.html#plan repeats the study with the program's version.")),
        (0.0075, new("30", "Open science", "Model available", e => StudyEvidence.InPart(e.Model("There to be shared; say where.")))),
    ];

    private const string Extraction = "From the parameters of the extraction, which are not in this folder.";

    internal static IReadOnlyList<ChecklistItem> Items { get; } = [.. s_items.Select(each => each.Item)];

    /// <summary>What each item weighs.</summary>
    internal static IReadOnlyList<double> Weights { get; } = [.. s_items.Select(each => each.Weight)];

    private static ItemAnswer NoImages => StudyEvidence.NotApplicable("No features of images.");

    /// <summary>The score of answers in the order of the items; what is open counts as not met.</summary>
    /// <returns>Percent, rounded to one decimal; 0 where nothing applies.</returns>
    internal static double Score(IReadOnlyList<ItemStatus> answers)
    {
        double met = 0, applies = 0;
        foreach ((int i, (double weight, _)) in s_items.Index())
        {
            applies += answers[i] == ItemStatus.NotApplicable ? 0 : weight;
            met += answers[i] == ItemStatus.Yes ? weight : 0;
        }
        return applies == 0 ? 0 : Math.Round(100 * met / applies, 1, MidpointRounding.AwayFromZero);
    }

    /// <summary>The band of a rounded score.</summary>
    internal static string Band(double score) => score switch { < 20 => "very low", < 40 => "low", < 60 => "moderate", < 80 => "good", _ => "excellent" };

    /// <summary>The score as answered, and what it would be if a person could say yes to all that is open.</summary>
    internal static string Summary(IReadOnlyList<ItemStatus> answers)
    {
        double least = Score(answers), most = Score([.. answers.Select(answer => answer == ItemStatus.Open ? ItemStatus.Yes : answer)]);
        return string.Create(CultureInfo.InvariantCulture,
            $"METRICS score {least:F1} % ({Band(least)}) by what this folder shows; {most:F1} % ({Band(most)}) if every open item is met. It lies between, and is final when none is open.");
    }

    private static ItemAnswer Dimension(StudyEvidence e)
    {
        int events = e.Summary.Splits.Min(split => Math.Min(split.TrainingEvents, split.Training - split.TrainingEvents)), columns = e.Summary.Splits.Max(split => split.Columns.Count);
        string sizes = string.Create(CultureInfo.InvariantCulture, $"{events} training subjects in the smaller class for {columns} columns that the models see");
        string open = $"There are {sizes}; say by which criterion that is enough.";
        return events < EventsPerColumn * columns ? StudyEvidence.No($"{sizes}: fewer than {EventsPerColumn} each.")
            : StudyEvidence.InPart(e.Table(e.HasTable("sample-size") ? "sample-size" : "steps", open, open));
    }

    private static ItemAnswer Person(string remark) => StudyEvidence.Person(remark);

    private static ChecklistItem Ask(string number, string section, string asks, string remark = "") => new(number, section, asks, _ => StudyEvidence.Person(remark));

    private static ChecklistItem Image(string number, string asks, string remark) =>
        new(number, "Image processing and features", asks, e => e.HasImages ? StudyEvidence.Person(remark) : NoImages);
}
