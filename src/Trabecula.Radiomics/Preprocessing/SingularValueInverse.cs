using Trabecula.Imaging;

namespace Trabecula.Radiomics.Preprocessing;

/// <summary>
/// The inverse of a 3 x 3 matrix through its singular values, V diag(1/w) Uᵀ, in the arithmetic of LINPACK's DSVDC, which ITK
/// inverts its index-to-point matrices with. On oblique grids the last bit of this inverse decides which voxel a point on a
/// boundary belongs to: other inverses give masks that differ in some voxels.
/// </summary>
/// <remarks>Source: Dongarra, Moler, Bunch, Stewart, LINPACK Users' Guide (1979), chapter 11; BLAS level 1 reference.</remarks>
internal sealed class SingularValueInverse
{
    private const int MaximumIterations = 1000;

    // Indices count from 1 as in the published algorithm; row and column 0 stay unused.
    private readonly double[,] _x = new double[4, 4];
    private readonly double[,] _u = new double[4, 4];
    private readonly double[,] _v = new double[4, 4];
    private readonly double[] _s = new double[5];
    private readonly double[] _e = new double[5];

    private SingularValueInverse(Matrix3D matrix)
    {
        for (int i = 1; i <= 3; i++)
        {
            for (int j = 1; j <= 3; j++) _x[i, j] = matrix[i - 1, j - 1];
        }
    }

    /// <summary>Inverts a matrix that is not singular.</summary>
    public static Matrix3D Invert(Matrix3D matrix)
    {
        var svd = new SingularValueInverse(matrix);
        svd.Bidiagonalize();
        svd.AccumulateLeft();
        svd.AccumulateRight();
        svd.Diagonalize();
        return svd.PseudoInverse();
    }

    private void Bidiagonalize()
    {
        for (int l = 1; l <= 2; l++)
        {
            _s[l] = ColumnNorm(l);
            if (_s[l] != 0)
            {
                if (_x[l, l] != 0) _s[l] = SignOf(_s[l], _x[l, l]);
                double scale = 1.0 / _s[l];
                for (int i = l; i <= 3; i++) _x[i, l] = scale * _x[i, l];
                _x[l, l] += 1.0;
            }
            _s[l] = -_s[l];
            for (int j = l + 1; j <= 3; j++)
            {
                if (_s[l] != 0)
                {
                    double dot = 0;
                    for (int i = l; i <= 3; i++) dot += _x[i, l] * _x[i, j];
                    double t = -dot / _x[l, l];
                    for (int i = l; i <= 3; i++) _x[i, j] += t * _x[i, l];
                }
                _e[j] = _x[l, j];
            }
            for (int i = l; i <= 3; i++) _u[i, l] = _x[i, l];
            if (l == 1) ReduceFirstRow();
        }
        _s[3] = _x[3, 3];
        _e[2] = _x[2, 3];
        _e[3] = 0;
    }

    private void ReduceFirstRow()
    {
        _e[1] = Norm([_e[2], _e[3]]);
        if (_e[1] != 0)
        {
            if (_e[2] != 0) _e[1] = SignOf(_e[1], _e[2]);
            double scale = 1.0 / _e[1];
            _e[2] = scale * _e[2];
            _e[3] = scale * _e[3];
            _e[2] += 1.0;
        }
        _e[1] = -_e[1];
        if (_e[1] != 0)
        {
            double work2 = 0, work3 = 0;
            for (int j = 2; j <= 3; j++)
            {
                work2 += _e[j] * _x[2, j];
                work3 += _e[j] * _x[3, j];
            }
            for (int j = 2; j <= 3; j++)
            {
                double t = -_e[j] / _e[2];
                _x[2, j] += t * work2;
                _x[3, j] += t * work3;
            }
        }
        _v[2, 1] = _e[2];
        _v[3, 1] = _e[3];
    }

    private void AccumulateLeft()
    {
        (_u[1, 3], _u[2, 3], _u[3, 3]) = (0, 0, 1);
        for (int l = 2; l >= 1; l--)
        {
            if (_s[l] != 0)
            {
                for (int j = l + 1; j <= 3; j++)
                {
                    double dot = 0;
                    for (int i = l; i <= 3; i++) dot += _u[i, l] * _u[i, j];
                    double t = -dot / _u[l, l];
                    for (int i = l; i <= 3; i++) _u[i, j] += t * _u[i, l];
                }
                for (int i = l; i <= 3; i++) _u[i, l] = -_u[i, l];
                _u[l, l] += 1.0;
                for (int i = 1; i < l; i++) _u[i, l] = 0;
            }
            else
            {
                for (int i = 1; i <= 3; i++) _u[i, l] = i == l ? 1 : 0;
            }
        }
    }

    private void AccumulateRight()
    {
        for (int l = 3; l >= 1; l--)
        {
            if (l == 1 && _e[1] != 0)
            {
                for (int j = 2; j <= 3; j++)
                {
                    double dot = 0;
                    for (int i = 2; i <= 3; i++) dot += _v[i, 1] * _v[i, j];
                    double t = -dot / _v[2, 1];
                    for (int i = 2; i <= 3; i++) _v[i, j] += t * _v[i, 1];
                }
            }
            for (int i = 1; i <= 3; i++) _v[i, l] = i == l ? 1 : 0;
        }
    }

    private void Diagonalize()
    {
        int m = 3, iteration = 0;
        while (m > 0)
        {
            if (iteration >= MaximumIterations)
                throw new ArithmeticException("The singular values of a direction matrix did not converge.");
            // The last negligible superdiagonal element bounds the block that is worked on: rows l + 1 to m.
            int l = m - 1;
            for (; l > 0; l--)
            {
                double test = Math.Abs(_s[l]) + Math.Abs(_s[l + 1]);
                if (test + Math.Abs(_e[l]) == test)
                {
                    _e[l] = 0;
                    break;
                }
            }
            if (l == m - 1)
            {
                Converge(l + 1);
                iteration = 0;
                m--;
                continue;
            }
            int zero = m;
            for (; zero > l; zero--)
            {
                double test = 0;
                if (zero != m) test += Math.Abs(_e[zero]);
                if (zero != l + 1) test += Math.Abs(_e[zero - 1]);
                if (test + Math.Abs(_s[zero]) == test)
                {
                    _s[zero] = 0;
                    break;
                }
            }
            if (zero == l)
            {
                Step(l + 1, m);
                iteration++;
            }
            else if (zero == m) DeflateLast(l + 1, m);
            else Split(zero + 1, m);
        }
    }

    private void DeflateLast(int l, int m)
    {
        double f = _e[m - 1];
        _e[m - 1] = 0;
        for (int k = m - 1; k >= l; k--)
        {
            double t = _s[k];
            Givens(ref t, ref f, out double cosine, out double sine);
            _s[k] = t;
            if (k != l)
            {
                f = -sine * _e[k - 1];
                _e[k - 1] = cosine * _e[k - 1];
            }
            Rotate(_v, k, m, cosine, sine);
        }
    }

    private void Split(int l, int m)
    {
        double f = _e[l - 1];
        _e[l - 1] = 0;
        for (int k = l; k <= m; k++)
        {
            double t = _s[k];
            Givens(ref t, ref f, out double cosine, out double sine);
            _s[k] = t;
            f = -sine * _e[k];
            _e[k] = cosine * _e[k];
            Rotate(_u, k, l - 1, cosine, sine);
        }
    }

    private void Step(int l, int m)
    {
        double scale = Math.Max(Math.Max(Math.Max(Math.Max(Math.Abs(_s[m]), Math.Abs(_s[m - 1])), Math.Abs(_e[m - 1])), Math.Abs(_s[l])), Math.Abs(_e[l]));
        double sm = _s[m] / scale, smm1 = _s[m - 1] / scale, emm1 = _e[m - 1] / scale, sl = _s[l] / scale, el = _e[l] / scale;
        double b = ((smm1 + sm) * (smm1 - sm) + emm1 * emm1) / 2.0;
        double c = sm * emm1 * (sm * emm1);
        double shift = 0;
        if (b != 0 || c != 0)
        {
            shift = Math.Sqrt(b * b + c);
            if (b < 0) shift = -shift;
            shift = c / (b + shift);
        }
        double f = (sl + sm) * (sl - sm) + shift, g = sl * el;
        for (int k = l; k < m; k++)
        {
            Givens(ref f, ref g, out double cosine, out double sine);
            if (k != l) _e[k - 1] = f;
            f = cosine * _s[k] + sine * _e[k];
            _e[k] = cosine * _e[k] - sine * _s[k];
            g = sine * _s[k + 1];
            _s[k + 1] = cosine * _s[k + 1];
            Rotate(_v, k, k + 1, cosine, sine);
            Givens(ref f, ref g, out cosine, out sine);
            _s[k] = f;
            f = cosine * _e[k] + sine * _s[k + 1];
            _s[k + 1] = -sine * _e[k] + cosine * _s[k + 1];
            g = sine * _e[k + 1];
            _e[k + 1] = cosine * _e[k + 1];
            Rotate(_u, k, k + 1, cosine, sine);
        }
        _e[m - 1] = f;
    }

    private void Converge(int l)
    {
        if (_s[l] < 0)
        {
            _s[l] = -_s[l];
            for (int i = 1; i <= 3; i++) _v[i, l] = -_v[i, l];
        }
        for (; l < 3 && _s[l] < _s[l + 1]; l++)
        {
            (_s[l], _s[l + 1]) = (_s[l + 1], _s[l]);
            for (int i = 1; i <= 3; i++)
            {
                (_v[i, l], _v[i, l + 1]) = (_v[i, l + 1], _v[i, l]);
                (_u[i, l], _u[i, l + 1]) = (_u[i, l + 1], _u[i, l]);
            }
        }
    }

    private Matrix3D PseudoInverse()
    {
        double Entry(int row, int column)
        {
            double sum = 0;
            for (int k = 1; k <= 3; k++) sum += _v[row, k] * (1.0 / _s[k]) * _u[column, k];
            return sum;
        }
        return new(Entry(1, 1), Entry(1, 2), Entry(1, 3), Entry(2, 1), Entry(2, 2), Entry(2, 3), Entry(3, 1), Entry(3, 2), Entry(3, 3));
    }

    private double ColumnNorm(int l) => l == 1 ? Norm([_x[1, 1], _x[2, 1], _x[3, 1]]) : Norm([_x[2, 2], _x[3, 2]]);

    private static double Norm(ReadOnlySpan<double> values)
    {
        double scale = 0, sum = 1;
        foreach (double value in values)
        {
            if (value == 0) continue;
            double size = Math.Abs(value);
            if (scale < size)
            {
                double ratio = scale / size;
                sum = sum * (ratio * ratio) + 1.0;
                scale = size;
            }
            else
            {
                double ratio = size / scale;
                sum += ratio * ratio;
            }
        }
        return scale * Math.Sqrt(sum);
    }

    private static double SignOf(double size, double sign) => sign >= 0 ? Math.Abs(size) : -Math.Abs(size);

    private static void Givens(ref double a, ref double b, out double cosine, out double sine)
    {
        double leader = Math.Abs(a) > Math.Abs(b) ? a : b;
        double scale = Math.Abs(a) + Math.Abs(b);
        if (scale == 0)
        {
            (cosine, sine, a, b) = (1, 0, 0, 0);
            return;
        }
        double p = a / scale, q = b / scale;
        double r = SignOf(1, leader) * (scale * Math.Sqrt(p * p + q * q));
        cosine = a / r;
        sine = b / r;
        double z = 1;
        if (Math.Abs(a) > Math.Abs(b)) z = sine;
        if (Math.Abs(b) >= Math.Abs(a) && cosine != 0) z = 1.0 / cosine;
        (a, b) = (r, z);
    }

    private static void Rotate(double[,] columns, int j, int k, double cosine, double sine)
    {
        for (int i = 1; i <= 3; i++)
        {
            double turned = cosine * columns[i, j] + sine * columns[i, k];
            columns[i, k] = cosine * columns[i, k] - sine * columns[i, j];
            columns[i, j] = turned;
        }
    }
}
