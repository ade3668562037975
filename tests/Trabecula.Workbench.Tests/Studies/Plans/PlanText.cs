using Trabecula.Workbench.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

/// <summary>Plans for tests, from the least that is needed.</summary>
internal static class PlanText
{
    internal const string Least = """
        schemaVersion: 1
        cohort: { table: clinical.csv, id: id }
        outcome: { column: rbp }
        predictors: { clinical: [age] }
        models: [logisticRegression]
        """;

    internal static PlanReadout Read(string text) => PlanFile.Parse(text, "study.yaml", AppContext.BaseDirectory);

    internal static StudyPlan Plan(string text) => Read(text).Plan;

    /// <summary>The least plan, with some of its lines in other words, and further ones.</summary>
    internal static string With(params string[] lines)
    {
        var least = Least.Split('\n').ToList();
        foreach (string line in lines)
        {
            string key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
            least.RemoveAll(old => old.StartsWith(key, StringComparison.Ordinal));
            least.Add(line);
        }
        return string.Join('\n', least);
    }

    internal static string[] Problems(string text) =>
        [.. Assert.Throws<PlanException>(() => Read(text)).Problems.Select(problem => problem.ToString())];
}
