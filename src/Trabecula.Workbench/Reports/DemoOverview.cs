using System.Globalization;
using Trabecula.Learning.Evaluation;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Demos;
using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The demonstration's first page: what is synthetic, what was found, whether it is what is known to be true, and where the reports are.</summary>
internal static class DemoOverview
{
    internal static string Render(DemoSummary summary) => ReportPage.Render(
        "Trabecula demonstration", "<strong>SYNTHETIC DATA.</strong> No patient stands behind these numbers. <strong>Research software, not a medical device.</strong>", $"""
        <p class="brand">Trabecula · demonstration</p>
        <h1>A radiomics study from images to its evidence, on synthetic data</h1>
        <p class="lead">Everything here was drawn by a seeded generator: {Whole(summary.Imaging.Subjects)} vertebrae as CT volumes, and {Whole(summary.Study.Screened)} patients with two readers' features. The risks that outcomes were
        drawn from are known, so what the study finds can be held against the truth.</p>
        <div class="cards">
        {Card("Best model, sound order", summary.Models.MaxBy(model => model.Sound.Value)!.Sound)}
        {(summary.Models.Where(model => model.Paper is not null).MaxBy(model => model.Paper!.Value) is { } paper ? Card("Best model, published order, which leaks", paper.Paper!) : "")}
        <div class="card truth"><span class="name">The true risk</span><b>{Html.Number(summary.TrueRiskAuroc, 3)}</b><span>AUROC on the held-out patients of the sound order: on average no model can do better</span></div>
        </div>
        <h2>Reports</h2>
        <ul>
        <li><a href="{Demo.SoundFolder}/{Demo.ReportName}"><strong>The study in a sound order of work</strong></a>, with the published order beside it: figures, tables, methods, limitations, checklists.</li>
        <li><a href="{Demo.PaperFolder}/{Demo.ReportName}">The same study in the published order</a>: columns are selected on all patients before any is held out, and folds are drawn among resampled rows.</li>
        <li><a href="{Demo.ImagingFolder}/{Demo.ReportName}">The images</a>: {Whole(summary.Imaging.Subjects)} volumes written, read back and extracted; AUROC {Html.Number(summary.Imaging.Auroc, 3)}, true risk {Html.Number(summary.Imaging.TrueRiskAuroc, 3)}.</li>
        </ul>
        <p>Each model tried {Whole(summary.Configurations)} configurations{(summary.Full ? ", as the paper did." : "; the paper tried 100, which <code>trabecula demo --full</code> repeats.")}
        TabNet tried as many in each of its two phases. Of {Whole(summary.Study.Screened)} screened patients {Whole(summary.Study.Analysed)} were analysed,
        {Whole(summary.Study.Events)} with the event; {Whole(summary.Study.HeldOut)} ({Whole(summary.Study.HeldOutEvents)} with the event) were held out.</p>
        <h2>What the order of work is worth</h2>
        <figure>{OrdersFigure.Render(summary.Models, summary.TrueRiskAuroc)}
        <figcaption>The same {Whole(summary.Study.Analysed)} synthetic patients in both orders; {Whole(summary.Study.HeldOut)} held out, {Whole(summary.Study.HeldOutEvents)} with the event. Intervals: {HeadlineAuroc.DeLong}. The dotted line is the AUROC of the risks that outcomes were drawn from.</figcaption></figure>
        <div class="table"><table><thead><tr><th scope="col">AUROC on held-out patients (95 %)</th><th scope="col">Sound order</th><th scope="col">Published order</th></tr></thead><tbody>
        {string.Concat(summary.Models.Select(model => $"<tr><th scope=\"row\">{Html.Text(model.Name)}</th><td>{Area(model.Sound)}</td><td>{(model.Paper is { } other ? Area(other) : "–")}</td></tr>\n"))}
        <tr><th scope="row">True risk</th><td>{Html.Number(summary.TrueRiskAuroc, 3)}</td><td></td></tr>
        </tbody></table></div>
        <p>What the published order shows more is not a better model: its steps saw the outcomes of those by whom it is judged.</p>
        <h2>Was the truth found?</h2>
        <div class="table"><table><thead><tr><th scope="col">Risk factor of the generator</th><th scope="col">Log odds</th>{string.Concat(summary.Models.Select(model => $"<th scope=\"col\">{Html.Text(model.Name)}</th>"))}</tr></thead><tbody>
        {string.Concat(summary.Factors.Select(Factor))}</tbody></table></div>
        <p>Numbers are ranks by permutation importance on the held-out patients, 1 being what a model relies on most; <em>left out</em>: the selection did not take it. Three more factors (texture, anisotropy, coarseness; log odds 0.75, 0.6
        and −0.5) are in no column by themselves but in many radiomic ones together.{Ablation(summary)} Of {Whole(summary.Radiomic.Selected)} radiomic columns selected, {Whole(summary.Radiomic.Reliable)} are among those that the generator made so that
        both readers measure them well. With {Whole(summary.Study.HeldOutEvents)} events held out, ranks next to each other differ by chance.</p>
        <footer>Truth: <code>study/truth</code> and <code>imaging/truth.csv</code>, which no analysis read. Plans and tables: <code>study</code>. Research software, not a medical device. It must not guide the treatment of a patient.</footer>
        """);

    private static string Card(string name, Auroc auroc) => $"""
        <div class="card"><span class="name">{name}</span><b>{Html.Number(auroc.Value, 3)}</b><span>AUROC, 95 % interval {Interval(auroc)} ({HeadlineAuroc.DeLong})</span></div>
        """;

    private static string Factor(KnownFactor factor) =>
        $"<tr><th scope=\"row\">{Html.Text(factor.Name)}</th><td>{Html.Text(factor.Effect)}</td>{string.Concat(factor.Ranks.Select(rank => $"<td>{(rank is { } place ? Whole(place) : "left out")}</td>"))}</tr>\n";

    private static string Ablation(DemoSummary summary) => summary.Ablation is not { } lost ? "" :
        $" Without all radiomic columns the AUROC of {Html.Text(lost.Model)} changes by {Html.Number(lost.WithoutRadiomic, 3)}, without all clinical ones by {Html.Number(lost.WithoutClinical, 3)}.";

    private static string Area(Auroc auroc) => $"{Html.Number(auroc.Value, 3)} ({Interval(auroc)})";

    private static string Interval(Auroc auroc)
    {
        ConfidenceInterval interval = auroc.Interval(0.95, AurocScale.Logit);
        return $"{Html.Number(interval.Lower, 3)} to {Html.Number(interval.Upper, 3)}";
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
