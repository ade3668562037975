using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trabecula.Imaging;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// Finished cases on disk, so that a run that was stopped can continue: one file for each case and label, named by a hash of all that its
/// values depend on. An entry of other inputs, parameters or versions therefore has another name and is never used.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const string Extension = ".case";

    // The voxels of these lie in a file of another name, whose changes an entry would not notice.
    private static readonly string[] DetachedHeaders = [".NHDR", ".HDR", ".IMG"];

    private readonly string _folder;
    private readonly string _runKey;
    private readonly HashSet<string> _unused;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Opens the journal of an output.</summary>
    /// <param name="outputPath">The output; the journal is the folder with <c>.partial</c> added to its name.</param>
    /// <param name="runKey">What all cases depend on: parameters and version.</param>
    /// <exception cref="ExtractionException">The folder cannot be read.</exception>
    public Journal(string outputPath, string runKey)
    {
        (_folder, _runKey) = (FolderOf(outputPath), runKey);
        try
        {
            _unused = Directory.Exists(_folder)
                ? [.. Directory.EnumerateFiles(_folder, "*" + Extension).Select(path => Path.GetFileName(path))]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ExtractionException.Output(_folder, exception);
        }
    }

    /// <summary>The folder of an output's journal.</summary>
    public static string FolderOf(string outputPath) => outputPath + ".partial";

    /// <summary>Whether a stopped run left finished cases there.</summary>
    public static bool HoldsCases(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + Extension).Any();

    /// <summary>Entries that nothing asked for so far: known once all cases of a run were looked up.</summary>
    public int Unused => _unused.Count;

    /// <summary>What the values of a case depend on, taken before its files are read; null where there are none to be kept.</summary>
    public string? FactsOf(CaseRow row)
    {
        try
        {
            return FactsOf(row.ImagePath) is { } image && FactsOf(row.MaskPath) is { } mask ? $"{_runKey}\n{image}\n{mask}" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Links in a circle, or a folder that may not be entered: the case will fail with its own message.
            return null;
        }
    }

    /// <summary>Name, length and time of a file, or of all files of a folder: a DICOM series.</summary>
    private static string? FactsOf(string path)
    {
        if (Directory.Exists(path))
            return string.Join('\n', Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(FactsOf).Prepend(Path.GetFullPath(path)));
        if (!File.Exists(path) || StoredFile.Target(path) is not { } file || IsDetached(file))
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFullPath(path)}\n{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
    }

    /// <summary>The name of an entry.</summary>
    /// <param name="facts">What the case depends on.</param>
    /// <param name="label">The label, or <c>all</c> for the list of a mask's labels.</param>
    public static string? KeyOf(string? facts, string label) =>
        facts is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{facts}\n{label}")))[..40] + Extension;

    /// <summary>The features kept under a name, or null.</summary>
    public KeptFeatures? Find(string? key) => Read(key, reader => new KeptFeatures(JournalFormat.ReadFeatures(reader), reader.ReadString()));

    /// <summary>The labels kept under a name, or null.</summary>
    public IReadOnlyList<uint>? FindLabels(string? key) => Read(key, JournalFormat.ReadLabels);

    /// <summary>Keeps the features of a label; they are on the disk when this returns.</summary>
    public void Keep(string? key, KeptFeatures kept) => Write(key, writer =>
    {
        JournalFormat.WriteFeatures(writer, kept.Features);
        writer.Write(kept.Segment);
    });

    /// <summary>Keeps the labels of a mask.</summary>
    public void KeepLabels(string? key, IReadOnlyList<uint> labels) => Write(key, writer => JournalFormat.WriteLabels(writer, labels));

    /// <summary>Removes the entries that this run made or used: the output has them now. Those of other inputs or parameters stay.</summary>
    /// <exception cref="IOException">An entry cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">An entry cannot be removed.</exception>
    public void DeleteUsed()
    {
        foreach (string key in _used)
            File.Delete(Path.Combine(_folder, key));
    }

    /// <summary>Removes the folder where it has no entries.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
                Directory.Delete(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty folder that stays does no harm.
        }
    }

    private static bool IsDetached(FileInfo file) => DetachedHeaders.Contains(file.Extension.ToUpperInvariant());

    private T? Read<T>(string? key, Func<BinaryReader, T> read) where T : class
    {
        string path = Path.Combine(_folder, key ?? "");
        if (key is null || !File.Exists(path))
            return null;
        lock (_unused)
        {
            _unused.Remove(key);
            _used.Add(key);
        }
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An entry that cannot be read is as good as none: the case is computed again.
            return null;
        }
        int length = content.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(content.AsSpan(0, length)).AsSpan().SequenceEqual(content.AsSpan(length)))
            return null;
        using var reader = new BinaryReader(new MemoryStream(content, 0, length), Encoding.UTF8);
        return read(reader);
    }

    private void Write(string? key, Action<BinaryWriter> write)
    {
        if (key is null)
            return;
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
            write(writer);
        content.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        ExtractionException.Guard(_folder, () =>
        {
            Directory.CreateDirectory(_folder);
            AtomicFile.Write(Path.Combine(_folder, key), stream => stream.Write(content.GetBuffer(), 0, (int)content.Length));
        });
        lock (_unused)
            _used.Add(key);
    }
}

/// <summary>What is kept of a label.</summary>
/// <param name="Features">Its features.</param>
/// <param name="Segment">The segment's name; empty where the mask has no names.</param>
internal sealed record KeptFeatures(FeatureVector Features, string Segment);
