using System.Globalization;

namespace Trabecula.Learning;

/// <summary>
/// Rows of features with a binary outcome. A row belongs to a subject; a subject may have several rows (levels, visits), which
/// splitters keep together. Immutable; every value is finite.
/// </summary>
public sealed class FeatureTable
{
    private const int ProblemsShown = 10;

    private readonly string[] _columns;
    private readonly string[] _subjects;
    private readonly bool[] _outcomes;
    private readonly double[] _values;

    /// <summary>Checks and copies a table.</summary>
    /// <param name="columns">The name of each feature, each once.</param>
    /// <param name="subjects">The subject of each row.</param>
    /// <param name="outcomes">The outcome of each row: true is the event.</param>
    /// <param name="values">Row by row, <c>index = row * columns + column</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="LearningException">A column twice or without a name, a row without a subject, or a value that is not finite.</exception>
    public FeatureTable(
        IReadOnlyList<string> columns, IReadOnlyList<string> subjects, IReadOnlyList<bool> outcomes, ReadOnlySpan<double> values)
        : this([.. columns], [.. subjects], [.. outcomes], values.ToArray())
    {
        if (_outcomes.Length != _subjects.Length)
            throw new ArgumentException($"{_outcomes.Length} outcomes for {_subjects.Length} rows.", nameof(outcomes));
        if (_values.LongLength != (long)_subjects.Length * _columns.Length)
            throw new ArgumentException($"{_values.Length} values for {_subjects.Length} rows of {_columns.Length}.", nameof(values));
        CheckNames();
        CheckValues();
    }

    private FeatureTable(string[] columns, string[] subjects, bool[] outcomes, double[] values)
    {
        (_columns, _subjects, _outcomes, _values) = (columns, subjects, outcomes, values);
        (Columns, Subjects, Outcomes) = (Array.AsReadOnly(columns), Array.AsReadOnly(subjects), Array.AsReadOnly(outcomes));
    }

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

    /// <summary>The features of a row, in the order of <see cref="Columns"/>.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>All values, row by row.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>The table of some rows, in the order given.</summary>
    internal FeatureTable TakeRows(IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * ColumnCount];
        for (int i = 0; i < rows.Count; i++)
            Row(rows[i]).CopyTo(values.AsSpan(i * ColumnCount));
        return new FeatureTable(_columns, [.. rows.Select(r => _subjects[r])], [.. rows.Select(r => _outcomes[r])], values);
    }

    /// <summary>The same rows and columns with other values, which must be finite.</summary>
    internal FeatureTable WithValues(double[] values)
    {
        if (values.Length != _values.Length)
            throw new ArgumentException($"{values.Length} values for {_values.Length}.", nameof(values));
        var table = new FeatureTable(_columns, _subjects, _outcomes, values);
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
        var problems = new List<string>();
        int count = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            if (double.IsFinite(_values[i]))
                continue;
            if (++count <= ProblemsShown)
                problems.Add($"'{_columns[i % ColumnCount]}' of {_subjects[i / ColumnCount]} is " +
                             _values[i].ToString(CultureInfo.InvariantCulture));
        }
        if (count == 0)
            return;
        string more = count > ProblemsShown ? $" and {count - ProblemsShown} more" : "";
        throw new LearningException(
            $"{count} of {_values.Length} values are not finite: {string.Join("; ", problems)}{more}.",
            "Leave these columns or subjects out, or impute them before.");
    }
}
