using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>Why a cell is no number.</summary>
internal enum NumberFault
{
    None,
    NotANumber,
    ThousandsSeparators,
    Infinite,
}

/// <summary>Numbers as tables write them: digits, one decimal mark, an exponent.</summary>
internal static class NumberCell
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly NumberFormatInfo CommaFormat = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private static readonly string[] InfiniteWords = ["inf", "infinity", "∞", "-inf", "-infinity", "-∞", "+inf", "+infinity", "+∞"];

    /// <summary>Reads a cell.</summary>
    public static NumberFault Parse(ReadOnlySpan<char> cell, char decimalMark, out double value)
    {
        if (double.TryParse(cell, Style, decimalMark == ',' ? CommaFormat : CultureInfo.InvariantCulture, out value))
        {
            // The words NaN and Infinity parse too, as does 1e999.
            if (double.IsFinite(value))
                return NumberFault.None;
            bool nan = double.IsNaN(value);
            value = double.NaN;
            return nan ? NumberFault.NotANumber : NumberFault.Infinite;
        }
        value = double.NaN;
        foreach (string word in InfiniteWords)
        {
            if (cell.Equals(word, StringComparison.OrdinalIgnoreCase))
                return NumberFault.Infinite;
        }
        return HasThousands(cell, decimalMark) ? NumberFault.ThousandsSeparators : NumberFault.NotANumber;
    }

    /// <summary>What is wrong with a cell.</summary>
    public static string Explain(NumberFault fault, ReadOnlySpan<char> cell, char decimalMark) => fault switch
    {
        NumberFault.ThousandsSeparators => $"'{cell}' has thousands separators or another decimal mark than '{decimalMark}'.",
        NumberFault.Infinite => $"'{cell}' is infinite or too large, expected a finite number.",
        _ => $"'{cell}' is no number.",
    };

    /// <summary>What to do about it.</summary>
    public static string Cure(NumberFault fault) => fault switch
    {
        NumberFault.ThousandsSeparators => "Write it without them, or state the decimal mark of the table.",
        NumberFault.Infinite => "Correct it, or leave the cell empty.",
        _ => "Correct it, leave the cell empty, or name this word among the missing markers (the key missing of the table in a plan).",
    };

    /// <summary>Whether the cell becomes a number when spaces, apostrophes, commas and points between digits are taken out.</summary>
    private static bool HasThousands(ReadOnlySpan<char> cell, char decimalMark)
    {
        Span<char> digits = stackalloc char[64];
        int length = 0;
        foreach (char c in cell)
        {
            if (c is ' ' or '\'' or '’' or '\u00A0' or '\u202F' || (c is ',' or '.' && c != decimalMark))
                continue;
            if (length == digits.Length)
                return false;
            digits[length++] = c == decimalMark ? '.' : c;
        }
        if (length == cell.Length)
            return Marks(cell, decimalMark) > 1 && cell.IndexOfAnyExceptInRange('0', '9') >= 0 && OnlyDigitsAndMarks(cell, decimalMark);
        return double.TryParse(digits[..length], Style, CultureInfo.InvariantCulture, out _);
    }

    private static int Marks(ReadOnlySpan<char> cell, char mark) => System.MemoryExtensions.Count(cell, mark);

    // 1.234.567 with the mark '.'; but 1.5.2020 is a date: every later group has three digits.
    private static bool OnlyDigitsAndMarks(ReadOnlySpan<char> cell, char mark)
    {
        int at = cell.IndexOf(mark);
        if (at is < 1 or > 4)
            return false;
        foreach (Range range in cell[(at + 1)..].Split(mark))
        {
            ReadOnlySpan<char> group = cell[(at + 1)..][range];
            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9'))
                return false;
        }
        return true;
    }
}
