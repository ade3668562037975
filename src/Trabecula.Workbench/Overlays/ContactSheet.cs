using System.Globalization;
using Trabecula.Workbench.Reports;

namespace Trabecula.Workbench.Overlays;

/// <summary>A picture on the contact sheet.</summary>
/// <param name="Title">Case and label.</param>
/// <param name="File">The file of the large picture, beside the sheet.</param>
/// <param name="Png">The small picture.</param>
internal sealed record ContactPrint(string Title, string File, byte[] Png);

/// <summary>All pictures small on one page that needs no other file, each a link to its large one.</summary>
internal static class ContactSheet
{
    internal static string Render(IReadOnlyList<ContactPrint> prints, IReadOnlyList<string> failures)
    {
        string pictures = string.Concat(prints.Select(print => $"""
            <figure><a href="{Html.Text(Uri.EscapeDataString(print.File))}"><img alt="{Html.Text($"Axial, sagittal and coronal slice of {print.Title} with the outline of the mask")}" style="display:block;max-width:100%;height:auto" src="data:image/png;base64,{Convert.ToBase64String(print.Png)}"></a>
            <figcaption>{Html.Text(print.Title)}</figcaption></figure>

            """));
        string lost = failures.Count == 0 ? "" : $"<h2>Without a picture</h2><ul>{string.Concat(failures.Select(failure => $"<li>{Html.Text(failure)}</li>"))}</ul>";
        return ReportPage.Render("Contact sheet of masks", "<strong>Research software, not a medical device.</strong>", $"""
            <p class="brand">Trabecula · overlays</p>
            <h1>Contact sheet of masks</h1>
            <p class="lead">{prints.Count.ToString(CultureInfo.InvariantCulture)} {(prints.Count == 1 ? "picture" : "pictures")}: axial, sagittal and coronal through the centre of each mask, in a bone window (450 HU, 1500 wide), at true proportions. The letters are the sides of the body: right, left, anterior, posterior, superior, inferior.</p>
            {lost}<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(400px,1fr));gap:12px">
            {pictures}</div>
            """);
    }
}
