using System.Globalization;
using System.Text;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Radiomics;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Synthesis;

namespace Trabecula.Workbench.Reports;

/// <summary>
/// The report of the demonstration: one HTML file that needs nothing else. The same result gives the same bytes; no time, no
/// path and no machine name is in it.
/// </summary>
internal static class DemoReport
{
    private const int CoefficientsShown = 15;
    private const int RiskGroups = 3;

    /// <summary>Writes the page as text.</summary>
    public static string Render(DemoResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var body = new StringBuilder();
        body.Append(Headline(result)).Append(Cohort(result)).Append(Slices(result)).Append(Discrimination(result))
            .Append(Coefficients(result)).Append(Method(result)).Append(Reproduction(result));
        return ReportPage.Render(
            "Trabecula demonstration: synthetic images",
            "<strong>SYNTHETIC DATA.</strong> No patient stands behind these numbers. <strong>Research software, not a medical device.</strong>",
            body.ToString());
    }

    private static string Headline(DemoResult result) => $"""
        <p class="brand">Trabecula · demonstration · images</p>
        <h1>From synthetic CT volumes to an evaluated risk model</h1>
        <p class="lead">{result.Subjects.Count} synthetic vertebrae with a known true risk: features extracted, a model fitted on the
        training subjects alone, and judged once on subjects that it never saw.</p>
        <div class="cards">
        {Card("", "Model, held-out subjects", result.Auroc)}
        {Card(" truth", "True risk, same subjects", result.TrueRiskAuroc)}
        </div>
        <p>The true risk is what the outcomes were drawn from, so on average no model can do better: it is the ceiling. On
        {result.HeldOutSubjects.Count} subjects either value is uncertain, as the intervals say, and by chance the model can even come out above it.</p>

        """;

    private static string Card(string cssClass, string name, Auroc auroc) => $"""
        <div class="card{cssClass}"><span class="name">{name}</span><b>{Html.Number(auroc.Value, 3)}</b>
        <span>AUROC, 95 % interval {Interval(auroc)} ({HeadlineAuroc.DeLong})</span></div>
        """;

    private static string Cohort(DemoResult result)
    {
        int events = result.Subjects.Count(s => s.Outcome);
        HashSet<string> failed = [.. result.Failures.Select(f => f.Subject)];
        string failures = result.Failures.Count == 0
            ? "<p>Features were computed for every subject.</p>"
            : "<p>No features could be computed for these subjects, who are in neither set:</p><ul>" +
              string.Concat(result.Failures.Select(f => $"<li><code>{Html.Text(f.Subject)}</code>: {Html.Text(f.Message)}</li>")) + "</ul>";
        return $"""
            <h2>Cohort</h2>
            <div class="table"><table>
            <thead><tr><th scope="col">Subjects</th><th scope="col">All</th><th scope="col">With event</th><th scope="col">Without</th><th scope="col">Event rate</th></tr></thead>
            <tbody>
            {FlowRow("Generated", result.Subjects.Count, events)}
            {FlowRow("No features", failed.Count, result.Subjects.Count(s => s.Outcome && failed.Contains(s.Id)))}
            {FlowRow("Training", result.Split.Training.Table.RowCount, result.Split.Training.Table.Outcomes.Count(o => o))}
            {FlowRow("Held out", result.Split.HeldOut.RowCount, result.HeldOutOutcomes.Count(o => o))}
            </tbody></table></div>
            {failures}

            """;
    }

    private static string FlowRow(string name, int count, int events) =>
        $"<tr><th scope=\"row\">{name}</th><td>{count}</td><td>{events}</td><td>{count - events}</td><td>{(count == 0 ? "–" : Percent((double)events / count))}</td></tr>";

    private static string Slices(DemoResult result)
    {
        SyntheticSubject lowest = result.Subjects.MinBy(s => s.TrueRisk)!, highest = result.Subjects.MaxBy(s => s.TrueRisk)!;
        return $"""
            <h2>What the images look like</h2>
            <div class="slices">{SubjectSlices(lowest, "Lowest")}{SubjectSlices(highest, "Highest")}</div>
            <p>64 × 56 × 14 voxels of 0.78 × 0.78 × 3 mm, bone window. The yellow line is the mask from which the features are
            computed. The risk depends on the scale of the trabecular texture, the bone density, a gas-filled cleft, and on age and
            T-score.</p>

            """;
    }

    private static string SubjectSlices(SyntheticSubject subject, string which)
    {
        VertebraPhantom phantom = VertebraPhantom.Render(subject.Traits, subject.ImageSeed);
        string description = string.Create(
            CultureInfo.InvariantCulture,
            $"Subject {subject.Id}: texture scale {subject.Traits.TextureScaleMm:0.0} mm, bone {subject.Traits.DensityHu:0} HU, {(subject.Traits.Cleft ? "with" : "without")} a cleft.");
        return $"""
            <figure><div class="pair">
            {SliceFigure.Render(SlicePicture.Of(phantom.Image, phantom.Mask, SlicePlane.Axial), $"Axial slice of synthetic vertebra {subject.Id}", description)}
            {SliceFigure.Render(SlicePicture.Of(phantom.Image, phantom.Mask, SlicePlane.Sagittal), $"Sagittal slice of synthetic vertebra {subject.Id}", description)}
            </div><figcaption><strong>{which} true risk, {Percent(subject.TrueRisk)}.</strong> {Html.Text(description)} Axial left, sagittal right.</figcaption></figure>
            """;
    }

    private static string Discrimination(DemoResult result)
    {
        RiskPoint[] risks = [.. result.HeldOutSubjects.Zip(result.HeldOutRisks, (s, risk) => new RiskPoint(s.TrueRisk, risk, s.Outcome))];
        string roc = RocFigure.Render(
            [
                new RocSeries($"True risk {Html.Number(result.TrueRiskAuroc.Value, 3)}", "true-risk", result.TrueRiskRoc),
                new RocSeries($"Model {Html.Number(result.Auroc.Value, 3)}", "model", result.Roc),
            ],
            "Receiver operating characteristic on the held-out subjects",
            $"Model: AUROC {Html.Number(result.Auroc.Value, 3)}, 95 % interval {Interval(result.Auroc)}. True risk: {Html.Number(result.TrueRiskAuroc.Value, 3)}.");
        string scatter = RiskFigure.Render(
            risks, "Predicted against true risk of the held-out subjects", $"{risks.Length} subjects; filled circles had the event, open squares had not.");
        return $"""
            <h2>Discrimination and risk</h2>
            <div class="plots">
            <figure>
            {roc}
            <figcaption>Receiver operating characteristic on the {risks.Length} held-out subjects, {result.Auroc.Cases} with the event. The dotted
            line is chance.</figcaption>
            </figure>
            <figure>
            {scatter}
            <figcaption>Predicted against true risk of the same subjects. On the dotted line the model would know the truth.</figcaption>
            </figure>
            </div>
            {RiskGroupTable(result)}

            """;
    }

    private static string RiskGroupTable(DemoResult result)
    {
        int[] order = [.. Enumerable.Range(0, result.HeldOutRisks.Count).OrderBy(i => result.HeldOutRisks[i]).ThenBy(i => i)];
        var rows = new StringBuilder();
        for (int group = 0; group < RiskGroups; group++)
        {
            int[] members = order[(group * order.Length / RiskGroups)..((group + 1) * order.Length / RiskGroups)];
            if (members.Length == 0)
                continue;
            string name = group switch { 0 => "Lowest third", RiskGroups - 1 => "Highest third", _ => "Middle third" };
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><th scope="row">{name}</th><td>{members.Length}</td><td>{Percent(members.Average(i => result.HeldOutRisks[i]))}</td><td>{Percent(members.Average(i => result.HeldOutSubjects[i].TrueRisk))}</td><td>{members.Count(i => result.HeldOutSubjects[i].Outcome)} ({Percent(members.Average(i => result.HeldOutSubjects[i].Outcome ? 1.0 : 0.0))})</td></tr>

                """);
        }
        return $"""
            <div class="table"><table>
            <thead><tr><th scope="col">Held-out subjects<br>by predicted risk</th><th scope="col">Subjects</th><th scope="col">Mean predicted</th><th scope="col">Mean true</th><th scope="col">Events observed</th></tr></thead>
            <tbody>
            {rows}</tbody></table></div>
            """;
    }

    private static string Coefficients(DemoResult result)
    {
        (string Name, double Value)[] largest = [.. result.Model.Columns.Zip(result.Model.Coefficients)
            .OrderByDescending(c => Math.Abs(c.Second)).ThenBy(c => c.First, StringComparer.Ordinal).Take(CoefficientsShown)];
        string clinical = string.Join(" and ", result.Model.Columns.Zip(result.Model.Coefficients)
            .Where(c => ImagingDemo.ClinicalColumns.Contains(c.First)).Select(c => $"<code>{Html.Text(c.First)}</code> {Html.Number(c.Second, 4)}"));
        double top = largest.Length == 0 ? 0 : Math.Abs(largest[0].Value);
        int decimals = top >= 0.5 ? 2 : top >= 0.05 ? 3 : 4;
        return $"""
            <h2>Largest coefficients</h2>
            <figure>
            {CoefficientFigure.Render(largest, decimals, "Largest standardised coefficients",
                string.Join("; ", largest.Select(c => $"{c.Name} {Html.Number(c.Value, decimals)}")))}
            <figcaption>The {largest.Length} largest of {Count(result.Model.Columns.Count)} coefficients, per standard deviation of the feature on the
            training set. Features that move together share one effect among them, so a single bar is small and its rank is not
            importance. The clinical columns are treated as two among all: {clinical}. This is how the model behaves, not what causes
            the event.</figcaption>
            </figure>

            """;
    }

    private static string Method(DemoResult result)
    {
        int radiomic = result.Model.Columns.Count - ImagingDemo.ClinicalColumns.Count;
        return $"""
            <h2>What was done</h2>
            <ol>
            <li>Volumes and masks were written as NIfTI files and read back: the path that real data take.</li>
            <li>{Count(radiomic)} radiomic features per subject, with the parameters of <code>cohort/paper.yaml</code> (normalised, 1 mm, original, LoG, wavelet and gradient images), joined with
            {string.Join(" and ", ImagingDemo.ClinicalColumns.Select(c => $"<code>{Html.Text(c)}</code>"))}.</li>
            <li>One split by subject, stratified by outcome, 70 % for training (rounded up in each class). It came before everything that learns.</li>
            <li>Every column was scaled to mean 0 and standard deviation 1 of the training set.</li>
            <li>Logistic regression on all columns with an L2 penalty, C = {ImagingDemo.PenaltyC.ToString(CultureInfo.InvariantCulture)}. The value was fixed beforehand:
            nothing was tuned or selected on these data.</li>
            <li>The held-out subjects were used once, for the numbers above.</li>
            </ol>
            <p>One small split shows the path, not a validated model: a study repeats it, tunes inside the training set and tests elsewhere.</p>

            """;
    }

    private static string Reproduction(DemoResult result) => $"""
        <h2>Reproduce it</h2>
        <pre>trabecula demo --seed {result.Seed} --subjects {result.Subjects.Count}</pre>
        <p>The same version and seed give the same files, whatever the number of jobs.</p>
        <div class="table"><table class="facts">
        <tbody>
        <tr><th scope="row">Trabecula</th><td><code>{Html.Text(TrabeculaVersion.Text)}</code></td></tr>
        <tr><th scope="row">.NET runtime</th><td><code>{Environment.Version}</code></td></tr>
        <tr><th scope="row">Seed</th><td><code>{result.Seed}</code></td></tr>
        <tr><th scope="row">Cohort seed, derived</th><td><code>{ImagingDemo.CohortSeed(result.Seed)}</code></td></tr>
        <tr><th scope="row">Split seed, derived</th><td><code>{ImagingDemo.SplitSeed(result.Seed)}</code></td></tr>
        <tr><th scope="row">Random numbers</th><td>xoshiro256**, SplitMix64</td></tr>
        </tbody></table></div>
        <footer>Beside this page: <code>predictions.csv</code> (held-out subjects), <code>truth.csv</code> (traits and true risks),
        <code>features.csv</code>, and the volumes with <code>cases.csv</code> and <code>paper.yaml</code> in <code>cohort/</code>.</footer>
        """;

    private static string Interval(Auroc auroc)
    {
        ConfidenceInterval interval = auroc.Interval(0.95, AurocScale.Logit);
        return $"{Html.Number(interval.Lower, 3)} to {Html.Number(interval.Upper, 3)}";
    }

    private static string Percent(double share) => Html.Number(100 * share, 0) + " %";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
