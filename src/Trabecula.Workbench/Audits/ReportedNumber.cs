using System.Globalization;

namespace Trabecula.Workbench.Audits;

/// <summary>A number as it was printed: its digits say how far it was rounded.</summary>
/// <param name="Text">As printed, as <c>0.910</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">One in the last digit that was printed.</param>
public sealed record ReportedNumber(string Text, double Value, double Unit)
{
    // Decimal fractions have no exact binary form.
    private const double Slack = 1e-9;

    /// <summary>The least value that is printed so.</summary>
    public double Low => Value - Unit / 2 - Slack;

    /// <summary>The largest value that is printed so; halves go either way, as programs differ.</summary>
    public double High => Value + Unit / 2 + Slack;

    /// <summary>The value, 0 or more, that is no longer printed so when further digits are left out.</summary>
    public double LimitIfCutOff => Value + Unit + Slack;

    /// <summary>Whether a value is printed so when it is rounded.</summary>
    public bool Fits(double value) => value >= Low && value <= High;

    /// <summary>Whether a value is printed so when the digits after the last are left out: towards zero.</summary>
    public bool IsCutOff(double value)
    {
        double beyond = Text.StartsWith('-') ? -value : value;
        return (Value == 0 ? Math.Abs(value) : beyond) >= Math.Abs(Value) - Slack && Math.Abs(value) < Math.Abs(Value) + Unit + Slack;
    }

    /// <summary>Reads a number as printed: digits with an optional point, sign and per cent.</summary>
    /// <returns>Null for anything else.</returns>
    public static ReportedNumber? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.Trim();
        bool percent = digits.EndsWith('%');
        if (percent)
            digits = digits[..^1].TrimEnd();
        if (!decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            return null;
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int decimals = (point < 0 ? 0 : digits.Length - point - 1) + (percent ? 2 : 0);
        return new ReportedNumber(text.Trim(), (double)(percent ? value / 100 : value), Math.Pow(10, -decimals));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
