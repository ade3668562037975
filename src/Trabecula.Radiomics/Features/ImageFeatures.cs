using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features.FirstOrder;
using Trabecula.Radiomics.Features.Glcm;
using Trabecula.Radiomics.Features.Gldm;
using Trabecula.Radiomics.Features.Glrlm;
using Trabecula.Radiomics.Features.Glszm;
using Trabecula.Radiomics.Features.Ngtdm;
using Trabecula.Radiomics.Features.Shape;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Radiomics.Features;

/// <summary>
/// Intensity and texture features of one region on image after image. What depends on the region alone is made once, and buffers are
/// reused. Not safe for use by several threads.
/// </summary>
internal sealed class ImageFeatures(RegionGrid region, Vector3D spacingMm)
{
    private readonly double[] _voxels = GC.AllocateUninitializedArray<double>(region.VoxelCount);
    private readonly Discretization _levels = new();
    private readonly GlcmFeatures _glcm = new();
    private readonly RunLengthMatrix _runs = new();
    private readonly SizeZoneMatrix _zones = new();
    private readonly DependenceMatrix _dependence = new();
    private readonly NgtdmFeatures _ngtdm = new();
    private readonly LevelSizeMatrix _matrix = new();
    private LevelGrid<byte>? _byteGrid;
    private LevelGrid<ushort>? _wideGrid;

    /// <summary>The names of a class's features, in output order.</summary>
    public static string[] NamesOf(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.Shape => ShapeFeatures.Names,
        FeatureClass.FirstOrder => FirstOrderFeatures.Names,
        FeatureClass.Glcm => GlcmFeatures.Names,
        FeatureClass.Glrlm => GlrlmFeatures.Names,
        FeatureClass.Glszm => GlszmFeatures.Names,
        FeatureClass.Gldm => GldmFeatures.Names,
        FeatureClass.Ngtdm => NgtdmFeatures.Names,
        _ => throw new ArgumentOutOfRangeException(nameof(featureClass)),
    };

    /// <summary>PyRadiomics' name of a class, as it stands in column names.</summary>
    public static string NameOf(FeatureClass featureClass) => featureClass switch
    {
        FeatureClass.Shape => "shape",
        FeatureClass.FirstOrder => "firstorder",
        FeatureClass.Glcm => "glcm",
        FeatureClass.Glrlm => "glrlm",
        FeatureClass.Glszm => "glszm",
        FeatureClass.Gldm => "gldm",
        FeatureClass.Ngtdm => "ngtdm",
        _ => throw new ArgumentOutOfRangeException(nameof(featureClass)),
    };

    /// <summary>Computes the selected classes on an image, but for shape, and adds their values in order.</summary>
    /// <param name="imageName">As in <c>wavelet-LLH</c>.</param>
    /// <param name="gather">Copies the region's voxels out of the image.</param>
    /// <param name="binWidth">Width of a grey-level bin.</param>
    /// <param name="classes">The classes and features wanted.</param>
    /// <param name="output">Receives the values.</param>
    public void Compute(
        string imageName, Action<double[]> gather, double binWidth, IReadOnlyList<FeatureClassSelection> classes, List<FeatureValue> output)
    {
        gather(_voxels);
        (double minimum, double maximum) = FirstOrderFeatures.Range(_voxels);
        _levels.Apply(_voxels, minimum, maximum, binWidth, imageName);
        bool gridIsFilled = false;
        Span<double> values = stackalloc double[24];
        foreach (FeatureClassSelection selection in classes)
        {
            if (selection.Class == FeatureClass.Shape)
                continue;
            string[] names = NamesOf(selection.Class);
            Span<double> ofClass = values[..names.Length];
            if (selection.Class == FeatureClass.FirstOrder)
            {
                FirstOrderFeatures.Compute(_voxels, minimum, maximum, _levels, spacingMm.X * spacingMm.Y * spacingMm.Z, ofClass);
            }
            else if (selection.Class == FeatureClass.Ngtdm)
            {
                _ngtdm.Compute(region, _levels, ofClass);
            }
            else if (_levels.Levels.Length <= byte.MaxValue && region.LongestAxis <= byte.MaxValue)
            {
                _byteGrid ??= new LevelGrid<byte>(region);
                ComputeTexture(_byteGrid, selection.Class, ref gridIsFilled, ofClass);
            }
            else
            {
                _wideGrid ??= new LevelGrid<ushort>(region);
                ComputeTexture(_wideGrid, selection.Class, ref gridIsFilled, ofClass);
            }
            AddValues(imageName, selection, names, ofClass, output);
        }
    }

    /// <summary>Adds a class's values that are wanted, under their full names.</summary>
    public static void AddValues(
        string imageName, FeatureClassSelection selection, string[] names, ReadOnlySpan<double> values, List<FeatureValue> output)
    {
        string prefix = $"{imageName}_{NameOf(selection.Class)}_";
        for (int k = 0; k < names.Length; k++)
        {
            if (selection.Features is null || selection.Features.Contains(names[k]))
                output.Add(new FeatureValue(prefix + names[k], values[k]));
        }
    }

    private void ComputeTexture<T>(LevelGrid<T> grid, FeatureClass featureClass, ref bool gridIsFilled, Span<double> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!gridIsFilled)
            grid.Fill(_levels.Ranks);
        gridIsFilled = true;
        switch (featureClass)
        {
            case FeatureClass.Glcm:
                _glcm.Compute(grid, _levels, values);
                break;
            case FeatureClass.Glrlm:
                GlrlmFeatures.Compute(grid, _levels, _runs, _matrix, values);
                break;
            case FeatureClass.Glszm:
                GlszmFeatures.Compute(grid, _levels, _zones, _matrix, values);
                break;
            case FeatureClass.Gldm:
                GldmFeatures.Compute(grid, _levels, _dependence, _matrix, values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(featureClass));
        }
    }
}
