using System.Globalization;

namespace Trabecula.Workbench.Extraction;

/// <summary>Names of files for the cases of a table: the study's own ids and never paths, which may hold a patient's name.</summary>
internal sealed class CaseFileNames
{
    // With label and image a name that every system takes.
    private const int Longest = 60;

    private readonly Dictionary<(string Title, string Image, string Mask), string> _names = [];

    /// <summary>Gives each case a name; rows of the same image and mask share it.</summary>
    public CaseFileNames(IEnumerable<CaseRow> rows)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (CaseRow row in rows)
        {
            string safe = Safe(TitleOf(row)), name = safe;
            if (_names.ContainsKey(KeyOf(row)))
                continue;
            for (int i = 2; !taken.Add(name); i++)
                name = string.Create(CultureInfo.InvariantCulture, $"{safe}-{i}");
            _names[KeyOf(row)] = name;
        }
    }

    /// <summary>The name that the files of a case begin with.</summary>
    public string this[CaseRow row] => _names[KeyOf(row)];

    /// <summary>What a case is called where people read it.</summary>
    public static string TitleOf(CaseRow row)
    {
        // Without a column of ids the table takes the image for one.
        string subject = row.Number == 0 ? "case" : row.HasId ? row.Subject : string.Create(CultureInfo.InvariantCulture, $"row {row.Number}");
        return row.Reader is { } reader ? string.Create(CultureInfo.InvariantCulture, $"{subject}, reader {reader}") : subject;
    }

    /// <summary>A text as a part of a file's name.</summary>
    public static string Safe(string text)
    {
        string safe = string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('.');
        return safe.Length > Longest ? safe[..Longest] : safe;
    }

    private static (string Title, string Image, string Mask) KeyOf(CaseRow row) => (TitleOf(row), row.ImagePath, row.MaskPath);
}
