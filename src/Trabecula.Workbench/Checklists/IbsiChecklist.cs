namespace Trabecula.Workbench.Checklists;

/// <summary>
/// The reporting guidelines of the image biomarker standardisation initiative (IBSI reference manual, chapter 4), without the items of PET, SPECT, MRI and dynamic scans. Wording ours.
/// Only what the names of features and the study's steps tell can be filled here; the rest is in the parameters of the extraction.
/// </summary>
internal static class IbsiChecklist
{
    internal const string Title = "IBSI reporting", Source = "IBSI reference manual, chapter 4 (Zwanenburg et al., Radiology 295 (2020) 328); items of CT and of every modality; numbers theirs, wording ours";

    private const string Extraction = "In the parameter file of the extraction.", Header = "In the DICOM header.";

    internal static IReadOnlyList<ChecklistItem> Items { get; } =
    [
        .. Asks("Patient", "", ("1", "Region of interest"), ("2a", "Instructions before the scan"), ("2b", "Drugs before the scan"), ("2c", "Equipment for comfort"), ("4a", "Contrast agent"),
            ("4b", "How it was given"), ("4c", "How much of it"), ("4d", "Time until the scan"), ("4e", "Competing substances"), ("5", "Comorbidities that affect the image")),
        .. Asks("Acquisition", "", ("6", "Standard protocol")),
        .. Asks("Acquisition", Header, ("7", "Scanner and vendor"), ("8", "Modality")),
        .. Asks("Acquisition", "", ("9a", "Static or dynamic"), ("10", "Calibration of the scanner"), ("11", "Instructions during the scan"), ("12", "Correction of motion")),
        .. Asks("Acquisition", Header, ("13", "Duration of the scan"), ("14", "Tube voltage"), ("15", "Tube current")),
        .. Asks("Reconstruction", Header, ("28", "Distance of pixels"), ("29", "Thickness of slices"), ("30", "Distance of slices"), ("31a", "Convolution kernel"), ("31b", "Iterative reconstruction"), ("31c", "Exposure")),
        .. Asks("Registration and conversion", "", ("37", "Registration"), ("40", "Other conversions")),
        .. Asks("Post-processing", Extraction, ("41", "Anti-aliasing"), ("42", "Suppression of noise"), ("46", "Normalisation of intensities"), ("47", "Other processing")),
        .. Asks("Segmentation", "", ("48a", "Method"), ("48b", "Experts and consensus"), ("48c", "Settings of automatic methods"), ("48d", "Image that was outlined"), ("49", "Conversion to a mask")),
        .. Asks("Interpolation", Extraction, ("50a", "Algorithm"), ("50b", "Position of the grid"), ("50c", "Dimensions of the grid"), ("50d", "Beyond the image"), ("51", "Size of voxels"), ("52", "Rounding of intensities"),
            ("53", "Algorithm for the mask"), ("54", "Voxels partly in the mask")),
        .. Asks("Re-segmentation and discretisation", Extraction, ("55", "Re-segmentation"), ("56a", "Method of discretisation"), ("56b", "Number or size of bins"), ("56c", "Lowest intensity of the first bin")),
        new("57", "Image transformation", "Filters and their settings", e => StudyEvidence.InPart(e.Table("features", "Types of images are there, from the features' names; their settings are in the parameter file of the extraction.", Extraction))),
        new("58", "Features", "Which set is computed", e => e.Table("features", "classes and counts from the features' names", Extraction)),
        new("59", "Features", "Whether the software meets IBSI's benchmarks", _ => StudyEvidence.Person("Of Trabecula, docs/conformance.md; of another program, its own.")),
        new("60", "Features", "How robustness was assessed", e => e.Facts.Reproducibility ? e.Report("methods", "measure and limit of the readers' agreement; features kept are in tables/steps.csv") : StudyEvidence.Person("No step looks at the readers' agreement.")),
        .. Asks("Features", Extraction, ("61", "Software and version"), ("62", "Aggregation of texture matrices"), ("63", "Weights by distance"), ("64", "Symmetry of co-occurrence"), ("65", "Distance of co-occurrence"),
            ("66", "Linkage of size zones"), ("67", "Linkage of distance zones"), ("68", "Norm of zone distances"), ("69", "Distance of NGTDM"), ("70", "Distance of NGLDM"), ("71", "Coarseness of NGLDM")),
        new("72", "Analysis", "Modelling by TRIPOD", _ => new ItemAnswer(ItemStatus.Open, "", "Filled as far as it can be in checklists/tripod-ai.csv.")),
        new("73", "Analysis", "Comparison with known factors", ClearChecklist.Compared),
        new("74", "Analysis", "Multicollinearity", e => e.HasTable("mrmr") ? e.Table("mrmr", "how much each column taken repeats of those before it")
            : e.Facts.Correlation ? e.Table("steps", "columns that go along with others are left out") : StudyEvidence.Person("No step looks at how columns go along with each other.")),
        new("75", "Analysis", "Where the model is", e => StudyEvidence.InPart(e.Model("There to be shared; say where."))),
        .. Asks("Analysis", "", ("76", "Where the images are")),
    ];

    private static IEnumerable<ChecklistItem> Asks(string section, string remark, params (string Number, string Asks)[] items) =>
        items.Select(item => new ChecklistItem(item.Number, section, item.Asks, e => e.HasImages ? StudyEvidence.Person(remark) : StudyEvidence.NotApplicable("No features of images.")));
}
