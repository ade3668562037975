namespace Trabecula.Workbench.Reports;

/// <summary>A name beside a figure: long ones lose their middle, since radiomic names begin with the filter and end with the feature.</summary>
internal static class FigureLabel
{
    /// <summary>The content of a text element, with the whole name as its tooltip where it was shortened.</summary>
    internal static string Of(string name, int most)
    {
        if (name.Length <= most)
            return Html.Text(name);
        int end = most / 2;
        return $"{Html.Text($"{name[..(most - 1 - end)]}…{name[^end..]}")}<title>{Html.Text(name)}</title>";
    }
}
