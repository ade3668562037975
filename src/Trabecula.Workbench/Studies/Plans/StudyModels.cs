using Trabecula.Learning.Search;
using Trabecula.XGBoost;

namespace Trabecula.Workbench.Studies.Plans;

/// <summary>The families of models that a plan can name.</summary>
public static class StudyModels
{
    /// <summary>All families, in the order of reports.</summary>
    public static IReadOnlyList<ModelFamily> Families { get; } = [.. ModelFamilies.All, XGBoostFamily.Instance];
}
