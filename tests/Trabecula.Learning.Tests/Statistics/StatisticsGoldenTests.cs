using System.Text.Json;
using Trabecula.Learning.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Statistics;

/// <summary>
/// The reference values of statistics.json, complete both ways: an entry that no line here reads fails, and so does a line
/// without an entry.
/// </summary>
public sealed partial class StatisticsGoldenTests
{
    private static readonly Dictionary<string, Action<JsonElement>> Sections = new(StringComparer.Ordinal)
    {
        ["wilcoxonRankSum"] = section => Cases(section, "producer", "notes", RankSum),
        ["chiSquare"] = ChiSquare,
        ["moments"] = MomentsAndQuantiles,
        ["multiplicity"] = section => Cases(section, "producer", null, Multiplicity),
        ["correlation"] = section => Cases(section, "producer", null, Correlations),
        ["concordance"] = section => Cases(section, "producer", "notes", ReaderConcordance),
        ["icc"] = section => Cases(section, "producer", "notes", Icc),
        ["pca"] = section => Cases(section, "producer", "notes", Pca),
        ["twoSample"] = section => Cases(section, "producer", null, TwoSample),
        ["tableOne"] = TableOne,
    };

    public static TheoryData<string> SectionNames => [.. Sections.Keys];

    [Fact]
    public void Golden_EverySection_IsCompared()
    {
        IEnumerable<string> sections = ReferenceData.Golden("statistics.json").EnumerateObject().Select(p => p.Name)
            .Where(name => name is not ("topic" or "conventions" or "versions"));
        Assert.Equal(Sections.Keys.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SectionNames))]
    public void Golden_Section_IsMet(string section) => Sections[section](ReferenceData.Golden("statistics.json").GetProperty(section));

    private static void Cases(JsonElement section, string producer, string? notes, Action<JsonElement, string> check)
    {
        var entries = new Dictionary<string, Action<JsonElement>>
        {
            [producer] = Expect.Given,
            ["cases"] = cases =>
            {
                int number = 0;
                foreach (JsonElement item in cases.EnumerateArray())
                    check(item, item.TryGetProperty("name", out JsonElement name) ? name.GetString()! : $"case {number++}");
            },
        };
        if (notes != null)
            entries[notes] = Expect.Given;
        Expect.Object(section, entries);
    }

    private static void RankSum(JsonElement item, string name)
    {
        (double[] x, double[] y) = GoldenColumns.Groups(item);
        RankSumTest plain = RankSumTest.Of(x, y, RankSumMethod.Normal), tie = RankSumTest.Of(x, y, RankSumMethod.TieCorrected);
        RankSumTest corrected = RankSumTest.Of(x, y, RankSumMethod.TieAndContinuityCorrected);
        Dictionary<string, Action<JsonElement>> entries = Inputs(item, "name", "table", "column", "columnIndex", "x", "y");
        entries["n1"] = n => Assert.Equal(n.GetInt32(), plain.First);
        entries["n2"] = n => Assert.Equal(n.GetInt32(), plain.Second);
        entries["ties"] = ties => Assert.Equal(ties.GetBoolean(), plain.Tied);
        entries["U1"] = Expect.Number(plain.U, name + " U1");
        entries["ranksums"] = e => Expect.Object(e, new()
        {
            ["z"] = Expect.Number(plain.Z, name + " z"),
            ["p"] = Expect.P(plain.P, name + " ranksums p"),
        });
        entries["asymptotic_continuity"] = e => Alternatives(e, x, y, RankSumMethod.TieAndContinuityCorrected, name);
        entries["asymptotic_no_continuity"] = e => Alternatives(e, x, y, RankSumMethod.TieCorrected, name);
        entries["exact"] = e =>
        {
            if (e.ValueKind == JsonValueKind.Null)
                Assert.Throws<LearningException>(() => RankSumTest.Of(x, y, RankSumMethod.Exact));
            else
                Alternatives(e, x, y, RankSumMethod.Exact, name);
        };
        entries["r"] = e => Expect.Object(e, new()
        {
            ["W"] = Expect.Number(plain.U, name + " W"),
            ["correct"] = Expect.P(corrected.P, name + " R correct"),
            ["plain"] = Expect.P(tie.P, name + " R plain"),
            ["default"] = Expect.P(RankSumTest.Of(x, y).P, name + " R default"),
            ["exact"] = p =>
            {
                if (p.ValueKind != JsonValueKind.Null)
                    Expect.P(RankSumTest.Of(x, y, RankSumMethod.Exact).P, name + " R exact")(p);
            },
        });
        Expect.Object(item, entries);
    }

    private static void Alternatives(JsonElement expected, double[] x, double[] y, RankSumMethod method, string name) =>
        Expect.Object(expected, new()
        {
            ["two-sided"] = Expect.P(RankSumTest.Of(x, y, method).P, $"{name} {method}"),
            ["less"] = Expect.P(RankSumTest.Of(x, y, method, Alternative.Less).P, $"{name} {method} less"),
            ["greater"] = Expect.P(RankSumTest.Of(x, y, method, Alternative.Greater).P, $"{name} {method} greater"),
        });

    private static void ChiSquare(JsonElement section) => Expect.Object(section, new()
    {
        ["producer"] = Expect.Given,
        ["notes"] = Expect.Given,
        ["twoByTwo"] = cases =>
        {
            foreach (JsonElement item in cases.EnumerateArray())
                TwoByTwo(item);
        },
        ["rByC"] = cases =>
        {
            foreach (JsonElement item in cases.EnumerateArray())
                RowsByColumns(item);
        },
    });

    private static void TwoByTwo(JsonElement item)
    {
        int[][] table = Counts(item.GetProperty("table"));
        string name = item.GetProperty("table").GetRawText();
        ChiSquareTest yates = ChiSquareTest.Of(table), plain = ChiSquareTest.Of(table, yates: false);
        Assert.True(yates.Corrected);
        Assert.False(plain.Corrected);
        Action<JsonElement> Both(ChiSquareTest test) => e => Expect.Object(e, new()
        {
            ["chi2"] = Expect.Number(test.Statistic, name + " chi2"),
            ["p"] = Expect.P(test.P, name + " p"),
        });
        double Fisher(Alternative alternative) => FisherExactTest.Of(table[0][0], table[0][1], table[1][0], table[1][1], alternative).P;
        Expect.Object(item, new()
        {
            ["table"] = Expect.Given,
            ["expected"] = e => Expected(e, plain),
            ["yates"] = Both(yates),
            ["plain"] = Both(plain),
            ["dof"] = dof => Assert.Equal(dof.GetInt32(), plain.DegreesOfFreedom),
            ["fisher"] = e => Expect.Object(e, new()
            {
                ["oddsRatio"] = Expect.Number(FisherExactTest.Of(table[0][0], table[0][1], table[1][0], table[1][1]).OddsRatio, name + " odds ratio"),
                ["two-sided"] = Expect.P(Fisher(Alternative.TwoSided), name + " Fisher"),
                ["less"] = Expect.P(Fisher(Alternative.Less), name + " Fisher less"),
                ["greater"] = Expect.P(Fisher(Alternative.Greater), name + " Fisher greater"),
            }),
        });
    }

    private static void RowsByColumns(JsonElement item)
    {
        ChiSquareTest test = ChiSquareTest.Of(Counts(item.GetProperty("table")));
        string name = item.GetProperty("table").GetRawText();
        Expect.Object(item, new()
        {
            ["table"] = Expect.Given,
            ["chi2"] = Expect.Number(test.Statistic, name + " chi2"),
            ["p"] = Expect.P(test.P, name + " p"),
            ["dof"] = dof => Assert.Equal(dof.GetInt32(), test.DegreesOfFreedom),
            ["expected"] = e => Expected(e, test),
            ["gLikelihoodRatio"] = Expect.Number(test.LikelihoodRatio, name + " G"),
            ["gP"] = Expect.P(test.LikelihoodRatioP, name + " G's p"),
            ["cramersV"] = Expect.Number(test.CramersV, name + " V"),
        });
    }

    private static void Expected(JsonElement expected, ChiSquareTest test)
    {
        Assert.Equal(expected.GetArrayLength(), test.Expected.Count);
        for (int row = 0; row < test.Expected.Count; row++)
            Expect.Numbers(test.Expected[row], "expected")(expected[row]);
        Assert.Equal(test.Expected.Min(row => row.Min()), test.SmallestExpected);
    }

    private static int[][] Counts(JsonElement table) =>
        [.. table.EnumerateArray().Select(row => row.EnumerateArray().Select(c => c.GetInt32()).ToArray())];

    private static void MomentsAndQuantiles(JsonElement section)
    {
        double[] probabilities = ReferenceData.Doubles(section.GetProperty("quantileProbabilities"));
        Expect.Object(section, new()
        {
            ["producer"] = Expect.Given,
            ["notes"] = Expect.Given,
            ["quantileProbabilities"] = Expect.Given,
            ["cases"] = cases =>
            {
                foreach (JsonElement item in cases.EnumerateArray())
                    OneColumn(item, probabilities);
            },
        });
    }

    private static void OneColumn(JsonElement item, double[] probabilities)
    {
        string name = item.GetProperty("name").GetString()!;
        double[] values = item.TryGetProperty("x", out JsonElement x) ? ReferenceData.Doubles(x)
            : GoldenColumns.Table(item.GetProperty("table").GetString()!).Columns[item.GetProperty("columnIndex").GetInt32()];
        Moments m = Moments.Of(values);
        Quartiles q = Quartiles.Of(values);
        // A mean or quantile near 0 is a rounding error of the column's scale.
        double scale = m.PopulationDeviation;
        Dictionary<string, Action<JsonElement>> entries = Inputs(item, "name", "x", "table", "column", "columnIndex");
        foreach ((string key, double actual) in new (string, double)[]
        {
            ("n", m.Count), ("sdPopulation", m.PopulationDeviation), ("sdSample", m.SampleDeviation), ("min", m.Minimum), ("max", m.Maximum),
            ("kurtosisPearsonBiased", m.Kurtosis), ("iqr", q.Range), ("mad", q.MedianAbsoluteDeviation),
            ("outlierShare15Iqr", q.OutlierShare), ("outlierShare3Sd", Quartiles.ShareBeyondThreeDeviations(values)),
        })
            entries[key] = Expect.Number(actual, $"{name} {key}");
        foreach ((string key, double actual) in new (string, double)[]
        {
            ("mean", m.Mean), ("q1", q.Lower), ("median", q.Median), ("q3", q.Upper),
        })
            entries[key] = Expect.Number(actual, $"{name} {key}", scale: scale);
        foreach ((string key, double actual) in new (string, double)[]
        {
            ("skewBiased", m.Skewness), ("skewUnbiased", m.UnbiasedSkewness), ("kurtosisExcessBiased", m.ExcessKurtosis),
            ("kurtosisExcessUnbiased", m.UnbiasedExcessKurtosis),
        })
            entries[key] = Expect.Number(actual, $"{name} {key}", scale: 1);
        entries["quantilesLinear"] = Expect.Numbers([.. probabilities.Select(p => Quantiles.Of(values, p))], name + " quantile", scale: scale);
        Expect.Object(item, entries);
    }

    private static void Multiplicity(JsonElement item, string name)
    {
        double[] p = ReferenceData.Doubles(item.GetProperty("p"));
        Expect.Object(item, new()
        {
            ["name"] = Expect.Given,
            ["p"] = Expect.Given,
            ["bh"] = Expect.Numbers(MultipleTesting.BenjaminiHochberg(p), name + " bh"),
            ["by"] = Expect.Numbers(MultipleTesting.BenjaminiYekutieli(p), name + " by"),
            ["holm"] = Expect.Numbers(MultipleTesting.Holm(p), name + " holm"),
            ["bonferroni"] = Expect.Numbers(MultipleTesting.Bonferroni(p), name + " bonferroni"),
        });
    }

    private static void Correlations(JsonElement item, string name)
    {
        double[] x, y;
        if (item.TryGetProperty("x", out JsonElement inline))
        {
            (x, y) = (ReferenceData.Doubles(inline), ReferenceData.Doubles(item.GetProperty("y")));
        }
        else
        {
            double[][] columns = GoldenColumns.Table(item.GetProperty("table").GetString()!).Columns;
            (x, y) = (columns[item.GetProperty("xIndex").GetInt32()], columns[item.GetProperty("yIndex").GetInt32()]);
        }
        Correlation pearson = Correlation.Pearson(x, y), spearman = Correlation.Spearman(x, y);
        Dictionary<string, Action<JsonElement>> entries = Inputs(item, "x", "y", "table", "xIndex", "yIndex", "xColumn", "yColumn");
        entries["pearson"] = Expect.Number(pearson.Coefficient, name + " Pearson");
        entries["pearsonP"] = CorrelationP(pearson, name + " Pearson's P");
        entries["spearman"] = Expect.Number(spearman.Coefficient, name + " Spearman");
        entries["spearmanP"] = CorrelationP(spearman, name + " Spearman's P");
        entries["kendallTauB"] = Expect.Number(Correlation.KendallTauB(x, y), name + " Kendall");
        Expect.Object(item, entries);
    }

    /// <summary>The P of a coefficient within rounding of 1 is a power of that rounding: 0 here, 1e-24 there.</summary>
    private static Action<JsonElement> CorrelationP(Correlation actual, string what) => expected =>
    {
        if (Math.Abs(actual.Coefficient) > 1 - 1e-15)
            Assert.InRange(ReferenceData.Double(expected) - actual.P, -1e-20, 1e-20);
        else
            Expect.P(actual.P, what)(expected);
    };

    private static Dictionary<string, Action<JsonElement>> Inputs(JsonElement item, params string[] names) =>
        names.Where(name => item.TryGetProperty(name, out _)).ToDictionary(name => name, _ => (Action<JsonElement>)Expect.Given);
}
