using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;

namespace Trabecula.Benchmarks.Studies;

/// <summary>The designs of the reference study: <c>clean</c> fits every step inside each fold, <c>paper</c> follows the order of Ge et al. 2025.</summary>
internal static class StudyVariants
{
    private static readonly Transformer[] s_radiomic =
    [
        new AdaptiveScaler { Scope = ColumnScope.Radiomic },
        new ReproducibilityFilter { Scope = ColumnScope.Radiomic },
        new UnivariateScreening { Scope = ColumnScope.Radiomic, Fallback = new ScreeningFallback(20, 50) },
        new Mrmr { Scope = ColumnScope.Radiomic, Features = 20 },
    ];

    private static readonly Transformer[] s_clinical =
        [new AdaptiveScaler { Scope = ColumnScope.Clinical }, new UnivariateScreening { Scope = ColumnScope.Clinical }];

    /// <summary>The leakage-free design, on the given split and folds.</summary>
    internal static StudyDesign Clean(ReferenceStudy study, FeatureTable table, IReadOnlyList<CandidateModel> models) => new()
    {
        Split = study.Split(table),
        Preparation = new PreparationSteps([.. s_radiomic, .. s_clinical]),
        Folds = study.Folds(table),
        Models = models,
    };

    /// <summary>The paper's design: selection on all subjects, folds over resampled rows.</summary>
    internal static StudyDesign Paper(ReferenceStudy study, FeatureTable table, IReadOnlyList<CandidateModel> models) => new()
    {
        BeforeSplit = new PreparationSteps(s_radiomic),
        Split = study.Split(table),
        Preparation = new PreparationSteps(s_clinical),
        Samplers = [new Adasyn { Categories = CategoryRule.Interpolated }, new TomekLinks()],
        FoldsAfterSampling = true,
        Folds = new StratifiedKFold { NSplits = 5 },
        Models = models,
    };
}
