using System.Globalization;
using System.Net;

namespace Trabecula.Workbench.Reports;

/// <summary>Text and numbers for a page.</summary>
internal static class Html
{
    /// <summary>Text with markup characters escaped.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with a fixed count of decimals and a true minus sign; a dash for one that cannot be estimated.</summary>
    internal static string Number(double value, int decimals)
    {
        if (double.IsNaN(value))
            return "–";
        string digits = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && digits.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "−" + digits : digits;
    }
}
