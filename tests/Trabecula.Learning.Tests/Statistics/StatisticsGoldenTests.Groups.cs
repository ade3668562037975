using System.Text.Json;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>Readers, components, two samples and the baseline table.</summary>
public sealed partial class StatisticsGoldenTests
{
    private static void ReaderConcordance(JsonElement item, string name)
    {
        double[] x = ReferenceData.Doubles(item.GetProperty("x")), y = ReferenceData.Doubles(item.GetProperty("y"));
        Concordance c = Concordance.Of(x, y);
        Expect.Object(item, new()
        {
            ["name"] = Expect.Given,
            ["x"] = Expect.Given,
            ["y"] = Expect.Given,
            ["ccc"] = Expect.Number(c.Coefficient, name + " ccc"),
            ["cccNMinus1"] = Expect.Number(Concordance.Of(x, y, MomentDivisor.NMinusOne).Coefficient, name + " ccc n-1"),
            ["pearson"] = Expect.Number(c.Pearson, name + " r"),
            ["locationShiftU"] = Expect.Number(c.LocationShift, name + " u"),
            ["scaleShift"] = Expect.Number(c.ScaleShift, name + " scale"),
            ["biasCorrectionCb"] = Expect.Number(c.BiasCorrection, name + " Cb"),
            ["se"] = Expect.Number(c.StandardError, name + " se"),
            ["z"] = Expect.Number(c.Z, name + " z"),
            ["seZ"] = Expect.Number(c.StandardErrorOfZ, name + " se of z"),
            ["ciLow"] = Expect.P(c.Lower, name + " low"),
            ["ciHigh"] = Expect.P(c.Upper, name + " high"),
        });
    }

    private static void Icc(JsonElement item, string name)
    {
        double[][] subjects = [.. item.GetProperty("ratings").EnumerateArray().Select(ReferenceData.Doubles)];
        ReaderAgreement agreement = ReaderAgreement.Of(
            [.. Enumerable.Range(0, subjects[0].Length).Select(r => subjects.Select(s => s[r]).ToArray())]);
        Action<JsonElement> Form(IccForm form, params string[] given) => e =>
        {
            IntraclassCorrelation icc = agreement.Correlation(form);
            string what = $"{name} {form}";
            Dictionary<string, Action<JsonElement>> entries = Inputs(e, given);
            entries["icc"] = Expect.Number(icc.Coefficient, what);
            entries["F"] = Expect.Number(icc.F, what + " F");
            entries["df1"] = Expect.Number(icc.DegreesOfFreedom, what + " df1");
            entries["df2"] = Expect.Number(icc.ErrorDegreesOfFreedom, what + " df2");
            entries["p"] = Expect.P(icc.P, what + " p");
            entries["ciLow"] = Expect.P(icc.Lower, what + " low");
            entries["ciHigh"] = Expect.P(icc.Upper, what + " high");
            Expect.Object(e, entries);
        };
        Expect.Object(item, new()
        {
            ["name"] = Expect.Given,
            ["ratings"] = Expect.Given,
            ["meanSquares"] = e => Expect.Object(e, new()
            {
                ["rows"] = Expect.Number(agreement.BetweenSubjects, name + " rows"),
                ["columns"] = Expect.Number(agreement.BetweenReaders, name + " columns"),
                ["error"] = Expect.Number(agreement.Residual, name + " error"),
                ["within"] = Expect.Number(agreement.WithinSubjects, name + " within"),
            }),
            ["forms"] = e => Expect.Object(e, new()
            {
                ["ICC(1,1)"] = Form(IccForm.OneWaySingle, "pingouinType"),
                ["ICC(2,1)"] = Form(IccForm.TwoWayRandomSingle, "pingouinType"),
                ["ICC(3,1)"] = Form(IccForm.TwoWayMixedSingle, "pingouinType"),
                ["ICC(1,k)"] = Form(IccForm.OneWayAverage, "pingouinType"),
                ["ICC(2,k)"] = Form(IccForm.TwoWayRandomAverage, "pingouinType"),
                ["ICC(3,k)"] = Form(IccForm.TwoWayMixedAverage, "pingouinType"),
            }),
            ["r"] = e => Expect.Object(e, new()
            {
                ["ICC1"] = Form(IccForm.OneWaySingle),
                ["ICC2"] = Form(IccForm.TwoWayRandomSingle),
                ["ICC3"] = Form(IccForm.TwoWayMixedSingle),
                ["ICC1k"] = Form(IccForm.OneWayAverage),
                ["ICC2k"] = Form(IccForm.TwoWayRandomAverage),
                ["ICC3k"] = Form(IccForm.TwoWayMixedAverage),
            }),
        });
    }

    private static void Pca(JsonElement item, string name)
    {
        JsonElement data = item.GetProperty("data");
        double[] values = Standardised(data);
        int columns = data.GetProperty("p").GetInt32(), rows = data.GetProperty("n").GetInt32();
        double[][] expected = [.. item.GetProperty("components").EnumerateArray().Select(ReferenceData.Doubles)];
        PrincipalComponents pca = PrincipalComponents.Of(values, columns, expected.Length, TestContext.Current.CancellationToken);
        double[] scores = pca.Scores(values);
        int[] signs = [.. expected.Select((e, c) => e.Zip(pca.Components[c], (a, b) => a * b).Sum() > 0 ? 1 : -1)];
        // With as many columns as rows or more, the last component is zero by rank.
        int ranked = columns >= rows ? rows - 1 : columns;
        Action<JsonElement> Ranked(IEnumerable<double> actual, string what) => e =>
        {
            double[] wanted = ReferenceData.Doubles(e);
            Assert.Equal(wanted.Length, actual.Count());
            foreach ((double w, double a) in wanted.Zip(actual).Take(ranked))
                Expect.Close(w, a, 1e-9, what);
            Assert.All(actual.Skip(ranked), a => Assert.InRange(a, 0, 1e-6));
        };
        Expect.Object(item, new()
        {
            ["data"] = Expect.Given,
            ["noteSmallest"] = Expect.Given,
            ["explainedVariance"] = Ranked(pca.ExplainedVariance, name + " variance"),
            ["explainedVarianceRatio"] = Ranked(pca.ExplainedVarianceRatio, name + " share"),
            ["singularValues"] = Ranked(pca.ExplainedVariance.Select(v => Math.Sqrt(v * (rows - 1))), name + " singular value"),
            ["components"] = e =>
            {
                for (int c = 0; c < expected.Length; c++)
                    Expect.Numbers([.. pca.Components[c].Select(v => v * signs[c])], $"{name} component {c}", 1e-9, 1)(e[c]);
            },
            ["scores"] = e =>
            {
                for (int row = 0; row < rows; row++)
                    Expect.Numbers([.. signs.Select((sign, c) => sign * scores[row * signs.Length + c])], $"{name} score", 1e-9, 1)(e[row]);
            },
        });
    }

    /// <summary>The columns and rows of a case, row by row, standardised with divisor n on the rows listed.</summary>
    private static double[] Standardised(JsonElement data)
    {
        double[][] table = GoldenColumns.Table(data.GetProperty("table").GetString()!).Columns;
        int rowCount = data.GetProperty("n").GetInt32();
        int[] rows = data.GetProperty("rows").ValueKind == JsonValueKind.Array
            ? [.. data.GetProperty("rows").EnumerateArray().Select(r => r.GetInt32())]
            : [.. Enumerable.Range(0, rowCount)];
        double[][] columns = [.. data.GetProperty("columnIndices").EnumerateArray().Select(c =>
        {
            double[] column = [.. rows.Select(r => table[c.GetInt32()][r])];
            Moments m = Moments.Of(column);
            return column.Select(v => (v - m.Mean) / m.PopulationDeviation).ToArray();
        })];
        Assert.Equal(rowCount, rows.Length);
        return [.. Enumerable.Range(0, rowCount).SelectMany(r => columns.Select(column => column[r]))];
    }

    private static void TwoSample(JsonElement item, string name)
    {
        (double[] x, double[] y) = GoldenColumns.Groups(item);
        Action<JsonElement> T(TTest test) => e => Expect.Object(e, new()
        {
            ["t"] = Expect.Number(test.T, name + " t"),
            ["df"] = Expect.Number(test.DegreesOfFreedom, name + " df"),
            ["p"] = Expect.P(test.P, name + " t's p"),
            ["ci95"] = Expect.Numbers([test.Lower, test.Upper], name + " interval", Expect.Probability),
        });
        Action<JsonElement> Shapiro(double[] values) => e => Expect.Object(e, new()
        {
            // scipy takes the normal quantiles of AS 111, good to nine digits; these are exact, as in R.
            ["W"] = Expect.Number(ShapiroWilkTest.Of(values).W, name + " W", 1e-9),
            ["p"] = Expect.P(ShapiroWilkTest.Of(values).P, name + " W's p", 1e-6),
        });
        Action<JsonElement> Levene(LeveneCentre centre) => e => Expect.Object(e, new()
        {
            ["F"] = Expect.Number(LeveneTest.Of(centre, x, y).F, name + " F"),
            ["p"] = Expect.P(LeveneTest.Of(centre, x, y).P, name + " F's p"),
        });
        KolmogorovSmirnovTest ks = KolmogorovSmirnovTest.Of(x, y);
        Dictionary<string, Action<JsonElement>> entries = Inputs(item, "name", "x", "y", "n1", "n2", "table", "column", "columnIndex");
        entries["student"] = T(TTest.Student(x, y));
        entries["welch"] = T(TTest.Welch(x, y));
        entries["shapiro1"] = Shapiro(x);
        entries["shapiro2"] = Shapiro(y);
        entries["leveneMean"] = Levene(LeveneCentre.Mean);
        entries["leveneMedian"] = Levene(LeveneCentre.Median);
        entries["smd"] = Expect.Number(StandardisedDifference.OfMeans(Moments.Of(x), Moments.Of(y)), name + " smd");
        entries["ks"] = e => Expect.Object(e, new()
        {
            ["D"] = Expect.Number(ks.D, name + " D"),
            ["p"] = Expect.P(ks.P, name + " D's p"),
        });
        Expect.Object(item, entries);
    }

    private static void TableOne(JsonElement section)
    {
        (double[][] columns, bool[] targets) = GoldenColumns.Table(section.GetProperty("table").GetString()!);
        Expect.Object(section, new()
        {
            ["producer"] = Expect.Given,
            ["table"] = Expect.Given,
            ["notes"] = Expect.Given,
            ["rows"] = rows =>
            {
                foreach (JsonElement row in rows.EnumerateArray())
                    TableOneRow(row, columns[row.GetProperty("columnIndex").GetInt32()], targets);
            },
        });
    }

    private static void TableOneRow(JsonElement row, double[] values, bool[] targets)
    {
        string name = row.GetProperty("column").GetString()!;
        double[] cases = [.. values.Where((_, i) => targets[i])], controls = [.. values.Where((_, i) => !targets[i])];
        Action<JsonElement> Group(double[] group) => e =>
        {
            Moments m = Moments.Of(group);
            Quartiles q = Quartiles.Of(group);
            Expect.Object(e, new()
            {
                ["n"] = Expect.Number(m.Count, name),
                ["mean"] = Expect.Number(m.Mean, name + " mean", scale: m.SampleDeviation),
                ["sd"] = Expect.Number(m.SampleDeviation, name + " sd"),
                ["median"] = Expect.Number(q.Median, name + " median"),
                ["q1"] = Expect.Number(q.Lower, name + " q1"),
                ["q3"] = Expect.Number(q.Upper, name + " q3"),
                ["min"] = Expect.Number(m.Minimum, name + " min"),
                ["max"] = Expect.Number(m.Maximum, name + " max"),
            });
        };
        Expect.Object(row, new()
        {
            ["column"] = Expect.Given,
            ["columnIndex"] = Expect.Given,
            ["continuous"] = e => Expect.Object(e, new() { ["all"] = Group(values), ["target1"] = Group(cases), ["target0"] = Group(controls) }),
            ["smdContinuous"] = Expect.Number(StandardisedDifference.OfMeans(Moments.Of(cases), Moments.Of(controls)), name + " smd"),
            ["pRanksums"] = Expect.P(RankSumTest.Of(cases, controls, RankSumMethod.Normal).P, name + " rank-sum"),
            ["pWelch"] = Expect.P(TTest.Welch(cases, controls).P, name + " Welch"),
            ["aboveOverallMedian"] = e => Halves(e, values, cases, controls, name),
        });
    }

    private static void Halves(JsonElement expected, double[] values, double[] cases, double[] controls, string name)
    {
        double median = Quartiles.Of(values).Median;
        int[] Counts(double[] group) => [group.Count(v => v > median), group.Count(v => v <= median)];
        int[] a = Counts(cases), b = Counts(controls);
        double p1 = (double)a[0] / cases.Length, p0 = (double)b[0] / controls.Length;
        ChiSquareTest test = ChiSquareTest.Of([a, b]);
        Expect.Object(expected, new()
        {
            ["countsTarget1"] = Expect.Numbers([.. a.Select(c => (double)c)], name + " cases"),
            ["countsTarget0"] = Expect.Numbers([.. b.Select(c => (double)c)], name + " controls"),
            ["percentTarget1"] = Expect.Number(100 * p1, name + " %"),
            ["percentTarget0"] = Expect.Number(100 * p0, name + " %"),
            ["smdProportion"] = Expect.Number(StandardisedDifference.OfProportions(p1, p0), name + " smd of shares"),
            ["chi2Yates"] = Expect.Number(test.Statistic, name + " chi2"),
            ["pYates"] = Expect.P(test.P, name + " chi2's p"),
            ["pFisher"] = Expect.P(FisherExactTest.Of(a[0], a[1], b[0], b[1]).P, name + " Fisher"),
        });
    }
}
