using System.Numerics;

namespace Trabecula.Imaging.Segmenting;

/// <summary>Voxels by their number: the start of a segmentation by density.</summary>
public static class DensityThreshold
{
    /// <summary>The voxels whose value lies within a range, ends included; NaN never does.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lowest">The lowest value, in Hounsfield units for CT.</param>
    /// <param name="highest">The highest value.</param>
    /// <param name="box">Where to look; null for everywhere. Cut at the borders of the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public static VoxelSet Between(Volume image, double lowest, double highest = double.PositiveInfinity, VoxelBox? box = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!(lowest <= highest))
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest, FormattableString.Invariant($"A range from {lowest} to {highest} holds no value."));
        VolumeSize size = image.Geometry.Size;
        return new VoxelSet(image.Geometry, image.Accept(new Selection(lowest, highest, (box ?? VoxelBox.Whole(size)).Expand(0, size))));
    }

    private readonly struct Selection(double lowest, double highest, VoxelBox box) : IVolumeOperation<bool[]>
    {
        public bool[] Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>
        {
            VolumeSize size = volume.Geometry.Size;
            var inside = new bool[volume.Voxels.Length];
            for (int z = box.Z; z <= box.Last(2); z++)
            {
                for (int y = box.Y; y <= box.Last(1); y++)
                {
                    int row = (z * size.Y + y) * size.X;
                    for (int i = row + box.X; i <= row + box.Last(0); i++)
                    {
                        double value = double.CreateChecked(volume.Voxels[i]);
                        inside[i] = value >= lowest && value <= highest;
                    }
                }
            }
            return inside;
        }
    }
}
