using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;
using Trabecula.Imaging;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// The table of cases, as PyRadiomics' batch mode takes it: columns <c>Image</c> and <c>Mask</c>, where wanted <c>ID</c> and <c>Label</c>,
/// and any others, which are carried into the output. <c>Mask2</c>, <c>Mask3</c> … are further readers' masks: each makes a row of its own.
/// </summary>
/// <param name="Columns">All columns, named as in the file.</param>
/// <param name="LabelColumn">Place of the column <c>Label</c>, or -1.</param>
/// <param name="Rows">The cases.</param>
internal sealed record CaseTable(IReadOnlyList<string> Columns, int LabelColumn, IReadOnlyList<CaseRow> Rows)
{
    /// <summary>The column that tells apart the rows of several readers, whose masks the columns <c>Mask</c>, <c>Mask2</c> … name.</summary>
    public const string ReaderColumn = "Reader";

    /// <summary>The column of results that tells the segments' names, where masks have names.</summary>
    public const string SegmentColumn = "Segment";

    // A hundred times the table of a large cohort.
    private const long LargestBytes = 1 << 28;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>Reads a table.</summary>
    /// <param name="path">A CSV file in UTF-8 with comma, semicolon or tab.</param>
    /// <param name="readLabels">False where labels are given elsewhere: the column then does not count.</param>
    /// <exception cref="ExtractionException">The table has problems: all of them are reported together.</exception>
    public static CaseTable Read(string path, bool readLabels)
    {
        string text = ReadText(path);
        var problems = new List<string>();
        CaseTable table = new CaseTableReader(path, readLabels, problems).Read(Open(path, text));
        if (problems.Count > 0)
        {
            throw ExtractionException.Input(problems.Count == 1
                ? $"{path}: {problems[0]}"
                : string.Create(CultureInfo.InvariantCulture, $"{path}: {problems.Count} problems.\n  {string.Join("\n  ", problems)}"));
        }
        return table;
    }

    /// <summary>The cases of a request.</summary>
    /// <exception cref="ExtractionException">The table has problems.</exception>
    public static CaseTable Of(ExtractionRequest request) => request.Input switch
    {
        ExtractionInput.Pair pair => OfPair(pair.Image, pair.Mask),
        ExtractionInput.Table file => Read(file.Path, readLabels: request.Labels is null),
        _ => throw new InvalidOperationException("Unknown kind of input."),
    };

    /// <summary>The one case of an image and a mask.</summary>
    public static CaseTable OfPair(string image, string mask) =>
        new(["Image", "Mask"], -1, [new CaseRow(0, image, [image, mask], image, mask, null)]);

    private static string ReadText(string path)
    {
        try
        {
            // A folder has no length to ask for; that it is none is said when it is read.
            long length = Directory.Exists(path) ? 1 : StoredFile.LengthOf(path);
            if (length == 0)
                throw ExtractionException.Input($"{path}: the table is empty, or it is a pipe or a device. Give a CSV file with the columns Image and Mask.");
            if (length > LargestBytes)
                throw ExtractionException.Input(string.Create(CultureInfo.InvariantCulture,
                    $"{path}: the table has {length} bytes, where at most {LargestBytes} are read. Check that it is the table of cases; if it is, split it."));
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException exception)
        {
            throw ExtractionException.Input($"{path}: the table is not in UTF-8. Save it as \"CSV UTF-8\".", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ExtractionException.Input($"{path}: the table does not exist. Check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ExtractionException.Input($"{path}: the table cannot be read. Check that it is a file and its permissions.", exception);
        }
    }

    private static CsvDataReader Open(string path, string text)
    {
        try
        {
            string header = text.AsSpan().TrimStart("\r\n").ToString().Split('\n')[0];
            char delimiter = Delimiters.MaxBy(candidate => header.Count(letter => letter == candidate));
            var options = new CsvDataReaderOptions { Delimiter = delimiter, HasHeaders = false, BufferSize = Math.Max(0x10000, text.Length + 1) };
            return CsvDataReader.Create(new StringReader(text), options);
        }
        catch (CsvFormatException exception)
        {
            throw ExtractionException.Input($"{path}: not readable as CSV. Check the quotes.", exception);
        }
    }
}

/// <summary>A row of the table of cases.</summary>
/// <param name="Number">Row of the file as a spreadsheet counts it, the header being 1; 0 for a case that is not from a table.</param>
/// <param name="Subject">The ID, or the image where there are no IDs.</param>
/// <param name="Cells">All cells, in the order of the columns.</param>
/// <param name="ImagePath">Path of the image, from the folder that the program runs in.</param>
/// <param name="MaskPath">Path of the mask.</param>
/// <param name="Label">The label, or null where the table gives none.</param>
internal sealed record CaseRow(int Number, string Subject, IReadOnlyList<string> Cells, string ImagePath, string MaskPath, uint? Label)
{
    /// <summary>The name of a segment in place of a label, or null.</summary>
    public string? LabelName { get; init; }

    /// <summary>Whether the table has a column of ids; else the image stands for the subject.</summary>
    public bool HasId { get; init; }

    /// <summary>Whose mask it is, from 1; null where the table has the masks of one reader.</summary>
    public int? Reader { get; init; }

    /// <summary>The subject, with the reader where there are several.</summary>
    public string Title => Reader is { } reader ? $"{Subject} (reader {reader})" : Subject;
}
