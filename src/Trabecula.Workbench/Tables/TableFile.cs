using Trabecula.Imaging;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Tables;

/// <summary>Tables on disk. The name tells the format: .csv, .tsv, .txt (each also with .gz), .parquet, .xlsx, and .json as
/// <c>trabecula extract</c> writes it.</summary>
public static class TableFile
{
    // Ten times a table of 10,000 subjects with 1,223 features.
    private const long LargestBytes = 1L << 31;

    private const string Formats = "End it with .csv, .tsv, .csv.gz, .parquet or .xlsx.";

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What the reader should not find out by itself; null for nothing.</param>
    /// <exception cref="TableException">The file is absent, or is no table; all problems are reported together.</exception>
    public static DataTable Read(string path, TableFormat? format = null)
    {
        format ??= new TableFormat();
        string name = Path.GetFileName(path);
        format.Validate(name);
        byte[] bytes = ReadBytes(path);
        return Kind(path) switch
        {
            ".csv" or ".tsv" or ".txt" => TextTableReader.Read(name, bytes, format),
            ".parquet" => ParquetTable.Read(name, bytes, format),
            ".xlsx" => ExcelTable.Read(name, bytes, format),
            ".json" => JsonTableReader.Read(name, bytes, format),
            ".xls" or ".xlsb" or ".ods" => throw new TableException(path, "this spreadsheet format is not read.", "Save it as .xlsx or as CSV."),
            _ => throw new TableException(path, "the name tells no format that is known.", Formats),
        };
    }

    /// <summary>Writes a table to a file that appears only when it is complete. Columns whose cells are all numbers become numbers.</summary>
    /// <exception cref="TableException">The name tells no format, or the file cannot be written.</exception>
    public static void Write(string path, DataTable table)
    {
        Action<Stream> write = Kind(path) switch
        {
            ".csv" => stream => TextTableWriter.Write(stream, table, ',', compress: IsCompressed(path)),
            ".tsv" => stream => TextTableWriter.Write(stream, table, '\t', compress: IsCompressed(path)),
            ".parquet" => stream => ParquetTable.Write(stream, table),
            ".xlsx" => stream => ExcelTable.Write(stream, table),
            _ => throw new TableException(path, "the name tells no format.", Formats),
        };
        ExtractionException.Guard(path, () => AtomicFile.Write(path, write));
    }

    /// <summary>Whether the name tells a format of tables that can be read and written.</summary>
    internal static bool Names(string path) => Kind(path) is ".csv" or ".tsv" or ".parquet" or ".xlsx";

    private static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string Kind(string path) => Path.GetExtension(IsCompressed(path) ? path[..^3] : path).ToLowerInvariant();

    private static byte[] ReadBytes(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new TableException(path, "this is a folder.", "Give the file of the table.");
            long length = StoredFile.LengthOf(path);
            if (length > LargestBytes)
                throw new TableException(path, "the file has more than 2 GiB.", "Leave out what the study does not need.");
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException(path, "the file does not exist.", "Check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TableException(path, "the file cannot be read.", "Check its permissions, and that no other program keeps it to itself.", exception);
        }
    }
}
