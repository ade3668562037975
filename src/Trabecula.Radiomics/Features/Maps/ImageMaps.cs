using Trabecula.Imaging;
using Trabecula.Radiomics.Features.Blocks;
using Trabecula.Radiomics.Features.FirstOrder;
using Trabecula.Radiomics.Features.Maps.Cubes;
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
        var wanted = new WantedFeatures(selection);
        if (wanted.NeedsUsedSteps)
            wanted = wanted with { UsedSteps = _kernels.UsedSteps(_levels, NewTexture().Steps) };
        int[] places = wanted.Places;
        double[][] maps = [.. places.Select(_ => NewMap())];
        int chunks = (_kernels.Centres.Length + VoxelsAtATime - 1) / VoxelsAtATime;
        Parallel.For(
            0, chunks, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new Worker(this, wanted),
            (chunk, _, worker) =>
            {
                int first = chunk * VoxelsAtATime, count = Math.Min(VoxelsAtATime, _kernels.Centres.Length - first);
                foreach (int centre in _kernels.Centres.AsSpan(first, count))
                {
                    double[] values = worker.Compute(centre);
                    for (int k = 0; k < places.Length; k++)
                        maps[k][centre] = values[places[k]];
                }
                return worker;
            },
            _ => { });
        string prefix = $"{_image.Name}_{FeatureNames.NameOf(selection.Class)}_";
        return [.. wanted.Names.Select((name, k) => new FeatureMap(prefix + name, Volume.Create(_image.Image.Geometry, maps[k])))];
    }

    private double[] NewMap()
    {
        var map = new double[_kernels.Size.Count];
        map.AsSpan().Fill(_settings.Voxel.InitValue);
        return map;
    }

    private BlockTexture NewTexture() => new(_options, _kernels.Size, _image.Image.Geometry.SpacingMm);

    /// <summary>What a thread works with.</summary>
    private sealed class Worker(ImageMaps maps, WantedFeatures wanted)
    {
        private readonly bool _isSmall = CubeTexture.Takes(maps._options, maps._kernels.Radius);
        private readonly CubeTexture _small = new(maps._options, maps._kernels.Size);
        private readonly CubeLevels _cube = new();
        private readonly BlockTexture _any = maps.NewTexture();
        private readonly LevelBlock _block = new();
        private readonly double[] _values = new double[wanted.Computed];
        private double[] _voxels = [];

        /// <summary>The features of a voxel, in the order of their class; overwritten by the next.</summary>
        public double[] Compute(int centre)
        {
            if (wanted.Class == FeatureClass.FirstOrder)
            {
                FirstOrder(maps._kernels.FirstOrderKernel(centre));
                return _values;
            }
            VoxelBox kernel = maps._kernels.Kernel(centre);
            if (_isSmall)
            {
                _cube.Take(maps._levels, kernel);
                _small.Compute(_cube, wanted, _values);
                return _values;
            }
            _block.Take(maps._levels, kernel);
            _any.Compute(_block, wanted.Class, wanted.UsedSteps, wanted.Pairs, _values);
            return _values;
        }

        private void FirstOrder(VoxelBox box)
        {
            int count = Gather(box);
            if (count == 0)
            {
                _values.AsSpan().Fill(double.NaN);
                return;
            }
            ReadOnlySpan<double> voxels = _voxels.AsSpan(0, count);
            (double minimum, double maximum) = FirstOrderFeatures.Range(voxels);
            Vector3D spacing = maps._image.Image.Geometry.SpacingMm;
            FirstOrderFeatures.Compute(
                voxels, minimum, maximum, Histogram(box), spacing.X * spacing.Y * spacing.Z, maps._settings.VoxelArrayShift, _values, wanted.NeedsOrder);
        }

        /// <summary>Voxels of each level that the kernel has.</summary>
        private ReadOnlySpan<int> Histogram(VoxelBox box)
        {
            if (maps._kernels.Radius == 1)
            {
                _cube.Take(maps._levels, box);
                return _cube.Histogram.AsSpan(0, _cube.Count);
            }
            _block.Take(maps._levels, box);
            return _block.Histogram.AsSpan(0, _block.LevelCount);
        }

        private int Gather(VoxelBox box)
        {
            if (_voxels.Length < box.Count)
                _voxels = new double[box.Count];
            int count = 0;
            VolumeSize size = maps._kernels.Size;
            double[] voxels = _voxels;
            for (int z = box.Z; z <= box.Last(2); z++)
            {
                for (int y = box.Y; y <= box.Last(1); y++)
                {
                    int row = (z * size.Y + y) * size.X + box.X;
                    ReadOnlySpan<double> image = maps._image.Image.Voxels.AsSpan(row, box.Size.X);
                    ReadOnlySpan<int> ranks = maps._levels.Ranks.AsSpan(row, box.Size.X);
                    for (int x = 0; x < image.Length; x++)
                    {
                        if (ranks[x] != 0 && !double.IsNaN(image[x]))
                            voxels[count++] = image[x];
                    }
                }
            }
            return count;
        }
    }
}
