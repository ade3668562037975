using Trabecula.Learning.Models;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The definition of a penalised logistic regression in plain loops, which the solver is compared with.</summary>
internal sealed class PlainLogistic(FeatureTable table, LogisticRegression model)
{
    private readonly double _l1 = model.Penalty switch { Penalty.L1 => 1, Penalty.ElasticNet => model.L1Ratio, _ => 0 };
    private readonly double _l2 = model.Penalty switch { Penalty.L2 => 1, Penalty.ElasticNet => 1 - model.L1Ratio, _ => 0 };

    /// <param name="at">Coefficients, then the intercept.</param>
    internal double Objective(IReadOnlyList<double> at)
    {
        double sum = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            double margin = LogOdds(row, at) * (table.Outcomes[row] ? 1 : -1);
            sum += Weight(row) * (margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin);
        }
        for (int i = 0; i < table.ColumnCount; i++)
            sum += _l1 * Math.Abs(at[i]) + 0.5 * _l2 * at[i] * at[i];
        return sum;
    }

    /// <summary>
    /// For each unknown, how far its derivative is from what a minimum asks for, and the sum of the magnitudes that it is made of.
    /// </summary>
    internal (double[] Excess, double[] Magnitude) Conditions(IReadOnlyList<double> at)
    {
        int width = table.ColumnCount;
        var slope = new double[width + 1];
        var magnitude = new double[width + 1];
        for (int row = 0; row < table.RowCount; row++)
        {
            double logOdds = LogOdds(row, at);
            double wrong = 1 / (1 + Math.Exp(table.Outcomes[row] ? logOdds : -logOdds)) * Weight(row);
            for (int i = 0; i <= width; i++)
            {
                double part = (table.Outcomes[row] ? -wrong : wrong) * (i == width ? 1 : table.Row(row)[i]);
                slope[i] += part;
                magnitude[i] += Math.Abs(part);
            }
        }
        for (int i = 0; i < width; i++)
        {
            slope[i] += _l2 * at[i];
            magnitude[i] += _l2 * Math.Abs(at[i]) + _l1;
            slope[i] = at[i] == 0 ? Math.Max(Math.Abs(slope[i]) - _l1, 0) : slope[i] + _l1 * Math.Sign(at[i]);
        }
        return (Array.ConvertAll(slope, Math.Abs), magnitude);
    }

    private double LogOdds(int row, IReadOnlyList<double> at)
    {
        double sum = at[table.ColumnCount];
        for (int i = 0; i < table.ColumnCount; i++)
            sum += at[i] * table.Row(row)[i];
        return sum;
    }

    private double Weight(int row)
    {
        int sameClass = table.Outcomes.Count(outcome => outcome == table.Outcomes[row]);
        return (model.Penalty == Penalty.None ? 1 : model.C) * (model.ClassWeight == ClassWeight.Balanced ? table.RowCount / (2.0 * sameClass) : 1);
    }
}
