namespace Trabecula.Workbench.Checklists;

/// <summary>TRIPOD+AI, reporting of prediction models: 27 items, 52 with their parts (Collins et al., BMJ 385 (2024) e078378). Wording ours.</summary>
internal static class TripodChecklist
{
    internal const string Title = "TRIPOD+AI", Source = "Collins et al., BMJ 385 (2024) e078378, doi 10.1136/bmj-2023-078378; numbers theirs, wording ours";

    internal static IReadOnlyList<ChecklistItem> Items { get; } =
    [
        Ask("1", "Title", "Development or evaluation of a model, population and outcome in the title"),
        Ask("2", "Abstract", "A structured abstract"),
        Ask("3a", "Introduction", "Health context, rationale, existing models"),
        Ask("3b", "Introduction", "Target population, purpose and users"),
        Ask("3c", "Introduction", "Known inequalities of health between groups"),
        Ask("4", "Introduction", "Aims: development, evaluation or both"),
        Ask("5a", "Methods", "Sources of the data and how representative they are", "Files with their hashes are in report.html#provenance."),
        new("5b", "Methods", "Dates of accrual and of the end of follow-up", e => StudyEvidence.Person(e.Facts.Dates ? "The plan names a column of dates; state first and last." : "The plan names no column of dates.")),
        Ask("6a", "Methods", "Setting, number and place of centres"),
        new("6b", "Methods", "Criteria of eligibility", e => e.Facts.Eligibility ? e.Report("plan", "counts in report.html#figure-01") : StudyEvidence.Person("The plan has no criteria.")),
        Ask("6c", "Methods", "Treatments received, and how they were handled"),
        new("7", "Methods", "Preparation of the data, and whether it was alike across groups", e => StudyEvidence.InPart(e.Report("methods", "Steps with their parameters are there; say how values were checked, and whether all of it was alike across groups."))),
        new("8a", "Methods", "Outcome, its time, and how it was assessed", e => StudyEvidence.InPart(e.Report("methods", "The rule is there; say how and when the outcome was assessed, and why this one."))),
        Ask("8b", "Methods", "Who assessed the outcome, where that needs judgement"),
        Ask("8c", "Methods", "Blinding of the outcome's assessment"),
        new("9a", "Methods", "Choice of the first predictors and selection before modelling", e => StudyEvidence.InPart(e.Table("steps", "Columns after each step are there; say why these were offered.", "There are no steps; say why these predictors were offered."))),
        Ask("9b", "Methods", "Definition of the predictors, and how and when they were measured"),
        Ask("9c", "Methods", "Who assessed the predictors, where that needs judgement"),
        new("10", "Methods", "How the size of the study was arrived at", e => e.Table("sample-size", "", "The plan states no sample size.")),
        new("11", "Methods", "Missing data", e => e.MissingData),
        new("12a", "Methods", "How data was used for development and evaluation", e => e.Table("splits")),
        new("12b", "Methods", "How predictors were handled", e => e.Report("methods", "scaling, encoding, selection")),
        new("12c", "Methods", "Type of model, steps of building, tuning, internal validation", e => e.Report("methods", e.Facts.Searched ? "every configuration is in tables/trials.csv" : "hyper-parameters, given beforehand and without a search, are in tables/tableS2.csv")),
        new("12d", "Methods", "Heterogeneity between clusters", Centres),
        new("12e", "Methods", "Measures of performance and comparison", e => e.Report("methods")),
        new("12f", "Methods", "Updating after evaluation", _ => StudyEvidence.NotApplicable("Nothing was updated after the look at the held-out subjects.")),
        new("12g", "Methods", "How predictions were calculated", e => e.Model("by the fitted pipelines, from the columns to the risk; steps in words in report.html#methods")),
        new("13", "Methods", "Imbalance of the classes, and recalibration after it was handled", e => e.Facts.Sampling ? StudyEvidence.InPart(e.Report("methods", e.Facts.Calibrated ? "Rows were resampled, then risks calibrated; say why." : "Rows were resampled, and risks not recalibrated; say why."))
            : e.Facts.Weighted ? StudyEvidence.InPart(e.Table("tableS2", "Models weight the classes; say why."))
            : StudyEvidence.NotApplicable("Classes were neither resampled nor weighted, so that risks keep their meaning.")),
        Ask("14", "Methods", "Fairness"),
        new("15", "Methods", "Output of the model, and thresholds", e => e.Facts.Thresholds ? e.Report("methods", "a risk; thresholds with their rationale") : e.Report("methods", "a risk; no thresholds")),
        Ask("16", "Methods", "Differences between development and evaluation data", "Baseline by side of the split is in tables/tableS1.csv where there is one split."),
        Ask("17", "Methods", "Ethical approval and consent"),
        Ask("18a", "Open science", "Funding"),
        Ask("18b", "Open science", "Conflicts of interest"),
        Ask("18c", "Open science", "Protocol", "The plan in report.html#plan fixes the analysis; a protocol says more."),
        Ask("18d", "Open science", "Registration"),
        Ask("18e", "Open science", "Availability of data"),
        Ask("18f", "Open science", "Availability of code", "The plan in report.html#plan repeats the study with the program's version."),
        Ask("19", "Patients and public", "Involvement of patients and the public"),
        new("20a", "Results", "Flow of participants, with and without the outcome", e => e.Figure("Flow of subjects", "No flow.")),
        new("20b", "Results", "Characteristics of participants", e => e.Table("table1")),
        new("20c", "Results", "Comparison of development and evaluation data", e => e.Table("tableS1", "", "Several splits: each subject is on either side.")),
        new("21", "Results", "Participants and events in each analysis", e => e.Summary.Splits.Count == 1 ? e.Figure("Flow of subjects", "No flow.", "training and held out, with their events; the search uses folds of the training subjects")
            : e.Table("evaluation", "held out, by split; the others trained")),
        new("22", "Results", "The full model", e => StudyEvidence.InPart(e.Model("The fitted pipelines with every coefficient; say where a reader finds them."))),
        new("23a", "Results", "Performance with intervals, also in subgroups", e => e.Table("measures", e.HasTable("subgroups") ? "subgroups in tables/subgroups.csv" : "without subgroups", ClearChecklist.FewHeldOut)),
        new("23b", "Results", "Heterogeneity of performance between clusters", Centres),
        new("24", "Results", "Results of updating", _ => StudyEvidence.NotApplicable("Nothing was updated.")),
        Ask("25", "Discussion", "Interpretation, with fairness"),
        Ask("26", "Discussion", "Limitations", "report.html#limitations-found lists what a program can see."),
        Ask("27a", "Discussion", "Poor or missing input in use"),
        Ask("27b", "Discussion", "What users must be able to do"),
        Ask("27c", "Discussion", "Next steps"),
    ];

    /// <summary>Clusters are centres; other subgroups, as of sex, do not show them apart.</summary>
    private static ItemAnswer Centres(StudyEvidence e) => !e.Facts.SeveralCentres ? StudyEvidence.Person("The plan names no column of centres, or there is one centre.")
        : e.Facts.CentresIn is { Length: > 0 } table ? e.Table(table, "each centre by itself") : StudyEvidence.Person("There are several centres, but no table shows them apart: ask for metrics.subgroups of their column.");

    private static ChecklistItem Ask(string number, string section, string asks, string remark = "") => new(number, section, asks, _ => StudyEvidence.Person(remark));
}
