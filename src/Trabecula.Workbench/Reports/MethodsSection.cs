using Trabecula.Workbench.Studies;

namespace Trabecula.Workbench.Reports;

/// <summary>The parts of a report that a paper needs in words: what was done, what limits it, and the plan itself.</summary>
internal static class MethodsSection
{
    internal static string Render(StudySummary summary) => summary.Account is not { } account ? "" : $"""
        <h2>Methods</h2>
        <p>Written from what ran; a sentence is there because the step was.</p>
        <p>{string.Join(" ", account.Methods.Select(Html.Text))}</p>
        <h2>Limitations found</h2>
        <ul>{string.Concat(account.Limitations.Select(limitation => $"<li>{Html.Text(limitation)}</li>"))}</ul>
        <h2>Plan</h2>
        <pre class="plan">{Html.Text(account.Plan)}</pre>

        """;
}
