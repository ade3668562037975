using System.Globalization;
using System.Text;

namespace Trabecula.Radiomics;

/// <summary>
/// Values as Python prints them, which is how PyRadiomics writes its CSV: shortest round-trip floats with an exponent below 1e-4 and
/// from 1e16 (<c>1e-05</c>, <c>123.0</c>, <c>1e+16</c>), tuples, lists, dictionaries, <c>None</c> and <c>True</c>.
/// </summary>
public static class PythonText
{
    // repr() leaves positional notation where the decimal point would stand at or beyond these places (CPython, float_repr_style "short").
    private const int FirstExponentAbove = 16;
    private const int LastPositionalBelow = -4;

    /// <summary>Python's <c>str</c> of a float.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";

        return LayOut(value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Python's <c>str</c> of a value: texts stand bare at the top and quoted inside tuples, lists and dictionaries.</summary>
    public static string Of(DiagnosticValue value)
    {
        if (value is DiagnosticValue.TextValue text)
            return text.Value;
        var output = new StringBuilder();
        Append(output, value);
        return output.ToString();
    }

    // .NET's "R" has the same digits as Python's repr; only the place of the exponent differs.
    private static string LayOut(string shortest)
    {
        ReadOnlySpan<char> rest = shortest;
        bool negative = rest[0] == '-';
        if (negative)
            rest = rest[1..];

        int exponent = 0;
        int mark = rest.IndexOf('E');
        if (mark >= 0)
        {
            exponent = int.Parse(rest[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            rest = rest[..mark];
        }

        int point = rest.IndexOf('.');
        string whole = (point < 0 ? rest : rest[..point]).ToString();
        string digits = whole + (point < 0 ? "" : rest[(point + 1)..].ToString());
        int leadingZeros = digits.Length - digits.AsSpan().TrimStart('0').Length;
        if (leadingZeros == digits.Length)
            return negative ? "-0.0" : "0.0";
        int pointPlace = whole.Length - leadingZeros + exponent;
        digits = digits.Trim('0');

        string sign = negative ? "-" : "";
        return pointPlace > FirstExponentAbove || pointPlace <= LastPositionalBelow
            ? sign + Scientific(digits, pointPlace - 1)
            : sign + Positional(digits, pointPlace);
    }

    private static string Scientific(string digits, int exponent)
    {
        string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits.AsSpan(1)}";
        string size = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{size}";
    }

    private static string Positional(string digits, int pointPlace)
    {
        if (pointPlace <= 0)
            return "0." + new string('0', -pointPlace) + digits;
        if (pointPlace >= digits.Length)
            return digits.PadRight(pointPlace, '0') + ".0";
        return $"{digits.AsSpan(0, pointPlace)}.{digits.AsSpan(pointPlace)}";
    }

    private static void Append(StringBuilder output, DiagnosticValue value)
    {
        switch (value)
        {
            case DiagnosticValue.NoneValue:
                output.Append("None");
                break;
            case DiagnosticValue.BooleanValue boolean:
                output.Append(boolean.Value ? "True" : "False");
                break;
            case DiagnosticValue.IntegerValue integer:
                output.Append(CultureInfo.InvariantCulture, $"{integer.Value}");
                break;
            case DiagnosticValue.FloatValue number:
                output.Append(Of(number.Value));
                break;
            case DiagnosticValue.TextValue text:
                AppendQuoted(output, text.Value);
                break;
            case DiagnosticValue.TupleValue tuple:
                AppendItems(output.Append('('), tuple.Items).Append(tuple.Items.Count == 1 ? ",)" : ")");
                break;
            case DiagnosticValue.ListValue list:
                AppendItems(output.Append('['), list.Items).Append(']');
                break;
            case DiagnosticValue.DictionaryValue dictionary:
                AppendDictionary(output, dictionary);
                break;
            default:
                throw new ArgumentException($"A value of kind {value.GetType().Name} has no Python text.", nameof(value));
        }
    }

    private static StringBuilder AppendItems(StringBuilder output, IReadOnlyList<DiagnosticValue> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Append(", ");
            Append(output, items[i]);
        }
        return output;
    }

    private static void AppendDictionary(StringBuilder output, DiagnosticValue.DictionaryValue dictionary)
    {
        output.Append('{');
        for (int i = 0; i < dictionary.Items.Count; i++)
        {
            if (i > 0)
                output.Append(", ");
            AppendQuoted(output, dictionary.Items[i].Key);
            output.Append(": ");
            Append(output, dictionary.Items[i].Value);
        }
        output.Append('}');
    }

    private static void AppendQuoted(StringBuilder output, string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        output.Append(quote);
        foreach (char c in text)
        {
            if (c == quote || c == '\\')
                output.Append('\\').Append(c);
            else if (c == '\n')
                output.Append("\\n");
            else if (c == '\r')
                output.Append("\\r");
            else if (c == '\t')
                output.Append("\\t");
            else
                output.Append(c);
        }
        output.Append(quote);
    }
}
