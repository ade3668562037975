using System.Globalization;

namespace Trabecula.Imaging.Nrrd;

/// <summary>Splits the values of NRRD fields into words, numbers and vectors.</summary>
internal static class NrrdValues
{
    /// <summary>Words between blanks.</summary>
    public static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number; NRRD also writes nan and inf.</summary>
    public static bool TryNumber(string text, out double number)
    {
        number = text.ToLowerInvariant() switch
        {
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return double.IsInfinity(number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Numbers between blanks, one for each axis; null where the field is absent.</summary>
    public static double[]? Numbers(NrrdHeader header, string key, string field, int count)
    {
        if (header[key] is not { } text)
            return null;
        string[] words = Words(text);
        double[] numbers = new double[count];
        bool good = words.Length == count;
        for (int i = 0; good && i < count; i++)
            good = TryNumber(words[i], out numbers[i]);
        return good ? numbers : throw header.Fault(field, text, FormattableString.Invariant($"{count} numbers were expected"));
    }

    /// <summary>Vectors such as <c>(1,0,0) none (0,1,0)</c>; null entries for <c>none</c>, null where the field is absent.</summary>
    public static double[]?[]? Vectors(NrrdHeader header, string key, string field, int count, int coefficients)
    {
        if (header[key] is not { } text)
            return null;
        var vectors = new List<double[]?>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t')
                at++;
            if (at >= text.Length)
                break;
            int end = text[at] == '(' ? text.IndexOf(')', at) : NextBlank(text, at) - 1;
            if (end < 0)
                throw Malformed(header, field, text, count, coefficients);
            string item = text[at..(end + 1)];
            vectors.Add(item[0] == '(' ? Vector(header, field, text, item[1..^1], count, coefficients)
                : item.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
                : throw Malformed(header, field, text, count, coefficients));
            at = end + 1;
        }
        return vectors.Count == count ? [.. vectors] : throw Malformed(header, field, text, count, coefficients);
    }

    private static int NextBlank(string text, int at)
    {
        int blank = text.IndexOfAny([' ', '\t'], at);
        return blank < 0 ? text.Length : blank;
    }

    private static double[] Vector(NrrdHeader header, string field, string text, string inside, int count, int coefficients)
    {
        string[] words = inside.Split(',', StringSplitOptions.TrimEntries);
        double[] vector = new double[coefficients];
        bool good = words.Length == coefficients;
        for (int i = 0; good && i < coefficients; i++)
            good = TryNumber(words[i], out vector[i]);
        return good ? vector : throw Malformed(header, field, text, count, coefficients);
    }

    private static ImagingException Malformed(NrrdHeader header, string field, string text, int count, int coefficients) =>
        header.Fault(field, text, FormattableString.Invariant(
            $"{count} vectors of {coefficients} numbers in brackets, or none in place of a vector, were expected"));
}
