using System.Runtime.InteropServices;
using Trabecula.Learning;

namespace Trabecula.XGBoost.Native;

/// <summary>A table inside the library.</summary>
internal sealed class MatrixHandle : SafeHandle
{
    public MatrixHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Copies a table; NaN is missing.</summary>
    /// <exception cref="LearningException">A value is too large for 32 bits, which XGBoost computes in.</exception>
    internal static unsafe MatrixHandle Of(FeatureTable table)
    {
        ReadOnlySpan<double> values = table.Values;
        var narrow = new float[values.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (float)values[i];
            if (float.IsInfinity(narrow[i]))
                throw new LearningException(
                    FormattableString.Invariant($"XGBoost: '{table.Columns[i % table.ColumnCount]}' of {table.Subjects[i / table.ColumnCount]} is {values[i]}, but XGBoost computes with numbers up to {float.MaxValue}."),
                    "Scale the column, or leave it out.");
        }
        fixed (float* data = narrow)
        {
            XGBoostApi.Check(XGBoostApi.XGDMatrixCreateFromMat(data, (ulong)table.RowCount, (ulong)table.ColumnCount, float.NaN, out MatrixHandle matrix));
            return matrix;
        }
    }

    /// <summary>Gives the rows their outcomes.</summary>
    internal unsafe void SetOutcomes(IReadOnlyList<bool> outcomes)
    {
        float[] labels = [.. outcomes.Select(outcome => outcome ? 1f : 0f)];
        fixed (float* data = labels)
            XGBoostApi.Check(XGBoostApi.XGDMatrixSetFloatInfo(this, "label", data, (ulong)labels.Length));
    }

    protected override bool ReleaseHandle() => XGBoostApi.XGDMatrixFree(handle) == 0;
}
