namespace Trabecula.Workbench.Extraction;

/// <summary>Writes a table of results in one format.</summary>
internal abstract class ResultWriter
{
    /// <summary>The writer for an output's name.</summary>
    /// <exception cref="ExtractionException">The name tells no format.</exception>
    public static ResultWriter For(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => new CsvResults(),
        ".JSON" => new JsonResults(),
        ".PARQUET" => new ParquetResults(),
        _ => throw ExtractionException.Input($"--out {path}: the name tells no format. End it with .csv, .json or .parquet."),
    };

    /// <summary>Writes the whole table.</summary>
    public abstract void Write(Stream stream, ResultTable table);
}
