namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>A parsed file: the attributes that were asked for, and where the pixels lie.</summary>
/// <param name="Path">The file.</param>
/// <param name="Syntax">How it is encoded.</param>
/// <param name="Dataset">The attributes.</param>
/// <param name="Pixels">Where the pixels lie; null where there are none.</param>
internal sealed record DicomFile(string Path, TransferSyntax Syntax, DicomDataset Dataset, PixelDataLocation? Pixels)
{
    private const int PreambleBytes = 128;

    /// <summary>Reads the attributes that Trabecula knows.</summary>
    /// <exception cref="ImagingException">The file is no DICOM file, or damaged.</exception>
    public static DicomFile Read(string path, CancellationToken cancellationToken = default) => Read(path, Tags.IsKnown, cancellationToken);

    /// <summary>Reads the attributes that are asked for; all others are passed over without being loaded.</summary>
    /// <exception cref="ImagingException">The file is no DICOM file, or damaged.</exception>
    public static DicomFile Read(string path, Func<DicomTag, bool> keep, CancellationToken cancellationToken = default)
    {
        using DicomInput input = DicomInput.Open(path);
        TransferSyntax syntax = Begin(input, cancellationToken) ?? Guess(input.Peek(8));
        var parser = new DicomParser(input, syntax, keep, cancellationToken);
        DicomDataset dataset = parser.ReadDataset();
        return new(path, syntax, dataset, parser.Pixels);
    }

    /// <summary>Goes to the first byte of the data set.</summary>
    /// <returns>The transfer syntax that the file declares, or null.</returns>
    /// <exception cref="ImagingException">The file is no DICOM file, or its meta group is damaged.</exception>
    public static TransferSyntax? Begin(DicomInput input, CancellationToken cancellationToken)
    {
        (bool hasPreamble, bool looksRight) = Recognize(input);
        if (!looksRight)
            throw new ImagingException(input.Path, "this is not a DICOM file: it begins neither with a preamble and DICM nor with an attribute.",
                "Give a DICOM file, or a folder of them.");
        if (hasPreamble)
            input.Skip(PreambleBytes + 4, cancellationToken);
        TransferSyntax? declared = DicomParser.ReadMeta(input, cancellationToken);
        if (declared is { Deflated: true })
            input.Inflate();
        return declared;
    }

    /// <summary>Whether a file begins as DICOM does.</summary>
    /// <exception cref="ImagingException">The file cannot be read.</exception>
    public static bool IsDicom(string path)
    {
        using DicomInput input = DicomInput.Open(path);
        return Recognize(input).LooksRight;
    }

    private static (bool HasPreamble, bool LooksRight) Recognize(DicomInput input)
    {
        ReadOnlySpan<byte> start = input.Peek(PreambleBytes + 4);
        if (start.Length == PreambleBytes + 4 && start[PreambleBytes..].SequenceEqual("DICM"u8))
            return (true, true);
        return (false, IsBareStart(start));
    }

    /// <summary>A data set without preamble begins with the meta group or with one of the first attributes of group 8.</summary>
    private static bool IsBareStart(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16)
            return false;
        bool bigEndian = start[0] == 0 && start[1] is 2 or 8;
        int group = DicomInput.UInt16(start, bigEndian), element = DicomInput.UInt16(start[2..], bigEndian);
        if (group is not (2 or 8) || element > 0x0070)
            return false;
        if (VrNames.Find(start[4], start[5]) is not null)
            return true;
        // Without letters the length must fit a short first value.
        return DicomInput.UInt32(start[4..], bigEndian) is <= 256;
    }

    private static TransferSyntax Guess(ReadOnlySpan<byte> start)
    {
        if (start.Length < 8 || VrNames.Find(start[4], start[5]) is null)
            return TransferSyntax.ImplicitLittleEndian;
        return start[0] == 0 && start[1] != 0 ? TransferSyntax.ExplicitBigEndian : TransferSyntax.ExplicitLittleEndian;
    }
}
