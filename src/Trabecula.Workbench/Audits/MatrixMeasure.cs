using Trabecula.Learning.Evaluation;

namespace Trabecula.Workbench.Audits;

/// <summary>A measure that a confusion matrix determines.</summary>
/// <param name="Name">The key in a file of reported results.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Of">The measure.</param>
internal sealed record MatrixMeasure(string Name, string Meaning, Func<ConfusionMatrix, double> Of)
{
    internal static readonly IReadOnlyList<MatrixMeasure> All =
    [
        new("accuracy", "Share of correct predictions", m => m.Accuracy),
        new("sensitivity", "Sensitivity, or recall", m => m.Sensitivity),
        new("specificity", "Specificity", m => m.Specificity),
        new("precision", "Precision, or positive predictive value", m => m.Precision),
        new("negativePredictiveValue", "Negative predictive value", m => m.NegativePredictiveValue),
        new("f1", "F1 of the event", m => m.F1),
        new("kappa", "Cohen's kappa", m => m.Kappa),
        new("mcc", "Matthews correlation coefficient", m => m.MatthewsCorrelation),
    ];

    /// <summary>The arithmetic of the measure on a matrix, to be followed by hand.</summary>
    internal string Arithmetic(ConfusionMatrix m)
    {
        FormattableString text = Name switch
        {
            "accuracy" => $"({m.TruePositives} + {m.TrueNegatives}) / {m.Total}",
            "sensitivity" => $"{m.TruePositives} / ({m.TruePositives} + {m.FalseNegatives})",
            "specificity" => $"{m.TrueNegatives} / ({m.TrueNegatives} + {m.FalsePositives})",
            "precision" => $"{m.TruePositives} / ({m.TruePositives} + {m.FalsePositives})",
            "negativePredictiveValue" => $"{m.TrueNegatives} / ({m.TrueNegatives} + {m.FalseNegatives})",
            "f1" => $"2 x {m.TruePositives} / (2 x {m.TruePositives} + {m.FalsePositives} + {m.FalseNegatives})",
            "kappa" => $"({m.Accuracy:0.000000} - {Chance(m):0.000000}) / (1 - {Chance(m):0.000000}), where chance agreement is ({Events(m)} x {Positives(m)} + {m.Total - Events(m)} x {m.Total - Positives(m)}) / {m.Total}^2",
            _ => $"({m.TruePositives} x {m.TrueNegatives} - {m.FalsePositives} x {m.FalseNegatives}) / sqrt({Positives(m)} x {Events(m)} x {m.Total - Events(m)} x {m.Total - Positives(m)})",
        };
        return FormattableString.Invariant($"{Name} = {FormattableString.Invariant(text)} = {Of(m):0.0000}");
    }

    private static int Events(ConfusionMatrix m) => m.TruePositives + m.FalseNegatives;

    private static int Positives(ConfusionMatrix m) => m.TruePositives + m.FalsePositives;

    private static double Chance(ConfusionMatrix m)
    {
        double n = m.Total;
        return (Events(m) * (double)Positives(m) + (n - Events(m)) * (n - Positives(m))) / (n * n);
    }
}
