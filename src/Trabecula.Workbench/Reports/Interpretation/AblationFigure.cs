using System.Globalization;
using System.Text;
using Trabecula.Learning.Interpretation;
using Trabecula.Workbench.Studies.Interpretations;

namespace Trabecula.Workbench.Reports.Interpretation;

/// <summary>An ablation as inline SVG: a row for each step, a mark for each meaning; AUROC with its interval on the left, net benefit on the right.</summary>
internal static class AblationFigure
{
    private const double LabelWidth = 300, AreaWidth = 300, Gap = 40, BenefitWidth = 190, Top = 58, RowHeight = 40, PhaseGap = 16, Right = 24;

    internal static string Render(AblationSummary ablation, string model)
    {
        AblationMeaning[] meanings = [.. ablation.Steps.Select(step => step.Meaning).Distinct().Order()];
        (int Phase, string Step)[] rows = [(0, "all predictors"), .. ablation.Steps.Select(step => (step.Phase, step.Step)).Distinct()];
        AblationMeasures[] all = [ablation.Full, .. ablation.Steps.Select(step => step.Measures).OfType<AblationMeasures>()];
        (double lowArea, double highArea) = (Math.Min(0.5, all.Min(found => found.AurocLower)), Math.Min(1, all.Max(found => found.AurocUpper) + 0.01));
        (double lowBenefit, double highBenefit) = Widened(Math.Min(0, all.Min(found => found.NetBenefit)), Math.Max(0, all.Max(found => found.NetBenefit)));
        double bottom = Y(rows.Length - 1) + RowHeight / 2, benefitLeft = LabelWidth + AreaWidth + Gap, width = benefitLeft + BenefitWidth + Right;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg class="figure wide" role="img" viewBox="0 0 {width} {bottom + 46}">
            <title>Ablation of {Html.Text(model)}</title><desc>{Html.Text(Describe(ablation))}</desc>
            {string.Concat(meanings.Select((meaning, i) => Legend(LabelWidth + 180 * i, meaning)))}
            <text class="axis" x="{LabelWidth + AreaWidth / 2}" y="{bottom + 40}" text-anchor="middle">AUROC, 95 % interval</text>
            <text class="axis" x="{benefitLeft + BenefitWidth / 2}" y="{bottom + 40}" text-anchor="middle">Net benefit at {Axis.Label(ablation.Threshold)}</text>

            """);
        Grid(svg, Axis.Ticks(lowArea, highArea, 5), Area, bottom);
        Grid(svg, Axis.Ticks(lowBenefit, highBenefit, 4), Benefit, bottom);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"diagonal\" d=\"M{Area(ablation.Full.Auroc):0.##} {Top}V{bottom:0.##}M{Benefit(ablation.Full.NetBenefit):0.##} {Top}V{bottom:0.##}\"/>\n");
        for (int r = 0; r < rows.Length; r++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"legend\" x=\"{LabelWidth - 14}\" y=\"{Y(r) + 4:0.##}\" text-anchor=\"end\">{FigureLabel.Of(rows[r].Step, LabelWidth - 14, 13)}</text>\n");
            if (r == 0)
                Draw(svg, ablation.Full, Y(r), null);
            for (int m = 0; m < meanings.Length; m++)
            {
                if (ablation.Steps.FirstOrDefault(step => step.Meaning == meanings[m] && (step.Phase, step.Step) == rows[r])?.Measures is { } found)
                    Draw(svg, found, Y(r) + 10 * (m - (meanings.Length - 1) / 2.0), meanings[m]);
            }
        }
        return svg.Append("</svg>").ToString();

        double Y(int row) => Top + RowHeight * (row + 0.5) + (row == 0 ? 0 : PhaseGap * (rows[row].Phase == 2 && rows.Any(each => each.Phase == 1) ? 2 : 1));

        double Area(double value) => LabelWidth + AreaWidth * (value - lowArea) / (highArea - lowArea);

        double Benefit(double value) => benefitLeft + BenefitWidth * (value - lowBenefit) / (highBenefit - lowBenefit);

        void Draw(StringBuilder to, AblationMeasures found, double y, AblationMeaning? meaning) => to.Append(CultureInfo.InvariantCulture,
            $"<path style=\"stroke:{Color(meaning)};stroke-width:1.8;fill:none\" d=\"M{Area(found.AurocLower):0.##} {y:0.##}H{Area(found.AurocUpper):0.##}\"/>\n{Mark(Area(found.Auroc), y, meaning)}{Mark(Benefit(found.NetBenefit), y, meaning)}");
    }

    private static void Grid(StringBuilder svg, IReadOnlyList<double> ticks, Func<double, double> x, double bottom)
    {
        foreach (double tick in ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path class="grid" d="M{x(tick):0.##} {Top}V{bottom:0.##}"/>
                <text class="tick" x="{x(tick):0.##}" y="{bottom + 17:0.##}" text-anchor="middle">{Axis.Label(tick)}</text>

                """);
        }
    }

    private static (double Low, double High) Widened(double low, double high) => high - low > 1e-9 ? (low - 0.05 * (high - low), high + 0.05 * (high - low)) : (low - 0.01, high + 0.01);

    private static string Color(AblationMeaning? meaning) => meaning switch
    {
        AblationMeaning.Masked => "var(--blue)",
        AblationMeaning.Refit => "var(--orange)",
        AblationMeaning.Retuned => "#009e73",
        _ => "var(--ink)",
    };

    private static string Mark(double x, double y, AblationMeaning? meaning) => meaning switch
    {
        AblationMeaning.Masked => string.Create(CultureInfo.InvariantCulture, $"<circle style=\"fill:{Color(meaning)}\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"4.6\"/>\n"),
        AblationMeaning.Refit => string.Create(CultureInfo.InvariantCulture, $"<rect style=\"fill:var(--paper);stroke:{Color(meaning)};stroke-width:2\" x=\"{x - 4:0.##}\" y=\"{y - 4:0.##}\" width=\"8\" height=\"8\"/>\n"),
        AblationMeaning.Retuned => string.Create(CultureInfo.InvariantCulture, $"<path style=\"fill:{Color(meaning)}\" d=\"M{x:0.##} {y - 5.5:0.##}l5.5 10h-11z\"/>\n"),
        _ => string.Create(CultureInfo.InvariantCulture, $"<path style=\"fill:{Color(meaning)}\" d=\"M{x:0.##} {y - 6:0.##}l6 6l-6 6l-6 -6z\"/>\n"),
    };

    private static string Legend(double x, AblationMeaning meaning) => string.Create(CultureInfo.InvariantCulture,
        $"<path style=\"stroke:{Color(meaning)};stroke-width:1.8\" d=\"M{x:0.##} 18h30\"/>{Mark(x + 15, 18, meaning)}<text class=\"legend\" x=\"{x + 38:0.##}\" y=\"22\">{Words(meaning)}</text>\n");

    private static string Words(AblationMeaning meaning) => meaning switch
    {
        AblationMeaning.Masked => "held at the mean",
        AblationMeaning.Refit => "model refit",
        _ => "all done anew",
    };

    private static string Describe(AblationSummary ablation) => string.Create(CultureInfo.InvariantCulture, $"AUROC with all predictors {ablation.Full.Auroc:0.###}; ") +
        string.Join("; ", ablation.Steps.Where(step => step.Measures is not null).Select(step => string.Create(CultureInfo.InvariantCulture, $"{InterpretationTables.Word(step.Meaning)} {step.Step}: {step.Measures!.Auroc:0.###}")));
}
