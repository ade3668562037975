using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Evaluation;
using Trabecula.Workbench.Audits;

namespace Trabecula.Workbench.Tests.Audits;

/// <summary>A true report of some predictions, written as one of many programs and authors would write it.</summary>
internal sealed class HonestReport
{
    private readonly RandomSequence _random;
    private readonly int _printing, _digits;

    internal HonestReport(Seed seed)
    {
        _random = seed.Open();
        (_printing, _digits) = (Any(5), 1 + Any(4));
        Text = $"{Split()}{Counts()}{Components()}models:\n{Model()}";
    }

    /// <summary>The file of reported results.</summary>
    internal string Text { get; }

    private int Any(int count) => (int)(_random.NextDouble() * count);

    private string Model()
    {
        int subjects = 6 + Any(Any(2) == 0 ? 30 : 500);
        double share = Math.Clamp(_random.NextDouble() * 0.6, 1.0 / subjects, 1), skill = _random.NextDouble() * 8 - 1;
        bool[] outcomes = [.. Enumerable.Range(0, subjects).Select(i => i == 0 || (i > 1 && _random.NextDouble() < share))];
        double shift = _random.NextGaussian(), slope = Math.Exp(_random.NextGaussian());
        int kept = Any(4);
        double[] risks = [.. outcomes.Select(outcome => Risk((outcome ? skill : 0) + _random.NextGaussian() - skill / 2, shift, slope, kept))];
        double threshold = Any(3) switch { 0 => 0.5, 1 => risks[Any(subjects)], _ => outcomes.Count(outcome => outcome) / (double)subjects };
        // Classes of a support vector machine are not those of its probabilities.
        bool isOwn = Any(4) == 0;
        bool[] positive = [.. risks.Select(risk => isOwn ? risk + 0.3 * _random.NextGaussian() >= 0.5 : risk >= threshold)];
        var classes = (ClassReading)Any(5);
        int quotient = Any(2), folds = Any(3) == 0 ? 2 + Any(9) : 1;
        string[] keys = ["auroc", "brier", .. MatrixMeasure.All.Select(measure => measure.Name)];
        string[] printed = [.. keys.Where(_ => Any(3) > 0)];
        // Some numbers are means over folds beside others of all subjects.
        string[] averaged = folds == 1 ? [] : [.. printed.Where(_ => Any(2) == 0)];
        int[] fold = [.. outcomes.Select(_ => Any(folds))];
        var lines = new List<string> { "name: Model" };
        if (folds > 1 && Any(2) == 0)
            lines.Add($"averaged: [{string.Join(", ", averaged.Length == 0 ? ["none"] : averaged)}]");
        else if (folds == 1 && Any(2) == 0)
            lines.Add("averaged: none");
        lines.Add($"subjects: {subjects}");
        lines.Add($"events: {outcomes.Count(outcome => outcome)}");
        if (!isOwn && Any(2) == 0)
            lines.Add($"threshold: {Print(threshold)}");
        int[] all = [.. Enumerable.Range(0, subjects)];
        if (Any(3) == 0)
        {
            ConfusionMatrix m = Matrix(outcomes, positive, all);
            lines.AddRange(new[] { $"tp: {m.TruePositives}", $"fn: {m.FalseNegatives}", $"fp: {m.FalsePositives}", $"tn: {m.TrueNegatives}" }.Where(_ => Any(2) == 0));
        }
        foreach (string key in printed)
        {
            double[] values = averaged.Contains(key)
                ? [.. Enumerable.Range(0, folds).Select(f => Of(all.Where(i => fold[i] == f))).Where(double.IsFinite)]
                : [Of(all)];
            if (values.Length > 0)
                lines.Add($"{key}: {Print(values.Average())}");

            double Of(IEnumerable<int> rows) => Value(key, outcomes, risks, positive, [.. rows], classes, quotient);
        }
        return $"  - {{ {string.Join(", ", lines)} }}\n";
    }

    private static double Value(string key, bool[] outcomes, double[] risks, bool[] positive, int[] rows, ClassReading classes, int quotient)
    {
        bool[] own = [.. rows.Select(row => outcomes[row])];
        double[] scores = [.. rows.Select(row => risks[row])];
        if (key == "auroc")
            return Pairs(own, scores);
        if (key == "brier")
            return rows.Length == 0 ? double.NaN : own.Zip(scores, (outcome, risk) => Math.Pow(risk - (outcome ? 1 : 0), 2)).Average();
        return rows.Length == 0 ? double.NaN : MatrixMeasure.All.Single(measure => measure.Name == key).Average(Matrix(outcomes, positive, rows), classes, quotient);
    }

    /// <summary>The AUROC of any classes: DeLong's needs two subjects of each.</summary>
    private static double Pairs(bool[] outcomes, double[] risks)
    {
        double[] events = [.. risks.Where((_, i) => outcomes[i])], others = [.. risks.Where((_, i) => !outcomes[i])];
        double sum = 0;
        foreach (double high in events)
        {
            foreach (double low in others)
                sum += high > low ? 1 : high == low ? 0.5 : 0;
        }
        return sum / (events.Length * (double)others.Length);
    }

    private static ConfusionMatrix Matrix(bool[] outcomes, bool[] positive, int[] rows) => new(
        rows.Count(row => outcomes[row] && positive[row]), rows.Count(row => outcomes[row] && !positive[row]),
        rows.Count(row => !outcomes[row] && positive[row]), rows.Count(row => !outcomes[row] && !positive[row]));

    private static double Risk(double score, double shift, double slope, int kept)
    {
        double risk = 1 / (1 + Math.Exp(-shift - slope * score));
        // Votes of few trees are tied, and some models are sure.
        return kept == 0 ? risk : Math.Round(risk, kept - 1);
    }

    private string Split()
    {
        int training = 5 + Any(500), heldOut = 2 + Any(300), third = Any(2) * Any(50);
        int trainingEvents = Any(training), heldOutEvents = Any(heldOut), thirdEvents = third == 0 ? 0 : Any(third);
        return string.Create(CultureInfo.InvariantCulture,
            $"split: {{ subjects: {training + heldOut + third}, events: {trainingEvents + heldOutEvents + thirdEvents}, training: {training}, trainingEvents: {trainingEvents}, heldOut: {heldOut}, heldOutEvents: {heldOutEvents} }}\n");
    }

    private string Counts()
    {
        int of = 1 + Any(1300), count = Any(of + 1), subjects = 1 + Any(60);
        int[] scores = [.. Enumerable.Range(0, subjects).Select(_ => Any(11))];
        return string.Create(CultureInfo.InvariantCulture,
            $"percentages: [{{ name: x, count: {count}, of: {of}, share: {Print((double)count / of)} }}]\nmeans: [{{ name: x, subjects: {subjects}, mean: {Print(scores.Average())} }}]\n");
    }

    /// <summary>Shares of a random spectrum: of any table, standardised or not.</summary>
    private string Components()
    {
        int subjects = 3 + Any(40), columns = 1 + Any(12);
        double spread = 3 * _random.NextDouble();
        double[] spectrum = [.. Enumerable.Range(0, Math.Min(columns, subjects - 1)).Select(_ => Math.Exp(spread * _random.NextGaussian())).OrderDescending()];
        return $"principalComponents: [{{ name: x, subjects: {subjects}, columns: {columns}, standardised: false, first: {Print(spectrum[0] / spectrum.Sum())}, firstThree: {Print(Math.Min(1, spectrum.Take(3).Sum() / spectrum.Sum()))} }}]\n";
    }

    /// <summary>Digits as they are printed: rounded to even or away, cut off, rounded twice, as a percentage.</summary>
    private string Print(double value)
    {
        decimal exact = (decimal)value;
        decimal printed = _printing switch
        {
            0 => Math.Round(exact, _digits, MidpointRounding.ToEven),
            1 => Math.Round(exact, _digits, MidpointRounding.ToZero),
            2 => Math.Round(Math.Round(Math.Round(exact, _digits + 2, MidpointRounding.AwayFromZero), _digits + 1, MidpointRounding.AwayFromZero), _digits, MidpointRounding.AwayFromZero),
            _ => Math.Round(exact, _digits, MidpointRounding.AwayFromZero),
        };
        return _printing == 4 && _digits > 2 && value <= 1
            ? (100 * printed).ToString($"F{_digits - 2}", CultureInfo.InvariantCulture) + "%"
            : printed.ToString($"F{_digits}", CultureInfo.InvariantCulture);
    }
}
