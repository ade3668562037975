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

    /// <summary>The least value that some program prints so: by leaving digits out, or by rounding one digit after another.</summary>
    public double Lowest => Value - (CanBeNegative ? Unit : RoundedAgain) - Slack;

    /// <summary>The largest value that some program prints so.</summary>
    public double Highest => Value + (CanBePositive ? Unit : RoundedAgain) + Slack;

    /// <summary>Whether a value is printed so when it is rounded.</summary>
    public bool Fits(double value) => value >= Low && value <= High;

    /// <summary>Whether a value is printed so when it is rounded, rounded digit after digit, or has digits left out.</summary>
    public bool FitsLoosely(double value) => value >= Lowest && value <= Highest;

    // 0.4444...5 becomes 0.45, then 0.5, then 1.
    private double RoundedAgain => Unit * 5 / 9;

    // Digits are left out towards zero; what is printed as zero may come from either side.
    private bool CanBeNegative => Value == 0 || !CanBePositive;

    private bool CanBePositive => Text[0] is not ('-' or Minus);

    // What papers print, and the reports of Trabecula.
    private const char Minus = '−';

    /// <summary>Reads a number as printed: digits with an optional point, sign (a hyphen or a true minus) and per cent.</summary>
    /// <returns>Null for anything else.</returns>
    public static ReportedNumber? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.Trim().Replace(Minus, '-');
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
