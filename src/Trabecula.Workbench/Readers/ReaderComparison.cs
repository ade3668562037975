using System.Globalization;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Readers;

/// <summary>Compares readers' masks or features and writes tables and a report into a folder. The same input gives the same bytes.</summary>
public static class ReaderComparison
{
    private const int FewSubjects = 10;

    /// <summary>Compares.</summary>
    /// <param name="request">What and where to.</param>
    /// <param name="progress">Told of each finished case.</param>
    /// <param name="cancellationToken">Stops between two masks.</param>
    /// <exception cref="TableException">A table cannot be read, does not fit, or cannot be written.</exception>
    /// <exception cref="ExtractionException">A table of cases has problems, or the folder cannot be written.</exception>
    public static AgreementResult Run(AgreementRequest request, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DataTable[] tables = [.. request.Tables.Select(path => TableFile.Read(path))];
        if (tables is [var single] && !FeatureReadings.IsTableOfReaders(single))
            return CompareMasks(request, single, progress, cancellationToken);
        return CompareFeatures(request, FeatureReadings.Of(tables, request.IdColumn));
    }

    private static AgreementResult CompareMasks(AgreementRequest request, DataTable found, Action<string>? progress, CancellationToken cancellationToken)
    {
        CaseTable table = found.Columns.Any(column => column.Equals("Mask2", StringComparison.OrdinalIgnoreCase)) ? CaseTable.Read(request.Tables[0], readLabels: request.Labels is null)
            : throw new TableException(found.Name, "the table has neither a column Mask2 nor a column Reader.",
                "Name the second reader's masks in a column Mask2, or give a table of features for each reader.");
        var comparison = new MaskComparison(request.Labels);
        comparison.Add(table, progress, cancellationToken);
        if (comparison.Pairs.Count + comparison.Failures.Count == 0)
            throw new TableException(found.Name, "no case has masks of two readers.", "Fill Mask2 of the cases that both have read.");
        if (comparison.Pairs.Count == 0)
            return new AgreementResult([], [.. comparison.Notes, "No case could be compared; nothing was written."], comparison.Failures);
        IReadOnlyList<MaskMeasure> measures = MaskMeasure.All(request.TolerancesMm);
        ReportTable cases = AgreementTables.Masks(comparison.Pairs, measures), summary = AgreementTables.MaskSummary(comparison.Pairs, measures);
        string[] files = Write(request.Output, [cases, summary], AgreementReport.OfMasks(comparison.Pairs, measures, summary, cases, comparison));
        double[] dice = [.. comparison.Pairs.Select(pair => pair.Agreement.Dice).Where(double.IsFinite).Order()];
        int neither = comparison.Pairs.Count - dice.Length, apart = comparison.Pairs.Count(pair => double.IsNaN(pair.Agreement.HausdorffMm)) - neither;
        return new AgreementResult(files, [.. comparison.Notes, string.Create(CultureInfo.InvariantCulture,
            $"{comparison.Pairs.Count} {(comparison.Pairs.Count == 1 ? "pair" : "pairs")} of masks: Dice {Quantiles.OfSorted(dice, 0.5):0.000} in the median, {dice[0]:0.000} at least.")
            + (apart > 0 ? string.Create(CultureInfo.InvariantCulture, $" Without a distance, for one of the readers drew nothing: {apart}.") : "")
            + (neither > 0 ? string.Create(CultureInfo.InvariantCulture, $" Left out, for neither reader drew anything: {neither}.") : "")], comparison.Failures);
    }

    private static AgreementResult CompareFeatures(AgreementRequest request, FeatureReadings readings)
    {
        FeatureAgreement[] features = [.. readings.Features.Select((feature, f) => FeatureAgreement.Of(feature, readings.Values[f]))];
        ReportTable[] tables = [AgreementTables.Concordances(readings, features), AgreementTables.Correlations(readings, features), AgreementTables.Differences(readings, features)];
        int high = features.Count(feature => feature.LeastConcordance >= 0.9);
        int fewest = features.Min(feature => feature.Subjects);
        string[] notes = fewest >= FewSubjects ? [.. readings.Notes] : [.. readings.Notes, string.Create(CultureInfo.InvariantCulture,
            $"Correlations rest on {fewest} {readings.What}{(fewest == 1 ? "" : "s")} that all readers read: below {FewSubjects} their intervals say little.")];
        string[] files = Write(request.Output, tables, AgreementReport.OfFeatures(readings, features, tables, notes));
        return new AgreementResult(files, [.. notes, string.Create(CultureInfo.InvariantCulture,
            $"{features.Length} features of {readings.Subjects.Count} {readings.What}s by {readings.Readers.Count} readers: {high} with a concordance of at least 0.9.")], []);
    }

    private static string[] Write(string folder, IReadOnlyList<ReportTable> tables, string report)
    {
        var files = new List<string>();
        ExtractionException.Guard(folder, () => Directory.CreateDirectory(folder));
        foreach (ReportTable table in tables)
            Put($"{table.Name}.csv", table.WriteCsv);
        Put("report.html", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report)));
        return [.. files];

        void Put(string name, Action<Stream> write)
        {
            string path = Path.Combine(folder, name);
            ExtractionException.Guard(path, () => AtomicFile.Write(path, write));
            files.Add(path);
        }
    }
}
