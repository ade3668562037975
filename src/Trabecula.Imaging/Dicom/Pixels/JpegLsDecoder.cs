namespace Trabecula.Imaging.Dicom.Pixels;

/// <summary>JPEG-LS, lossless and near-lossless, of one component. Source: ITU-T T.87 (LOCO-I), annex A and F.</summary>
internal sealed class JpegLsDecoder : IFrameDecoder
{
    /// <summary>Orders of the run lengths (T.87, A.2.1).</summary>
    private static ReadOnlySpan<byte> RunOrders =>
        [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>A line of one grey takes a bit; lines of CT are no longer than 2048 samples.</summary>
    public long MostSamplesPerByte => 8 << 11;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, PixelFormat format, string path, Span<int> samples)
    {
        JpegLsImage image = JpegLsImage.Read(frame, format, path);
        var scan = new Scan(image, new JpegLsBits(frame, image.ScanStart));
        // A line with one sample before and one after it: what lies beyond the borders is defined from within (A.2.1).
        int[] above = new int[image.Columns + 2], line = new int[image.Columns + 2];
        for (int row = 0; row < image.Rows; row++)
        {
            line[0] = above[1];
            above[^1] = above[^2];
            scan.DecodeLine(above, line);
            line.AsSpan(1, image.Columns).CopyTo(samples[(row * image.Columns)..]);
            (above, line) = (line, above);
            if (scan.Missing > 64)
                throw image.Fault(FormattableString.Invariant($"a JPEG-LS scan ends in line {row} of {image.Rows}"));
        }
    }

    private ref struct Scan
    {
        private const int RunContexts = 365;

        private readonly JpegLsImage _image;
        private readonly int[] _a = new int[RunContexts + 2], _b = new int[RunContexts], _c = new int[RunContexts], _n = new int[RunContexts + 2];
        private readonly int[] _negative = new int[2];
        private readonly int _near, _step, _limit, _modulus;
        private JpegLsBits _bits;
        private int _runIndex;

        public Scan(JpegLsImage image, JpegLsBits bits)
        {
            _bits = bits;
            (_image, _near, _step) = (image, image.Near, 2 * image.Near + 1);
            _modulus = image.Range * _step;
            int depth = Math.Max(2, JpegLsImage.BitsFor(image.Maximum + 1));
            _limit = 2 * (depth + Math.Max(8, depth));
            Array.Fill(_a, Math.Max(2, (image.Range + 32) / 64));
            Array.Fill(_n, 1);
        }

        public readonly int Missing => _bits.Missing;

        public void DecodeLine(ReadOnlySpan<int> above, Span<int> line)
        {
            for (int x = 1; x <= _image.Columns;)
            {
                int left = line[x - 1], up = above[x], upLeft = above[x - 1], upRight = above[x + 1];
                if (Math.Abs(upRight - up) <= _near && Math.Abs(up - upLeft) <= _near && Math.Abs(upLeft - left) <= _near)
                    x = DecodeRun(above, line, x);
                else
                    line[x++] = DecodeSample(left, up, upLeft, upRight);
            }
        }

        private int DecodeSample(int left, int up, int upLeft, int upRight)
        {
            int context = (Quantize(upRight - up) * 9 + Quantize(up - upLeft)) * 9 + Quantize(upLeft - left), sign = context < 0 ? -1 : 1;
            context *= sign;
            int predicted = upLeft >= Math.Max(left, up) ? Math.Min(left, up) : upLeft <= Math.Min(left, up) ? Math.Max(left, up) : left + up - upLeft;
            predicted = Math.Clamp(predicted + sign * _c[context], 0, _image.Maximum);
            int k = Order(_n[context], _a[context]);
            int mapped = Golomb(k, _limit);
            bool inverted = _near == 0 && k == 0 && 2 * _b[context] <= -_n[context];
            int error = (mapped & 1) == 0 ? mapped >> 1 : -(mapped + 1 >> 1);
            if (inverted)
                error = -error - 1;
            Update(context, error);
            return Reconstruct(predicted, sign * error);
        }

        private readonly void Update(int context, int error)
        {
            _b[context] += error * _step;
            _a[context] += Math.Abs(error);
            if (_n[context] == _image.Reset)
            {
                _a[context] >>= 1;
                _b[context] >>= 1;
                _n[context] >>= 1;
            }
            int n = ++_n[context];
            if (_b[context] <= -n)
            {
                _b[context] = Math.Max(_b[context] + n, 1 - n);
                _c[context] = Math.Max(_c[context] - 1, -128);
            }
            else if (_b[context] > 0)
            {
                _b[context] = Math.Min(_b[context] - n, 0);
                _c[context] = Math.Min(_c[context] + 1, 127);
            }
        }

        private int DecodeRun(ReadOnlySpan<int> above, Span<int> line, int x)
        {
            int value = line[x - 1], end = _image.Columns + 1;
            while (_bits.Take(1) == 1)
            {
                int whole = 1 << RunOrders[_runIndex], count = Math.Min(whole, end - x);
                line.Slice(x, count).Fill(value);
                x += count;
                if (count == whole)
                    _runIndex = Math.Min(_runIndex + 1, RunOrders.Length - 1);
                if (x == end)
                    return x;
            }
            int rest = _bits.Take(RunOrders[_runIndex]);
            if (rest >= end - x)
                throw _image.Fault("a run is longer than its line");
            line.Slice(x, rest).Fill(value);
            x += rest;
            line[x] = DecodeInterruption(value, above[x]);
            _runIndex = Math.Max(_runIndex - 1, 0);
            return x + 1;
        }

        private int DecodeInterruption(int left, int up)
        {
            int type = Math.Abs(left - up) <= _near ? 1 : 0, context = RunContexts + type;
            int k = Order(_n[context], _a[context] + (type == 1 ? _n[context] >> 1 : 0));
            int mapped = Golomb(k, _limit - RunOrders[_runIndex] - 1);
            int sum = mapped + type, odd = sum & 1, error = sum + odd >> 1;
            if ((k != 0 || 2 * _negative[type] >= _n[context]) == (odd != 0))
                error = -error;
            if (error < 0)
                _negative[type]++;
            _a[context] += mapped + 1 - type >> 1;
            if (_n[context] == _image.Reset)
            {
                _a[context] >>= 1;
                _n[context] >>= 1;
                _negative[type] >>= 1;
            }
            _n[context]++;
            return Reconstruct(type == 1 ? left : up, type == 0 && left > up ? -error : error);
        }

        private readonly int Reconstruct(int predicted, int error)
        {
            int value = predicted + error * _step;
            if (value < -_near)
                value += _modulus;
            else if (value > _image.Maximum + _near)
                value -= _modulus;
            return Math.Clamp(value, 0, _image.Maximum);
        }

        private readonly int Quantize(int gradient)
        {
            int size = Math.Abs(gradient);
            int region = size <= _near ? 0 : size < _image.Threshold1 ? 1 : size < _image.Threshold2 ? 2 : size < _image.Threshold3 ? 3 : 4;
            return gradient < 0 ? -region : region;
        }

        private static int Order(int n, int a)
        {
            int k = 0;
            while (k < 24 && n << k < a)
                k++;
            return k;
        }

        private int Golomb(int k, int limit)
        {
            int zeros = 0, most = limit - _image.RangeBits - 1;
            while (_bits.Take(1) == 0)
            {
                if (++zeros > most)
                    throw _image.Fault("a JPEG-LS code is longer than it can be");
            }
            return zeros < most ? zeros << k | _bits.Take(k) : _bits.Take(_image.RangeBits) + 1;
        }
    }
}
