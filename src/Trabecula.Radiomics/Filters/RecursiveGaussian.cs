namespace Trabecula.Radiomics.Filters;

/// <summary>
/// Coefficients of the fourth-order recursive filter that stands for a Gaussian or its second derivative along a line, with ITK's
/// constants and in its order of operations. N and D act forwards (on samples and on results), M and D backwards; BN and BM stand
/// for D where the results before the start would be needed: the edge sample, repeated for ever, gives a constant there.
/// </summary>
/// <remarks>Source: Deriche, Recursively implementing the Gaussian and its derivatives, INRIA RR-1893 (1993); Farnebäck and Westin,
/// Improving Deriche-style recursive Gaussian filters, JMIV 26 (2006).</remarks>
internal readonly record struct RecursiveGaussian(
    double N0, double N1, double N2, double N3,
    double D1, double D2, double D3, double D4,
    double M1, double M2, double M3, double M4,
    double BN1, double BN2, double BN3, double BN4,
    double BM1, double BM2, double BM3, double BM4)
{
    private const double W1 = 0.6681, L1 = -1.3932, W2 = 2.0787, L2 = -1.3732;

    /// <summary>A Gaussian of unit sum.</summary>
    /// <param name="sigmaMm">Standard deviation in millimetres.</param>
    /// <param name="spacingMm">Voxel spacing along the line in millimetres.</param>
    public static RecursiveGaussian Smoothing(double sigmaMm, double spacingMm)
    {
        double sigma = sigmaMm / spacingMm;
        Denominator d = Denominator.Of(sigma);
        Numerator n = Numerator.Of(sigma, 1.3530, 1.8151, -0.3531, 0.0902);
        double factor = 1.0 / (2 * n.Sum / d.Sum - n.N0);
        return Complete(n.N0 * factor, n.N1 * factor, n.N2 * factor, n.N3 * factor, d);
    }

    /// <summary>The second derivative of a Gaussian, times the variance in mm² (normalised across scales).</summary>
    /// <param name="sigmaMm">Standard deviation in millimetres.</param>
    /// <param name="spacingMm">Voxel spacing along the line in millimetres.</param>
    public static RecursiveGaussian SecondDerivative(double sigmaMm, double spacingMm)
    {
        double sigma = sigmaMm / spacingMm;
        Denominator d = Denominator.Of(sigma);
        Numerator zero = Numerator.Of(sigma, 1.3530, 1.8151, -0.3531, 0.0902);
        Numerator two = Numerator.Of(sigma, -1.3563, 5.2318, 0.3446, -2.2355);
        double beta = -(2 * two.Sum - d.Sum * two.N0) / (2 * zero.Sum - d.Sum * zero.N0);
        double sn = two.Sum + beta * zero.Sum, dn = two.First + beta * zero.First, en = two.Second + beta * zero.Second;
        double alpha = en * d.Sum * d.Sum - d.Second * sn * d.Sum - 2 * dn * d.First * d.Sum + 2 * d.First * d.First * sn;
        alpha /= d.Sum * d.Sum * d.Sum;
        double factor = sigmaMm * sigmaMm / alpha;
        return Complete(
            (two.N0 + beta * zero.N0) * factor, (two.N1 + beta * zero.N1) * factor,
            (two.N2 + beta * zero.N2) * factor, (two.N3 + beta * zero.N3) * factor, d);
    }

    private static RecursiveGaussian Complete(double n0, double n1, double n2, double n3, Denominator d)
    {
        double m1 = n1 - d.D1 * n0, m2 = n2 - d.D2 * n0, m3 = n3 - d.D3 * n0, m4 = -d.D4 * n0;
        double sn = n0 + n1 + n2 + n3, sm = m1 + m2 + m3 + m4, sd = d.Sum;
        return new(
            n0, n1, n2, n3, d.D1, d.D2, d.D3, d.D4, m1, m2, m3, m4,
            d.D1 * sn / sd, d.D2 * sn / sd, d.D3 * sn / sd, d.D4 * sn / sd,
            d.D1 * sm / sd, d.D2 * sm / sd, d.D3 * sm / sd, d.D4 * sm / sd);
    }

    private readonly record struct Numerator(double N0, double N1, double N2, double N3)
    {
        public double Sum => N0 + N1 + N2 + N3;

        public double First => N1 + 2 * N2 + 3 * N3;

        public double Second => N1 + 4 * N2 + 9 * N3;

        public static Numerator Of(double sigma, double a1, double b1, double a2, double b2)
        {
            double sin1 = Math.Sin(W1 / sigma), sin2 = Math.Sin(W2 / sigma), cos1 = Math.Cos(W1 / sigma), cos2 = Math.Cos(W2 / sigma);
            double exp1 = Math.Exp(L1 / sigma), exp2 = Math.Exp(L2 / sigma);
            double n1 = exp2 * (b2 * sin2 - (a2 + 2 * a1) * cos2);
            n1 += exp1 * (b1 * sin1 - (a1 + 2 * a2) * cos1);
            double n2 = (a1 + a2) * cos2 * cos1;
            n2 -= b1 * cos2 * sin1 + b2 * cos1 * sin2;
            n2 *= 2 * exp1 * exp2;
            n2 += a2 * exp1 * exp1 + a1 * exp2 * exp2;
            double n3 = exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2);
            n3 += exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1);
            return new(a1 + a2, n1, n2, n3);
        }
    }

    private readonly record struct Denominator(double D1, double D2, double D3, double D4)
    {
        public double Sum => 1.0 + D1 + D2 + D3 + D4;

        public double First => D1 + 2 * D2 + 3 * D3 + 4 * D4;

        public double Second => D1 + 4 * D2 + 9 * D3 + 16 * D4;

        public static Denominator Of(double sigma)
        {
            double cos1 = Math.Cos(W1 / sigma), cos2 = Math.Cos(W2 / sigma);
            double exp1 = Math.Exp(L1 / sigma), exp2 = Math.Exp(L2 / sigma);
            double d3 = -2 * cos1 * exp1 * exp2 * exp2;
            d3 += -2 * cos2 * exp2 * exp1 * exp1;
            double d2 = 4 * cos2 * cos1 * exp1 * exp2;
            d2 += exp1 * exp1 + exp2 * exp2;
            return new(-2 * (exp2 * cos2 + exp1 * cos1), d2, d3, exp1 * exp1 * exp2 * exp2);
        }
    }
}
