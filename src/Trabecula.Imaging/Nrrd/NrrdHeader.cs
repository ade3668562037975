using System.Globalization;
using Trabecula.Imaging.Voxels;

namespace Trabecula.Imaging.Nrrd;

/// <summary>How the voxels of an NRRD file are written down.</summary>
internal enum NrrdEncoding
{
    Raw,
    GZip,
    BZip2,
    Text,
    Hex,
}

/// <summary>
/// The text at the beginning of an NRRD file: fields by name, and where the data begin.
/// Source: the NRRD format definition (Teem).
/// </summary>
internal sealed class NrrdHeader
{
    /// <summary>3D Slicer keeps descriptions of many segments in the header; no real one comes near this.</summary>
    private const int LongestHeader = 16 << 20;

    private static readonly HashSet<string> KnownFields = new(StringComparer.Ordinal)
    {
        "content", "number", "type", "blocksize", "dimension", "space", "spacedimension", "sizes", "spacings", "thicknesses",
        "axismins", "axismaxs", "spacedirections", "centers", "centerings", "kinds", "labels", "units", "min", "max", "oldmin", "oldmax",
        "endian", "encoding", "lineskip", "byteskip", "sampleunits", "spaceunits", "spaceorigin", "measurementframe", "datafile",
    };

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private NrrdHeader(string path) => Path = path;

    /// <summary>The file with the header.</summary>
    public string Path { get; }

    /// <summary>What programs wrote into the header for themselves, with <c>:=</c> between key and value.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>First byte after the header.</summary>
    public long Length { get; private set; }

    /// <summary>The number type of the voxels.</summary>
    public VoxelType Type { get; private set; }

    /// <summary>How the voxels are written down.</summary>
    public NrrdEncoding Encoding { get; private set; }

    /// <summary>Whether the most significant byte comes first.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>Number of elements along each axis, the fastest first.</summary>
    public long[] Sizes { get; private set; } = [];

    /// <summary>Lines before the data, passed over before decompression.</summary>
    public long LineSkip { get; private set; }

    /// <summary>Bytes before the data, passed over after decompression; -1: the data are what ends the file.</summary>
    public long ByteSkip { get; private set; }

    /// <summary>The file with the data, or null where they follow the header.</summary>
    public string? DataFile { get; private set; }

    /// <summary>The text of a field under its name in lower case without spaces, or null.</summary>
    public string? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="ImagingException">A field is missing, unknown or not understood.</exception>
    public static NrrdHeader Read(string path)
    {
        var header = new NrrdHeader(path);
        using (FileStream file = DataStream.OpenFile(path))
            header.ReadFields(file);
        header.Interpret();
        return header;
    }

    /// <summary>A fault in a field.</summary>
    public ImagingException Fault(string field, string? value, string expected) => new(Path,
        value is null ? $"the field \"{field}\" is missing; {expected}." : $"the field \"{field}\" is \"{Shortened(value)}\"; {expected}.",
        Cure.CorrectHeader);

    private static string Shortened(string value) => value.Length <= 80 ? value : value[..80] + "...";

    private void ReadFields(FileStream file)
    {
        string? first = ReadLine(file);
        if (first is not { Length: 8 } || !first.StartsWith("NRRD000", StringComparison.Ordinal) || first[7] is < '1' or > '6')
            throw new ImagingException(Path, "the first line is not NRRD0001 to NRRD0006.", "Give a NIfTI or NRRD file.");
        while (ReadLine(file) is { Length: > 0 } line)
        {
            if (line[0] == '#')
                continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                throw new ImagingException(Path, $"the header line \"{Shortened(line)}\" is not of the form \"field: value\".",
                    Cure.CorrectHeader);
            if (colon + 1 < line.Length && line[colon + 1] == '=')
            {
                _keys.TryAdd(line[..colon].Trim(), line[(colon + 2)..]);
                continue;
            }
            string name = line[..colon].Trim();
            string key = name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            if (!KnownFields.Contains(key))
                throw new ImagingException(Path, $"the field \"{Shortened(name)}\" is not part of the NRRD format.",
                    "Correct its name, or write it as a key with := in place of the colon.");
            if (!_fields.TryAdd(key, line[(colon + 1)..].Trim()))
                throw new ImagingException(Path, $"the field \"{name}\" is given twice.", "Remove one of them from the header.");
        }
        Length = file.Position;
    }

    /// <summary>A line without its end, or null at the end of the file.</summary>
    private string? ReadLine(FileStream file)
    {
        var line = new List<byte>(80);
        try
        {
            int value;
            while ((value = file.ReadByte()) is not -1 and not '\n')
            {
                if (file.Position > LongestHeader)
                    throw new ImagingException(Path, FormattableString.Invariant(
                        $"no empty line ends the header within its first {LongestHeader} bytes."), "Export the image again.");
                line.Add((byte)value);
            }
            if (value == -1 && line.Count == 0)
                return null;
        }
        catch (IOException e)
        {
            throw new ImagingException(Path, $"the file cannot be read ({e.Message}).", Cure.CheckDisk, e);
        }
        if (line.Count > 0 && line[^1] == '\r')
            line.RemoveAt(line.Count - 1);
        return System.Text.Encoding.UTF8.GetString([.. line]);
    }

    private void Interpret()
    {
        Type = InterpretType();
        Encoding = this["encoding"]?.ToLowerInvariant() switch
        {
            "raw" => NrrdEncoding.Raw,
            "gzip" or "gz" => NrrdEncoding.GZip,
            "bzip2" or "bz2" => NrrdEncoding.BZip2,
            "ascii" or "text" or "txt" => NrrdEncoding.Text,
            "hex" => NrrdEncoding.Hex,
            _ => throw Fault("encoding", this["encoding"], "raw, gzip, bzip2, ascii or hex was expected"),
        };
        bool endianMatters = Encoding != NrrdEncoding.Text && VoxelLayout.BytesOf(Type) > 1;
        BigEndian = this["endian"]?.ToLowerInvariant() switch
        {
            "big" => true,
            "little" => false,
            null when !endianMatters => false,
            _ => throw Fault("endian", this["endian"], "little or big was expected"),
        };
        Sizes = InterpretSizes();
        LineSkip = InterpretSkip("lineskip", "line skip", 0);
        ByteSkip = InterpretSkip("byteskip", "byte skip", -1);
        if (ByteSkip < 0 && Encoding is NrrdEncoding.Text or NrrdEncoding.Hex)
            throw Fault("byte skip", this["byteskip"], "-1 is defined only for raw and compressed data");
        DataFile = InterpretDataFile();
    }

    private VoxelType InterpretType() => this["type"]?.ToLowerInvariant() switch
    {
        "signed char" or "int8" or "int8_t" => VoxelType.Int8,
        "uchar" or "unsigned char" or "uint8" or "uint8_t" => VoxelType.UInt8,
        "short" or "short int" or "signed short" or "signed short int" or "int16" or "int16_t" => VoxelType.Int16,
        "ushort" or "unsigned short" or "unsigned short int" or "uint16" or "uint16_t" => VoxelType.UInt16,
        "int" or "signed int" or "int32" or "int32_t" => VoxelType.Int32,
        "uint" or "unsigned int" or "uint32" or "uint32_t" => VoxelType.UInt32,
        "longlong" or "long long" or "long long int" or "signed long long" or "signed long long int" or "int64" or "int64_t"
            => VoxelType.Int64,
        "ulonglong" or "unsigned long long" or "unsigned long long int" or "uint64" or "uint64_t" => VoxelType.UInt64,
        "float" => VoxelType.Float32,
        "double" => VoxelType.Float64,
        _ => throw Fault("type", this["type"], "an integer of 8 to 64 bits, float or double was expected"),
    };

    private long[] InterpretSizes()
    {
        if (!int.TryParse(this["dimension"], NumberStyles.None, CultureInfo.InvariantCulture, out int dimension)
            || dimension is < 1 or > 16)
            throw Fault("dimension", this["dimension"], "a number from 1 to 16 was expected");
        string[] words = NrrdValues.Words(this["sizes"] ?? "");
        if (words.Length != dimension)
            throw Fault("sizes", this["sizes"], FormattableString.Invariant($"{dimension} numbers were expected, as the dimension says"));
        long[] sizes = new long[dimension];
        for (int axis = 0; axis < dimension; axis++)
        {
            if (!long.TryParse(words[axis], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[axis]) || sizes[axis] < 1)
                throw Fault("sizes", this["sizes"], "positive whole numbers were expected");
        }
        return sizes;
    }

    private long InterpretSkip(string key, string field, long smallest)
    {
        if (this[key] is not { } text)
            return 0;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long skip) && skip >= smallest
            ? skip
            : throw Fault(field, text, FormattableString.Invariant($"a whole number from {smallest} on was expected"));
    }

    private string? InterpretDataFile()
    {
        if (this["datafile"] is not { } name)
            return null;
        if (name.Length == 0 || name.StartsWith("LIST", StringComparison.Ordinal) || name.Contains('%', StringComparison.Ordinal)
            || name.Contains('\0', StringComparison.Ordinal))
            throw Fault("data file", name, "one file with all voxels was expected; several data files cannot be read");
        // A header from elsewhere must not turn any file of this machine into an image.
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? "";
        string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name.Replace('\\', '/')));
        if (!full.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
            throw Fault("data file", name, "a file in the folder of the header, or below it, was expected");
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", System.IO.Path.GetRelativePath(folder, full));
    }
}
