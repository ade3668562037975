using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>What is written as images.</summary>
public enum ImageContent
{
    /// <summary>Feature maps.</summary>
    Maps,
    /// <summary>What an extraction sees: image and mask after preparation, and every filtered image.</summary>
    Stages,
}

/// <summary>The file format of images.</summary>
public enum ImageFormat
{
    /// <summary>One <c>.nrrd</c> file an image, compressed; its geometry is exact.</summary>
    Nrrd,
    /// <summary>One <c>.nii.gz</c> file an image; NIfTI keeps the geometry in 32 bits.</summary>
    Nifti,
}

/// <summary>Writes images of one case or of a table of cases, one file each; a failed case does not stop the others.</summary>
public sealed class ImageExtraction
{
    private readonly ExtractionRequest _request;
    private readonly ImageContent _content;
    private readonly string _extension;
    private readonly ExtractionParameters _parameters;

    /// <summary>Reads the parameter file.</summary>
    /// <param name="request">The input; its <see cref="ExtractionRequest.Output"/> is the folder for the images.</param>
    /// <param name="content">What is written.</param>
    /// <param name="format">The format of the files.</param>
    /// <exception cref="ExtractionException">The parameter file has problems.</exception>
    public ImageExtraction(ExtractionRequest request, ImageContent content, ImageFormat format = ImageFormat.Nrrd)
    {
        ArgumentNullException.ThrowIfNull(request);
        (_request, _content, _extension) = (request, content, format == ImageFormat.Nifti ? ".nii.gz" : ".nrrd");
        _parameters = FeatureExtraction.ReadParameters(request.ParameterFile);
    }

    /// <summary>What to tell the user: warnings, and cases without images.</summary>
    public event Action<string>? Notice;

    /// <summary>Computes and writes all images.</summary>
    /// <param name="cancellationToken">Stops between images, and between some voxels of a map; images that are finished stay.</param>
    /// <returns>How many images were written, and how many cases or labels have none.</returns>
    /// <exception cref="ExtractionException">The table has problems, or an image cannot be written.</exception>
    public (int Images, int Failures) Run(CancellationToken cancellationToken = default)
    {
        var table = CaseTable.Of(_request);
        // Stages come beside features, which say the same.
        foreach (string notice in _content == ImageContent.Maps ? _parameters.Notices : [])
            Notice?.Invoke(notice);
        ExtractionException.Guard(_request.Output, () => Directory.CreateDirectory(_request.Output));
        var loader = new CaseLoader(_parameters);
        int images = 0, failures = 0;
        foreach (CaseRow row in table.Rows)
        {
            ICaseFeatures? loaded = null;
            foreach (uint? label in Attempt(row, () => Labels(row, loaded = loader.Load(row.ImagePath, row.MaskPath, cancellationToken)).Select(label => (uint?)label).ToArray()) ?? [null])
            {
                int? written = label is null ? null : Attempt(row, () => (int?)Write(row, label.Value, loaded!, cancellationToken));
                images += written ?? 0;
                failures += written is null ? 1 : 0;
            }
        }
        return (images, failures);
    }

    private IEnumerable<uint> Labels(CaseRow row, ICaseFeatures loaded) =>
        _request.Labels is null ? [row.LabelName is string name ? loaded.Resolve(name) : row.Label ?? _parameters.Settings.Label]
        : _request.Labels.Names is { } names ? names.Select(loaded.Resolve)
        : _request.Labels.Labels ?? loaded.Labels;

    /// <summary>What some work on a case gives; null, and a notice, where the case does not allow it.</summary>
    private T? Attempt<T>(CaseRow row, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is RadiomicsException or ImagingException)
        {
            Notice?.Invoke($"{row.Subject}: {exception.Message}");
            return default;
        }
    }

    private int Write(CaseRow row, uint label, ICaseFeatures loaded, CancellationToken cancellationToken)
    {
        int count = 0;
        string subject = row.Number == 0 ? "" : string.Concat(row.Subject.Split(Path.GetInvalidFileNameChars())) + "_";
        (IEnumerable<(string Name, Volume Image)> images, IReadOnlyList<string> warnings) = Images(loaded, label, cancellationToken);
        foreach ((string name, Volume image) in images)
        {
            string path = Path.Combine(_request.Output, string.Create(CultureInfo.InvariantCulture, $"{subject}label-{label}_{name}{_extension}"));
            ExtractionException.Guard(path, () => VolumeFile.Write(path, image, cancellationToken));
            count++;
        }
        foreach (string warning in warnings)
            Notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{row.Subject}, label {label}: {warning}"));
        return count;
    }

    private (IEnumerable<(string Name, Volume Image)> Images, IReadOnlyList<string> Warnings) Images(
        ICaseFeatures loaded, uint label, CancellationToken cancellationToken)
    {
        if (_content == ImageContent.Stages)
        {
            CaseImages stages = loaded.ExtractImages(label, cancellationToken);
            return (stages.Images.Select(stage => (stage.Name, stage.Image)), stages.Warnings);
        }
        FeatureMaps maps = loaded.ExtractMaps(label, cancellationToken);
        return (maps.Maps.Select(map => (map.Name, map.Image)), maps.Warnings);
    }
}
