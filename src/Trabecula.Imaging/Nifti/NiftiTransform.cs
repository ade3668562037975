namespace Trabecula.Imaging.Nifti;

/// <summary>The sform and the qform of a geometry, from LPS to NIfTI's RAS.</summary>
internal static class NiftiTransform
{
    /// <summary>Three rows of four: directions times spacing, and the origin.</summary>
    public static double[] SFormOf(VolumeGeometry geometry)
    {
        Matrix3D m = geometry.Direction.ScaleColumns(geometry.SpacingMm);
        Vector3D origin = geometry.OriginMm;
        return [-m.M00, -m.M01, -m.M02, -origin.X, -m.M10, -m.M11, -m.M12, -origin.Y, m.M20, m.M21, m.M22, origin.Z];
    }

    /// <summary>Quaternion b, c, d and the origin; 1, or -1 where the third axis is turned around.</summary>
    /// <exception cref="ImagingException">The directions are not orthogonal.</exception>
    public static (double[] Parameters, double Handedness) QFormOf(string path, VolumeGeometry geometry)
    {
        Matrix3D d = geometry.Direction;
        RequireOrthogonal(path, d);
        double handedness = d.Determinant < 0 ? -1 : 1;
        double r00 = -d.M00, r01 = -d.M01, r02 = -d.M02 * handedness;
        double r10 = -d.M10, r11 = -d.M11, r12 = -d.M12 * handedness;
        double r20 = d.M20, r21 = d.M21, r22 = d.M22 * handedness;
        // The largest of the four components is computed from the diagonal, the others from it, so that none loses digits.
        double a, b, c, e;
        double trace = r00 + r11 + r22;
        if (trace > 0)
        {
            a = Math.Sqrt(1 + trace) / 2;
            (b, c, e) = ((r21 - r12) / (4 * a), (r02 - r20) / (4 * a), (r10 - r01) / (4 * a));
        }
        else if (r00 >= r11 && r00 >= r22)
        {
            b = Math.Sqrt(1 + r00 - r11 - r22) / 2;
            (a, c, e) = ((r21 - r12) / (4 * b), (r01 + r10) / (4 * b), (r02 + r20) / (4 * b));
        }
        else if (r11 >= r22)
        {
            c = Math.Sqrt(1 + r11 - r00 - r22) / 2;
            (a, b, e) = ((r02 - r20) / (4 * c), (r01 + r10) / (4 * c), (r12 + r21) / (4 * c));
        }
        else
        {
            e = Math.Sqrt(1 + r22 - r00 - r11) / 2;
            (a, b, c) = ((r10 - r01) / (4 * e), (r02 + r20) / (4 * e), (r12 + r21) / (4 * e));
        }
        // NIfTI keeps no a: it must not be negative.
        double sign = a < 0 ? -1 : 1;
        return ([sign * b, sign * c, sign * e, -geometry.OriginMm.X, -geometry.OriginMm.Y, geometry.OriginMm.Z], handedness);
    }

    private static void RequireOrthogonal(string path, Matrix3D d)
    {
        for (int column = 0; column < 3; column++)
        {
            for (int other = 0; other < 3; other++)
            {
                double product = d[0, column] * d[0, other] + d[1, column] * d[1, other] + d[2, column] * d[2, other];
                if (Math.Abs(product - (column == other ? 1 : 0)) > 1e-4)
                    throw new ImagingException(path, "the directions of the voxel axes are not orthogonal, which readers of NIfTI refuse.",
                        "Write the image as NRRD, or resample it.");
            }
        }
    }
}
