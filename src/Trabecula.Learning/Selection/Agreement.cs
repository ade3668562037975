using Trabecula.Learning.Preparation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>How far readers agree on a column. The intraclass correlations are those of Shrout and Fleiss (1979).</summary>
public enum Agreement
{
    /// <summary>Lin's concordance correlation coefficient (1989), moments with divisor n.</summary>
    Ccc,

    /// <summary>ICC(1,1): each subject has readers of its own.</summary>
    Icc11,

    /// <summary>ICC(2,1): readers are a sample of readers; absolute agreement.</summary>
    Icc21,

    /// <summary>ICC(3,1): these readers only; a constant difference between them does not count.</summary>
    Icc31,

    /// <summary>ICC(1,k): of the mean of all readers.</summary>
    Icc1k,

    /// <summary>ICC(2,k): of the mean of all readers.</summary>
    Icc2k,

    /// <summary>ICC(3,k): of the mean of all readers.</summary>
    Icc3k,
}

/// <summary>The coefficients of a column.</summary>
internal static class Agreements
{
    private const int FewestRows = 2;

    /// <summary>The agreement of all readings on the column at a place; NaN where it does not exist.</summary>
    internal static double Between(this Agreement measure, ColumnMajor[] readings, int place)
    {
        if (measure == Agreement.Ccc)
            return LeastConcordance(readings, place);
        ReaderAgreement readers = ReaderAgreement.Of([.. readings.Select(reading => reading[place].ToArray())]);
        return readers.Subjects < FewestRows ? double.NaN : readers.Coefficient(measure switch
        {
            Agreement.Icc11 => IccForm.OneWaySingle,
            Agreement.Icc21 => IccForm.TwoWayRandomSingle,
            Agreement.Icc31 => IccForm.TwoWayMixedSingle,
            Agreement.Icc1k => IccForm.OneWayAverage,
            Agreement.Icc2k => IccForm.TwoWayRandomAverage,
            _ => IccForm.TwoWayMixedAverage,
        });
    }

    private static double LeastConcordance(ColumnMajor[] readings, int place)
    {
        double least = double.PositiveInfinity;
        for (int first = 0; first < readings.Length; first++)
        {
            for (int second = first + 1; second < readings.Length; second++)
            {
                Concordance pair = Concordance.Of(readings[first][place], readings[second][place]);
                // Math.Min hands a NaN on.
                least = Math.Min(least, pair.Count < FewestRows ? double.NaN : pair.Coefficient);
            }
        }
        return least;
    }
}
