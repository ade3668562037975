using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>Images and overlays that are made beside features come of the same reading, and stay the same however the run goes.</summary>
public sealed class CaseCompanionsTests : IDisposable
{
    private const string Parameters =
        "imageType: {Original: {}, Wavelet: {}, LoG: {sigma: [1]}}\nfeatureClass: {firstorder: [Mean], shape: [MeshVolume]}\nsetting: {resampledPixelSpacing: [1, 1, 1]}\n";

    private const int Cases = 4;

    private static readonly VolumeGeometry Grid = new(new(16, 14, 12), new(1, 1, 2), new(-8, 3, 5), Matrix3D.Identity);

    private readonly TemporaryFolder _folder = new();

    public CaseCompanionsTests()
    {
        VolumeSize size = Grid.Size;
        for (int i = 0; i < Cases; i++)
            VolumeFile.Write(_folder[$"ct{i}.nrrd"], Volume.Create(Grid, [.. Enumerable.Range(0, (int)size.Count).Select(k => (short)((k * 7919 + i) % 1009))]), Token);
        byte[] labels = [.. Enumerable.Range(0, (int)size.Count).Select(k => (byte)(k % 16 is < 3 or > 12 || k / 16 % 14 is < 3 or > 10 || k / 224 is < 2 or > 9 ? 0 : k % 16 < 8 ? 1 : 2))];
        VolumeFile.Write(_folder["mask.nrrd"], Volume.Create(Grid, labels), Token);
        _folder.Write("cases.csv", "ID,Image,Mask\n" + string.Concat(Enumerable.Range(0, Cases).Select(i => $"S{i},ct{i}.nrrd,mask.nrrd\n")));
        _folder.Write("p.yaml", Parameters);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ImagesAndOverlays_ReadsEachCaseOnceAndPreparesItOnce()
    {
        var loader = new CountingLoader();
        ExtractionReport report = Run(loader, "f.csv", "images", "overlays", jobs: 2);
        Assert.Empty(report.Failures);
        Assert.Equal((Cases, 2 * Cases, 0), (loader.Loads, loader.Extractions, loader.ImageExtractions));
        Assert.Equal((2 * Cases, 0), report.Beside.Overlays);
        Assert.Equal(2 * Cases * (2 + 1 + 8 + 1), report.Beside.Images);
        Assert.Equal(report.Beside.Images, Directory.GetFiles(_folder["images"]).Length);
        Assert.Equal(2 * Cases + 1, Directory.GetFiles(_folder["overlays"]).Length);
    }

    [Fact]
    public void Run_Images_AreThoseOfTheirOwnExtractionAndFeaturesThoseWithoutThem()
    {
        Run(new CountingLoader(), "f.csv", "images", null);
        Run(new CountingLoader(), "without.csv", null, null);
        Assert.Equal(File.ReadAllBytes(_folder["without.csv"]), File.ReadAllBytes(_folder["f.csv"]));

        ICaseFeatures loaded = new CaseLoader(ParameterFile.Parse(Parameters, "p.yaml")).Load(_folder["ct1.nrrd"], _folder["mask.nrrd"], Token);
        CaseImage[] images = [.. loaded.ExtractImages(2, Token).Images];
        Assert.Equal(12, images.Length);
        foreach (CaseImage image in images)
        {
            VolumeFile.Write(_folder["expected.nrrd"], image.Image, Token);
            Assert.Equal(File.ReadAllBytes(_folder["expected.nrrd"]), File.ReadAllBytes(Path.Combine(_folder["images"], $"S1_label-2_{image.Name}.nrrd")));
        }
    }

    [Theory]
    [InlineData("featureClass: {shape: [MeshVolume]}\n")]
    [InlineData("featureClass: {firstorder: [Mean]}\n")]
    public void Extract_WithAnObserver_ShowsTheSameImagesWhateverClassesAreWanted(string classes)
    {
        ICaseFeatures loaded = new CaseLoader(ParameterFile.Parse("imageType: {Original: {}, Wavelet: {}}\n" + classes, "p.yaml")).Load(_folder["ct0.nrrd"], _folder["mask.nrrd"], Token);
        var seen = new List<string>();
        loaded.Extract(1, image => seen.Add(image.Name), Token);
        Assert.Equal(loaded.ExtractImages(1, Token).Images.Select(image => image.Name), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_StoppedAndContinued_GivesTheBytesOfAnUninterruptedRun(int cancelBefore)
    {
        Run(new CountingLoader(), "whole.csv", "whole-images", "whole-overlays");
        using var stop = new CancellationTokenSource();
        var stopping = new CountingLoader { Cancel = stop, CancelBefore = 2 * cancelBefore + 1 };
        Assert.ThrowsAny<OperationCanceledException>(() => Run(stopping, "f.csv", "images", "overlays", token: stop.Token));
        Assert.False(File.Exists(Path.Combine(_folder["overlays"], "contact-sheet.html")));

        // Without a word that files may be replaced: they are of this very run.
        var loader = new CountingLoader();
        Run(loader, "f.csv", "images", "overlays");
        Assert.Equal((Cases, 2 * (Cases - cancelBefore), 2 * cancelBefore), (loader.Loads, loader.Extractions, loader.ImageExtractions));
        Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(_folder["f.csv"]));
        Assert.Equal(Content("whole-images"), Content("images"));
        Assert.Equal(Content("whole-overlays"), Content("overlays"));
    }

    [Fact]
    public void Run_FolderIsFull_IsRefusedBeforeTheWork()
    {
        Directory.CreateDirectory(_folder["images"]);
        File.WriteAllText(Path.Combine(_folder["images"], "notes.txt"), "somebody's");
        var loader = new CountingLoader();
        ExtractionException fault = Assert.Throws<ExtractionException>(() => Run(loader, "f.csv", "images", null));
        Assert.StartsWith($"{_folder["images"]} is not empty.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, loader.Loads);
    }

    [Fact]
    public void Run_ImageCannotBeWritten_IsOneFaultAndNoFailedCase()
    {
        Directory.CreateDirectory(Path.Combine(_folder["images"], "S0_label-1_original.nrrd"));
        ExtractionException fault = Assert.Throws<ExtractionException>(() => Run(new CountingLoader(), "f.csv", "images", null, overwrites: true));
        Assert.False(fault.IsInputFault);
        Assert.Contains("S0_label-1_original.nrrd", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_ReadersAndEqualIds_GetFilesOfTheirOwn()
    {
        _folder.Write("cases.csv", "ID,Image,Mask,Mask2\nA/1,ct0.nrrd,mask.nrrd,mask.nrrd\nA-1,ct1.nrrd,mask.nrrd,\n");
        ExtractionReport report = Run(new CountingLoader(), "f.csv", "images", "overlays", labels: "1");
        Assert.Equal((3, 0), report.Beside.Overlays);
        Assert.Equal(3 * 12, Directory.GetFiles(_folder["images"]).Length);
        Assert.Equal(
            ["A-1--reader-1-2_label-1.png", "A-1--reader-1_label-1.png", "A-1--reader-2_label-1.png", "contact-sheet.html"],
            Directory.GetFiles(_folder["overlays"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private ExtractionReport Run(
        CountingLoader loader, string output, string? images, string? overlays, int jobs = 1, string labels = "all", bool overwrites = false, CancellationToken? token = null)
    {
        var request = new ExtractionRequest
        {
            Input = new ExtractionInput.Table(_folder["cases.csv"]),
            ParameterFile = _folder["p.yaml"],
            Output = _folder[output],
            Labels = LabelSelection.Parse(labels),
            Jobs = jobs,
            ImagesFolder = images is null ? null : _folder[images],
            OverlaysFolder = overlays is null ? null : _folder[overlays],
            Overwrites = overwrites,
        };
        return new FeatureExtraction(request, loader.With).Run(cancellationToken: token ?? Token);
    }

    private string[] Content(string folder) =>
        [.. Directory.GetFiles(_folder[folder]).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];

    /// <summary>The real loader, with what it is asked for counted.</summary>
    private sealed class CountingLoader : ICaseLoader
    {
        private int _loads, _extractions, _imageExtractions;
        private CaseLoader? _inner;

        public int Loads => _loads;

        public int Extractions => _extractions;

        public int ImageExtractions => _imageExtractions;

        public CancellationTokenSource? Cancel { get; init; }

        /// <summary>Cancels before this extraction, counted from 1; 0 never.</summary>
        public int CancelBefore { get; init; }

        public CountingLoader With(ExtractionParameters parameters)
        {
            _inner = new CaseLoader(parameters);
            return this;
        }

        public ICaseFeatures Load(string imagePath, string maskPath, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _loads);
            return new Case(this, _inner!.Load(imagePath, maskPath, cancellationToken));
        }

        private sealed class Case(CountingLoader counts, ICaseFeatures inner) : ICaseFeatures
        {
            public IReadOnlyList<uint> Labels => inner.Labels;

            public Volume Image => inner.Image;

            public VoxelSet Region(uint label) => inner.Region(label);

            public FeatureVector Extract(uint label, Action<CaseImage>? onImage, CancellationToken cancellationToken)
            {
                if (Interlocked.Increment(ref counts._extractions) == counts.CancelBefore)
                    counts.Cancel!.Cancel();
                return inner.Extract(label, onImage, cancellationToken);
            }

            public CaseImages ExtractImages(uint label, CancellationToken cancellationToken)
            {
                Interlocked.Increment(ref counts._imageExtractions);
                return inner.ExtractImages(label, cancellationToken);
            }
        }
    }
}
