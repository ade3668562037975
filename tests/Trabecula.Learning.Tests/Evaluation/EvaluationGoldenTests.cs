using System.Globalization;
using System.Text.Json;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Learning.Tests.Statistics;
using Xunit;

namespace Trabecula.Learning.Tests.Evaluation;

/// <summary>
/// The reference values of metrics.json (scikit-learn; R's pROC, rms, Hmisc, loess; dcurves; statsmodels), complete both ways: an entry
/// that no line here reads fails, and so does a line without an entry. F20 of the design notes is the first vector.
/// </summary>
public sealed partial class EvaluationGoldenTests
{
    private static readonly Dictionary<string, Action<JsonElement>> Sections = new(StringComparer.Ordinal)
    {
        ["vectors"] = section => Cases(section, withNotes: true, Vector),
        ["mcnemar"] = section => Cases(section, withNotes: false, McNemar),
        ["proportionIntervals"] = section => Cases(section, withNotes: false, Proportion),
        ["nadeauBengio"] = section => Cases(section, withNotes: true, NadeauBengio),
        ["paperMatrix"] = PaperMatrix,
    };

    public static TheoryData<string> SectionNames => [.. Sections.Keys];

    [Fact]
    public void Golden_EverySection_IsCompared()
    {
        IEnumerable<string> sections = ReferenceData.Golden("metrics.json").EnumerateObject().Select(p => p.Name)
            .Where(name => name is not ("topic" or "conventions" or "versions"));
        Assert.Equal(Sections.Keys.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SectionNames))]
    public void Golden_Section_IsMet(string section) => Sections[section](ReferenceData.Golden("metrics.json").GetProperty(section));

    private static void Cases(JsonElement section, bool withNotes, Action<JsonElement, string> check)
    {
        var entries = new Dictionary<string, Action<JsonElement>>
        {
            ["producer"] = Expect.Given,
            ["cases"] = cases =>
            {
                foreach ((int number, JsonElement item) in cases.EnumerateArray().Index())
                    check(item, item.TryGetProperty("name", out JsonElement name) ? name.GetString()! : string.Create(CultureInfo.InvariantCulture, $"case {number}"));
            },
        };
        if (withNotes)
            entries["notes"] = Expect.Given;
        Expect.Object(section, entries);
    }

    private static void McNemar(JsonElement item, string name)
    {
        JsonElement table = item.GetProperty("table");
        var test = new McNemarTest(table[0][1].GetInt32(), table[1][0].GetInt32());
        Expect.Object(item, new()
        {
            ["table"] = Expect.Given,
            ["exactP"] = Expect.P(test.ExactP, name + " exact"),
            ["corrected"] = e => Expect.Object(e, new()
            {
                ["chi2"] = Expect.Number(test.CorrectedStatistic, name + " corrected"),
                ["p"] = Expect.P(test.CorrectedP, name + " corrected p"),
            }),
            ["plain"] = e => Expect.Object(e, new() { ["chi2"] = Expect.Number(test.Statistic, name), ["p"] = Expect.P(test.P, name + " p") }),
        });
    }

    private static void Proportion(JsonElement item, string name)
    {
        int k = item.GetProperty("k").GetInt32(), n = item.GetProperty("n").GetInt32();
        var entries = new Dictionary<string, Action<JsonElement>> { ["k"] = Expect.Given, ["n"] = Expect.Given };
        foreach (double level in (double[])[0.9, 0.95, 0.99])
        {
            entries[level.ToString(CultureInfo.InvariantCulture)] = e => Expect.Object(e, new()
            {
                ["clopperPearson"] = Ends(ProportionInterval.ClopperPearson(k, n, level)),
                ["wilson"] = Ends(ProportionInterval.Wilson(k, n, level)),
                ["wilsonContinuity"] = Ends(ProportionInterval.WilsonContinuity(k, n, level)),
                ["agrestiCoull"] = Ends(ProportionInterval.AgrestiCoull(k, n, level)),
                ["jeffreys"] = Ends(ProportionInterval.Jeffreys(k, n, level)),
            });
        }
        Expect.Object(item, entries);

        Action<JsonElement> Ends(ConfidenceInterval interval) => Expect.Numbers([interval.Lower, interval.Upper], name, Expect.Probability, 1e-3);
    }

    private static void NadeauBengio(JsonElement item, string name)
    {
        double train = item.GetProperty("nTrain").GetDouble(), test = item.GetProperty("nTest").GetDouble();
        CorrectedResampledTTest result = CorrectedResampledTTest.Of(ReferenceData.Doubles(item.GetProperty("differences")), train, test);
        Expect.Object(item, new()
        {
            ["differences"] = Expect.Given,
            ["nTrain"] = Expect.Given,
            ["nTest"] = Expect.Given,
            ["mean"] = Expect.Number(result.Mean, name + " mean"),
            ["variance"] = Expect.Number(result.Variance, name + " variance"),
            ["factor"] = Expect.Number(result.Factor, name + " factor"),
            ["t"] = Expect.Number(result.T, name + " t"),
            ["df"] = Expect.Number(result.DegreesOfFreedom, name + " df"),
            ["p"] = Expect.P(result.P, name + " p"),
            ["ciLow"] = Expect.P(result.Interval().Lower, name + " low"),
            ["ciHigh"] = Expect.P(result.Interval().Upper, name + " high"),
        });
    }

    private static void PaperMatrix(JsonElement section)
    {
        var entries = MatrixEntries(new ConfusionMatrix(25, 5, 1, 225), "paper");
        entries["producer"] = Expect.Given;
        Expect.Object(section, entries);
    }

    private static Dictionary<string, Action<JsonElement>> MatrixEntries(ConfusionMatrix m, string name) => new()
    {
        ["tp"] = e => Assert.Equal(e.GetInt32(), m.TruePositives),
        ["fn"] = e => Assert.Equal(e.GetInt32(), m.FalseNegatives),
        ["fp"] = e => Assert.Equal(e.GetInt32(), m.FalsePositives),
        ["tn"] = e => Assert.Equal(e.GetInt32(), m.TrueNegatives),
        ["accuracy"] = Expect.Number(m.Accuracy, name + " accuracy"),
        ["sensitivity"] = Expect.Number(m.Sensitivity, name + " sensitivity"),
        ["specificity"] = Expect.Number(m.Specificity, name + " specificity"),
        ["precision"] = Expect.Number(m.Precision, name + " precision"),
        ["npv"] = Expect.Number(m.NegativePredictiveValue, name + " npv"),
        ["f1"] = Expect.Number(m.F1, name + " f1"),
        ["balancedAccuracy"] = Expect.Number(m.BalancedAccuracy, name + " balanced accuracy"),
        ["kappa"] = Expect.Number(m.Kappa, name + " kappa", scale: 1e-3),
        ["mcc"] = Expect.Number(m.MatthewsCorrelation, name + " mcc", scale: 1e-3),
        ["youden"] = Expect.Number(m.Youden, name + " youden", scale: 1e-3),
    };
}
