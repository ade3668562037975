using System.Runtime.Intrinsics;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>A sum that carries its rounding errors along (Knuth's two-sum), so that it is right to nearly the last digit.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _error;

    /// <summary>The sum.</summary>
    public readonly double Value => _sum + _error;

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        double total = _sum + value, part = total - _sum;
        _error += _sum - (total - part) + (value - part);
        _sum = total;
    }

    /// <summary>Adds one of four sums.</summary>
    public void Add(in CompensatedSum4 sums, int index)
    {
        Add(sums.Sums[index]);
        _error += sums.Errors[index];
    }
}

/// <summary>Four such sums at once.</summary>
internal struct CompensatedSum4
{
    /// <summary>The sums as rounded.</summary>
    public Vector256<double> Sums { get; private set; }

    /// <summary>What rounding has taken from them.</summary>
    public Vector256<double> Errors { get; private set; }

    /// <summary>Adds a value to each.</summary>
    public void Add(Vector256<double> values)
    {
        Vector256<double> total = Sums + values, part = total - Sums;
        Errors += Sums - (total - part) + (values - part);
        Sums = total;
    }
}
