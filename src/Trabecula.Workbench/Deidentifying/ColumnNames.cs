using System.Text;
using System.Text.RegularExpressions;

namespace Trabecula.Workbench.Deidentifying;

/// <summary>What a column's name says of its cells: names, numbers and addresses by which a person can be found, in the words of tables in English and some in
/// German, French, Spanish and Italian.</summary>
/// <remarks>The kinds are those of 45 CFR 164.514(b)(2)(i), letters A to R.</remarks>
internal static partial class ColumnNames
{
    private static readonly (string Kind, string[] Words)[] s_kinds =
    [
        ("names", ["name", "names", "initials", "surname", "forename", "nom", "prenom", "nombre", "apellido", "apellidos", "cognome", "maiden", "mother", "father", "spouse", "relative", "guardian", "contact"]),
        ("names of staff", ["physician", "doctor", "surgeon", "radiologist", "referrer", "referring", "gp", "operator", "nurse", "consultant", "technician", "arzt", "aerztin", "medecin"]),
        ("addresses", ["address", "addr", "adresse", "street", "strasse", "city", "town", "village", "zip", "zipcode", "postcode", "postal", "plz", "ort", "wohnort", "county", "rue", "ville", "direccion", "indirizzo"]),
        ("contacts", ["phone", "telephone", "telefon", "tel", "mobile", "fax", "email", "mail", "url", "website"]),
        ("numbers of a person", ["mrn", "ssn", "nhs", "ahv", "pid", "uid", "accession", "passport", "licence", "license", "account", "iban", "insurance", "policy", "versicherung", "fallnummer", "encounter", "identifier", "plate", "barcode"]),
    ];

    // Patientenname, Telefonnummer, Wohnadresse: words that others are put before or behind.
    private static readonly (string Kind, string[] Begins, string[] Ends)[] s_compounds =
    [
        ("names", [], ["name", "namen"]),
        ("addresses", ["address", "adress", "strasse", "postleit"], ["address", "adresse", "strasse"]),
        ("contacts", ["phone", "telephone", "telefon", "email"], ["phone", "telefon"]),
        ("numbers of a person", ["versicher", "accession", "passport"], []),
    ];

    // Only as the last word: a stay in hospital is counted in days.
    private static readonly string[] s_institutions = ["hospital", "clinic", "klinik", "krankenhaus", "spital", "hopital", "ospedale", "institution", "institute", "facility", "ward", "department", "abteilung"];

    private static readonly string[] s_days = ["date", "datum", "dob", "birthday", "birthdate", "born", "year", "jahr", "fecha", "timestamp"];

    private static readonly string[] s_remarks = ["comment", "comments", "note", "notes", "remark", "remarks", "report", "text", "freetext", "bemerkung", "bemerkungen", "befund", "anamnese", "description", "findings", "impression"];

    /// <summary>What kind of identifier the name tells of; null for none.</summary>
    public static string? IdentifierOf(string column)
    {
        string[] words = Words(column);
        foreach ((string kind, string[] known) in s_kinds)
        {
            if (Array.Exists(words, known.Contains))
                return kind;
        }
        if (words is [.., var last] && s_institutions.Contains(last))
            return "institutions";
        return Array.Find(s_compounds, compound => Array.Exists(words, word =>
            Array.Exists(compound.Begins, each => word.StartsWith(each, StringComparison.Ordinal)) || Array.Exists(compound.Ends, each => word.EndsWith(each, StringComparison.Ordinal)))).Kind;
    }

    /// <summary>Whether the name tells of a number by which something is found, as Case_ID and Scan no.</summary>
    public static bool EndsAsNumber(string column) => Words(column) is [.., "id" or "ids" or "no" or "nr" or "number" or "nummer" or "numero" or "code"];

    /// <summary>Whether the name tells of dates or years.</summary>
    public static bool TellsOfDays(string column) => Array.Exists(Words(column), word => s_days.Contains(word) || (word.EndsWith("date", StringComparison.Ordinal) && word is not ("update" or "candidate")) || word.EndsWith("datum", StringComparison.Ordinal));

    /// <summary>Whether the name tells of free text.</summary>
    public static bool TellsOfRemarks(string column) => Array.Exists(Words(column), word => s_remarks.Contains(word));

    /// <summary>Whether the name tells of ages.</summary>
    public static bool TellsOfAges(string column) => Array.Exists(Words(column), word => word is "age" or "alter" or "edad" or "eta");

    /// <summary>The columns that may hold the subjects' numbers: those that name a person, or else those that name a case, a study or nothing.</summary>
    public static int[] Subjects(IReadOnlyList<string> columns)
    {
        int[] persons = Where(PersonName()), numbers = Where(NumberName());
        return persons.Length > 0 ? persons : numbers;

        int[] Where(Regex form) => [.. Enumerable.Range(0, columns.Count).Where(column => form.IsMatch(columns[column].Trim()))];
    }

    private static string[] Words(string column)
    {
        string letters = string.Concat(column.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD).Where(letter => !char.IsBetween(letter, '\u0300', '\u036F')));
        return [.. Word().Matches(letters).Select(match => match.Value.ToLowerInvariant())];
    }

    // PatientID is two words, and so is patient_id.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("^(subject|patient|participant|person|pat)s?[-_. ]?(id|no|nr|number|identifier)?$|^(pid|mrn)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PersonName();

    [GeneratedRegex("^((case|study)[-_. ]?)?(id|no|nr|number|identifier)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberName();
}
