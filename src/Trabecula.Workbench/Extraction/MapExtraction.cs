using System.Globalization;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// Writes feature maps of one case or of a table of cases, one file each, and where wanted the images and overlays of the request. A case that
/// fails does not stop the others.
/// </summary>
public sealed class MapExtraction
{
    private readonly ExtractionRequest _request;
    private readonly ExtractionParameters _parameters;
    private readonly CaseLoader _loader;

    /// <summary>Reads the parameter file.</summary>
    /// <param name="request">The input; its <see cref="ExtractionRequest.Output"/> is the folder for the maps.</param>
    /// <exception cref="ExtractionException">The parameter file has problems.</exception>
    public MapExtraction(ExtractionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        _parameters = FeatureExtraction.ReadParameters(request.ParameterFile);
        _loader = new CaseLoader(_parameters);
    }

    /// <summary>What to tell the user: warnings, and cases without maps.</summary>
    public event Action<string>? Notice;

    /// <summary>Computes and writes all maps; each image is read once.</summary>
    /// <param name="cancellationToken">Stops between some voxels of a map; maps that are finished stay.</param>
    /// <exception cref="ExtractionException">The table has problems, or a file cannot be written.</exception>
    public MapReport Run(CancellationToken cancellationToken = default)
    {
        var table = CaseTable.Of(_request);
        var maps = new CaseImageFiles(_request.Output, _request.ImageFormat, table);
        var beside = new CaseCompanions(_request, table);
        ExistingOutput.Require([maps.Refusal(_request.Overwrites), .. beside.Refusals()]);
        foreach (string notice in _parameters.Notices)
            Notice?.Invoke(notice);
        maps.Begin();
        beside.Begin();
        int failures = 0;
        CasePlan plan = CasePlan.Make(table, _request.Labels, _parameters.Settings.Label, null, new FeatureRecorder(), beside);
        foreach (IReadOnlyList<PlannedCase> cases in plan.Open())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ICaseFeatures? loaded = null;
            Exception? fault = Attempt(() => loaded = _loader.Load(cases[0].Row.ImagePath, cases[0].Row.MaskPath, cancellationToken));
            foreach (PlannedCase planned in cases)
                failures += fault is null ? Write(planned, loaded!, maps, beside, cancellationToken) : Lose(planned, fault);
        }
        return new MapReport(maps.Count, failures, beside.End());
    }

    /// <summary>Writes the maps of a case.</summary>
    /// <returns>How many of its labels have none.</returns>
    private int Write(PlannedCase planned, ICaseFeatures loaded, CaseImageFiles maps, CaseCompanions beside, CancellationToken cancellationToken)
    {
        planned.FindLabels(loaded);
        int failures = Tell(planned);
        foreach ((uint label, _) in planned.TitledLabels.Where(each => each.Label != 0))
        {
            Exception? fault = Attempt(() =>
            {
                FeatureMaps found = loaded.ExtractMaps(label, cancellationToken);
                foreach (FeatureMap map in found.Maps)
                    maps.Write(planned.Row, label, map.Name, map.Image, cancellationToken);
                beside.WriteImages(planned.Row, label, loaded, cancellationToken);
                foreach (string warning in found.Warnings)
                    Notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{planned.Row.Title}, label {label}: {warning}"));
            });
            if (fault is null)
                continue;
            failures++;
            Notice?.Invoke($"{planned.Row.Title}: {fault.Message}");
        }
        beside.Paint(planned, loaded, cancellationToken);
        return failures;
    }

    private int Lose(PlannedCase planned, Exception fault)
    {
        planned.Fail(fault);
        return Tell(planned);
    }

    /// <summary>Says what a case has failed for so far.</summary>
    private int Tell(PlannedCase planned)
    {
        CaseFailure[] failures = [.. planned.Results.Select(result => result.Failure!)];
        foreach (string reason in failures.Select(failure => $"{failure.Reason} {failure.Cure}").Distinct(StringComparer.Ordinal))
            Notice?.Invoke($"{planned.Row.Title}: {reason}");
        return failures.Length;
    }

    private static Exception? Attempt(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception exception) when (exception is RadiomicsException or ImagingException)
        {
            return exception;
        }
    }
}

/// <summary>What came of feature maps.</summary>
/// <param name="Maps">How many were written.</param>
/// <param name="Failures">How many cases or labels have none.</param>
/// <param name="Beside">What was written beside them.</param>
public sealed record MapReport(int Maps, int Failures, CompanionCounts Beside);
