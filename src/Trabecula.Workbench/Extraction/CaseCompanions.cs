using Trabecula.Radiomics;
using Trabecula.Workbench.Overlays;

namespace Trabecula.Workbench.Extraction;

/// <summary>What is made of each case beside its features, from the files as they are read for these: images to look at, and overlays.</summary>
internal sealed class CaseCompanions(ExtractionRequest request, CaseTable table)
{
    private readonly CaseImageFiles? _images = request.ImagesFolder is { } folder ? new CaseImageFiles(folder, request.ImageFormat, table) : null;
    private readonly OverlaySheet? _overlays = request.OverlaysFolder is { } folder ? new OverlaySheet(folder, table) : null;

    /// <summary>Whether there is anything to make.</summary>
    public bool IsAny => _images is not null || _overlays is not null;

    /// <summary>Why something may not be written where it shall be.</summary>
    public string?[] Refusals() => [_images?.Refusal(request.Overwrites), _overlays?.Refusal(request.Overwrites)];

    /// <summary>Makes the folders.</summary>
    /// <exception cref="ExtractionException">One cannot be made.</exception>
    public void Begin()
    {
        _images?.Begin();
        _overlays?.Begin();
    }

    /// <summary>Takes the images of a label as features are computed on them; null where none are wanted.</summary>
    public Action<CaseImage>? ImagesOf(CaseRow row, uint label, CancellationToken cancellationToken) =>
        _images is null ? null : image => _images.Write(row, label, image.Name, image.Image, cancellationToken);

    /// <summary>Writes the images of a label whose features are not computed in this run.</summary>
    public void WriteImages(CaseRow row, uint label, ICaseFeatures loaded, CancellationToken cancellationToken)
    {
        if (ImagesOf(row, label, cancellationToken) is not { } write)
            return;
        foreach (CaseImage image in loaded.ExtractImages(label, cancellationToken).Images)
            write(image);
    }

    /// <summary>Paints the labels of a case.</summary>
    public void Paint(PlannedCase planned, ICaseFeatures loaded, CancellationToken cancellationToken) =>
        _overlays?.Paint(planned.Row, planned.TitledLabels, loaded, cancellationToken);

    /// <summary>Notes a case that could not be read.</summary>
    public void Lose(CaseRow row, string reason) => _overlays?.Lose(row, reason);

    /// <summary>Completes what spans all cases.</summary>
    /// <exception cref="ExtractionException">It cannot be written.</exception>
    public CompanionCounts End() => new(_images?.Count, _overlays?.End());
}

/// <summary>What was written beside features or maps.</summary>
/// <param name="Images">Images to look at; null where none were asked for.</param>
/// <param name="Overlays">Overlays, and labels or cases that have none; null where none were asked for.</param>
public sealed record CompanionCounts(int? Images, (int Pictures, int Without)? Overlays);
