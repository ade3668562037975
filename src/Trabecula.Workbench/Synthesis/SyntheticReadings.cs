using Trabecula.Learning;

namespace Trabecula.Workbench.Synthesis;

/// <summary>What was planted in a radiomic column.</summary>
internal enum PlantedColumn
{
    /// <summary>Both readers measure it well.</summary>
    Reliable,

    /// <summary>The readers' contours decide it more than the patient does.</summary>
    Noisy,

    /// <summary>Measured well, but the second reader's values lie higher: correlated, not concordant.</summary>
    Shifted,
}

/// <summary>How the values of a column are distributed.</summary>
internal enum PlantedMargin
{
    Normal,
    LogNormal,
    HyperbolicSine,
    Outliers,
}

/// <summary>The truth of a radiomic column.</summary>
/// <param name="Name">Its name, as PyRadiomics gives.</param>
/// <param name="Kind">What was planted.</param>
/// <param name="Reliability">Variance between patients over that of one reading, before the margin.</param>
/// <param name="Margin">How the values are distributed.</param>
/// <param name="Shift">Added to the second reader's standardised values.</param>
/// <param name="Gain">By which the second reader's standardised values are multiplied.</param>
internal sealed record SyntheticColumn(string Name, PlantedColumn Kind, double Reliability, PlantedMargin Margin, double Shift, double Gain);

/// <summary>
/// Two readers' radiomic columns from latent factors: <c>value = margin(loadings · factors + own part + reading error)</c>. Columns of one image
/// and class share three factors of their own beside those of the patient, and are correlated as such columns are.
/// </summary>
internal sealed class SyntheticReadings
{
    /// <summary>Columns planted of each kind; the others are reliable.</summary>
    public const int NoisyCount = 243, ShiftedCount = 40;

    private const int BlockFactors = 3;

    private SyntheticReadings(SyntheticColumn[] columns, double[] first, double[] second) => (Columns, First, Second) = (columns, first, second);

    public IReadOnlyList<SyntheticColumn> Columns { get; }

    /// <summary>The first reader's values, row by row.</summary>
    public double[] First { get; }

    /// <summary>The second reader's values, row by row.</summary>
    public double[] Second { get; }

    public static SyntheticReadings Draw(IReadOnlyList<string> names, IReadOnlyList<SyntheticPatient> patients, Seed seed)
    {
        PlantedColumn[] kinds = [.. Enumerable.Range(0, names.Count).Select(i =>
            i < NoisyCount ? PlantedColumn.Noisy : i < NoisyCount + ShiftedCount ? PlantedColumn.Shifted : PlantedColumn.Reliable)];
        seed.Derive("kinds").Open().Shuffle(kinds.AsSpan());
        var columns = new SyntheticColumn[names.Count];
        double[] first = new double[names.Count * patients.Count], second = new double[first.Length];
        string block = "";
        double[] shared = [];
        for (int column = 0; column < names.Count; column++)
        {
            string name = names[column];
            if (name[..name.LastIndexOf('_')] != block)
            {
                block = name[..name.LastIndexOf('_')];
                shared = DrawBlock(patients, seed.Derive("block " + block));
            }
            RandomSequence random = seed.Derive("column", column).Open();
            columns[column] = Plant(name, kinds[column], random);
            Read(columns[column], shared, random, first, second, column, names.Count);
        }
        return new SyntheticReadings(columns, first, second);
    }

    /// <summary>Three factors of each patient for a block, each of variance 1: four of the patient's factors and a part of the block's own.</summary>
    private static double[] DrawBlock(IReadOnlyList<SyntheticPatient> patients, Seed seed)
    {
        RandomSequence random = seed.Open();
        var shared = new double[patients.Count * BlockFactors];
        for (int factor = 0; factor < BlockFactors; factor++)
        {
            var weights = new double[SyntheticFactors.Count];
            for (int k = 0; k < 4; k++)
                weights[random.NextInt(weights.Length)] = random.NextGaussian();
            double own = 0.7, scale = 1 / Math.Sqrt(weights.Sum(w => w * w) + own * own);
            for (int i = 0; i < patients.Count; i++)
            {
                double value = own * random.NextGaussian();
                for (int k = 0; k < weights.Length; k++)
                    value += weights[k] * patients[i].Factors[k];
                shared[i * BlockFactors + factor] = value * scale;
            }
        }
        return shared;
    }

    private static SyntheticColumn Plant(string name, PlantedColumn kind, RandomSequence random)
    {
        PlantedMargin margin = random.NextDouble() switch
        {
            < 0.46 => PlantedMargin.Normal,
            < 0.78 => PlantedMargin.LogNormal,
            < 0.92 => PlantedMargin.HyperbolicSine,
            _ => PlantedMargin.Outliers,
        };
        // Far enough from a concordance of 0.85 on both sides that 856 patients tell the kinds apart.
        double reliability = kind == PlantedColumn.Noisy ? 0.25 + 0.45 * random.NextDouble() : 0.945 + 0.05 * random.NextDouble();
        bool shifted = kind == PlantedColumn.Shifted;
        return new SyntheticColumn(name, kind, reliability, margin, shifted ? 0.9 + 0.6 * random.NextDouble() : 0, shifted && random.NextDouble() < 0.4 ? 1.25 : 1);
    }

    private static void Read(SyntheticColumn column, double[] shared, RandomSequence random, double[] first, double[] second, int place, int width)
    {
        var loadings = new double[BlockFactors];
        for (int k = 0; k < loadings.Length; k++)
            loadings[k] = random.NextGaussian();
        double own = 0.15 + 0.5 * random.NextDouble();
        double norm = Math.Sqrt(loadings.Sum(w => w * w));
        double error = Math.Sqrt((1 - column.Reliability) / column.Reliability);
        // Magnitudes as radiomic features have them, from uniformities to energies.
        double unit = Math.Pow(10, Math.Round(-4 + 9 * random.NextDouble(), 1)), offset = 5 + 5 * random.NextDouble();
        for (int row = 0; row * BlockFactors < shared.Length; row++)
        {
            double value = 0;
            for (int k = 0; k < loadings.Length; k++)
                value += loadings[k] / norm * shared[row * BlockFactors + k];
            value = Math.Sqrt(1 - own) * value + Math.Sqrt(own) * random.NextGaussian();
            double one = Shape(column.Margin, value + error * random.NextGaussian()), two = Shape(column.Margin, value + error * random.NextGaussian());
            first[row * width + place] = unit * (offset + one);
            second[row * width + place] = unit * (offset + column.Gain * two + column.Shift);
        }
    }

    private static double Shape(PlantedMargin margin, double value) => margin switch
    {
        PlantedMargin.LogNormal => (Math.Exp(0.55 * value) - 1) / 0.55,
        PlantedMargin.HyperbolicSine => Math.Sinh(0.7 * value) / 0.8,
        PlantedMargin.Outliers => value + (Math.Abs(value) > 1.5 ? 2.5 * (value - Math.CopySign(1.5, value)) : 0),
        _ => value,
    };
}
