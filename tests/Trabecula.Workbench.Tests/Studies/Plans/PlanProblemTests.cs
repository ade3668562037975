using Trabecula.Workbench.Studies.Plans;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies.Plans;

public sealed class PlanProblemTests
{
    [Fact]
    public void Parse_ManyFaults_ReportsAllWithLineAndPath()
    {
        const string text = """
            schemaVersion: 2
            profil: sound
            seed: -1
            cohort:
              table: clinical.csv
              delimiter: semicolons
            outcome: { column: rbp, scores: { 3: a } }
            predictors:
              clinical: [age, { colum: level }]
            eligibility:
              - include: Adults
                column: age
              - exclude: Both
                include: Both
                column: age
                atLeast: many
            split: { stratifiedHoldOut: { trainingPercent: 100 } }
            steps:
              - standardScalin: {}
              - standardScaling: { scope: clinic }
            models:
              - logisticRegression:
                  grid:
                    C: [1, -2, x]
                    penalt: [l2]
            search: { folds: 1.5, choice: best, choice: best }
            """;
        Assert.Equal(
            [
                "line 1: schemaVersion = 2: Expected 1.",
                "line 2: profil: 'profil' is no key here. Did you mean profile?",
                "line 3: seed = -1: Expected a whole number from 0 to 18446744073709551615.",
                "line 5: cohort: The key id is missing. Add id: The column with the subject of each row.",
                "line 6: cohort.delimiter = semicolons: Expected auto, comma, semicolon, tab or bar. Did you mean semicolon?",
                "line 7: outcome: Expected either column, or scores with atLeast and onDays.",
                "line 9: predictors.clinical[1].colum: 'colum' is no key here. Did you mean column?",
                "line 9: predictors.clinical[1]: The key column is missing. Add column: The column.",
                "line 11: eligibility[0]: A condition is missing: give equals, atLeast, atMost, above, below or missing.",
                "line 16: eligibility[1].atLeast = many: Expected a number.",
                "line 17: split.stratifiedHoldOut.trainingPercent = 100: Expected a whole number from 1 to 99.",
                "line 19: steps[0].standardScalin: 'standardScalin' is no step. Did you mean standardScaling?",
                "line 20: steps[1].standardScaling.scope = clinic: Expected all, clinical or radiomic. Did you mean clinical?",
                "line 24: models[0].logisticRegression.grid.C[1] = -2: Expected a number above 0.",
                "line 24: models[0].logisticRegression.grid.C[2] = x: Expected a number above 0.",
                "line 25: models[0].logisticRegression.grid.penalt: 'penalt' is no hyper-parameter of logisticRegression. Did you mean penalty?",
                "line 26: search.choice: The key stands twice; first in line 26. Delete one of the two.",
                "line 26: search.folds = 1.5: Expected a whole number from 2.",
            ],
            PlanText.Problems(text));
    }

    [Theory]
    [InlineData("steps: [{ standardScaling: {}, other: {} }]", "line 6: steps[0] = a block of standardScaling, other: Expected one step. Give one of ")]
    [InlineData("steps: [[standardScaling]]", "line 6: steps[0] = a list of 1: Expected a step: ")]
    [InlineData("models: []", "line 5: models = a list of 0: Expected a list of at least 1, each a model: ")]
    [InlineData("models: [{ logisticRegression: { grid: { C: [1, 1] } } }]", "line 5: models[0].logisticRegression.grid: C lists 1 twice, expected each value once.")]
    [InlineData("models: [{ logisticRegression: { grid: { C: ['1'] } } }]", "line 5: models[0].logisticRegression.grid.C[0] = '1': Expected a number above 0.")]
    [InlineData("models: [{ logisticRegression: { grid: 3 } }]", "line 5: models[0].logisticRegression.grid = 3: Expected values to try for ")]
    [InlineData("models: [{ tabNet: { trials: [{ n_independent: 0, n_shared: 0 }] } }]", ": n_independent and n_shared are both 0, expected at least one layer.")]
    [InlineData("models: [{ xgboost: { trials: [{ scale_pos_weight: 2, class_weight: balanced }] } }]", ": scale_pos_weight is 2, expected 1 beside a balanced class_weight.")]
    [InlineData("steps: [columnChoice]", "line 6: steps[0]: Neither names nor a source is given, expected columns to keep.")]
    [InlineData("models: [{ logisticRegression: { grid: { C: 1 }, trials: [{ C: 1 }] } }]", "line 5: models[0].logisticRegression: Expected grid or trials, not both.")]
    [InlineData("models: [{ tabNet: { halvingEpochs: 9, grid: { n_d: 8 } } }]", "line 5: models[0].tabNet: halvingEpochs belongs to the search in two phases, which grid or trials replace.")]
    [InlineData("models: [{ tabNet: { halvingEpochs: 0 } }]", "line 5: models[0].tabNet.halvingEpochs = 0: Expected a whole number from 1.")]
    [InlineData("models: [{ tabNet: { fixed: { patience: 5 }, grid: { n_d: 8 } } }]", "line 5: models[0].tabNet: fixed belongs to the search in two phases, which grid or trials replace.")]
    [InlineData("models: [{ tabNet: { fixed: { patience: 5 } } }]\nsearch: { method: exhaustive }", "line 5: models[0]: fixed belongs to a random search in two phases, but search.method is exhaustive. Delete one of the two.")]
    [InlineData("models: [{ tabNet: { fixed: { n_steps: 4 } } }]", "line 5: models[0].tabNet: n_steps is fixed, but the search in two phases varies it: name it in a grid instead.")]
    [InlineData("models: [{ tabNet: { fixed: { drop_last: 1 } } }]", "line 5: models[0].tabNet.fixed.drop_last = 1: Expected true or false.")]
    [InlineData("models: [{ tabNet: { fixed: { scheduler: linear } } }]", "line 5: models[0].tabNet.fixed.scheduler = linear: Expected step, cosine, plateau, or null.")]
    [InlineData("models: [{ svm: { halvingEpochs: 9 } }]", "line 5: models[0].svm.halvingEpochs: 'halvingEpochs' is no key here.")]
    [InlineData("models: [logisticRegression, logisticRegression]", "line 5: models[1]: 'Logistic regression' stands twice. Give one of the two another name.")]
    [InlineData("cohort: clinical.csv", "line 5: cohort = clinical.csv: Expected a block of table, id, ")]
    [InlineData("outcome: { column: y, positive: [1, 2], negative: [0, 2] }", "line 5: outcome: '2' is among positive and negative: delete one of the two.")]
    [InlineData("outcome: { scores: { 3: vas3 }, atLeast: 4, onDays: 3, negative: 0 }", "line 5: outcome: negative belongs to a column of the outcome")]
    [InlineData("split: { given: { columns: fold, delimiter: tab } }", "line 6: split.given: sheet, delimiter and missing say how a file is read, but table names none")]
    [InlineData("models: [{ svm: { name: LR 1 } }, { svm: { name: lr-1 } }]", "line 5: models[1]: 'LR 1' and 'lr-1' are told apart by capitals, spaces and marks alone. Give one of the two a name that differs in more.")]
    [InlineData("metrics: { baselines: [{ name: Age, columns: [age] }, { name: age, columns: [age] }] }", "line 6: metrics.baselines[1]: 'Age' and 'age' are told apart")]
    [InlineData("metrics: { baselines: [{ name: Logistic regression, columns: [age] }] }", "line 6: metrics.baselines[0]: 'Logistic regression' stands twice.")]
    [InlineData("search: { choice: oneStandardError, givenFolds: { columns: fold, heldOut: 1 } }", "line 6: search.choice: One fold has no standard error to choose by. Give more folds")]
    [InlineData("metrics: { thresholds: [0.5, 1], rationale: Why }", "line 6: metrics.thresholds[1] = 1: Expected a number above 0 and below 1.")]
    [InlineData("metrics: { thresholds: 0, rationale: Why }", "line 6: metrics.thresholds = 0: Expected a number above 0 and below 1.")]
    [InlineData("title: ''", "line 6: title = '': Expected a title.")]
    [InlineData("eligibility: [{ include: Pain, all: [{ column: vas, atLeast: 6 }], column: age }]", "line 6: eligibility[0]: Expected one condition or the list 'all', not both")]
    [InlineData("eligibility: [{ include: Pain, all: [{ column: vas }] }]", "line 6: eligibility[0].all[0]: A condition is missing: give equals")]
    [InlineData("eligibility: [{ include: Pain, all: [] }]", "line 6: eligibility[0].all = a list of 0: Expected a list of at least 1")]
    [InlineData("eligibility: [{ include: Pain, atLeast: 6 }]", "line 6: eligibility[0]: The key column is missing. Add column: ")]
    [InlineData("predictors: { clinical: [{ column: sex, kind: binary, levels: [f, m, x] }] }", "line 5: predictors.clinical[0]: A binary column has 2 levels, but 3 are given")]
    [InlineData("predictors: { clinical: [{ column: age, kind: continuous, levels: [1, 2] }] }", "line 5: predictors.clinical[0]: A continuous column has no levels")]
    [InlineData("predictors: { clinical: [{ column: sex, levels: [f, f] }] }", "line 5: predictors.clinical[0]: The level 'f' is given twice.")]
    [InlineData("predictors: { clinical: [{ column: sex, recordedAt: later }] }", "line 5: predictors.clinical[0].recordedAt = later: Expected preoperative or postoperative")]
    [InlineData("predictors: {}", "line 5: predictors: Expected clinical, radiomic or both.")]
    [InlineData("predictors: { clinical: [age, rbp] }", "line 5: predictors.clinical[1]: 'rbp' is a column of the outcome. Delete it ")]
    [InlineData("predictors: { clinical: [id] }", "line 5: predictors.clinical[0]: 'id' is the id of the subjects.")]
    [InlineData("predictors: { clinical: [a, a] }", "line 5: predictors.clinical[1]: 'a' stands twice.")]
    [InlineData("split: leaveOneCentreOut", "line 6: split: A split by centre needs to know each subject's centre. Add cohort.centre")]
    [InlineData("split: temporal", "line 6: split: A split in time needs to know each subject's date. Add cohort.date")]
    [InlineData("split: { temporal: { heldOutFrom: 31.1.2024 } }", "line 6: split.temporal.heldOutFrom = 31.1.2024: Expected a date as 2024-01-31.")]
    [InlineData("outcome: { scores: { 3: a, 30: b }, atLeast: 4, onDays: [3, 7] }", "line 5: outcome: Day 7 of onDays has no column in scores.")]
    [InlineData("outcome: { scores: { three: a }, atLeast: 4, onDays: 3 }", "line 5: outcome.scores.three: 'three' is no day, expected a whole number from 0.")]
    [InlineData("outcome: { scores: { 3: a } }", "line 5: outcome: Scores need atLeast, from which on a day counts, and onDays, ")]
    [InlineData("stepsBeforeSplit: [standardScaling]", "line 6: stepsBeforeSplit: Steps before the split see the held-out subjects; only profile paper")]
    [InlineData("search: { foldsAfterSampling: true }", "line 6: search.foldsAfterSampling: Folds after sampling validate on what was fitted; only profile paper")]
    [InlineData("seed: *none", "line 6: seed: Not readable as YAML: *none has no anchor before it.")]
    [InlineData("title: [a", "Not readable as YAML")]
    public void Parse_OneFault_NamesIt(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(PlanText.Problems(PlanText.With(line))), StringComparison.Ordinal);

    [Fact]
    public void Parse_GivenFoldsAfterSampling_IsRefused() => Assert.Contains(
        "line 7: search.givenFolds: Folds after sampling are drawn among rows that samplers made",
        Assert.Single(PlanText.Problems(PlanText.With("profile: paper", "search: { foldsAfterSampling: true, givenFolds: { columns: fold } }"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "study.yaml: The file is empty. Begin with schemaVersion: 1")]
    [InlineData("# nothing", "study.yaml: The file is empty.")]
    [InlineData("- 1", "study.yaml: line 1: The file is no block of keys and values.")]
    public void Parse_NoPlan_SaysHowOneBegins(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<PlanException>(() => PlanText.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_DeepOrHugeNesting_IsRefusedWithoutHarm()
    {
        Assert.Contains("nested more than 64 deep", Assert.Single(PlanText.Problems(new string('[', 10_000))), StringComparison.Ordinal);
        string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 8)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Contains("more than 200000 keys and values", Assert.Single(PlanText.Problems(laughs)), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OrderThatLeaks_IsAllowedInProfilePaperWithAWarning()
    {
        PlanReadout readout = PlanText.Read(PlanText.With("stepsBeforeSplit: [standardScaling]", "profile: paper"));
        Assert.StartsWith("line 7: profile: The order of this plan leaks", Assert.Single(readout.Warnings).ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing in this plan leaks", Assert.Single(PlanText.Read(PlanText.With("profile: paper")).Warnings).ToString(), StringComparison.Ordinal);
        Assert.Empty(PlanText.Read(PlanText.Least).Warnings);
    }

    [Fact]
    public void Parse_ThresholdsWithoutRationale_Warns()
    {
        Assert.Contains("no rationale", Assert.Single(PlanText.Read(PlanText.With("metrics: { thresholds: 0.1 }")).Warnings).ToString(), StringComparison.Ordinal);
        Assert.Empty(PlanText.Read(PlanText.With("metrics: { thresholds: 0.1, rationale: Why }")).Warnings);
    }
}
