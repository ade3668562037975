namespace Trabecula.Workbench.Audits;

/// <summary>What a prediction study printed, for <see cref="ResultsAudit"/>. Every part may be absent; what is absent is not checked.</summary>
public sealed record ReportedResults
{
    /// <summary>The version of the file's format.</summary>
    public const int Version = 1;

    /// <summary>The study.</summary>
    public string Title { get; init; } = "";

    /// <summary>Counts with their percentages.</summary>
    public IReadOnlyList<ReportedPercentage> Percentages { get; init; } = [];

    /// <summary>Means of whole numbers, as of scores.</summary>
    public IReadOnlyList<ReportedMean> Means { get; init; } = [];

    /// <summary>How the number of features comes about.</summary>
    public ReportedFeatures? Features { get; init; }

    /// <summary>Sample-size calculations.</summary>
    public IReadOnlyList<ReportedSampleSize> SampleSizes { get; init; } = [];

    /// <summary>Univariate screenings.</summary>
    public IReadOnlyList<ReportedScreening> Screening { get; init; } = [];

    /// <summary>Principal component analyses.</summary>
    public IReadOnlyList<ReportedComponents> PrincipalComponents { get; init; } = [];

    /// <summary>The split into training and held-out subjects.</summary>
    public ReportedSplit? Split { get; init; }

    /// <summary>Models on the held-out subjects.</summary>
    public IReadOnlyList<ReportedModel> Models { get; init; } = [];
}

/// <summary>A count and the percentage printed beside it.</summary>
public sealed record ReportedPercentage
{
    /// <summary>What is counted.</summary>
    public string Name { get; init; } = "";

    /// <summary>The count.</summary>
    public int Count { get; init; }

    /// <summary>Of how many.</summary>
    public int Of { get; init; }

    /// <summary>The share as printed.</summary>
    public ReportedNumber? Share { get; init; }
}

/// <summary>A mean of values that are whole multiples of a step.</summary>
public sealed record ReportedMean
{
    /// <summary>What is averaged.</summary>
    public string Name { get; init; } = "";

    /// <summary>Over how many subjects.</summary>
    public int Subjects { get; init; }

    /// <summary>The step of the scale: 1 for whole numbers.</summary>
    public double Step { get; init; } = 1;

    /// <summary>The mean as printed.</summary>
    public ReportedNumber? Mean { get; init; }
}

/// <summary>The number of features: shape once, the rest on every image.</summary>
public sealed record ReportedFeatures
{
    /// <summary>Shape features.</summary>
    public int Shape { get; init; }

    /// <summary>Images: the original and every filtered one.</summary>
    public int Images { get; init; }

    /// <summary>Features of each image.</summary>
    public int PerImage { get; init; }

    /// <summary>The total as printed.</summary>
    public int Total { get; init; }
}

/// <summary>A sample size of a test of proportions.</summary>
public sealed record ReportedSampleSize
{
    /// <summary>The proportion under the null hypothesis, or of the first group.</summary>
    public double First { get; init; }

    /// <summary>The proportion to be found, or of the second group.</summary>
    public double Second { get; init; }

    /// <summary>Two-sided significance level.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Power.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>The number of subjects as printed.</summary>
    public int Subjects { get; init; }
}

/// <summary>A screening of columns by a P value.</summary>
public sealed record ReportedScreening
{
    /// <summary>The test.</summary>
    public string Name { get; init; } = "";

    /// <summary>Columns tested.</summary>
    public int Candidates { get; init; }

    /// <summary>Columns kept.</summary>
    public int Kept { get; init; }

    /// <summary>The P value below which a column is kept.</summary>
    public double Below { get; init; } = 0.05;
}

/// <summary>A principal component analysis.</summary>
public sealed record ReportedComponents
{
    /// <summary>Of what.</summary>
    public string Name { get; init; } = "";

    /// <summary>Rows.</summary>
    public int Subjects { get; init; }

    /// <summary>Columns.</summary>
    public int Columns { get; init; }

    /// <summary>Whether the columns have equal variance, so that the components are those of their correlations.</summary>
    public bool Standardised { get; init; } = true;

    /// <summary>The share of variance of the first component.</summary>
    public ReportedNumber? First { get; init; }

    /// <summary>The share of the first three together.</summary>
    public ReportedNumber? FirstThree { get; init; }
}

/// <summary>The sizes of a split.</summary>
public sealed record ReportedSplit
{
    /// <summary>All subjects.</summary>
    public int Subjects { get; init; }

    /// <summary>All events.</summary>
    public int Events { get; init; }

    /// <summary>Training subjects.</summary>
    public int Training { get; init; }

    /// <summary>Events among them.</summary>
    public int TrainingEvents { get; init; }

    /// <summary>Held-out subjects.</summary>
    public int HeldOut { get; init; }

    /// <summary>Events among them.</summary>
    public int HeldOutEvents { get; init; }

    /// <summary>The share of subjects meant for training, 0 to 1; null where none was printed.</summary>
    public double? Share { get; init; }
}

/// <summary>A model's results.</summary>
public sealed record ReportedModel
{
    /// <summary>The model.</summary>
    public string Name { get; init; } = "";

    /// <summary>Subjects it was evaluated on; those of the split's held-out side if null.</summary>
    public int? Subjects { get; init; }

    /// <summary>Events among them; those of the split's held-out side if null.</summary>
    public int? Events { get; init; }

    /// <summary>True positives, false negatives, false positives, true negatives; null where not printed.</summary>
    public int? TruePositives { get; init; }

    /// <inheritdoc cref="TruePositives"/>
    public int? FalseNegatives { get; init; }

    /// <inheritdoc cref="TruePositives"/>
    public int? FalsePositives { get; init; }

    /// <inheritdoc cref="TruePositives"/>
    public int? TrueNegatives { get; init; }

    /// <summary>The risk from which on a subject counts as positive; null where not printed.</summary>
    public ReportedNumber? Threshold { get; init; }

    /// <summary>Which numbers are means over folds, repeats or resamples; null where it is not said.</summary>
    public IReadOnlyList<AveragedNumber>? Averaged { get; init; }

    /// <summary>AUROC.</summary>
    public ReportedNumber? Auroc { get; init; }

    /// <summary>Brier score.</summary>
    public ReportedNumber? Brier { get; init; }

    /// <summary>Measures of the confusion matrix, by name.</summary>
    public IReadOnlyDictionary<string, ReportedNumber> Measures { get; init; } = new Dictionary<string, ReportedNumber>();
}
