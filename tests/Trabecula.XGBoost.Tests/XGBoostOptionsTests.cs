using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Search;
using Trabecula.XGBoost.Native;
using Xunit;

namespace Trabecula.XGBoost.Tests;

/// <summary>What works without XGBoost's library.</summary>
public sealed class XGBoostOptionsTests
{
    [Theory]
    [InlineData(1, ClassWeight.None, 0.25)]
    [InlineData(3, ClassWeight.None, 0.5)]
    [InlineData(1, ClassWeight.Balanced, 0.5)]
    public void EventShare_WithWeights_IsWhatTheyMakeOfTheRows(double weight, ClassWeight choice, double expected)
    {
        var table = new FeatureTable(["a"], ["1", "2", "3", "4"], [true, false, false, false], [1, 2, 3, 4]);
        Assert.Equal(expected, new XGBoostClassifier { ScalePosWeight = weight, ClassWeight = choice }.EventShare(table), 1e-15);
    }

    [Fact]
    public void Validate_WrongOptions_NamesThemAll()
    {
        var model = new XGBoostClassifier
        {
            NEstimators = 0,
            MaxDepth = 0,
            LearningRate = 0,
            Subsample = 1.1,
            ColsampleByTree = 0,
            MinChildWeight = -1,
            RegLambda = double.NaN,
            RegAlpha = double.PositiveInfinity,
            Gamma = -1,
            ScalePosWeight = 0,
            BaseScore = 1,
            MaxBin = 1,
            TreeMethod = (XGBoostTreeMethod)7,
        };
        Assert.Equal(
            [
                "NEstimators", "MaxDepth", "LearningRate", "Subsample", "ColsampleByTree", "MinChildWeight", "RegLambda", "RegAlpha", "Gamma",
                "ScalePosWeight", "BaseScore", "TreeMethod", "MaxBin",
            ],
            model.Validate().Select(problem => problem.Split(' ')[0]));
        Assert.Empty(new XGBoostClassifier().Validate());
        Assert.Single(new XGBoostClassifier { ClassWeight = ClassWeight.Balanced, ScalePosWeight = 2 }.Validate());
    }

    [Fact]
    public void Create_Configuration_SetsTheOptions()
    {
        ParameterSet set = ParameterSet.Read(JsonNode.Parse(
            """
            {"n_estimators":50,"max_depth":4,"learning_rate":0.05,"subsample":0.6,"colsample_bytree":0.5,"min_child_weight":3,"reg_lambda":2,
             "reg_alpha":0.1,"gamma":0.2,"scale_pos_weight":1.5,"class_weight":null,"tree_method":"exact","max_bin":64}
            """)!.AsObject());
        var expected = new XGBoostClassifier
        {
            NEstimators = 50,
            MaxDepth = 4,
            LearningRate = 0.05,
            Subsample = 0.6,
            ColsampleByTree = 0.5,
            MinChildWeight = 3,
            RegLambda = 2,
            RegAlpha = 0.1,
            Gamma = 0.2,
            ScalePosWeight = 1.5,
            TreeMethod = XGBoostTreeMethod.Exact,
            MaxBin = 64,
        };
        Assert.Equal(expected, XGBoostFamily.Instance.Create(set));
        Assert.Equal(new XGBoostClassifier(), XGBoostFamily.Instance.Create(ParameterSet.Empty));
        Assert.Equal(11520, XGBoostFamily.Instance.DefaultGrid.Count);
    }

    [Fact]
    public void SharedWork_OtherRounds_IsTheSameAndOtherOptionsAnother()
    {
        var model = new XGBoostClassifier { LearningRate = 0.1 };
        Assert.Equal(model.SharedWork, (model with { NEstimators = 7 }).SharedWork);
        Assert.NotEqual(model.SharedWork, (model with { LearningRate = 0.10000000000000002 }).SharedWork);
    }

    [Fact]
    public void Candidates_NothingChosen_TriesProgramFolderThenSystem() => Assert.Equal(
        [
            Path.Combine("app", "libxgboost.so"), Path.Combine("app", "libxgboost.so.0"),
            Path.Combine("app", "runtimes", "linux-x64", "native", "libxgboost.so"), Path.Combine("app", "runtimes", "linux-x64", "native", "libxgboost.so.0"),
            "libxgboost.so", "libxgboost.so.0",
        ],
        LibraryFile.Candidates(null, "app", "linux-x64"));

    [Fact]
    public void Candidates_OtherSystems_HaveTheirNames()
    {
        Assert.All(LibraryFile.Candidates("", "app", "win-x64"), path => Assert.EndsWith("xgboost.dll", path, StringComparison.Ordinal));
        Assert.Contains(Path.Combine("/opt/homebrew/opt/xgboost/lib", "libxgboost.dylib"), LibraryFile.Candidates(null, "app", "osx-arm64"));
    }

    [Fact]
    public void Candidates_FileOrFolderChosen_TriesNothingElse()
    {
        Assert.Equal(["elsewhere.so"], LibraryFile.Candidates("elsewhere.so", "app", "linux-x64"));
        string folder = AppContext.BaseDirectory;
        Assert.Equal([Path.Combine(folder, "libxgboost.so"), Path.Combine(folder, "libxgboost.so.0")], LibraryFile.Candidates(folder, "app", "linux-x64"));
    }

    [Fact]
    public void Load_NoLibraryThere_GivesNothingAndAMessageThatNamesThePlaces()
    {
        Assert.Equal(0, LibraryFile.Load(["nowhere/libxgboost.so"]));
        Assert.Equal("XGBoost's library was not found. Tried: a, b.", XGBoostLibrary.NotFound(["a", "b"]));
        Assert.Contains("apt-get install libxgboost0", XGBoostLibrary.Cure, StringComparison.Ordinal);
    }
}
