using System.Globalization;
using System.Text;
using Trabecula.Learning;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

/// <summary>A study of 160 made-up subjects that runs in a second, and its folder.</summary>
internal static class SmallRun
{
    internal const string Plan = """
        schemaVersion: 1
        title: A small study
        syntheticData: true
        cohort: { table: cohort.csv, id: id, centre: centre }
        eligibility:
          - { include: Age of 50 or more, column: age, atLeast: 50 }
        outcome: { name: Pain, column: pain }
        predictors:
          clinical: [age, bmd, { column: cleft, kind: binary }]
          radiomic: { readers: [reader1.csv, reader2.csv] }
        steps:
          - { reproducibility: { scope: radiomic, measure: ccc, atLeast: 0.6 } }
          - adaptiveScaling
        models: [{ logisticRegression: { trials: [{ C: 0.1 }, { C: 1 }] } }]
        search: { folds: 3 }
        metrics: { thresholds: [0.2], rationale: A made-up threshold. }
        """;

    /// <summary>Writes the tables.</summary>
    internal static void WriteTables(TemporaryFolder folder, string suffix = "", ulong seed = 7, int subjects = 160, double shift = 0)
    {
        RandomSequence random = new Seed(seed).Open();
        StringBuilder cohort = new("id,centre,age,bmd,cleft,pain\n"), first = new("id,texture_A,texture_B,shape_C\n"), second = new(first.ToString());
        for (int i = 0; i < subjects; i++)
        {
            double bmd = -3 + random.NextGaussian(), a = random.NextGaussian(), b = random.NextGaussian(), c = random.NextGaussian();
            bool cleft = random.NextDouble() < 0.4;
            double risk = 1 / (1 + Math.Exp(1.2 + shift + 0.9 * (bmd + 3) - a - (cleft ? 0.8 : 0)));
            cohort.Append(CultureInfo.InvariantCulture, $"S{i + 1:000}{suffix},{"ABC"[i % 3]},{55 + random.NextDouble() * 30:F1},{bmd:F2},{(cleft ? 1 : 0)},{(random.NextDouble() < risk ? 1 : 0)}\n");
            first.Append(CultureInfo.InvariantCulture, $"S{i + 1:000}{suffix},{a:F4},{b:F4},{c:F4}\n");
            second.Append(CultureInfo.InvariantCulture, $"S{i + 1:000}{suffix},{a + 0.2 * random.NextGaussian():F4},{b + 0.2 * random.NextGaussian():F4},{c + 0.2 * random.NextGaussian():F4}\n");
        }
        folder.Write($"cohort{suffix}.csv", cohort.ToString());
        folder.Write($"reader1{suffix}.csv", first.ToString());
        folder.Write($"reader2{suffix}.csv", second.ToString());
    }

    /// <summary>Runs the study into a folder of its own, whose path it gives.</summary>
    internal static string Run(TemporaryFolder folder, string name = "run", string plan = Plan)
    {
        if (!File.Exists(folder["cohort.csv"]))
            WriteTables(folder);
        string path = folder.Write($"{name}.yaml", plan), output = folder[name];
        StudyRun.Run(path, output, 1);
        return output;
    }

    /// <summary>What cannot be estimated is said in words or left empty, on pages, in pictures and in tables.</summary>
    internal static void SaysNowhereNaN(string folder)
    {
        string[] read = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".html" or ".svg" or ".csv" or ".docx")];
        Assert.NotEmpty(read);
        // The parts of a Word document are stored as they are.
        Assert.All(read, path => Assert.DoesNotContain("NaN", File.ReadAllText(path, Encoding.Latin1), StringComparison.Ordinal));
    }
}
