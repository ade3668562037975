using System.Buffers.Binary;
using System.Globalization;

namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>
/// Attributes of a file, or of an item of one of its sequences. Messages name attributes and what is wrong with them, never
/// their text: a damaged or careless file may hold a patient's name anywhere.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="bigEndian">Whether numbers have their most significant byte first.</param>
/// <param name="parent">The data set that this is an item within; its character set holds here too.</param>
internal sealed class DicomDataset(string path, bool bigEndian = false, DicomDataset? parent = null)
{
    private readonly SortedDictionary<DicomTag, DicomElement> _elements = [];

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool BigEndian { get; } = bigEndian;

    /// <summary>All elements by ascending tag.</summary>
    public IEnumerable<DicomElement> Elements => _elements.Values;

    /// <summary>Adds an element; where a damaged file repeats one, the first counts.</summary>
    public void Add(DicomElement element) => _elements.TryAdd(element.Tag, element);

    /// <summary>The element, or null.</summary>
    public DicomElement? Find(DicomTag tag) => _elements.GetValueOrDefault(tag);

    /// <summary>Whether the attribute is there with a value.</summary>
    public bool Has(DicomTag tag) => Find(tag) is { } element && (element.Value.Length > 0 || element.Items is { Count: > 0 });

    /// <summary>The items of a sequence; none where it is absent.</summary>
    public IReadOnlyList<DicomDataset> Items(DicomTag tag) => Find(tag)?.Items ?? [];

    /// <summary>The first item of a sequence, or null.</summary>
    public DicomDataset? Item(DicomTag tag) => Items(tag) is [var first, ..] ? first : null;

    /// <summary>An identifier or code without its padding, or null.</summary>
    public string? Code(DicomTag tag) => Has(tag) ? PlainText.Of(System.Text.Encoding.ASCII.GetString(Find(tag)!.Value).Trim(' ', '\0')) : null;

    /// <summary>The values of a multi-valued identifier or code.</summary>
    public string[] Codes(DicomTag tag) => Code(tag) is { } text ? text.Split('\\', StringSplitOptions.TrimEntries) : [];

    /// <summary>A text in the character set of the data set, or null.</summary>
    public string? Text(DicomTag tag) => Has(tag) ? PlainText.Of(CharacterSet.Decode(CharacterSetCode, Find(tag)!.Value).Trim(' ', '\0')) : null;

    /// <summary>The first number of an attribute as a whole number, or null where it is absent.</summary>
    /// <exception cref="ImagingException">It is no whole number.</exception>
    public int? Integer(DicomTag tag)
    {
        if (Numbers(tag) is not [var number, ..])
            return null;
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number
            : throw Fault(tag, "it is not a whole number");
    }

    /// <summary>The first number of an attribute, or null where it is absent.</summary>
    /// <exception cref="ImagingException">It is not a finite number.</exception>
    public double? Number(DicomTag tag) => Numbers(tag) is [var number, ..] ? number : null;

    /// <summary>The numbers of an attribute, or null where it is absent or empty.</summary>
    /// <exception cref="ImagingException">One of them is not a finite number.</exception>
    public double[]? Numbers(DicomTag tag)
    {
        if (Find(tag) is not { Items: null, Value.Length: > 0 } element)
            return null;
        string vr = element.Vr == "UN" ? Tags.VrOf(tag) : element.Vr;
        return vr switch
        {
            "US" => Binary(element, 2, bytes => DicomInput.UInt16(bytes, BigEndian)),
            "SS" => Binary(element, 2, bytes => (short)DicomInput.UInt16(bytes, BigEndian)),
            "UL" => Binary(element, 4, bytes => DicomInput.UInt32(bytes, BigEndian)),
            "SL" => Binary(element, 4, bytes => (int)DicomInput.UInt32(bytes, BigEndian)),
            "FL" => Binary(element, 4, bytes => Finite(tag, BitConverter.UInt32BitsToSingle(DicomInput.UInt32(bytes, BigEndian)))),
            "FD" => Binary(element, 8, bytes => Finite(tag,
                BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes))),
            _ => Decimals(element),
        };
    }

    /// <summary>Exactly so many numbers, or null where the attribute is absent.</summary>
    /// <exception cref="ImagingException">There are more or fewer.</exception>
    public double[]? Numbers(DicomTag tag, int count) => Numbers(tag) is not { } numbers ? null
        : numbers.Length == count ? numbers
        : throw Fault(tag, FormattableString.Invariant($"it holds {numbers.Length} numbers, where {count} were expected"));

    /// <summary>A fault of an attribute.</summary>
    public ImagingException Fault(DicomTag tag, string problem) => new(Path, $"{tag}: {problem}.", "Export the series again.");

    private string? CharacterSetCode => Code(Tags.SpecificCharacterSet) ?? parent?.CharacterSetCode;

    private delegate double Conversion(ReadOnlySpan<byte> bytes);

    private double[] Binary(DicomElement element, int size, Conversion convert)
    {
        if (element.Value.Length % size != 0)
            throw Fault(element.Tag, FormattableString.Invariant($"{element.Value.Length} bytes are no numbers of {size} bytes"));
        double[] numbers = new double[element.Value.Length / size];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = convert(element.Value.AsSpan(i * size, size));
        return numbers;
    }

    private double[]? Decimals(DicomElement element)
    {
        ReadOnlySpan<byte> text = element.Value.AsSpan().TrimEnd(" \0"u8);
        if (text.IsEmpty)
            return null;
        double[] numbers = new double[text.Count((byte)'\\') + 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            int end = text.IndexOf((byte)'\\');
            ReadOnlySpan<byte> one = (end < 0 ? text : text[..end]).Trim(" \0"u8);
            text = end < 0 ? [] : text[(end + 1)..];
            if (!double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                throw Fault(element.Tag, "it is not a number");
            numbers[i] = Finite(element.Tag, numbers[i]);
        }
        return numbers;
    }

    private double Finite(DicomTag tag, double number) => double.IsFinite(number) ? number : throw Fault(tag, "it is not a finite number");
}
