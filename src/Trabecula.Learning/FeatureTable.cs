using System.Globalization;

namespace Trabecula.Learning;

/// <summary>
/// Rows of features with a binary outcome. A row belongs to a subject; a subject may have several rows (levels, visits), which
/// splitters keep together. Immutable. NaN is a missing value; no value is infinite.
/// </summary>
/// <remarks>
/// Layout: row by row, <c>index = row * columns + column</c>.
/// Readings: the columns may have been measured again by further readers. Their values belong to the same rows and columns (NaN
/// where a column was not read again), go through every step with the parameters fitted on the first reading, and serve the
/// reproducibility filter alone: models see the first reading.
/// </remarks>
public sealed class FeatureTable
{
    private readonly FeatureColumn[] _schema;
    private readonly string[] _columns;
    private readonly string[] _subjects;
    private readonly bool[] _outcomes;
    private readonly double[] _values;
    private readonly double[][] _repeatReadings;

    /// <summary>Checks and copies a table of continuous, radiomic columns that were read once.</summary>
    /// <inheritdoc cref="FeatureTable(IReadOnlyList{FeatureColumn}, IReadOnlyList{string}, IReadOnlyList{bool}, ReadOnlySpan{double}, IReadOnlyList{double[]})"/>
    public FeatureTable(
        IReadOnlyList<string> columns, IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, ReadOnlySpan<double> values)
        : this([.. columns.Select(name => new FeatureColumn(name))], subjects, outcomes, values)
    {
    }

    /// <summary>Checks and copies a table.</summary>
    /// <param name="columns">The features, each name once.</param>
    /// <param name="subjects">The subject of each row.</param>
    /// <param name="outcomes">The outcome of each row: true is the event.</param>
    /// <param name="values">Row by row, <c>index = row * columns + column</c>; NaN is missing.</param>
    /// <param name="repeatReadings">The same values by the second and further readers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="LearningException">
    /// A column twice or without a name, a row without a subject, an infinite value, or a number that its column's kind does not know.
    /// </exception>
    public FeatureTable(
        IReadOnlyList<FeatureColumn> columns, IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, ReadOnlySpan<double> values,
        IReadOnlyList<double[]>? repeatReadings = null)
        : this([.. columns], [.. subjects], [.. outcomes], values.ToArray(), [.. (repeatReadings ?? []).Select(r => r.ToArray())])
    {
        if (_outcomes.Length != _subjects.Length)
            throw new ArgumentException($"{_outcomes.Length} outcomes for {_subjects.Length} rows.", nameof(outcomes));
        foreach (double[] reading in (double[][])[_values, .. _repeatReadings])
        {
            if (reading.LongLength != (long)_subjects.Length * _columns.Length)
                throw new ArgumentException($"{reading.Length} values for {_subjects.Length} rows of {_columns.Length}.", nameof(values));
        }
        CheckNames();
        CheckValues();
        CheckKinds();
    }

    private FeatureTable(FeatureColumn[] schema, string[] subjects, bool[] outcomes, double[] values, double[][] repeatReadings)
    {
        (_schema, _subjects, _outcomes, _values, _repeatReadings) = (schema, subjects, outcomes, values, repeatReadings);
        _columns = Array.ConvertAll(schema, column => column.Name);
        (Schema, Columns) = (Array.AsReadOnly(schema), Array.AsReadOnly(_columns));
        (Subjects, Outcomes) = (Array.AsReadOnly(subjects), Array.AsReadOnly(outcomes));
    }

    /// <summary>The features.</summary>
    public IReadOnlyList<FeatureColumn> Schema { get; }

    /// <summary>The name of each feature.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The subject of each row.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>The outcome of each row: true is the event.</summary>
    public IReadOnlyList<bool> Outcomes { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => _subjects.Length;

    /// <summary>Number of features.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>Number of rows with the event.</summary>
    public int EventCount => _outcomes.Count(outcome => outcome);

    /// <summary>Number of different subjects: fewer than rows where subjects have several, or a bootstrap drew them several times.</summary>
    public int SubjectCount => _subjects.Distinct(StringComparer.Ordinal).Count();

    /// <summary>Number of different subjects with the event.</summary>
    public int SubjectEventCount => _subjects.Where((_, row) => _outcomes[row]).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Number of readers, at least 1.</summary>
    public int ReadingCount => 1 + _repeatReadings.Length;

    /// <summary>The features of a row, in the order of <see cref="Columns"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>A copy of the values of a column, row by row.</summary>
    /// <param name="column">Its place in <see cref="Columns"/>.</param>
    /// <param name="reading">0 for the first reader.</param>
    public double[] Column(int column, int reading = 0)
    {
        ReadOnlySpan<double> values = Reading(reading);
        var copy = new double[RowCount];
        for (int row = 0; row < copy.Length; row++)
            copy[row] = values[row * ColumnCount + column];
        return copy;
    }

    /// <summary>The first reader's values, row by row.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>A reader's values, row by row; 0 is the first.</summary>
    internal ReadOnlySpan<double> Reading(int reading) => reading == 0 ? _values : _repeatReadings[reading - 1];

    /// <summary>The places of the columns of a scope.</summary>
    internal int[] ColumnsOf(ColumnScope scope) =>
    [
        .. Enumerable.Range(0, ColumnCount).Where(i => scope == ColumnScope.All ||
            _schema[i].Source == (scope == ColumnScope.Clinical ? ColumnSource.Clinical : ColumnSource.Radiomic)),
    ];

    /// <summary>The table of some rows, in the order given.</summary>
    internal FeatureTable TakeRows(IReadOnlyList<int> rows)
    {
        return new FeatureTable(
            _schema, [.. rows.Select(r => _subjects[r])], [.. rows.Select(r => _outcomes[r])], Take(_values),
            Array.ConvertAll(_repeatReadings, Take));

        double[] Take(double[] from)
        {
            var taken = new double[rows.Count * ColumnCount];
            for (int i = 0; i < rows.Count; i++)
                from.AsSpan(rows[i] * ColumnCount, ColumnCount).CopyTo(taken.AsSpan(i * ColumnCount));
            return taken;
        }
    }

    /// <summary>The same rows with other columns, each reading computed alike. No computed value may be infinite.</summary>
    /// <param name="schema">The new columns.</param>
    /// <param name="compute">From a reading's values, row by row, to those of the new columns.</param>
    /// <param name="computeRepeat">The same for further readings, where it differs.</param>
    internal FeatureTable Map(FeatureColumn[] schema, Func<double[], double[]> compute, Func<double[], double[]>? computeRepeat = null)
    {
        var table = new FeatureTable(
            schema, _subjects, _outcomes, compute(_values), Array.ConvertAll(_repeatReadings, r => (computeRepeat ?? compute)(r)));
        table.CheckValues();
        return table;
    }

    /// <summary>The same rows and columns with other values of the first reading; further readings are dropped.</summary>
    internal FeatureTable WithValues(double[] values)
    {
        if (values.Length != _values.Length)
            throw new ArgumentException($"{values.Length} values for {_values.Length}.", nameof(values));
        var table = new FeatureTable(_schema, _subjects, _outcomes, values, []);
        table.CheckValues();
        return table;
    }

    /// <summary>Other rows of the same columns, read once, as resampling makes them.</summary>
    internal FeatureTable WithRows(string[] subjects, bool[] outcomes, double[] values)
    {
        if (values.Length != subjects.Length * ColumnCount || outcomes.Length != subjects.Length)
            throw new ArgumentException($"{values.Length} values and {outcomes.Length} outcomes for {subjects.Length} rows.", nameof(values));
        var table = new FeatureTable(_schema, subjects, outcomes, values, []);
        table.CheckValues();
        return table;
    }

    /// <summary>Refuses a table whose columns are not those that a step was fitted on, in the same order.</summary>
    internal void RequireColumns(IReadOnlyList<string> expected, string step)
    {
        if (_columns.AsSpan().SequenceEqual(expected is string[] array ? array : [.. expected]))
            return;
        int at = 0;
        while (at < _columns.Length && at < expected.Count && _columns[at] == expected[at])
            at++;
        string found = at < _columns.Length ? $"'{_columns[at]}'" : "no column";
        string wanted = at < expected.Count ? $"'{expected[at]}'" : "no column";
        throw new LearningException(
            $"{step}: column {at + 1} is {found}, expected {wanted}.", "Give the columns it was fitted on, in the same order.");
    }

    /// <summary>Refuses a table with missing values, naming them.</summary>
    internal void RequireComplete(string step)
    {
        (int count, string places) = Find(double.IsNaN);
        if (count > 0)
            throw new LearningException(
                $"{step}: {count} of {_values.Length} values are missing: {places}.", "Leave these columns or subjects out, or impute them before.");
    }

    /// <summary>Refuses a table in which only one class occurs.</summary>
    internal void RequireBothClasses(string step)
    {
        int events = EventCount;
        if (RowCount == 0)
            throw new LearningException($"{step}: the training set has no rows.", "Give at least one subject of each class.");
        if (events == 0 || events == RowCount)
            throw new LearningException(
                $"{step}: all {RowCount} training rows have outcome {(events == 0 ? 0 : 1)}, but both classes are needed.",
                "Add rows of the other class.");
    }

    private void CheckNames()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string column in _columns)
        {
            if (string.IsNullOrWhiteSpace(column))
                throw new LearningException("A feature column has no name.", "Name every column.");
            if (!seen.Add(column))
                throw new LearningException($"Feature column '{column}' occurs twice.", "Give each column its own name.");
        }
        int nameless = Array.FindIndex(_subjects, string.IsNullOrWhiteSpace);
        if (nameless >= 0)
            throw new LearningException($"Row {nameless + 1} has no subject.", "Give every row the id of its subject.");
    }

    private void CheckValues()
    {
        for (int reading = 0; reading < ReadingCount; reading++)
        {
            (int count, string places) = Find(double.IsInfinity, reading);
            if (count > 0)
                throw new LearningException(
                    $"{count} of {_values.Length} values{(reading == 0 ? "" : $" of reader {reading + 1}")} are infinite: {places}.",
                    "Correct these values, or leave them empty to have them imputed.");
        }
    }

    private void CheckKinds()
    {
        for (int column = 0; column < ColumnCount; column++)
        {
            FeatureColumn schema = _schema[column];
            int levels = schema.Kind switch { ColumnKind.Binary => 2, ColumnKind.Categorical => schema.Levels.Count, _ => int.MaxValue };
            if (schema.Kind == ColumnKind.Continuous)
                continue;
            for (int row = 0; row < RowCount; row++)
            {
                double value = _values[row * ColumnCount + column];
                if (!double.IsNaN(value) && (value < 0 || value >= levels || value != Math.Floor(value)))
                    throw new LearningException(
                        FormattableString.Invariant($"'{schema.Name}' of {_subjects[row]} is {value}, but a {schema.Kind} column of {levels} levels holds 0 to {levels - 1}."),
                        "Code the column's values from 0 in the order of its levels.");
            }
        }
    }

    private (int Count, string Places) Find(Predicate<double> isFault, int reading = 0)
    {
        ReadOnlySpan<double> values = Reading(reading);
        var places = new List<string>();
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!isFault(values[i]))
                continue;
            if (++count <= Listing.Shown)
                places.Add($"'{_columns[i % ColumnCount]}' of {_subjects[i / ColumnCount]}" +
                           (double.IsNaN(values[i]) ? "" : " is " + values[i].ToString(CultureInfo.InvariantCulture)));
        }
        return (count, string.Join("; ", places) + Listing.Rest(count));
    }
}
