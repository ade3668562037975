using System.Runtime.ExceptionServices;
using Trabecula.Imaging;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features;

/// <summary>
/// The features of a region on image after image, shared out among threads: one thread at a time filters the next image, the others compute features of
/// the images before it. A thread holds one image and one set of buffers, so that memory grows with the region and the threads, and not with the
/// number of images. Results come together in the images' order, and do not depend on the number of threads.
/// </summary>
internal sealed class SharedImages
{
    // With more threads the filters, which are a quarter of the work, would be waited for.
    private const int MostThreads = 4;

    // Below, a thread costs more than it brings.
    private const int FewVoxels = 1000;

    // Of all cases that are worked on at the same time: each has a thread of its own already.
    private static readonly SemaphoreSlim SpareThreads = new(Math.Max(0, Environment.ProcessorCount - 1));

    private readonly RegionGrid _region;
    private readonly Vector3D _spacingMm;
    private readonly FeatureClassSelection[] _classes;
    private readonly IEnumerator<(FilteredImage Image, ImageTypeSelection Type)> _images;
    private readonly List<string> _filterWarnings = [];
    private readonly List<OfImage> _results = [];
    private readonly Lock _gate = new();
    private readonly CancellationToken _cancellationToken;
    private bool _isOver;

    /// <summary>Prepares the features of some images.</summary>
    /// <param name="region">The region.</param>
    /// <param name="spacingMm">Voxel spacing.</param>
    /// <param name="classes">The classes, none of the mask alone.</param>
    /// <param name="images">Makes the images one by one; adds what is left out to the list that it is given.</param>
    /// <param name="cancellationToken">Checked before each image.</param>
    public SharedImages(
        RegionGrid region, Vector3D spacingMm, FeatureClassSelection[] classes,
        Func<List<string>, IEnumerable<(FilteredImage Image, ImageTypeSelection Type)>> images, CancellationToken cancellationToken)
    {
        (_region, _spacingMm, _classes, _cancellationToken) = (region, spacingMm, classes, cancellationToken);
        _images = images(_filterWarnings).GetEnumerator();
    }

    /// <summary>What came of an image.</summary>
    private sealed class OfImage
    {
        public List<string> Warnings { get; } = [];

        public List<FeatureValue> Features { get; } = [];

        public Exception? Fault { get; set; }
    }

    /// <summary>Computes all features and adds them in order.</summary>
    /// <param name="mayShare">Whether there is enough work for more than this thread.</param>
    /// <param name="features">Receives the features.</param>
    /// <param name="warnings">Receives what was left out, and why.</param>
    /// <exception cref="RadiomicsException">An image does not allow it: the first one.</exception>
    public void Compute(bool mayShare, List<FeatureValue> features, List<string> warnings)
    {
        List<Task> helpers = [];
        while (mayShare && _region.VoxelCount >= FewVoxels && helpers.Count < MostThreads - 1 && SpareThreads.Wait(0, CancellationToken.None))
            helpers.Add(Task.Run(Help, CancellationToken.None));
        Work();
        Task.WaitAll(helpers, CancellationToken.None);
        _images.Dispose();
        foreach (OfImage result in _results)
        {
            if (result.Fault is not null)
                ExceptionDispatchInfo.Throw(result.Fault);
            warnings.AddRange(result.Warnings);
            features.AddRange(result.Features);
        }
        warnings.AddRange(_filterWarnings);
    }

    private void Help()
    {
        try
        {
            Work();
        }
        finally
        {
            SpareThreads.Release();
        }
    }

    private void Work()
    {
        ImageFeatures? computation = null;
        while (Next(out OfImage result) is (FilteredImage image, ImageTypeSelection type))
        {
            try
            {
                computation ??= new ImageFeatures(_region, _spacingMm);
                computation.Take(image, type.Settings);
                if (type is OriginalImageType)
                    computation.WarnOfFewLevels(result.Warnings);
                foreach (FeatureClassSelection selection in _classes)
                    computation.Compute(selection, result.Features);
            }
            catch (Exception exception)
            {
                Stop(result, exception);
                return;
            }
        }
    }

    /// <summary>The next image; null where there is none, or an image before it failed. Images are taken in order: none before a failed one is left out.</summary>
    private (FilteredImage, ImageTypeSelection)? Next(out OfImage result)
    {
        result = new OfImage();
        lock (_gate)
        {
            if (_isOver)
                return null;
            try
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (!_images.MoveNext())
                {
                    _isOver = true;
                    return null;
                }
            }
            catch (Exception exception)
            {
                _results.Add(result);
                (_isOver, result.Fault) = (true, exception);
                return null;
            }
            result.Warnings.AddRange(_filterWarnings);
            _filterWarnings.Clear();
            _results.Add(result);
            return _images.Current;
        }
    }

    private void Stop(OfImage result, Exception exception)
    {
        lock (_gate)
            (_isOver, result.Fault) = (true, exception);
    }
}
