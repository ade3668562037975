using System.Globalization;
using System.Text;
using Trabecula.Workbench.Extraction;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Synthesis;

/// <summary>The files of the worked example. What a study may see and the truth are in different folders.</summary>
public static class SyntheticStudyFiles
{
    /// <summary>The screened patients.</summary>
    public const string Screened = "screened.csv";

    /// <summary>The readers' features.</summary>
    public const string Reader1 = "reader1.csv.gz", Reader2 = "reader2.csv.gz";

    /// <summary>The true risks, which no study may read.</summary>
    public const string TruePatients = "truth/patients.csv", TrueColumns = "truth/columns.csv";

    private const string Explanation = """
        # A synthetic study

        **Nothing here is from a person.** Trabecula drew these patients, images and outcomes from a formula, so that a study can be tried out and held
        against a known truth. No number says anything about a disease. The numbers of patients are those of Ge et al. 2025 (Int J Med Sci 22:3329).

        | file | what it holds |
        |---|---|
        | `screened.csv` | 1,253 screened patients: what the criteria need, candidate predictors, pain scores (VAS) of days 1, 3, 7 and 30 |
        | `reader1.csv.gz`, `reader2.csv.gz` | 1,223 radiomic columns of the 856 eligible patients, measured by two readers |
        | `truth/patients.csv` | **the answer**: the risk from which each outcome was drawn, and the factors of the image. Never an input of a model |
        | `truth/columns.csv` | what was planted in each radiomic column: 940 reliable, 243 noisy, 40 shifted in the second reader |

        Eligible are 856: 55 years or more; primary unilateral PKP; one level from T4 to L5; acute on MRI; T-score of -2.5 or less; VAS of 6 or more with
        limited activity; no other spinal disease or surgery, no canal compromise, no cardiopulmonary contraindication, no new fracture within three
        months, and follow-up of 30 days or more. The outcome is a VAS of 4 or more on day 3 and on day 30: 102 patients.

        Columns of `screened.csv`: `bmd` is a T-score; `ivc` an intravertebral cleft, `tlf` an injury of the thoracolumbar fascia, `location` the levels T11 to
        L2 (all 0/1); `height_reduction` a ratio; `cobb` in degrees; `odi` 0 to 100; `date` that of the operation. `new_fracture`, `followup_days` and
        the scores `vas_day1` to `vas_day30` are known only after it.

        """;

    private static readonly string[] Columns =
    [
        "id", "date", "scanner", "age", "female", "bmi", "procedure", "level", "location", "mri_acute", "bmd", "vas", "limitation", "odi", "ivc", "tlf",
        "height_reduction", "cobb", "other_spinal_disease", "canal_compromise", "contraindication", "new_fracture", "followup_days",
        "vas_day1", "vas_day3", "vas_day7", "vas_day30",
    ];

    /// <summary>Writes all files into a folder, which is made where it is absent.</summary>
    /// <exception cref="ExtractionException">A file cannot be written.</exception>
    public static void Write(this SyntheticStudy study, string folder)
    {
        ArgumentNullException.ThrowIfNull(study);
        ExtractionException.Guard(folder, () =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "truth"));
            AtomicFile.Write(Path.Combine(folder, "README.md"), stream => stream.Write(Encoding.UTF8.GetBytes(Explanation.ReplaceLineEndings("\n"))));
        });
        TableFile.Write(Path.Combine(folder, Screened), DataTable.Of(Screened, Columns, study.Records.Select(Cells)));
        TableFile.Write(Path.Combine(folder, Reader1), Readings(study, Reader1, study.Readings.First));
        TableFile.Write(Path.Combine(folder, Reader2), Readings(study, Reader2, study.Readings.Second));
        TableFile.Write(Path.Combine(folder, TruePatients), DataTable.Of(
            TruePatients, ["id", "true_risk", "texture", "anisotropy", "coarseness"], study.Eligible.Select((record, i) => (string[])
            [
                record.Id, Text(study.TrueRisks[i]), Text(record.Patient.Factors[SyntheticFactors.Texture]),
                Text(record.Patient.Factors[SyntheticFactors.Anisotropy]), Text(record.Patient.Factors[SyntheticFactors.Coarseness]),
            ])));
        TableFile.Write(Path.Combine(folder, TrueColumns), DataTable.Of(
            TrueColumns, ["column", "planted", "reliability", "margin", "shift", "gain"], study.Readings.Columns.Select(column => (string[])
            [
                column.Name, column.Kind.ToString(), Text(column.Reliability), column.Margin.ToString(), Text(column.Shift), Text(column.Gain),
            ])));
    }

    private static string[] Cells(SyntheticRecord record)
    {
        SyntheticPatient patient = record.Patient;
        return
        [
            record.Id, record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), patient.Scanner, Text(patient.Age), Flag(patient.Female), Text(patient.Bmi),
            record.Procedure, record.Level, Flag(patient.IsThoracolumbar), record.Acute is { } acute ? Flag(acute) : "", patient.Bmd is { } bmd ? Text(bmd) : "",
            Text(patient.Vas), Flag(record.Limited), Text(patient.Odi), Flag(patient.Ivc), Flag(patient.Tlf), Text(patient.HeightReduction), Text(patient.Cobb),
            Flag(record.SpinalDisease), Flag(record.CanalCompromise), Flag(record.Contraindication), Flag(record.NewFracture), Text(record.FollowUpDays),
            .. record.Pain.Select(score => score is { } value ? Text(value) : ""),
        ];
    }

    private static DataTable Readings(SyntheticStudy study, string name, double[] values)
    {
        int width = study.Readings.Columns.Count;
        return DataTable.Of(name, ["id", .. study.Readings.Columns.Select(column => column.Name)], study.Eligible.Select((record, row) =>
        {
            var cells = new string[width + 1];
            cells[0] = record.Id;
            for (int c = 0; c < width; c++)
                cells[c + 1] = Text(values[row * width + c]);
            return cells;
        }));
    }

    private static string Flag(bool value) => value ? "1" : "0";

    // Seven digits: a last bit that another processor's exponential gives differently does not show.
    private static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
