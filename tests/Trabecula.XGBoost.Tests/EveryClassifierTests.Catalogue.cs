using Trabecula.Learning.Models;
using Trabecula.XGBoost;
using Trabecula.XGBoost.Tests;

namespace Trabecula.Learning.Tests.Models;

/// <content>XGBoost, held to what the library's own models promise.</content>
public sealed partial class EveryClassifierTests
{
    private static bool AcceptsMissingValues => true;

    private static readonly Dictionary<Type, Classifier[]> Catalogue = new()
    {
        [typeof(XGBoostClassifier)] =
        [
            new XGBoostClassifier { NEstimators = 9 }, new XGBoostClassifier { NEstimators = 4 },
            new XGBoostClassifier { NEstimators = 7, MaxDepth = 2, Subsample = 0.6, ColsampleByTree = 0.6 },
            new XGBoostClassifier { NEstimators = 5, TreeMethod = XGBoostTreeMethod.Exact, ClassWeight = ClassWeight.Balanced },
        ],
    };

    public EveryClassifierTests() => NativeLibraryPresence.Require();

    private static FittedState Types => FittedState.Default.WithXGBoost();
}
