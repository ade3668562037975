using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Conformance;

/// <summary>Holds every image of a table of cases against a protocol of acquisition.</summary>
public static class ConformanceCheck
{
    /// <summary>Checks all cases; one that cannot be read does not stop the others.</summary>
    /// <param name="cases">The table of cases.</param>
    /// <param name="protocol">The protocol file.</param>
    /// <param name="output">The CSV file to write, a row a case and a column a criterion.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="ExtractionException">The table has problems, or the output cannot be written.</exception>
    /// <exception cref="Studies.Plans.PlanException">The protocol has problems.</exception>
    public static ConformanceResult Run(string cases, string protocol, string output, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ProtocolCriterion> criteria = ProtocolFile.Read(protocol);
        CaseTable table = CaseTable.Read(cases, readLabels: false);
        CaseRow[] rows = [.. table.Rows.DistinctBy(row => (row.Subject, row.ImagePath))];
        var failures = new List<string>();
        var judged = new List<(string Subject, IReadOnlyList<Judgement> Judgements)>();
        foreach (CaseRow row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Acquisition acquisition = Acquisition.Of(row.ImagePath, cancellationToken);
                judged.Add((row.Subject, [.. criteria.Select(criterion => criterion.Judge(acquisition))]));
            }
            catch (ImagingException exception)
            {
                failures.Add($"{row.Subject}: {exception.Message}");
                judged.Add((row.Subject, []));
            }
        }
        ReportTable cells = TableOf(criteria, judged);
        ExtractionException.Guard(output, () => AtomicFile.Write(output, cells.WriteCsv));
        return new ConformanceResult(Lines(criteria, judged), failures, judged.Sum(each => each.Judgements.Count(judgement => judgement.Verdict == Verdict.NotMet)));
    }

    private static ReportTable TableOf(IReadOnlyList<ProtocolCriterion> criteria, List<(string Subject, IReadOnlyList<Judgement> Judgements)> judged) =>
        new("conformance", "Conformance to the protocol", ["ID", .. criteria.Select(criterion => $"{criterion.Key} ({criterion.Demand})")],
            [.. judged.Select(each => (IReadOnlyList<string>)[each.Subject, .. criteria.Select((_, i) => each.Judgements.Count == 0 ? "not readable" : each.Judgements[i].ToString())])]);

    private static List<string> Lines(IReadOnlyList<ProtocolCriterion> criteria, List<(string Subject, IReadOnlyList<Judgement> Judgements)> judged)
    {
        string[] demands = [.. criteria.Select(criterion => $"{criterion.Key} ({criterion.Demand})")];
        int width = demands.Max(demand => demand.Length);
        var lines = new List<string> { $"{"criterion".PadRight(width)}   met  not met  not recorded" };
        for (int i = 0; i < criteria.Count; i++)
        {
            Judgement[] column = [.. judged.Where(each => each.Judgements.Count > 0).Select(each => each.Judgements[i])];
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{demands[i].PadRight(width)} {Count(Verdict.Met),5} {Count(Verdict.NotMet),8} {Count(Verdict.NotRecorded),13}"));

            int Count(Verdict verdict) => column.Count(judgement => judgement.Verdict == verdict);
        }
        foreach ((string subject, IReadOnlyList<Judgement> judgements) in judged)
        {
            for (int i = 0; i < judgements.Count; i++)
            {
                if (judgements[i].Verdict == Verdict.NotMet)
                    lines.Add($"{subject}: {demands[i]} {judgements[i]}");
            }
        }
        return lines;
    }
}

/// <summary>What a check found.</summary>
/// <param name="Lines">How many cases meet each criterion, and a line for each that is not met.</param>
/// <param name="Failures">Cases whose image cannot be read, and why.</param>
/// <param name="NotMet">How many criteria of cases are not met.</param>
public sealed record ConformanceResult(IReadOnlyList<string> Lines, IReadOnlyList<string> Failures, int NotMet);
