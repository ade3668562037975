namespace Trabecula.Learning.Models.Network;

/// <summary>The AUROC of one set of rows, computed every epoch in the same memory.</summary>
internal sealed class ScoreRanking(bool[] outcomes)
{
    private readonly double[] _sorted = new double[outcomes.Length];
    private readonly int[] _rows = new int[outcomes.Length];

    /// <summary>Probability that a case scores above a control, ties counting one half.</summary>
    internal double Auroc(ReadOnlySpan<double> scores)
    {
        scores.CopyTo(_sorted);
        for (int i = 0; i < _rows.Length; i++)
            _rows[i] = i;
        _sorted.AsSpan().Sort(_rows.AsSpan());
        // Twice the number of pairs in order, in whole numbers: the result has one rounding.
        long twice = 0, controls = 0, cases = 0;
        for (int start = 0; start < _rows.Length;)
        {
            long tiedControls = 0, tiedCases = 0;
            int end = start;
            for (; end < _rows.Length && _sorted[end] == _sorted[start]; end++)
            {
                if (outcomes[_rows[end]])
                    tiedCases++;
                else
                    tiedControls++;
            }
            twice += tiedCases * (2 * controls + tiedControls);
            controls += tiedControls;
            cases += tiedCases;
            start = end;
        }
        return twice / (2.0 * controls * cases);
    }
}
