using System.Reflection;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Descriptions;

/// <summary>Every feature that can be asked for, described in one place: the file <c>features.txt</c> of this assembly.</summary>
public static class FeatureCatalogue
{
    private const string Resource = "features.txt";
    private const int NearestNames = 3;

    private static readonly Lazy<IReadOnlyList<ClassDescription>> s_classes = new(Read);

    /// <summary>The classes with their features.</summary>
    public static IReadOnlyList<ClassDescription> Classes => s_classes.Value;

    /// <summary>Every feature.</summary>
    public static IEnumerable<FeatureDescription> Features => Classes.SelectMany(each => each.Features);

    /// <summary>
    /// The features of a name, case not counted: <c>Contrast</c> (of every class that has one), <c>glcm_Contrast</c>, or a column such as
    /// <c>wavelet-LLH_glcm_Contrast</c>. Empty where there is none.
    /// </summary>
    public static IReadOnlyList<FeatureDescription> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Trim().Split('_');
        string feature = parts[^1], featureClass = parts.Length > 1 ? parts[^2] : "";
        return [.. Features.Where(each => Same(each.Name, feature) && (featureClass.Length == 0 || Same(FeatureNames.NameOf(each.Class), featureClass)))];

        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Up to three names that an unknown one is most like, the likest first.</summary>
    public static IReadOnlyList<string> Nearest(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Trim().Split('_');
        string[] known = parts.Length > 1 ? [.. Features.Select(each => each.FullName)] : [.. Features.Select(each => each.Name).Distinct(), .. Classes.Select(each => each.Name)];
        string wanted = string.Join('_', parts.TakeLast(2)).ToUpperInvariant();
        return [.. known.OrderBy(each => Distance(each.ToUpperInvariant(), wanted)).ThenBy(each => each, StringComparer.Ordinal).Take(NearestNames)];
    }

    // A name cut short is nearer than any other of its length.
    private static int Distance(string known, string wanted) =>
        wanted.Length > 2 && known.Contains(wanted, StringComparison.Ordinal) ? 0 : NearestName.Distance(known, wanted);

    private static List<ClassDescription> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var classes = new List<ClassDescription>();
        var features = new List<FeatureDescription>();
        var remarks = new List<string>();
        string Next(string key) => reader.ReadLine()![(key.Length + 2)..];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                int end = line.IndexOf(']', StringComparison.Ordinal);
                features = [];
                classes.Add(new ClassDescription(
                    FeatureNames.ClassOf(line[1..end])!.Value, line[(end + 2)..], Next("about"), Next("undefined"), Next("source"), features));
            }
            else if (line.StartsWith("  ! ", StringComparison.Ordinal))
            {
                remarks.Add(line[4..]);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                string[] head = line.Split(" {");
                remarks = [];
                features.Add(new FeatureDescription(
                    classes[^1].Class, head[0], head.Length > 1 ? head[1].TrimEnd('}') : null, reader.ReadLine()!.Trim(), reader.ReadLine()!.Trim(), remarks));
            }
        }
        return classes;
    }
}
