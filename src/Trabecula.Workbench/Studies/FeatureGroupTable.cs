using Trabecula.Learning;

namespace Trabecula.Workbench.Studies;

/// <summary>The features of images that were offered, by type of image and class, as their names tell.</summary>
internal static class FeatureGroupTable
{
    /// <summary>A row for each type of image, a column for each class of features; null without features of images.</summary>
    internal static ReportTable? Of(FeatureTable features)
    {
        (string Image, string Class)[] names = [.. features.Schema.Where(column => column.Source == ColumnSource.Radiomic).Select(column => PartsOf(column.Name))];
        string[] classes = [.. names.Select(name => name.Class).Distinct()];
        return names.Length == 0 ? null : new ReportTable("features", "Features of the images", ["image", .. classes, "all"],
        [
            .. from name in names
               group name.Class by name.Image into image
               select Row(image.Key, image, classes),
        ])
        {
            Note = $"{StudyTables.Whole(names.Length)} features, as offered to the study. Types and classes are read from names such as wavelet-HHL_glcm_Idmn; what is named otherwise is 'other'.",
        };
    }

    private static IReadOnlyList<string> Row(string image, IEnumerable<string> own, string[] classes) =>
        [image, .. classes.Select(each => StudyTables.Whole(own.Count(name => name == each))), StudyTables.Whole(own.Count())];

    private static (string Image, string Class) PartsOf(string name) => name.Split('_') is [{ Length: > 0 } image, { Length: > 0 } family, { Length: > 0 }] ? (image, family) : ("other", "other");
}
