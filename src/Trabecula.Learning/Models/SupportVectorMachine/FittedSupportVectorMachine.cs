using System.Text.Json.Nodes;
using Trabecula.Learning.Calibration;
using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models;

/// <summary>The training rows that a decision depends on.</summary>
/// <param name="Rows">Their places among the training rows; empty where they are not known any more.</param>
/// <param name="Values">Their values, row by row.</param>
/// <param name="Coefficients">β of each.</param>
internal sealed record SupportVectors(int[] Rows, double[] Values, double[] Coefficients);

/// <summary>Support vectors, their coefficients, and the curve from decision value to risk.</summary>
public sealed class FittedSupportVectorMachine : FittedClassifier
{
    private readonly KernelFunction _kernel;
    private readonly double[]? _coefficients;
    private readonly PlattScaling? _risk;

    internal FittedSupportVectorMachine(
        SplitOrigin? origin, IReadOnlyList<FeatureColumn> columns, KernelFunction kernel, SupportVectors support, double intercept,
        PlattScaling? risk)
        : base(origin, columns)
    {
        (_kernel, Support, Intercept, _risk) = (kernel, support, intercept, risk);
        DualCoefficients = Array.AsReadOnly(support.Coefficients);
        if (kernel.Kind == Kernel.Linear)
            Coefficients = Array.AsReadOnly(_coefficients = LinearCoefficients(support, columns.Count));
    }

    /// <inheritdoc/>
    public override string Name => SupportVectorMachine.FieldName;

    /// <summary>β of each support vector, in the order of the training rows: positive for those with the event.</summary>
    public IReadOnlyList<double> DualCoefficients { get; }

    /// <summary>Change of the decision value per unit of each column, under the linear kernel; null for others.</summary>
    public IReadOnlyList<double>? Coefficients { get; }

    /// <summary>b, the part of the decision value that does not depend on the row.</summary>
    public double Intercept { get; }

    /// <summary>γ, where it was a rule before the fit.</summary>
    public double Gamma => _kernel.Gamma;

    internal SupportVectors Support { get; }

    internal static FittedSupportVectorMachine Read(JsonObject state) => new(
        null, StateJson.Columns(state, "columns"),
        new KernelFunction(
            Enum.Parse<Kernel>(state["kernel"]!.GetValue<string>()), state["gamma"]!.GetValue<double>(), state["degree"]!.GetValue<int>(),
            state["coef0"]!.GetValue<double>()),
        new SupportVectors([], StateJson.Numbers(state, "supportVectors"), StateJson.Numbers(state, "dualCoefficients")),
        state["intercept"]!.GetValue<double>(), state["risk"] is JsonObject risk ? (PlattScaling)Calibrator.Read(risk) : null);

    /// <summary>What <see cref="FittedClassifier.Score(ValidationSet)"/> gives, from a kernel that is partly computed.</summary>
    internal double[] Score(ValidationSet validation, KernelBetween kernel)
    {
        // The linear kernel needs no support vectors.
        if (_coefficients is not null)
            return Score(validation);
        SplitOrigin.Require(Origin, validation.Origin, Name);
        validation.Table.RequireColumns(Columns, Name);
        validation.Table.RequireComplete(Name);
        return Combine(validation.RowCount, k => kernel[Support.Rows[k]]);
    }

    private protected override double[] ComputeScores(FeatureTable table)
    {
        int width = table.ColumnCount;
        var line = new double[table.RowCount];
        if (_coefficients is null)
            return Combine(table.RowCount, Line);
        for (int row = 0; row < line.Length; row++)
            line[row] = VectorSums.Dot(table.Row(row), _coefficients) + Intercept;
        return line;

        double[] Line(int k)
        {
            ReadOnlySpan<double> vector = Support.Values.AsSpan(k * width, width);
            for (int row = 0; row < line.Length; row++)
                line[row] = _kernel.Of(table.Row(row), vector);
            return line;
        }
    }

    private protected override double[] ComputeRisks(FeatureTable table) => _risk is null
        ? throw new InvalidOperationException("This support vector machine was fitted without the curve from decision value to risk.")
        : Array.ConvertAll(ComputeScores(table), _risk.Calibrate);

    private protected override JsonObject State()
    {
        var state = new JsonObject
        {
            ["columns"] = StateJson.Columns(Schema),
            ["kernel"] = _kernel.Kind.ToString(),
            ["gamma"] = _kernel.Gamma,
            ["degree"] = _kernel.Degree,
            ["coef0"] = _kernel.Coef0,
            ["supportVectors"] = StateJson.Numbers(Support.Values),
            ["dualCoefficients"] = StateJson.Numbers(Support.Coefficients),
            ["intercept"] = Intercept,
        };
        if (_risk is not null)
            state["risk"] = _risk.ToJson();
        return state;
    }

    /// <summary>Decision values from the kernel of each support vector with every row.</summary>
    private double[] Combine(int rows, Func<int, double[]> kernelOf)
    {
        var scores = new double[rows];
        for (int k = 0; k < Support.Coefficients.Length; k++)
            VectorSums.AddScaled(scores, Support.Coefficients[k], kernelOf(k));
        for (int row = 0; row < rows; row++)
            scores[row] += Intercept;
        return scores;
    }

    private static double[] LinearCoefficients(SupportVectors support, int width)
    {
        var coefficients = new double[width];
        for (int k = 0; k < support.Coefficients.Length; k++)
            VectorSums.AddScaled(coefficients, support.Coefficients[k], support.Values.AsSpan(k * width, width));
        return coefficients;
    }
}
