namespace Trabecula.Workbench.Audits;

/// <summary>A number of a model that may be a mean over folds, repeats or resamples; a key of the file.</summary>
public enum AveragedNumber
{
    /// <summary>No number is.</summary>
    None,

    /// <summary>All are.</summary>
    All,

    /// <summary>The AUROC.</summary>
    Auroc,

    /// <summary>The Brier score.</summary>
    Brier,

    /// <summary>Accuracy.</summary>
    Accuracy,

    /// <summary>Sensitivity.</summary>
    Sensitivity,

    /// <summary>Specificity.</summary>
    Specificity,

    /// <summary>Precision.</summary>
    Precision,

    /// <summary>Negative predictive value.</summary>
    NegativePredictiveValue,

    /// <summary>F1.</summary>
    F1,

    /// <summary>Kappa.</summary>
    Kappa,

    /// <summary>Matthews' correlation.</summary>
    Mcc,
}
