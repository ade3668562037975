namespace Trabecula.Imaging.Voxels;

/// <summary>How a file stores its voxels, and the straight line that turns stored numbers into values.</summary>
/// <param name="Type">The number type in the file.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="Slope">Factor of the stored number; 1 for none.</param>
/// <param name="Intercept">Added after the factor; 0 for none.</param>
internal readonly record struct VoxelLayout(VoxelType Type, bool BigEndian, double Slope = 1, double Intercept = 0)
{
    /// <summary>Whether stored numbers differ from values.</summary>
    public bool Rescales => Slope != 1 || Intercept != 0;

    /// <summary>Whether the bytes must be turned around on this machine.</summary>
    public bool Swaps => BigEndian == BitConverter.IsLittleEndian && BytesPerVoxel > 1;

    /// <summary>Bytes of one number in the file.</summary>
    public int BytesPerVoxel => BytesOf(Type);

    /// <summary>Bytes of one number.</summary>
    public static int BytesOf(VoxelType type) => type switch
    {
        VoxelType.UInt8 or VoxelType.Int8 => 1,
        VoxelType.UInt16 or VoxelType.Int16 => 2,
        VoxelType.UInt32 or VoxelType.Int32 or VoxelType.Float32 => 4,
        _ => 8,
    };
}
