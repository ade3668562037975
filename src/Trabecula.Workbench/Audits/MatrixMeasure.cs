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

    private bool IsOfOneClass => Name is not ("accuracy" or "kappa" or "mcc");

    /// <summary>Whether a matrix gives the printed digits in one of the ways that programs print them.</summary>
    internal bool Fits(ConfusionMatrix m, ReportedNumber printed, MatrixReading reading)
    {
        double own = Of(m);
        if (double.IsNaN(own) ? Accepts(0) || Accepts(1) : Accepts(own))
            return true;
        return reading.Class != ClassReading.Event && IsOfOneClass && (FitsWithout(0) || FitsWithout(1));

        bool Accepts(double value) => reading.CutOff ? printed.FitsLoosely(value) : printed.Fits(value);
        bool FitsWithout(double quotient)
        {
            return Accepts(Average(m, reading.Class, quotient)) || (Name == "f1" && Accepts(F1OfAverages(m, reading.Class, quotient)));
        }
    }

    /// <summary>All values that programs give the measure, apart from 0 / 0. For any number of true positives, none of them rises with the
    /// false positives, if there is a positive and a negative prediction in each class: so they can be searched.</summary>
    /// <remarks>
    /// With a true and x false positives of P events and N others, kappa is 2 (aN - Px) / (aN + P(P - a + N) + (N - P)x), whose derivative has
    /// the sign of -P²(P - a) - P²N - aN²; Matthews' correlation has that of -P S T - (aN - Px)(T - S) / 2 with S = a + x positives and T
    /// negatives, where |aN - Px| is at most PT if it is positive and T &lt; S, and at most PS if it is negative and S &lt; T.
    /// </remarks>
    internal IEnumerable<Func<ConfusionMatrix, double>> Values(IEnumerable<ClassReading> classes)
    {
        yield return Of;
        if (!IsOfOneClass)
            yield break;
        foreach (ClassReading reading in classes.Where(each => each != ClassReading.Event))
        {
            yield return m => Average(m, reading, 0);
            if (Name == "f1")
                yield return m => F1OfAverages(m, reading, 0);
        }
    }

    // Some average F1, some compute it from the averages.
    private static double F1OfAverages(ConfusionMatrix m, ClassReading reading, double quotient)
    {
        double precision = s_precision.Average(m, reading, quotient), recall = s_sensitivity.Average(m, reading, quotient);
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : double.NaN;
    }

    /// <summary>The measure by class.</summary>
    /// <param name="m">The matrix.</param>
    /// <param name="reading">Whose measure.</param>
    /// <param name="quotient">What stands for 0 / 0: scikit-learn's <c>zero_division</c>, 0 or 1.</param>
    internal double Average(ConfusionMatrix m, ClassReading reading, double quotient)
    {
        if (!IsOfOneClass || reading == ClassReading.Event)
            return Defined(Of(m), quotient);
        double own = Defined(Of(m), quotient);
        double other = Defined(Of(new ConfusionMatrix(m.TrueNegatives, m.FalsePositives, m.FalseNegatives, m.TruePositives)), quotient);
        double events = Events(m);
        return reading switch
        {
            ClassReading.Macro => (own + other) / 2,
            ClassReading.Weighted => (events * own + (m.Total - events) * other) / m.Total,
            ClassReading.Micro => m.Accuracy,
            _ => other,
        };
    }

    private static double Defined(double value, double quotient) => double.IsNaN(value) ? quotient : value;

    private static readonly MatrixMeasure s_precision = All.Single(measure => measure.Name == "precision");
    private static readonly MatrixMeasure s_sensitivity = All.Single(measure => measure.Name == "sensitivity");

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
        string value = double.IsNaN(Of(m)) ? "0 / 0, which programs print as 0 or as 1" : FormattableString.Invariant($"{Of(m):0.0000}");
        return $"{Name} = {FormattableString.Invariant(text)} = {value}";
    }

    private static int Events(ConfusionMatrix m) => m.TruePositives + m.FalseNegatives;

    private static int Positives(ConfusionMatrix m) => m.TruePositives + m.FalsePositives;

    private static double Chance(ConfusionMatrix m)
    {
        double n = m.Total;
        return (Events(m) * (double)Positives(m) + (n - Events(m)) * (n - Positives(m))) / (n * n);
    }
}
