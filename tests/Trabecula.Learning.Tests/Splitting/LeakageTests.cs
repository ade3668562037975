using System.Reflection;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Splitting;

/// <summary>What was held out cannot reach a fit: by the types, and by what a fit on noise gives.</summary>
public sealed class LeakageTests
{
    private const byte NewObjectOpcode = 0x73;
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(TrainingSet).Assembly.GetTypes();

    [Theory]
    [InlineData(typeof(TrainingSet))]
    [InlineData(typeof(HeldOutSet))]
    public void Set_Constructors_AreNotPublic(Type set) => Assert.Empty(set.GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    [Theory]
    [InlineData(typeof(TrainingSet))]
    [InlineData(typeof(HeldOutSet))]
    public void Set_IsMade_OnlyByCodeInSplitting(Type set)
    {
        int constructor = set.GetConstructors(All).Single().MetadataToken;
        string?[] makers = [.. Types.SelectMany(t => t.GetMethods(All).Cast<MethodBase>().Concat(t.GetConstructors(All)))
            .Where(m => Creates(m, constructor)).Select(m => m.DeclaringType!.FullName).Distinct()];
        // The list must not be empty: then the search itself would be broken.
        Assert.NotEmpty(makers);
        Assert.All(makers, maker => Assert.StartsWith("Trabecula.Learning.Splitting.", maker, StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_EveryPublicOne_TakesATrainingSetAndNoOtherTable()
    {
        MethodInfo[] fits = [.. Types.Where(t => t.IsPublic).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .Where(m => m.Name.StartsWith("Fit", StringComparison.Ordinal))];
        Assert.True(fits.Length >= 2);
        Assert.All(fits, fit =>
        {
            Assert.Contains(fit.GetParameters(), p => p.ParameterType == typeof(TrainingSet));
            Assert.DoesNotContain(fit.GetParameters(), p => p.ParameterType == typeof(FeatureTable) || p.ParameterType == typeof(HeldOutSet));
        });
    }

    [Fact]
    public void Pipeline_OutcomesUnrelatedToFeatures_GivesAurocNearOneHalf()
    {
        var areas = new List<double>();
        for (int repeat = 0; repeat < 60; repeat++)
        {
            Seed seed = new Seed(11).Derive("noise", repeat);
            HoldOutSplit split = new StratifiedHoldOut().Split(Tables.Gaussian(seed, 100, 150, effect: 0), seed);
            FittedStandardScaler scaler = StandardScaler.Fit(split.Training);
            FittedLogisticRegression model = new LogisticRegression { C = 0.01 }.Fit(scaler.Transform(split.Training), TestContext.Current.CancellationToken);
            areas.Add(Auroc.Of(split.HeldOut.Table.Outcomes, model.PredictRisk(scaler.Transform(split.HeldOut.Table))).Value);
        }
        // One AUROC on 15 and 15 has a standard deviation near 0.11, the mean of 60 one near 0.014.
        Assert.Equal(0.5, areas.Average(), 0.05);
    }

    private static bool Creates(MethodBase method, int constructorToken)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] == NewObjectOpcode && BitConverter.ToInt32(code, i + 1) == constructorToken)
                return true;
        }
        return false;
    }
}
