using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;
using Trabecula.Imaging;
using Trabecula.Learning;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Demos;

/// <summary>The demonstration's tables and volumes on disk. What an analysis may see and the truth are in different files.</summary>
internal static class CohortFiles
{
    private const string DiagnosticsPrefix = "diagnostics_";
    private static readonly string[] CaseColumns = ["ID", "Image", "Mask", ImagingDemo.OutcomeColumn, .. ImagingDemo.ClinicalColumns];

    /// <summary>
    /// Writes a subject's volume and mask beside the table of cases. A file that holds the same bytes already stays as it is: an
    /// interrupted extraction knows its finished cases by the files' times.
    /// </summary>
    internal static void WriteVolumes(string cohortFolder, SyntheticSubject subject, CancellationToken cancellationToken)
    {
        VertebraPhantom phantom = VertebraPhantom.Render(subject.Traits, subject.ImageSeed);
        WriteWhereOther(Path.Combine(cohortFolder, ImageName(subject)), phantom.Image, cancellationToken);
        WriteWhereOther(Path.Combine(cohortFolder, MaskName(subject)), phantom.Mask.Labels, cancellationToken);
    }

    /// <summary>Writes the table of cases, its paths relative to itself.</summary>
    internal static void WriteCases(string path, IReadOnlyList<SyntheticSubject> subjects) => WriteTable(path, CaseColumns, subjects.Select(s =>
        (string[])[s.Id, ImageName(s), MaskName(s), s.Outcome ? "1" : "0", Text(s.AgeYears), Text(s.TScore)]));

    /// <summary>Writes what a study never sees.</summary>
    internal static void WriteTruth(string path, IReadOnlyList<SyntheticSubject> subjects) => WriteTable(
        path, ["ID", "TrueRisk", ImagingDemo.OutcomeColumn, "TextureScaleMm", "DensityHu", "Cleft", "HeightMm", "Wedge", "WidthMm"],
        subjects.Select(s => (string[])
        [
            s.Id, Text(s.TrueRisk), s.Outcome ? "1" : "0", Text(s.Traits.TextureScaleMm), Text(s.Traits.DensityHu), s.Traits.Cleft ? "1" : "0",
            Text(s.Traits.HeightMm), Text(s.Traits.Wedge), Text(s.Traits.WidthMm),
        ]));

    /// <summary>Writes the predicted risk of each held-out subject.</summary>
    internal static void WritePredictions(string path, DemoResult result) => WriteTable(
        path, ["ID", "PredictedRisk", ImagingDemo.OutcomeColumn],
        result.HeldOutSubjects.Zip(result.HeldOutRisks, (s, risk) => (string[])[s.Id, Text(risk), s.Outcome ? "1" : "0"]));

    /// <summary>Writes a text file in UTF-8 that appears only when it is complete.</summary>
    internal static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads extracted features: every column that is neither a column of the cases nor a diagnostic, then the clinical ones.
    /// Cases that failed are left out.</summary>
    /// <exception cref="DemoException">A column is missing, or a value is no number.</exception>
    internal static FeatureTable ReadFeatures(string path, IReadOnlyList<DemoFailure> failures)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture, BufferSize = 1 << 20 });
        string[] header = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        int id = Find("ID"), outcome = Find(ImagingDemo.OutcomeColumn);
        int[] columns =
        [
            .. Enumerable.Range(0, header.Length).Where(i =>
                !CaseColumns.Contains(header[i]) && header[i] != "Label" && !header[i].StartsWith(DiagnosticsPrefix, StringComparison.Ordinal)),
            .. ImagingDemo.ClinicalColumns.Select(Find),
        ];
        List<string> subjects = [];
        List<bool> outcomes = [];
        List<double> values = [];
        HashSet<string> failed = [.. failures.Select(f => f.Subject)];
        while (reader.Read())
        {
            if (failed.Contains(reader.GetString(id)))
                continue;
            subjects.Add(reader.GetString(id));
            outcomes.Add(reader.GetString(outcome) == "1");
            foreach (int column in columns)
            {
                if (!double.TryParse(reader.GetFieldSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                    throw new DemoException(
                        $"{path}: '{header[column]}' of {subjects[^1]} is '{reader.GetString(column)}', expected a number. Run the demo again into an empty folder.");
                values.Add(value);
            }
        }
        return new FeatureTable([.. columns.Select(c => header[c])], subjects, outcomes, [.. values]);

        int Find(string name)
        {
            int at = Array.IndexOf(header, name);
            return at >= 0 ? at : throw new DemoException($"{path}: no column '{name}'. Run the demo again into an empty folder.");
        }
    }

    private static void WriteWhereOther(string path, Volume volume, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            VolumeFile.Write(path, volume, cancellationToken);
            return;
        }
        // The format is told by the name, so this one ends like the target.
        string candidate = Path.Combine(Path.GetDirectoryName(path)!, "new_" + Path.GetFileName(path));
        try
        {
            VolumeFile.Write(candidate, volume, cancellationToken);
            if (!File.ReadAllBytes(candidate).AsSpan().SequenceEqual(File.ReadAllBytes(path)))
                File.Move(candidate, path, overwrite: true);
        }
        finally
        {
            File.Delete(candidate);
        }
    }

    private static void WriteTable(string path, IEnumerable<string> header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', header).Append('\n');
        foreach (string[] row in rows)
            text.AppendJoin(',', row).Append('\n');
        WriteText(path, text.ToString());
    }

    internal static string ImageName(SyntheticSubject subject) => $"{subject.Id}_image.nii.gz";

    internal static string MaskName(SyntheticSubject subject) => $"{subject.Id}_mask.nii.gz";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
