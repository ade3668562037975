using Trabecula.Imaging;
using Trabecula.Radiomics.Parameters;
using Trabecula.Radiomics.Preprocessing;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Local binary patterns in planes (Ojala 2002), as scikit-image's <c>local_binary_pattern</c> computes them: bilinear samples on a circle, 0
/// outside the plane, compared with its centre; the result is cut off to the image's type.
/// </summary>
internal sealed class LocalBinaryPattern
{
    private readonly Lbp2DImageType _type;
    private readonly WorkingImage _image;
    private readonly double[] _rows, _columns, _samples;
    private readonly bool[] _reaches;
    private readonly int _rowAxis, _columnAxis;

    private LocalBinaryPattern(WorkingImage image, Lbp2DImageType type)
    {
        (_image, _type) = (image, type);
        // Planes across the array axis 0, 1 or 2 (z, y or x); their rows and columns as voxel axes.
        (_rowAxis, _columnAxis) = type.Settings.Force2DDimension switch { 0 => (1, 0), 1 => (2, 0), _ => (1, 2) };
        _rows = new double[type.Samples];
        _columns = new double[type.Samples];
        _samples = new double[type.Samples];
        _reaches = new bool[type.Samples];
        for (int i = 0; i < type.Samples; i++)
        {
            double angle = 2 * Math.PI * i / type.Samples;
            // scikit-image rounds to five places, so that whole steps are whole.
            _rows[i] = Math.Round(-type.Radius * Math.Sin(angle), 5);
            _columns[i] = Math.Round(type.Radius * Math.Cos(angle), 5);
        }
    }

    /// <summary>Filters an image; values within a box are returned.</summary>
    public static WorkingImage Apply(WorkingImage image, VoxelBox box, Lbp2DImageType type)
    {
        var pattern = new LocalBinaryPattern(image, type);
        var voxels = new double[box.Count];
        int target = 0;
        for (int z = box.Z; z <= box.Last(2); z++)
        {
            for (int y = box.Y; y <= box.Last(1); y++)
            {
                for (int x = box.X; x <= box.Last(0); x++)
                    voxels[target++] = pattern.At(x, y, z);
            }
        }
        SplineResampler.CastTo(image.VoxelType, voxels);
        return new WorkingImage(box.GeometryIn(image.Geometry), image.VoxelType, voxels);
    }

    private double At(int x, int y, int z)
    {
        Span<int> at = [x, y, z];
        int row = at[_rowAxis], column = at[_columnAxis];
        double centre = Voxel(at, row, column);
        for (int i = 0; i < _samples.Length; i++)
        {
            _samples[i] = Sample(at, row + _rows[i], column + _columns[i]);
            _reaches[i] = _samples[i] - centre >= 0;
        }
        return _type.Method switch
        {
            "uniform" => Uniform(),
            "var" => Variance(),
            "ror" => LeastRotation(Code()),
            _ => Code(),
        };
    }

    /// <summary>The number of samples that reach the centre where they change at most twice along the circle, one more than all otherwise.</summary>
    private int Uniform()
    {
        int changes = 0;
        for (int i = 0; i < _reaches.Length - 1; i++)
            changes += _reaches[i] != _reaches[i + 1] ? 1 : 0;
        return changes <= 2 ? _reaches.Count(reaches => reaches) : _reaches.Length + 1;
    }

    private long Code()
    {
        long code = 0;
        for (int i = 0; i < _reaches.Length; i++)
            code |= _reaches[i] ? 1L << i : 0;
        return code;
    }

    private long LeastRotation(long code)
    {
        long least = code;
        for (int i = 1; i < _reaches.Length; i++)
        {
            code = (code >> 1) | ((code & 1) << (_reaches.Length - 1));
            least = Math.Min(least, code);
        }
        return least;
    }

    /// <summary>scikit-image has no value where all samples are equal; 0, their variance, stands here.</summary>
    private double Variance()
    {
        double sum = 0, squares = 0;
        foreach (double sample in _samples)
        {
            sum += sample;
            squares += sample * sample;
        }
        return (squares - sum * sum / _samples.Length) / _samples.Length;
    }

    private double Sample(Span<int> at, double row, double column)
    {
        int r0 = (int)Math.Floor(row), c0 = (int)Math.Floor(column), r1 = (int)Math.Ceiling(row), c1 = (int)Math.Ceiling(column);
        double dr = row - r0, dc = column - c0;
        double top = (1 - dc) * Voxel(at, r0, c0) + dc * Voxel(at, r0, c1);
        double bottom = (1 - dc) * Voxel(at, r1, c0) + dc * Voxel(at, r1, c1);
        return (1 - dr) * top + dr * bottom;
    }

    private double Voxel(Span<int> at, int row, int column)
    {
        VolumeSize size = _image.Size;
        if ((uint)row >= (uint)size[_rowAxis] || (uint)column >= (uint)size[_columnAxis])
            return 0;
        Span<int> index = [at[0], at[1], at[2]];
        index[_rowAxis] = row;
        index[_columnAxis] = column;
        return _image.Voxels[(index[2] * size.Y + index[1]) * size.X + index[0]];
    }
}
