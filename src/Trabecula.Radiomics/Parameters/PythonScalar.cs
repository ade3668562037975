using System.Globalization;
using System.Text.RegularExpressions;

namespace Trabecula.Radiomics.Parameters;

/// <summary>
/// The Python type of a plain (unquoted) scalar, by PyYAML's resolver (YAML 1.1), or by the json module for JSON files.
/// Numbers that YAML 1.1 and 1.2 read differently (<c>1e3</c>, <c>010</c>, <c>1_000</c>, <c>1:30</c>) stay texts, so that a number's rule
/// refuses them instead of guessing.
/// </summary>
internal static partial class PythonScalar
{
    public static DiagnosticValue Resolve(string text, bool json)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return DiagnosticValue.None;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON":
                return DiagnosticValue.Boolean(true);
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return DiagnosticValue.Boolean(false);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "Infinity":
                return DiagnosticValue.Float(double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF" or "-Infinity":
                return DiagnosticValue.Float(double.NegativeInfinity);
            case ".nan" or ".NaN" or ".NAN" or "NaN":
                return DiagnosticValue.Float(double.NaN);
        }
        if (WholeNumber().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return DiagnosticValue.Integer(whole);
        if ((json ? JsonFloat() : YamlFloat()).IsMatch(text))
            return DiagnosticValue.Float(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        return DiagnosticValue.Text(text);
    }

    /// <summary>How to write a number that the resolver took for a text, or null where the text is no number.</summary>
    public static string? CureForNumber(string text)
    {
        if (!double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            return null;
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase) && !text.Contains('_', StringComparison.Ordinal))
        {
            int mark = text.IndexOf('e', StringComparison.OrdinalIgnoreCase);
            string mantissa = text[..mark].Contains('.', StringComparison.Ordinal) ? text[..mark] : text[..mark] + ".0";
            string exponent = text[(mark + 1)..];
            return $"{mantissa}e{(exponent[0] is '+' or '-' ? "" : "+")}{exponent}";
        }
        return PythonText.Of(value);
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    // PyYAML wants a point, and a sign in the exponent.
    [GeneratedRegex(@"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex YamlFloat();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex JsonFloat();
}
