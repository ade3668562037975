using System.Text.Json;
using Trabecula.Learning.Models;
using Trabecula.Learning.Splitting;
using Xunit;

namespace Trabecula.Learning.Tests.Models;

public sealed class SupportVectorReferenceTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => ReferenceData.Golden("svm.json"));

    public static TheoryData<string> TablesOfReference => ["HNSCC20", "Ahn20", "Dai200", "HNSCC20x2"];

    [Theory]
    [MemberData(nameof(TablesOfReference))]
    public void Fit_ReferenceTable_EqualsTheRefinedSolution(string data)
    {
        TrainingSet training = ReferenceData.StandardisedTable(Golden.Value.GetProperty("data").GetProperty(data));
        if (data == "HNSCC20x2")
            training = Tables.Train(training.Table.WithValues([.. training.Table.Values.ToArray().Select(v => 2 * v)]));
        int compared = 0;
        foreach (JsonElement item in Golden.Value.GetProperty("cases").EnumerateArray().Where(item => item.GetProperty("data").GetString() == data))
        {
            SupportVectorMachine options = Options(item);
            var kernel = new KernelRows(options.FunctionFor(training.Table), training.Table);
            ClassWeights once = ClassWeights.Of(options.ClassWeight, training.Table.RowCount - training.Table.EventCount, training.Table.EventCount);
            var problem = new DualProblem(kernel, training.Table.Outcomes, new ClassWeights(options.C * once.Control, options.C * once.Case));
            var solver = new DualSolver(problem, kernel, options.Tolerance);
            var w = System.Diagnostics.Stopwatch.StartNew();
            double b = solver.Run(TestContext.Current.CancellationToken);
            double ms = w.Elapsed.TotalMilliseconds;
            var model = (FittedSupportVectorMachine)options.Fit(training, new Seed(0), TestContext.Current.CancellationToken);
            if (item.GetProperty("refined").ValueKind == JsonValueKind.Null) { Console.WriteLine($"{data} {options.Kernel} no refined"); continue; }
            JsonElement refined = item.GetProperty("refined");
            double[] expected = ReferenceData.Doubles(refined.GetProperty("decisionFirst20"));
            double[] found = model.Score(training.Table);
            double obj = 0;
            for (int i = 0; i < training.Table.RowCount; i++)
                obj += 0.5 * problem.Coefficients[i] * (found[i] - b) - Math.Abs(problem.Coefficients[i]);
            double o = refined.GetProperty("objective").GetDouble();
            Console.WriteLine($"{data} {options.Kernel} C {options.C} g {options.Gamma} {options.ClassWeight}: decision {expected.Zip(found).Max(p => Math.Abs(p.First - p.Second)):G3} objective {Math.Abs(obj / o - 1):G3} b {b - refined.GetProperty("intercept").GetDouble():G3} steps {solver.Steps} (libsvm {item.GetProperty("iterations")}) newton {solver.NewtonSteps} {ms:F2} ms");
            compared++;
        }
    }

    private static SupportVectorMachine Options(JsonElement item) => new()
    {
        Kernel = item.GetProperty("kernel").GetString() switch { "linear" => Kernel.Linear, "rbf" => Kernel.Rbf, "poly" => Kernel.Polynomial, _ => Kernel.Sigmoid },
        C = item.GetProperty("C").GetDouble(),
        Gamma = item.GetProperty("gamma").ValueKind == JsonValueKind.Number ? item.GetProperty("gamma").GetDouble() : Gamma.Scale,
        Degree = item.GetProperty("degree").ValueKind == JsonValueKind.Number ? item.GetProperty("degree").GetInt32() : 3,
        Coef0 = item.GetProperty("coef0").GetDouble(),
        ClassWeight = item.GetProperty("classWeight").ValueKind == JsonValueKind.Null ? ClassWeight.None : ClassWeight.Balanced,
    };
}
