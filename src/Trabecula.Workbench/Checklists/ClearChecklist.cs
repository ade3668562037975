namespace Trabecula.Workbench.Checklists;

/// <summary>CLEAR, the checklist for evaluation of radiomics research: 58 items (Kocak et al., Insights into Imaging 14 (2023) 75). Wording ours.</summary>
internal static class ClearChecklist
{
    internal const string Title = "CLEAR", Source = "Kocak et al., Insights into Imaging 14 (2023) 75, doi 10.1186/s13244-023-01415-8; numbers theirs, wording ours";

    private const string Ablation = "results without the radiomic and without the clinical columns";

    private const string Extraction = "From the parameters of the extraction, which are not in this folder: attach the parameter file and the program's version.";

    /// <summary>Why there are no measures.</summary>
    internal const string FewHeldOut = "The held-out subjects hold fewer than two of a class.";

    internal static IReadOnlyList<ChecklistItem> Items { get; } =
    [
        Ask("1", "Title", "A title that names the radiomic method"),
        Ask("2", "Abstract", "A structured summary"),
        Ask("3", "Keywords", "Keywords that name radiomics"),
        Ask("4", "Introduction", "Scientific or clinical background"),
        Ask("5", "Introduction", "Why radiomics"),
        Ask("6", "Introduction", "Aims"),
        Ask("7", "Study design", "Which guidelines were followed", "These files can be the supplement once the open items are filled."),
        Ask("8", "Study design", "Ethics, consent, protection of data"),
        new("9", "Study design", "Sample size", e => e.Table("sample-size", "asked and available, by criterion", "The plan states no sample size.")),
        Ask("10", "Study design", "Nature of the study, such as retrospective"),
        new("11", "Study design", "Criteria of eligibility", e => e.Facts.Eligibility ? e.Report("plan", "in the plan's order; say also how subjects were selected") : StudyEvidence.Person("The plan has no criteria.")),
        Ask("12", "Study design", "Flow chart of the technical pipeline"),
        Ask("13", "Data", "Source of the data"),
        Ask("14", "Data", "Overlap with data published before"),
        new("15", "Data", "How the data was split", e => e.Table("splits", "each subject's side; method in report.html#methods")),
        Ask("16", "Data", "Imaging protocol", "From the DICOM headers; not in this folder."),
        Ask("17", "Data", "Definition of predictors that are not radiomic", "Their names are in tables/table1.csv; say what they mean and how they were measured."),
        Ask("18", "Data", "Definition of the reference standard", "The rule of the outcome is in report.html#methods; say who judged it and how."),
        Ask("19", "Segmentation", "Strategy of segmentation"),
        Ask("20", "Segmentation", "Who segmented, with which experience"),
        Ask("21", "Pre-processing", "Details of pre-processing", Extraction),
        Ask("22", "Pre-processing", "Resampling and its parameters", Extraction),
        Ask("23", "Pre-processing", "Discretisation and its parameters", Extraction),
        new("24", "Pre-processing", "Types of images", e => e.Table("features", "from the names of the features", Extraction)),
        Ask("25", "Feature extraction", "Method and software of extraction", Extraction),
        new("26", "Feature extraction", "Classes of features", e => e.Table("features", "from the names of the features", Extraction)),
        new("27", "Feature extraction", "Number of features", e => e.Table("features", "", "No features of images.")),
        Ask("28", "Feature extraction", "That all other parameters have their defaults", Extraction),
        new("29", "Data preparation", "Missing data", e => e.MissingData),
        new("30", "Data preparation", "Imbalance of the classes", e => e.Report("methods", e.Facts.Sampling ? "events before and after resampling" : e.Facts.Weighted ? "share of events; weights of the classes are in tables/tableS2.csv" : "share of events; no resampling")),
        new("31", "Data preparation", "Reliability of the segmentation", e => e.Facts.Reproducibility ? e.Report("methods", "measure and limit of the readers' agreement; features kept are in tables/steps.csv") : StudyEvidence.Person("One reader, or no step looks at the readers' agreement.")),
        new("32", "Data preparation", "Scaling of features", e => e.Facts.Scaling ? e.Report("methods", "with its parameters") : StudyEvidence.No("No step scales.")),
        new("33", "Data preparation", "Reduction of dimension", e => e.Facts.Selection ? e.Table("steps", "columns after each step; parameters in report.html#methods") : StudyEvidence.No("No step leaves columns out.")),
        new("34", "Modeling", "Algorithms and software", e => e.Report("methods", "models, program and version")),
        new("35", "Modeling", "Training and tuning", e => e.Facts.Searched ? e.Table("trials", "every configuration on every fold") : e.Table("tableS2", "hyper-parameters given beforehand, without a search")),
        Ask("36", "Modeling", "Confounders"),
        new("37", "Modeling", "How the final model was selected", e => e.Summary.Models.Count == 1 ? e.Report("methods", e.Facts.Searched ? "rule of choice among configurations" : "one model of one configuration, and nothing to choose")
            : StudyEvidence.InPart(e.Report("methods", $"{(e.Facts.Searched ? "The rule of choice among configurations is there" : "Each model had one configuration")}; say which of the models is final, and by which rule."))),
        new("38", "Evaluation", "Internal or external testing", e => e.Report("methods", $"{(e.Facts.CentresHeldOut ? "each centre in turn, by models of the others" : "internal")}{(e.Summary.Leaks ? ", in an order that leaks" : "")}")),
        new("39", "Evaluation", "Measures and why they were chosen", e => StudyEvidence.InPart(e.Report("methods", e.Facts.Thresholds ? "Measures, and thresholds with their rationale, are there; say why these measures." : "Measures are there; the plan gives no thresholds. Say why these measures."))),
        new("40", "Evaluation", "Uncertainty", e => e.Table("measures", "95 % intervals", FewHeldOut)),
        new("41", "Evaluation", "Statistical comparison of models", e => e.Table("comparison", "", "No table compares the models.")),
        new("42", "Evaluation", "Comparison with methods that are not radiomic, and with both together", ComparedWithClinical),
        new("43", "Evaluation", "Interpretation", Interpreted),
        new("44", "Results", "Baseline characteristics", e => e.Table("table1")),
        new("45", "Results", "Flow chart of eligibility", e => e.Figure("Flow of subjects", "No flow.")),
        new("46", "Results", "Statistics of features", e => e.Table("screening", "test of each column", "No step tests columns.")),
        new("47", "Results", "Performance of the models", e => e.Table("measures", "on the held-out subjects; over the folds in tables/models.csv", FewHeldOut)),
        new("48", "Results", "Results of the comparison with what is not radiomic", ComparedWithClinical),
        Ask("49", "Discussion", "Overview of the findings"),
        Ask("50", "Discussion", "Earlier work and differences from it"),
        Ask("51", "Discussion", "Practical implications"),
        Ask("52", "Discussion", "Strengths and limitations", "report.html#limitations-found lists what a program can see."),
        Ask("53", "Open science", "Images and segmentations shared (not essential)"),
        Ask("54", "Open science", "Radiomic features shared"),
        Ask("55", "Open science", "Scripts or settings of pre-processing shared", "Extraction's parameter file and this study's plan are what to share."),
        Ask("56", "Open science", "Source code of modelling shared", "The plan in report.html#plan repeats the study with the program's version."),
        new("57", "Open science", "Final model files shared", e => StudyEvidence.InPart(e.Model("There to be shared; say where."))),
        Ask("58", "Open science", "A ready-to-use system shared (not essential)"),
    ];

    /// <summary>Whether the models are compared, by a test or with intervals, with what is not radiomic: small models without radiomic columns, or columns taken away.</summary>
    internal static ItemAnswer Compared(StudyEvidence e) => !e.HasImages ? StudyEvidence.NotApplicable("No features of images.")
        : e.Facts.PlainBaselines && e.HasTable("baselines") ? e.Table("baselines", "by a test of the AUROC and net benefit")
        : e.Facts.ClinicalColumns == 0 ? StudyEvidence.Person("The plan offers no clinical columns, and no baseline of size alone.")
        : e.Table("ablation", Ablation, "No model without the radiomic columns was fitted.");

    /// <summary>As <see cref="Compared"/>, where a model of size alone is only a part: it is measured on the images too, and leaves open what both together give.</summary>
    private static ItemAnswer ComparedWithClinical(StudyEvidence e) => !e.Facts.PlainBaselines || e.Facts.ClinicalBaselines ? Compared(e)
        : e.Facts.ClinicalColumns > 0 && e.HasTable("ablation") ? e.Table("ablation", Ablation)
        : StudyEvidence.InPart(e.Table("baselines", "A model of size alone is there; compare with clinical columns, and with both together."));

    /// <summary>Whether anything shows what the models rely on.</summary>
    internal static ItemAnswer Interpreted(StudyEvidence e) => e.HasTable("importance") ? e.Table("importance")
        : e.HasTable("ablation") ? e.Table("ablation") : e.Table("tabnet-importances", "", "No interpretation was asked for.");

    private static ChecklistItem Ask(string number, string section, string asks, string remark = "") => new(number, section, asks, _ => StudyEvidence.Person(remark));
}
