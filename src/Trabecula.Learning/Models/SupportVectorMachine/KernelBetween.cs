namespace Trabecula.Learning.Models;

/// <summary>The kernel of training rows with other rows, each computed when it is first asked for.</summary>
internal sealed class KernelBetween(KernelFunction function, FeatureTable training, FeatureTable others)
{
    private readonly double[]?[] _lines = new double[training.RowCount][];

    /// <summary>The kernel of a training row with each other row.</summary>
    internal double[] this[int trainingRow]
    {
        get
        {
            if (_lines[trainingRow] is { } there)
                return there;
            var line = new double[others.RowCount];
            for (int row = 0; row < line.Length; row++)
                line[row] = function.Of(others.Row(row), training.Row(trainingRow));
            return _lines[trainingRow] = line;
        }
    }
}
