using Trabecula.Imaging;

namespace Trabecula.Cli.Tests;

/// <summary>A CT of blocks of bone in soft tissue, one above the other as bodies of a spine, and their mask.</summary>
internal static class SpineBlocks
{
    private const int Width = 60, Depth = 50, Height = 28, Step = 34;

    /// <summary>Writes <c>ct.nii.gz</c> and <c>bodies.nrrd</c>, whose labels count from 20 upwards; each body 28 mm high, the middle one lower by a half in front.</summary>
    public static void Write(string folder, int bodies = 3)
    {
        var geometry = new VolumeGeometry(new(Width, Depth, Step * bodies), new(1, 1, 1), default, Matrix3D.Identity);
        var image = new short[geometry.Size.Count];
        var labels = new byte[image.Length];
        for (int i = 0; i < image.Length; i++)
        {
            int x = i % Width, y = i / Width % Depth, z = i / (Width * Depth), body = z / Step, within = z % Step - 3;
            double height = bodies == 3 && body == 1 ? Height * (0.5 + 0.5 * (y - 9) / 32) : Height;
            bool inside = x is >= 8 and < 52 && y is >= 9 and < 41 && within >= 0 && within < height;
            (image[i], labels[i]) = inside ? ((short)250, (byte)(20 + body)) : ((short)40, (byte)0);
        }
        VolumeFile.Write(Path.Combine(folder, "ct.nii.gz"), Volume.Create(geometry, image));
        VolumeFile.Write(Path.Combine(folder, "bodies.nrrd"), Volume.Create(geometry, labels));
    }
}
