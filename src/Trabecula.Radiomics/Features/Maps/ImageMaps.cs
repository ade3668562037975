using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.FirstOrder;
using Trabecula.Radiomics.Filters;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features.Maps;

/// <summary>
/// The maps of one image. Grey levels are made once, from the whole region; the region's voxels are shared out among threads, which write to
/// places of their own, so that values do not depend on how many there are.
/// </summary>
internal sealed class ImageMaps
{
    private const int VoxelsAtATime = 64;

    private readonly MapKernels _kernels;
    private readonly FilteredImage _image;
    private readonly ExtractionSettings _settings;
    private readonly TextureOptions _options;
    private readonly LevelBlock _levels;

    /// <exception cref="RadiomicsException">The bins give too many grey levels.</exception>
    public ImageMaps(MapKernels kernels, FilteredImage image, ExtractionSettings settings)
    {
        (_kernels, _image, _settings, _options) = (kernels, image, settings, TextureOptions.Of(settings));
        var voxels = new double[kernels.Counted.VoxelCount];
        kernels.Counted.Gather(image.Image.Voxels, voxels);
        (double minimum, double maximum) = FirstOrderFeatures.Range(voxels);
        var discretization = new Discretization();
        discretization.Apply(voxels, minimum, maximum, Binning.Of(settings, image.Image.VoxelType), image.Name);
        _levels = LevelBlock.Of(kernels.Counted, discretization);
    }

    /// <summary>The maps of a class, those wanted in their order.</summary>
    public IReadOnlyList<FeatureMap> Compute(FeatureClassSelection selection, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = FeatureNames.Computed(selection.Class), wanted = selection.Features ?? FeatureNames.Of(selection.Class);
        int[] places = [.. wanted.Select(name => names.ToList().IndexOf(name))];
        double[][] maps = [.. places.Select(_ => NewMap())];
        bool[]? used = null;
        if (selection.Class == FeatureClass.Glcm && wanted.Contains("JointAverage"))
            used = _kernels.UsedSteps(_levels, NewTexture().Steps);
        PairFeatures costly = (wanted.Contains("MCC") ? PairFeatures.MaximalCorrelation : 0)
            | (wanted.Contains("Imc1") || wanted.Contains("Imc2") ? PairFeatures.Information : 0);
        int chunks = (_kernels.Centres.Length + VoxelsAtATime - 1) / VoxelsAtATime;
        Parallel.For(
            0, chunks, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new Worker(this, names.Count),
            (chunk, _, worker) =>
            {
                int first = chunk * VoxelsAtATime, count = Math.Min(VoxelsAtATime, _kernels.Centres.Length - first);
                foreach (int centre in _kernels.Centres.AsSpan(first, count))
                {
                    worker.Compute(selection.Class, centre, used, costly);
                    for (int k = 0; k < places.Length; k++)
                        maps[k][centre] = worker.Values[places[k]];
                }
                return worker;
            },
            _ => { });
        string prefix = $"{_image.Name}_{FeatureNames.NameOf(selection.Class)}_";
        return [.. wanted.Select((name, k) => new FeatureMap(prefix + name, Volume.Create(_image.Image.Geometry, maps[k])))];
    }

    private double[] NewMap()
    {
        var map = new double[_kernels.Size.Count];
        map.AsSpan().Fill(_settings.Voxel.InitValue);
        return map;
    }

    private BlockTexture NewTexture() => new(_options, _kernels.Size, _image.Image.Geometry.SpacingMm);

    /// <summary>What a thread works with.</summary>
    private sealed class Worker(ImageMaps maps, int values)
    {
        private readonly BlockTexture _texture = maps.NewTexture();
        private readonly LevelBlock _block = new();
        private double[] _voxels = [];

        /// <summary>The features of the voxel last computed, in the order of their class.</summary>
        public double[] Values { get; } = new double[values];

        public void Compute(FeatureClass featureClass, int centre, bool[]? used, PairFeatures costly)
        {
            if (featureClass == FeatureClass.FirstOrder)
            {
                FirstOrder(maps._kernels.FirstOrderKernel(centre));
                return;
            }
            _block.Take(maps._levels, maps._kernels.Kernel(centre));
            _texture.Compute(_block, featureClass, used, costly, Values);
        }

        private void FirstOrder(VoxelBox box)
        {
            _block.Take(maps._levels, box);
            if (_voxels.Length < box.Count)
                _voxels = new double[box.Count];
            int count = 0;
            VolumeSize size = maps._kernels.Size;
            for (int z = box.Z; z <= box.Last(2); z++)
            {
                for (int y = box.Y; y <= box.Last(1); y++)
                {
                    for (int x = box.X; x <= box.Last(0); x++)
                    {
                        double voxel = maps._image.Image.Voxels[(z * size.Y + y) * size.X + x];
                        if (maps._levels.At(x, y, z) != 0 && !double.IsNaN(voxel))
                            _voxels[count++] = voxel;
                    }
                }
            }
            ReadOnlySpan<double> voxels = _voxels.AsSpan(0, count);
            if (count == 0)
            {
                Values.AsSpan().Fill(double.NaN);
                return;
            }
            (double minimum, double maximum) = FirstOrderFeatures.Range(voxels);
            Vector3D spacing = maps._image.Image.Geometry.SpacingMm;
            FirstOrderFeatures.Compute(
                voxels, minimum, maximum, _block.Histogram.AsSpan(0, _block.LevelCount), spacing.X * spacing.Y * spacing.Z, maps._settings.VoxelArrayShift, Values);
        }
    }
}
