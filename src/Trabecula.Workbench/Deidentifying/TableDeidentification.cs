using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>Writes a clinical table anew without what tells who the subjects are, with the pseudonyms and the shift of days that DICOM files get by the same key.</summary>
public static class TableDeidentification
{
    /// <summary>Whether the name of a file is that of a table.</summary>
    public static bool IsTable(string path) => File.Exists(path) && (TableFile.Names(path) || path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text says how dates are written, as <c>dd.MM.yy</c> does.</summary>
    public static bool IsDateFormat(string text) => DateFormat.IsPattern(text);

    /// <summary>Reads, decides, writes.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancellationToken">Checked between the columns.</param>
    /// <returns>What was done with each column, and lines on the table.</returns>
    /// <exception cref="ExtractionException">The table cannot be read, something must be decided first, or a file is there already.</exception>
    public static (IReadOnlyList<ColumnTreatment> Columns, IReadOnlyList<string> Summary) Run(TableDeidentificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!TableFile.Names(request.Output))
            throw ExtractionException.Input($"{request.Output}: the name tells no format of tables. End it with .csv, .tsv, .csv.gz, .parquet or .xlsx.");
        RequireNew(request.Output, "OUT");
        if (request.Linkage is { } linkage)
            RequireNew(linkage, "--linkage");
        if (((string?[])[request.Input, request.Output, request.Key, request.Linkage]).OfType<string>().Select(RealPath.Of).GroupBy(path => path, StringComparer.Ordinal).Any(same => same.Count() > 1))
            throw ExtractionException.Input("IN, OUT, --key and --linkage are different files. Give each its own name.");
        try
        {
            return Write(request, cancellationToken);
        }
        catch (TableException exception)
        {
            throw ExtractionException.Input(exception.Message, exception);
        }
    }

    private static (IReadOnlyList<ColumnTreatment>, IReadOnlyList<string>) Write(TableDeidentificationRequest request, CancellationToken cancellationToken)
    {
        var table = TableFile.Read(request.Input);
        int subject = SubjectOf(table, request.Subject);
        var problems = new List<Finding>();
        foreach (string named in (string[])[.. request.Drop, .. request.Keep, .. request.Dates])
            ColumnSearch.Require(table, named, "de-identification", problems);
        foreach (string twice in request.Drop.Concat(request.Keep).Concat(request.Dates).Append(table.Columns[subject]).GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key))
            problems.Add(new Finding(Severity.Error, "two things are to be done with it.", "Name it once.") { Code = "named-twice", Table = table.Name, Column = twice });
        int[] nameless = [.. Enumerable.Range(0, table.RowCount).Where(row => table.IsMissing(row, subject))];
        if (nameless.Length > 0)
        {
            problems.Add(new Finding(Severity.Error, "rows without a subject would be taken for one person.", "Write the subject into these rows, or name another column with --id.")
            { Code = "no-subject", Table = table.Name, Column = table.Columns[subject], Rows = [.. nameless.Select(table.RowNumber)] });
        }
        ColumnTreatment[] treatments = problems.Count == 0 ? ColumnJudge.Judge(table, subject, request, problems) : [];
        if (problems.Count > 0)
            throw new TableException(problems);

        var identifiers = new IdentifierMap(SecretKey.Open(request.Key, request.Output));
        string[] subjects = table.Texts(subject);
        Dictionary<string, (string Pseudonym, int Days)> people = subjects.Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => (identifiers.Subject(name), identifiers.DaysEarlier(name)), StringComparer.Ordinal);
        // The order of rows is often that of names or of time.
        int[] order = [.. Enumerable.Range(0, table.RowCount).OrderBy(row => people[subjects[row]].Pseudonym, StringComparer.Ordinal)];
        int[] kept = [.. Enumerable.Range(0, treatments.Length).Where(column => treatments[column].Treatment != Treatment.Dropped)];
        IEnumerable<string[]> rows = order.Select(row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            (string pseudonym, int days) = people[subjects[row]];
            return Array.ConvertAll(kept, column => treatments[column] switch
            {
                { Treatment: Treatment.Pseudonyms } => pseudonym,
                { Dates: { } dates } => dates.Earlier(table.Text(row, column), days) ?? "",
                _ => table.Cell(row, column).ToString(),
            });
        });
        TableFile.Write(request.Output, DataTable.Of(Path.GetFileName(request.Output), [.. kept.Select(column => table.Columns[column])], rows, new TableFormat { DecimalMark = table.DecimalMark }));
        if (request.Linkage is { } linkage)
            SecretKey.WriteNew(linkage, Linkage(people));
        return (treatments, [
            .. table.Notices,
            string.Create(CultureInfo.InvariantCulture, $"{request.Output}: {table.RowCount} {(table.RowCount == 1 ? "row" : "rows")} of {people.Count} {(people.Count == 1 ? "subject" : "subjects")}, in the order of their pseudonyms; the secret is in {request.Key}: keep it, and never give it away"),
            .. Beside(request),
            "What stays was judged by names and cells of columns: read the table before you give it away. Rare values, and many together, can tell who somebody is.",
        ]);
    }

    private static int SubjectOf(DataTable table, string? named)
    {
        if (named is not null)
        {
            var problems = new List<Finding>();
            int place = ColumnSearch.Require(table, named, "--id", problems);
            return problems.Count == 0 ? place : throw new TableException(problems);
        }
        int[] found = ColumnNames.Subjects(table.Columns);
        return found.Length == 1 ? found[0] : throw new TableException(table.Name,
            found.Length == 0 ? "no column has a name as those of the subjects' numbers." : $"several columns may hold the subjects' numbers: {PlainText.List([.. found.Select(column => table.Columns[column])])}.",
            "Name the one with the patient's number, as DICOM files have it, with --id.");
    }

    private static void RequireNew(string path, string what)
    {
        if (File.Exists(path) || Directory.Exists(path))
            throw ExtractionException.Input($"{what}: {path} is there already, and is not overwritten. Give a new name.");
    }

    private static byte[] Linkage(Dictionary<string, (string Pseudonym, int Days)> people)
    {
        using var stream = new MemoryStream();
        TextTableWriter.Write(stream, DataTable.Of("linkage", ["Subject", "Pseudonym", "Days_earlier"],
            people.OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => (string[])[person.Key, person.Value.Pseudonym, person.Value.Days.ToString(CultureInfo.InvariantCulture)])), ',', compress: false);
        return stream.ToArray();
    }

    private static IEnumerable<string> Beside(TableDeidentificationRequest request) =>
        ((string?[])[request.Key, request.Linkage]).OfType<string>().Where(path => Path.GetDirectoryName(RealPath.Of(path)) == Path.GetDirectoryName(RealPath.Of(request.Output)))
            .Select(path => $"{path} lies in the folder of {request.Output}: move it before you give the folder away.");
}
