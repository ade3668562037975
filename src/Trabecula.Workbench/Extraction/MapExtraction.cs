using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>Writes the feature maps of one case or of a table of cases, one image a map; a failed case does not stop the others.</summary>
public sealed class MapExtraction
{
    private readonly ExtractionRequest _request;
    private readonly ExtractionParameters _parameters;

    /// <summary>Reads the parameter file.</summary>
    /// <param name="request">The input; its <see cref="ExtractionRequest.Output"/> is the folder for the maps.</param>
    /// <exception cref="ExtractionException">The parameter file has problems.</exception>
    public MapExtraction(ExtractionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        _parameters = FeatureExtraction.ReadParameters(request.ParameterFile);
    }

    /// <summary>What to tell the user: warnings, and cases without maps.</summary>
    public event Action<string>? Notice;

    /// <summary>Computes and writes all maps.</summary>
    /// <param name="cancellationToken">Stops between some voxels; maps that are finished stay.</param>
    /// <returns>How many maps were written, and how many cases or labels have none.</returns>
    /// <exception cref="ExtractionException">The table has problems, or a map cannot be written.</exception>
    public (int Maps, int Failures) Run(CancellationToken cancellationToken = default)
    {
        CaseTable table = _request.Input switch
        {
            ExtractionInput.Pair pair => CaseTable.OfPair(pair.Image, pair.Mask),
            ExtractionInput.Table file => CaseTable.Read(file.Path, readLabels: _request.Labels is null),
            _ => throw new InvalidOperationException("Unknown kind of input."),
        };
        foreach (string notice in _parameters.Notices)
            Notice?.Invoke(notice);
        ExtractionException.Guard(_request.Output, () => Directory.CreateDirectory(_request.Output));
        var loader = new CaseLoader(_parameters);
        int maps = 0, failures = 0;
        foreach (CaseRow row in table.Rows)
        {
            try
            {
                ICaseFeatures loaded = loader.Load(row.ImagePath, row.MaskPath, cancellationToken);
                foreach (uint label in Labels(row, loaded))
                    maps += Write(row, label, loaded.ExtractMaps(label, cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (exception is RadiomicsException or ImagingException)
            {
                failures++;
                Notice?.Invoke($"{row.Subject}: {exception.Message}");
            }
        }
        return (maps, failures);
    }

    private IEnumerable<uint> Labels(CaseRow row, ICaseFeatures loaded) =>
        _request.Labels is null ? [row.LabelName is string name ? loaded.Resolve(name) : row.Label ?? _parameters.Settings.Label]
        : _request.Labels.Names is { } names ? names.Select(loaded.Resolve)
        : _request.Labels.Labels ?? loaded.Labels;

    private int Write(CaseRow row, uint label, FeatureMaps maps, CancellationToken cancellationToken)
    {
        int count = 0;
        string subject = row.Number == 0 ? "" : string.Concat(row.Subject.Split(Path.GetInvalidFileNameChars())) + "_";
        foreach (FeatureMap map in maps.Maps)
        {
            string path = Path.Combine(_request.Output, string.Create(CultureInfo.InvariantCulture, $"{subject}label-{label}_{map.Name}.nrrd"));
            ExtractionException.Guard(path, () => VolumeFile.Write(path, map.Image, cancellationToken));
            count++;
        }
        foreach (string warning in maps.Warnings)
            Notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{row.Subject}, label {label}: {warning}"));
        return count;
    }
}
