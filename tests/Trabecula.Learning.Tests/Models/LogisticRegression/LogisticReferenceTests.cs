using System.Text.Json;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class LogisticReferenceTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => ReferenceData.Golden("linear_models.json"));

    public static TheoryData<string> TablesOfReference => ["HNSCC20", "LNDb20", "Dai200"];

    [Theory]
    [MemberData(nameof(TablesOfReference))]
    public void Fit_ReferenceTable_EqualsTheOptimum(string data)
    {
        TrainingSet training = ReferenceData.StandardisedTable(Golden.Value.GetProperty("data").GetProperty(data));
        int compared = 0;
        foreach (JsonElement item in Golden.Value.GetProperty("cases").EnumerateArray().Where(item => item.GetProperty("data").GetString() == data))
        {
            LogisticRegression options = Options(item);
            FittedLogisticRegression model = Fit(training, options);
            JsonElement optimum = item.GetProperty("optimum");
            double[] coefficients = ReferenceData.Doubles(optimum.GetProperty("coefficients"));
            // Tolerances of the reference set for a solver stopped at 1e-8: coefficients 1e-6, probabilities 1e-7, objective 1e-10.
            AssertClose(options, coefficients, model.Coefficients, 1e-6);
            AssertClose(options, [optimum.GetProperty("intercept").GetDouble()], [model.Intercept], 1e-6);
            AssertClose(options, ReferenceData.Doubles(item.GetProperty("probabilitiesFirst10")), model.PredictRisk(training.Table)[..10], 1e-7);
            double objective = optimum.GetProperty("objective").GetDouble();
            double found = new PlainLogistic(training.Table, options).Objective([.. model.Coefficients, model.Intercept]);
            Assert.Equal(objective, found, Math.Abs(objective) * 1e-10);
            Assert.Equal(coefficients.Select(c => c == 0), model.Coefficients.Select(c => c == 0));
            compared++;
        }
        Assert.Equal(data == "Dai200" ? 19 : 21, compared);
    }

    [Fact]
    public void Fit_ReferenceTableWithoutPenalty_EqualsEstimatesAndStandardErrors()
    {
        JsonElement expected = Golden.Value.GetProperty("unpenalised");
        TrainingSet training = ReferenceData.StandardisedTable(expected.GetProperty("data"));
        var options = new LogisticRegression { Penalty = Penalty.None };
        FittedLogisticRegression model = Fit(training, options);
        AssertClose(options, ReferenceData.Doubles(expected.GetProperty("coefficients")), model.Coefficients, 1e-6);
        AssertClose(options, [expected.GetProperty("intercept").GetDouble()], [model.Intercept], 1e-6);
        AssertClose(options, ReferenceData.Doubles(expected.GetProperty("standardErrors")), model.StandardErrors!, 1e-6);
        double logLikelihood = expected.GetProperty("logLikelihood").GetDouble();
        double found = -new PlainLogistic(training.Table, options).Objective([.. model.Coefficients, model.Intercept]);
        Assert.Equal(logLikelihood, found, Math.Abs(logLikelihood) * 1e-10);
    }

    private static LogisticRegression Options(JsonElement item) => new()
    {
        Penalty = item.GetProperty("penalty").GetString() switch { "l1" => Penalty.L1, "l2" => Penalty.L2, _ => Penalty.ElasticNet },
        C = item.GetProperty("C").GetDouble(),
        L1Ratio = item.GetProperty("l1Ratio").ValueKind == JsonValueKind.Null ? 0.5 : item.GetProperty("l1Ratio").GetDouble(),
        ClassWeight = item.GetProperty("classWeight").ValueKind == JsonValueKind.Null ? ClassWeight.None : ClassWeight.Balanced,
    };

    private static FittedLogisticRegression Fit(TrainingSet training, LogisticRegression model) =>
        (FittedLogisticRegression)model.Fit(training, new Seed(0), TestContext.Current.CancellationToken);

    private static void AssertClose(LogisticRegression options, double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance, $"{options}, value {i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }
}
