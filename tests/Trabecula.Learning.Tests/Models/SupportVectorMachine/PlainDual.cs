using Trabecula.Learning.Models;

namespace Trabecula.Learning.Tests.Models;

/// <summary>The definition of a support vector machine in plain loops, which the solver is compared with.</summary>
internal sealed class PlainDual
{
    private readonly FeatureTable _table;
    private readonly double[] _beta;
    private readonly double[] _limits;

    internal PlainDual(FeatureTable table, SupportVectorMachine options, FittedSupportVectorMachine fitted)
    {
        _table = table;
        _beta = new double[table.RowCount];
        for (int k = 0; k < fitted.Support.Rows.Length; k++)
            _beta[fitted.Support.Rows[k]] = fitted.DualCoefficients[k];
        _limits = [.. Enumerable.Range(0, table.RowCount).Select(row => options.C * (options.ClassWeight == ClassWeight.Balanced
            ? table.RowCount / (2.0 * table.Outcomes.Count(outcome => outcome == table.Outcomes[row])) : 1))];
        double gamma = fitted.Gamma;
        Decisions = [.. Enumerable.Range(0, table.RowCount).Select(i => fitted.Intercept + Enumerable.Range(0, table.RowCount).Sum(j => _beta[j] * Kernel(i, j)))];
        Objective = Enumerable.Range(0, table.RowCount).Sum(i => 0.5 * _beta[i] * (Decisions[i] - fitted.Intercept) - Math.Abs(_beta[i]));

        double Kernel(int i, int j)
        {
            double dot = 0, distance = 0;
            for (int column = 0; column < table.ColumnCount; column++)
            {
                (double u, double v) = (table.Row(i)[column], table.Row(j)[column]);
                dot += u * v;
                distance += (u - v) * (u - v);
            }
            return options.Kernel switch
            {
                Learning.Models.Kernel.Linear => dot,
                Learning.Models.Kernel.Rbf => Math.Exp(-gamma * distance),
                Learning.Models.Kernel.Polynomial => Math.Pow(gamma * dot + options.Coef0, options.Degree),
                _ => Math.Tanh(gamma * dot + options.Coef0),
            };
        }
    }

    internal double[] Decisions { get; }

    /// <summary>½ βᵀKβ - Σ |β|.</summary>
    internal double Objective { get; }

    /// <summary>The largest violation of the conditions of a stationary point: feasible, margins as the bounds ask, Σ β = 0.</summary>
    internal double Violation()
    {
        double worst = Math.Abs(_beta.Sum());
        for (int i = 0; i < _beta.Length; i++)
        {
            double sign = _table.Outcomes[i] ? 1 : -1, alpha = sign * _beta[i], margin = sign * Decisions[i];
            worst = Math.Max(worst, Math.Max(-alpha, alpha - _limits[i]));
            if (alpha < _limits[i])
                worst = Math.Max(worst, 1 - margin);
            if (alpha > 0)
                worst = Math.Max(worst, margin - 1);
        }
        return worst;
    }
}
