using System.Text.Json;
using System.Text.Json.Nodes;
using Trabecula.Learning;
using Trabecula.Learning.Search;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Tables;

namespace Trabecula.Benchmarks.Studies;

/// <summary>The synthetic cohort of the reference study: its tables, split and folds, the configurations tried, and Python's results.</summary>
internal sealed class ReferenceStudy
{
    /// <summary>Configurations of each phase of TabNet's search.</summary>
    internal const int PhaseLength = 100;

    private const string OutcomeColumn = "rbp";

    private static readonly string[] s_binary = ["female", "ivc", "tlf", "location"];
    private static readonly string[] s_clinical = ["age", "female", "bmi", "bmd", "vas", "odi", "ivc", "tlf", "location", "height_reduction", "cobb"];

    private readonly string _folder;
    private readonly JsonElement _split;

    internal ReferenceStudy(string shared)
    {
        _folder = Path.Combine(shared, "golden", "study");
        _split = Json("synthetic/split.json");
    }

    /// <summary>The models' short names in the reference files, and their families.</summary>
    internal static IReadOnlyDictionary<string, ModelFamily> Families { get; } = new Dictionary<string, ModelFamily>
    {
        ["lr"] = Family("logisticRegression"),
        ["svm"] = Family("svm"),
        ["xgb"] = Family("xgboost"),
        ["rf"] = Family("randomForest"),
        ["tabnet"] = Family("tabNet"),
    };

    /// <summary>Reads a file of the reference study.</summary>
    internal JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, name))).RootElement;

    /// <summary>All 856 subjects with 11 clinical columns and 1,223 radiomic ones by two readers.</summary>
    internal FeatureTable ReadTable()
    {
        DataTable clinical = Read("clinical.csv.gz"), first = Read("reader1.csv.gz"), second = Read("reader2.csv.gz");
        var problems = new List<Finding>();
        string[] subjects = clinical.Texts(clinical.Find("id"));
        int[] radiomic = [.. Enumerable.Range(0, first.Columns.Count).Where(i => first.Columns[i] != "id")];
        FeatureColumn[] columns =
        [
            .. s_clinical.Select(name => new FeatureColumn(name, s_binary.Contains(name) ? ColumnKind.Binary : ColumnKind.Continuous, ColumnSource.Clinical)),
            .. radiomic.Select(i => new FeatureColumn(first.Columns[i])),
        ];
        double[][] values =
        [
            .. s_clinical.Select(name => clinical.Numbers(clinical.Find(name), problems)), .. radiomic.Select(i => first.Numbers(i, problems)),
        ];
        double[][] again =
        [
            .. s_clinical.Select(_ => Enumerable.Repeat(double.NaN, subjects.Length).ToArray()),
            .. radiomic.Select(i => second.Numbers(second.Find(first.Columns[i]), problems)),
        ];
        bool[] outcomes = [.. clinical.Numbers(clinical.Find(OutcomeColumn), problems).Select(value => value == 1)];
        return problems.Count == 0 && subjects.SequenceEqual(first.Texts(first.Find("id"))) && subjects.SequenceEqual(second.Texts(second.Find("id")))
            ? new FeatureTable(columns, subjects, outcomes, RowByRow(values), [RowByRow(again)])
            : throw new InvalidDataException("The reference tables are not those expected.");
    }

    /// <summary>The true risk of each subject.</summary>
    internal IReadOnlyDictionary<string, double> TrueRisks()
    {
        DataTable truth = Read("truth.csv.gz");
        double[] risks = truth.Numbers(truth.Find("risk"), []);
        return truth.Texts(truth.Find("id")).Zip(risks).ToDictionary(each => each.First, each => each.Second);
    }

    /// <summary>The given split into 600 and 256.</summary>
    internal GivenSplit Split(FeatureTable table) => GivenSplit.HoldOut(Rows("train").Select(r => table.Subjects[r]), Rows("test").Select(r => table.Subjects[r]));

    /// <summary>The given five folds of the 600.</summary>
    internal GivenSplit Folds(FeatureTable table) => new([Rows("train").Zip(Rows("fold_of_train"))
        .ToDictionary(each => table.Subjects[each.First], each => each.Second)]);

    /// <summary>The 100 configurations of a model, in the order tried.</summary>
    internal CandidateModel Candidates(string model) => new(model, [.. Json("grids.json").GetProperty("trials").GetProperty(model).EnumerateArray()
        .Select(trial => ParameterSet.Read(JsonObject.Create(trial)!)).Select(set => Configuration(Families[model], set))]);

    /// <summary>The first configurations of both phases of TabNet's search, in the order of the reference's lists.</summary>
    internal CandidateModel TabNet(int configurations)
    {
        JsonElement trials = Json("grids.json").GetProperty("trials");
        JsonObject[] architectures = Phase("tabnet_phase1"), settings = Phase("tabnet_phase2");
        return new CandidateModel("tabnet", [.. architectures.Select(architecture => TabNetOf(architecture))])
        {
            Rounds =
            [
                found => [.. settings.Select(setting => TabNetOf(architectures[Best(found)], setting))
                    .Where(configuration => !configuration.Model.Equals(found[Best(found)].Configuration.Model))],
            ],
        };

        JsonObject[] Phase(string name) => [.. trials.GetProperty(name).EnumerateArray().Take(configurations).Select(trial => JsonObject.Create(trial)!)];

        static int Best(IReadOnlyList<Trial> found) => Enumerable.Range(0, found.Count).Where(i => !double.IsNaN(found[i].Mean)).MaxBy(i => found[i].Mean);
    }

    /// <summary>What Python chose of both phases.</summary>
    internal static Configuration TabNetOf(JsonElement best) =>
        TabNetOf(JsonObject.Create(best.GetProperty("phase1"))!, JsonObject.Create(best.GetProperty("phase2"))!);

    /// <summary>A TabNet by the reference's names: its n_d_and_n_a is one width for both, and a virtual batch has at most 128 rows.</summary>
    private static Configuration TabNetOf(params JsonObject[] phases)
    {
        var values = new JsonObject();
        foreach ((string name, JsonNode? value) in phases.SelectMany(phase => phase))
            values[name == "n_d_and_n_a" ? "n_d" : name] = value!.DeepClone();
        if (values["batch_size"] is { } batch)
            values["virtual_batch_size"] = Math.Min(128, batch.GetValue<int>());
        return Configuration(Families["tabnet"], ParameterSet.Read(values));
    }

    /// <summary>A configuration by the names of the reference files, which are scikit-learn's.</summary>
    internal static Configuration Configuration(ModelFamily family, ParameterSet set) => new(set.ToString(), family.Create(set));

    private static ModelFamily Family(string key) => Workbench.Studies.Plans.StudyModels.Families.First(family => family.Key == key);

    private static double[] RowByRow(double[][] columns)
    {
        var values = new double[columns.Length * columns[0].Length];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int row = 0; row < columns[column].Length; row++)
                values[row * columns.Length + column] = columns[column][row];
        }
        return values;
    }

    private int[] Rows(string name) => [.. _split.GetProperty(name).EnumerateArray().Select(row => row.GetInt32())];

    private DataTable Read(string name) => TableFile.Read(Path.Combine(_folder, "synthetic", name));
}
