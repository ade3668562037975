using System.Globalization;
using Trabecula.Learning;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Tests.Cohorts;

/// <summary>Small cohorts for tests.</summary>
internal static class CohortTables
{
    internal static DataTable Table(string text) => Table("cohort.csv", text);

    internal static DataTable Table(string name, string text)
    {
        string[][] rows = [.. text.Trim().Split('\n').Select(line => line.Trim().Split(','))];
        return DataTable.Of(name, rows[0], rows[1..]);
    }

    /// <summary>Forty subjects with a coin as outcome, age, sex and score of the first day, and two readers' ten features.</summary>
    internal static (DataTable Clinical, RadiomicTable First, RadiomicTable Second) Forty(Func<int, string, string, string>? change = null)
    {
        RandomSequence random = new Seed(7).Open();
        var clinical = new List<string[]>();
        var first = new List<string[]>();
        var second = new List<string[]>();
        string[] columns = ["id", "age", "sex", "vas_day1", "level", "y", "vas_day30"];
        for (int i = 0; i < 40; i++)
        {
            string id = $"S{i:00}";
            string[] row = [id, Text(50 + random.NextInt(40)), random.NextInt(2) == 0 ? "F" : "M", Text(random.NextInt(10)), "L" + (1 + random.NextInt(3)), Text(i % 3 == 0 ? 1 : 0), Text(i % 3 == 0 ? 5 : 1)];
            clinical.Add([.. row.Select((cell, c) => change?.Invoke(i, columns[c], cell) ?? cell)]);
            double[] features = [.. Enumerable.Range(0, 10).Select(_ => random.NextGaussian())];
            first.Add([id, .. features.Select(Text)]);
            second.Add([id, .. features.Reverse().Select(f => Text(f + 0.1))]);
        }
        string[] names = [.. Enumerable.Range(0, 10).Select(f => $"original_glcm_F{f}")];
        return (DataTable.Of("cohort.csv", columns, clinical),
            RadiomicTable.Of("reader 1", DataTable.Of("r1.csv", ["ID", .. names], first), "ID"),
            RadiomicTable.Of("reader 2", DataTable.Of("r2.csv", ["ID", .. names.Reverse()], second), "ID"));
    }

    internal static CohortDesign Design { get; } = new("id", new OutcomeColumn("y")) { Clinical = [new("age"), new("sex"), new("level")] };

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static IEnumerable<string> Codes(StudyCohort cohort, Severity atLeast = Severity.Warning) =>
        cohort.Findings.Where(f => f.Severity >= atLeast).Select(f => f.Code);
}
