namespace Trabecula.Workbench.Studies;

/// <summary>A study in words.</summary>
/// <param name="Methods">Sentences of what was done, from what ran.</param>
/// <param name="Limitations">What limits the results, as far as a program can see it.</param>
/// <param name="Plan">The text of the plan.</param>
/// <param name="Facts">What checklists ask for and the results do not tell.</param>
public sealed record StudyAccount(IReadOnlyList<string> Methods, IReadOnlyList<string> Limitations, string Plan, StudyFacts Facts);

/// <summary>What a plan asked for, as checklists ask.</summary>
public sealed record StudyFacts
{
    /// <summary>Clinical predictors offered.</summary>
    public required int ClinicalColumns { get; init; }

    /// <summary>Features of images offered.</summary>
    public required int RadiomicColumns { get; init; }

    /// <summary>Readers whose features were read.</summary>
    public required int Readers { get; init; }

    /// <summary>Whether the plan names a column of centres with more than one.</summary>
    public required bool SeveralCentres { get; init; }

    /// <summary>The table that shows the centres apart; empty for none.</summary>
    public required string CentresIn { get; init; }

    /// <summary>Whether each centre is held out in turn, so that held-out subjects are from a centre that their models did not see.</summary>
    public required bool CentresHeldOut { get; init; }

    /// <summary>Whether the plan names eligibility criteria.</summary>
    public required bool Eligibility { get; init; }

    /// <summary>Whether the plan asks for a sample size.</summary>
    public required bool SampleSize { get; init; }

    /// <summary>Whether a step leaves out features that readers do not agree on.</summary>
    public required bool Reproducibility { get; init; }

    /// <summary>Whether a step leaves out features that others stand for.</summary>
    public required bool Redundancy { get; init; }

    /// <summary>Whether a step looks at how columns go along with each other.</summary>
    public required bool Correlation { get; init; }

    /// <summary>Whether a step fills missing values.</summary>
    public required bool Imputation { get; init; }

    /// <summary>Whether a small model without radiomic columns, but for those of size, is among those that the models must beat.</summary>
    public required bool PlainBaselines { get; init; }

    /// <summary>Whether one of these has clinical columns.</summary>
    public required bool ClinicalBaselines { get; init; }

    /// <summary>Whether a model was chosen among configurations.</summary>
    public required bool Searched { get; init; }

    /// <summary>Whether a model counts a row of one class for more than of the other.</summary>
    public required bool Weighted { get; init; }

    /// <summary>Whether a logistic regression is among the models.</summary>
    public required bool LogisticRegression { get; init; }

    /// <summary>Whether a step leaves out columns by any rule.</summary>
    public required bool Selection { get; init; }

    /// <summary>Whether a step scales columns.</summary>
    public required bool Scaling { get; init; }

    /// <summary>Whether training rows were resampled.</summary>
    public required bool Sampling { get; init; }

    /// <summary>Whether risks were calibrated.</summary>
    public required bool Calibrated { get; init; }

    /// <summary>Whether the plan names thresholds beforehand.</summary>
    public required bool Thresholds { get; init; }

    /// <summary>Whether dates of inclusion were read.</summary>
    public required bool Dates { get; init; }
}
