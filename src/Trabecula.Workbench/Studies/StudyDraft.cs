using System.Globalization;
using System.Text;
using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>A plan to begin with, from a look at a table of subjects and at the tables beside it.</summary>
/// <param name="Text">The plan.</param>
/// <param name="Guesses">What was assumed, a line each.</param>
public sealed record StudyDraft(string Text, IReadOnlyList<string> Guesses)
{
    private const int Shown = 20;
    private const long LargestNeighbour = 256L << 20;

    /// <summary>Writes a plan and the schema beside it.</summary>
    /// <param name="table">The table of subjects.</param>
    /// <param name="plan">The plan's file; replaced where it exists.</param>
    /// <exception cref="TableException">The table cannot be read or holds no id or outcome.</exception>
    /// <exception cref="Extraction.ExtractionException">A file cannot be written.</exception>
    public static StudyDraft Write(string table, string plan)
    {
        StudyDraft draft = Of(table, Path.GetDirectoryName(Path.GetFullPath(plan))!);
        PlanWriter.Write(plan, draft.Text);
        PlanWriter.WriteSchema(Path.GetDirectoryName(Path.GetFullPath(plan))!);
        return draft;
    }

    internal static StudyDraft Of(string path, string planFolder)
    {
        DataTable table = TableFile.Read(path);
        TableGuess guess = TableGuess.Of(table);
        // Features in the table of subjects are of the one reader whose rows were joined to it.
        (string[] readers, string readerId) = guess.Features.Count > 0 ? ([path], guess.Id) : Readers(path, table, guess.Id);
        List<string> guesses =
        [
            string.Create(CultureInfo.InvariantCulture, $"Table: {table.Name}, {table.RowCount} rows, {table.Columns.Count} columns"),
            $"Id: {guess.Id}",
            $"Outcome: {guess.Outcome}, {guess.Event} being the event{(guess.OtherOutcomes.Count == 0 ? "" : $"; also of two such values: {List(guess.OtherOutcomes)}")}",
            $"Predictors: {(guess.Predictors.Count == 0 ? "none" : List([.. guess.Predictors.Select(each => $"{each.Column} ({each.Kind.ToString().ToLowerInvariant()})")]))}",
            .. guess.LeftOut.GroupBy(each => each.Reason, each => each.Column).Select(same => $"Left out: {List([.. same])}, {same.Key}"),
            .. guess.Doubts.Select(doubt => $"To correct: {doubt}"),
            $"Readers' features: {(guess.Features.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{guess.Features.Count} columns of the table itself") : readers.Length == 0 ? "no table beside it has any" : string.Join(", ", readers.Select(Path.GetFileName)))}",
        ];
        if (guess.Predictors.Count == 0 && readers.Length == 0)
            throw new TableException(table.Name, "no column can be a predictor, and no table beside it has features.", "Give a table with more columns.");
        return new StudyDraft(PlanOf(Relative(path), guess, [.. readers.Select(Relative)], readerId), guesses);

        string Relative(string file) => Path.GetRelativePath(planFolder, Path.GetFullPath(file)).Replace(Path.DirectorySeparatorChar, '/');
    }

    private static string List(IReadOnlyList<string> items) => PlainText.List(items, Shown);

    private static string PlanOf(string table, TableGuess guess, string[] readers, string readerId)
    {
        var text = new StringBuilder();
        Line(PlanWriter.SchemaLine);
        Line("# Guessed from names and cells: check every line, above all the outcome, and that each predictor is known before it.");
        Line("schemaVersion: 1");
        Line("title: A study to be named");
        Line("profile: sound");
        Line("seed: 2026");
        Line($"\n# Paths start from the folder of this plan.\ncohort:\n  table: {PlanWriter.Quote(table)}\n  id: {PlanWriter.Quote(guess.Id)}");
        Line("\n# Who takes part; applied and counted in this order.\n# eligibility:\n#   - { include: Age of 55 years or more, column: age, atLeast: 55 }");
        Line($"\noutcome:\n  name: {PlanWriter.Quote(guess.Outcome)}\n  column: {PlanWriter.Quote(guess.Outcome)}\n  positive: [{PlanWriter.Quote(guess.Event)}]");
        if (guess.OtherOutcomes.Count > 0)
            Line($"  # Columns of two such values besides: {Comment(string.Join(", ", guess.OtherOutcomes))}");
        Line("\npredictors:");
        if (guess.Predictors.Count > 0)
            Line("  clinical:");
        foreach ((string column, ColumnKind kind) in guess.Predictors)
            Line($"    - {{ column: {PlanWriter.Quote(column)}, kind: {JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())} }}");
        foreach ((string column, string reason) in guess.LeftOut)
            Line($"    # - {Comment(PlanWriter.Quote(column))}: {reason}");
        if (readers.Length > 0)
        {
            Line($"  radiomic:\n    readers: [{string.Join(", ", readers.Select(PlanWriter.Quote))}]");
            if (readerId != guess.Id)
                Line($"    id: {PlanWriter.Quote(readerId)}");
        }
        Line("\n# Seven in ten of each class train; the others are looked at once, at the end.\nsplit:\n  stratifiedHoldOut: { trainingPercent: 70 }");
        Line("\n# Fitted on training rows alone, in every fold anew, in this order.\nsteps:");
        if (guess.HasMissing)
            Line("  - imputation: { scope: clinical, strategy: median }");
        if (guess.Predictors.Any(each => each.Kind == ColumnKind.Categorical))
            Line("  # A level that no training row has becomes 0 in all of its columns; 'unseen: refuse' stops the study there instead.\n  - oneHotEncoding: { scope: clinical, unseen: allZero }");
        Line("  - adaptiveScaling");
        if (readers.Length > 1)
            Line("  - reproducibility: { scope: radiomic, measure: ccc, atLeast: 0.85 }");
        if (readers.Length > 0)
            Line("  - screening: { scope: radiomic, p: 0.1, fallback: { fewerThan: 20, keep: 50 } }\n  - mrmr: { scope: radiomic, scheme: fcq, count: 20 }");
        Line("\n# XGBoost needs its library; without it the others are compared. TabNet is searched in two phases, which takes most of the time.\nmodels:\n  - logisticRegression\n  - randomForest\n  - svm\n  - xgboost\n  - tabNet");
        Line("\nsearch: { configurations: 100, folds: 5 }");
        Line("\n# Risks from which on one would act, and why.\n# metrics: { thresholds: [0.1, 0.2], rationale: What is harmed and what is gained }");
        return text.ToString();

        void Line(string line) => text.Append(line.ReplaceLineEndings("\n")).Append('\n');
    }

    private static string Comment(string text) => text.ReplaceLineEndings(" ");

    /// <summary>Tables in the same folder with ids and features; of several kinds the first by name, and those with the same columns.</summary>
    private static (string[] Readers, string Id) Readers(string path, DataTable subjects, string id)
    {
        HashSet<string> ids = [.. subjects.Texts(subjects.Find(id))];
        var found = new List<(string File, string Id, string Columns)>();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFullPath(file) != Path.GetFullPath(path) && IsTable(file)).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(file).Length > LargestNeighbour || Read(file) is not { } table)
                continue;
            if (table.RowCount == 0 || table.Columns.Count <= TableGuess.FewestFeatures || table.Columns.Count(column => subjects.Find(column) < 0) < TableGuess.FewestFeatures)
                continue;
            // Readers may call the id otherwise; a column that is different in each row and names most of the subjects is it.
            string? own = table.Columns.FirstOrDefault(column => string.Equals(column, id, StringComparison.OrdinalIgnoreCase)) ??
                table.Columns.FirstOrDefault(column => table.Texts(table.Find(column)).Distinct(StringComparer.Ordinal).Count() == table.RowCount && NamesSubjects(column));
            if (own is null || !NamesSubjects(own))
                continue;
            found.Add((file, own, string.Join('\n', table.Columns)));

            bool NamesSubjects(string column) => table.Texts(table.Find(column)).Count(ids.Contains) * 2 >= table.RowCount;
        }
        return ([.. found.Where(each => each.Columns == found[0].Columns).Select(each => each.File)], found.Count == 0 ? id : found[0].Id);
    }

    private static bool IsTable(string file) =>
        Array.Exists([".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet", ".xlsx"], ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static DataTable? Read(string file)
    {
        try
        {
            return TableFile.Read(file);
        }
        catch (TableException)
        {
            // What cannot be read is no reader's table; nobody asked for it by name.
            return null;
        }
    }
}
