using Trabecula.Imaging;
using Trabecula.Radiomics;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>Stands for readers and extractor: features follow from the image's name and the label.</summary>
internal sealed class FakeLoader : Workbench.Extraction.ICaseLoader
{
    private int _loads, _extractions;

    public int Loads => _loads;

    public int Extractions => _extractions;

    public IReadOnlyList<uint> Labels { get; init; } = [1, 2];

    /// <summary>The segment's name of each label.</summary>
    public Func<uint, string> NameOf { get; init; } = _ => "";

    /// <summary>Cancels before this extraction, counted from 1; 0 never.</summary>
    public int CancelBefore { get; init; }

    public CancellationTokenSource? Cancel { get; init; }

    /// <summary>Told the number of each extraction before it, from 1.</summary>
    public Action<int>? OnExtraction { get; init; }

    public Workbench.Extraction.ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        string name = Path.GetFileNameWithoutExtension(imagePath);
        if (name.StartsWith("bad", StringComparison.Ordinal))
            throw new ImagingException(imagePath, "The file is damaged.", "Copy it again.");
        return new Case(this, name);
    }

    private sealed class Case(FakeLoader loader, string name) : Workbench.Extraction.ICaseFeatures
    {
        public IReadOnlyList<uint> Labels => loader.Labels;

        public string NameOf(uint label) => loader.NameOf(label);

        public FeatureVector Extract(uint label, Action<CaseImage>? onImage, CancellationToken cancellationToken)
        {
            int number = Interlocked.Increment(ref loader._extractions);
            loader.OnExtraction?.Invoke(number);
            if (number == loader.CancelBefore)
                loader.Cancel!.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            if (name.StartsWith("small", StringComparison.Ordinal))
                throw new RadiomicsException(ExtractionStage.MaskCheck, "The region has 1 voxel.", "Draw a larger region.");
            var features = new List<FeatureValue>
            {
                new("original_firstorder_Mean", name.Length / 3.0 + label),
                new("original_firstorder_Energy", double.NaN),
            };
            if (name.StartsWith("more", StringComparison.Ordinal))
                features.AddRange([new("z_last", 1e-5), new("y_first", 1e16)]);
            return new FeatureVector(
                [
                    new("diagnostics_Size", DiagnosticValue.Integers(3, 4)),
                    new("diagnostics_Settings", DiagnosticValue.Dictionary([new("label", DiagnosticValue.Integer(label)), new("no", DiagnosticValue.None)])),
                ],
                features,
                name.StartsWith("more", StringComparison.Ordinal) ? ["Something was left out."] : []);
        }
    }
}
