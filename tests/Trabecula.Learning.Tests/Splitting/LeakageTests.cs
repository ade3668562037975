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
        int[] constructors = [.. set.GetConstructors(All).Select(constructor => constructor.MetadataToken)];
        string?[] makers = [.. Types.SelectMany(t => t.GetMethods(All).Cast<MethodBase>().Concat(t.GetConstructors(All)))
            .Where(m => constructors.Any(constructor => Creates(m, constructor))).Select(m => m.DeclaringType!.FullName).Distinct()];
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
            Assert.True(fit.GetParameters().Any(p => p.ParameterType == typeof(TrainingSet)) || IsMadeOfATrainingSet(fit.DeclaringType!), "It takes no training set.");
            Assert.DoesNotContain(fit.GetParameters(), p => p.ParameterType == typeof(FeatureTable) || p.ParameterType == typeof(HeldOutSet));
        });
    }

    /// <summary>Whether its objects come from training rows alone, so that a fit by one of them needs no others.</summary>
    private static bool IsMadeOfATrainingSet(Type type)
    {
        MethodInfo[] makers = [.. Types.Where(t => t.IsPublic).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)).Where(m => m.ReturnType == type)];
        return type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Length == 0 && makers.Length > 0
            && makers.All(maker => maker.GetParameters().Any(p => p.ParameterType == typeof(TrainingSet)) && maker.GetParameters().All(p => p.ParameterType != typeof(FeatureTable)));
    }

    [Fact]
    public void HeldOutSet_PublicMembers_GiveNoTable()
    {
        MemberInfo[] members = typeof(HeldOutSet).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
        Assert.Contains(members, m => m.Name == nameof(HeldOutSet.Subjects));
        Assert.DoesNotContain(typeof(IReadOnlyList<bool>), members.Select(Gives));
        Assert.DoesNotContain(typeof(FeatureTable), members.Select(Gives));
        Assert.DoesNotContain(typeof(TrainingSet), members.Select(Gives));
    }

    [Fact]
    public void HeldOutSet_OpenedTwice_IsRefused()
    {
        HoldOutSplit split = new StratifiedHoldOut().Split(Tables.Gaussian(new Seed(5), 40, 2), new Seed(1))[0];
        FittedPipeline pipeline = new Pipeline(new PreparationSteps([]), [], new LogisticRegression()).Fit(split.Training, new Seed(2), TestContext.Current.CancellationToken);
        Assert.Equal(split.HeldOut.RowCount, split.HeldOut.Open([pipeline]).Outcomes.Count);
        Assert.Throws<InvalidOperationException>(() => split.HeldOut.Open([pipeline]));
    }

    [Fact]
    public void HeldOutSet_OpenedWithAPipelineOfAnotherSplit_IsRefusedAndStaysClosed()
    {
        FeatureTable table = Tables.Gaussian(new Seed(5), 40, 2);
        HoldOutSplit split = new StratifiedHoldOut().Split(table, new Seed(1))[0], other = new StratifiedHoldOut().Split(table, new Seed(1))[0];
        var plan = new Pipeline(new PreparationSteps([]), [], new LogisticRegression());
        FittedPipeline foreign = plan.Fit(other.Training, new Seed(2), TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => split.HeldOut.Open([foreign]));
        split.HeldOut.Open([plan.Fit(split.Training, new Seed(2), TestContext.Current.CancellationToken)]);
    }

    [Fact]
    public void HeldOutSet_GivenToAPublicMethod_ComesBackAsNoTable()
    {
        MethodInfo[] takers = [.. Types.Where(t => t.IsPublic).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(HeldOutSet)))];
        // HoldOutSplit's own constructor and accessors apart, nobody takes one: it opens itself.
        Assert.All(takers, taker => Assert.False(taker.ReturnType == typeof(FeatureTable) || taker.ReturnType == typeof(TrainingSet), taker.Name));
    }

    [Fact]
    public void Transform_ScalerOfAnotherSplit_IsRefusedForBothSides()
    {
        FeatureTable table = Tables.Gaussian(new Seed(21), 40, 2);
        Fold split = Tables.Fold(table, new Seed(1));
        FittedStandardScaler own = Tables.Scaler(split.Training);
        // Of all subjects, and of the same rows split a second time: what counts is the split, not whether the rows happen to agree.
        foreach (TrainingSet foreign in (TrainingSet[])[Tables.Train(table), Tables.Fold(table, new Seed(1)).Training])
        {
            FittedStandardScaler scaler = Tables.Scaler(foreign);
            Assert.StartsWith(
                "Standard scaler: it was fitted on the training set of another split.",
                Assert.Throws<ArgumentException>(() => scaler.Transform(split.Training)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => scaler.Transform(split.Validation));
        }
        // A scaled set is still of its split.
        TrainingSet twice = own.Transform(own.Transform(split.Training));
        Assert.Equal(own.Transform(own.Transform(split.Training.Table)).Row(0).ToArray(), twice.Table.Row(0).ToArray());
        Assert.Equal(own.Transform(split.Validation.Table).Row(0).ToArray(), own.Transform(split.Validation).Table.Row(0).ToArray());
    }

    [Fact]
    public void Pipeline_OutcomesUnrelatedToFeatures_GivesAurocNearOneHalf()
    {
        var areas = new List<double>();
        for (int repeat = 0; repeat < 60; repeat++)
        {
            Seed seed = new Seed(11).Derive("noise", repeat);
            HoldOutSplit split = new StratifiedHoldOut().Split(Tables.Gaussian(seed, 100, 150, effect: 0), seed)[0];
            var plan = new Pipeline(new PreparationSteps([new StandardScaler()]), [], new LogisticRegression { C = 0.01 });
            HeldOutPredictions predictions = split.HeldOut.Open([plan.Fit(split.Training, seed, TestContext.Current.CancellationToken)]);
            areas.Add(Auroc.Of(predictions.Outcomes, predictions.Risks[0]).Value);
        }
        // One AUROC on 15 and 15 has a standard deviation near 0.11, the mean of 60 one near 0.014.
        Assert.Equal(0.5, areas.Average(), 0.05);
    }

    private static Type? Gives(MemberInfo member) => member switch
    {
        PropertyInfo property => property.PropertyType,
        FieldInfo field => field.FieldType,
        MethodInfo method => method.ReturnType,
        _ => null,
    };

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
