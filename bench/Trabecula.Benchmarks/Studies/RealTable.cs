using System.Text.Json;
using Trabecula.Learning;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tables;

namespace Trabecula.Benchmarks.Studies;

/// <summary>One of the ten real tables of radMLBench, run on the given folds with fixed models, beside Python's results.</summary>
internal sealed class RealTable
{
    /// <summary>The models that all ten tables are compared by, in the report's order.</summary>
    internal static readonly string[] Usual = ["lr", "svm", "rf", "xgb"];

    private const int Repeats = 3, FoldCount = 5;

    private readonly JsonElement _python;
    private readonly string[] _models;

    private RealTable(string name, string[] models, JsonElement python, FeatureTable table, StudyResult result) =>
        (Name, _models, _python, Table, Result) = (name, models, python, table, result);

    internal string Name { get; }

    internal FeatureTable Table { get; }

    internal StudyResult Result { get; }

    internal static RealTable Run(string shared, ReferenceStudy study, string name, string[] models, Seed seed)
    {
        DataTable data = TableFile.Read(Path.Combine(shared, "data", "radmlbench", name + ".csv.gz"));
        var problems = new List<Finding>();
        int[] features = [.. Enumerable.Range(0, data.Columns.Count).Where(i => data.Columns[i] is not ("ID" or "Target"))];
        double[][] columns = [.. features.Select(i => data.Numbers(i, problems))];
        bool[] outcomes = [.. data.Numbers(data.Find("Target"), problems).Select(value => value == 1)];
        if (problems.Count > 0)
            throw new InvalidDataException($"{name}: {problems[0]}");
        string[] subjects = [.. Enumerable.Range(0, data.RowCount).Select(i => $"row {i:D4}")];
        var table = new FeatureTable(
            [.. features.Select(i => data.Columns[i])], subjects, outcomes,
            [.. Enumerable.Range(0, subjects.Length).SelectMany(row => columns.Select(column => column[row]))]);

        JsonElement folds = study.Json("radmlbench_folds.json").GetProperty("tables").GetProperty(name);
        var design = new StudyDesign
        {
            Split = new GivenSplit([.. folds.EnumerateArray().Select(repeat => (IReadOnlyDictionary<string, int>)
                repeat.EnumerateArray().Select((fold, row) => (subjects[row], fold.GetInt32())).ToDictionary(each => each.Item1, each => each.Item2))]),
            Preparation = new PreparationSteps(
            [
                new Imputer(), new StandardScaler(), new UnivariateScreening { Fallback = new ScreeningFallback(10, 50) }, new Mrmr { Features = 10 },
            ]),
            Models = [.. models.Select(model => new CandidateModel(model, [Fixed(model)]))],
            Seed = seed,
            Interprets = false,
        };
        StudyResult result = StudyExecution.Run(table, design, Environment.ProcessorCount, progress: new StageLines(name));
        return new RealTable(name, models, study.Json("radmlbench.json").GetProperty("tables").GetProperty(name), table, result);
    }

    /// <summary>Mean over the repeats of the pooled out-of-fold AUROC, ours and Python's.</summary>
    internal (double Ours, double Python) MeanAuroc(int model) => (
        Enumerable.Range(0, Repeats).Average(repeat => PooledAuroc(model, repeat)),
        _python.GetProperty("models").GetProperty(_models[model]).GetProperty("auc_oof_mean").GetDouble());

    /// <summary>The largest difference of a repeat's pooled AUROC, over the repeats whose columns are all equal.</summary>
    internal double WorstAurocDifference(int model) => EqualRepeats().Select(repeat => Math.Abs(
        PooledAuroc(model, repeat) - _python.GetProperty("models").GetProperty(_models[model]).GetProperty("auc_oof")[repeat].GetDouble())).Aggregate(0.0, Math.Max);

    /// <summary>The largest difference of an out-of-fold score, over the folds whose columns are equal.</summary>
    internal double WorstScoreDifference(int model)
    {
        double worst = 0;
        for (int fold = 0; fold < Repeats * FoldCount; fold++)
        {
            if (!IsEqual(fold))
                continue;
            SplitResult split = Result.Splits[fold];
            JsonElement python = _python.GetProperty("out_of_fold").GetProperty(_models[model])[fold / FoldCount];
            IReadOnlyList<double> ours = _models[model] == "svm" ? split.HeldOut.Scores[model] : split.HeldOut.Risks[model];
            for (int i = 0; i < ours.Count; i++)
                worst = Math.Max(worst, Math.Abs(ours[i] - python[Row(split.HeldOut.Subjects[i])].GetDouble()));
        }
        return worst;
    }

    /// <summary>Folds where the screened number and the mRMR columns, in order, must be equal, and how many are.</summary>
    internal (int Equal, int Defined) Selections()
    {
        int[] defined = [.. Enumerable.Range(0, Repeats * FoldCount).Where(fold => Fold(fold).GetProperty("numpy_agrees").GetBoolean())];
        return (defined.Count(IsEqual), defined.Length);
    }

    private static Configuration Fixed(string model)
    {
        Configuration configuration = Named(model);
        // The reference trains fifty epochs and keeps the last.
        return configuration.Model is Learning.Models.TabNet network ? configuration with { Model = network with { ValidationPercent = 0 } } : configuration;
    }

    private static Configuration Named(string model) => ReferenceStudy.Configuration(ReferenceStudy.Families[model], ParameterSet.Read(
        System.Text.Json.Nodes.JsonNode.Parse(model switch
        {
            "lr" => """{"penalty": "l2", "C": 1.0}""",
            "svm" => """{"kernel": "rbf", "C": 1.0, "gamma": "scale"}""",
            "tabnet" => """{"n_d": 8, "n_steps": 3, "gamma": 1.3, "n_independent": 2, "n_shared": 2, "lambda_sparse": 0.001, "lr": 0.02, "batch_size": 64, "virtual_batch_size": 64, "max_epochs": 50}""",
            "rf" => """{"n_estimators": 500, "max_features": "sqrt"}""",
            _ => """{"max_depth": 3, "n_estimators": 100, "learning_rate": 0.1}""",
        })!.AsObject()));

    private static int Row(string subject) => int.Parse(subject.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture);

    private IEnumerable<int> EqualRepeats() => Enumerable.Range(0, Repeats).Where(repeat => Enumerable.Range(repeat * FoldCount, FoldCount).All(IsEqual));

    private JsonElement Fold(int fold) => _python.GetProperty("folds")[fold];

    private bool IsEqual(int fold)
    {
        IReadOnlyList<FittedTransformer> steps = Result.Splits[fold].Steps;
        return ((FittedMrmr)steps[3]).Ranking.Select(choice => steps[3].Input[choice.Column].Name).SequenceEqual(Fold(fold).GetProperty("mrmr").EnumerateArray().Select(i => Table.Columns[i.GetInt32()])) &&
            (Fold(fold).GetProperty("fallback").GetBoolean() || steps[2].Output.Count == Fold(fold).GetProperty("passed").GetInt32());
    }

    /// <summary>AUROC of the out-of-fold scores of a repeat.</summary>
    internal double PooledAuroc(int model, int repeat)
    {
        SplitResult[] splits = [.. Result.Splits.Skip(repeat * FoldCount).Take(FoldCount)];
        return Trabecula.Learning.Evaluation.Auroc.ValueOf(
            [.. splits.SelectMany(split => split.HeldOut.Outcomes)],
            [.. splits.SelectMany(split => _models[model] == "svm" ? split.HeldOut.Scores[model] : split.HeldOut.Risks[model])]);
    }
}
