namespace Trabecula.Imaging;

/// <summary>The number type that a volume's voxels are stored in.</summary>
public enum VoxelType
{
    /// <summary>8-bit, 0 to 255.</summary>
    UInt8,
    /// <summary>8-bit, signed.</summary>
    Int8,
    /// <summary>16-bit, unsigned.</summary>
    UInt16,
    /// <summary>16-bit, signed: the usual CT.</summary>
    Int16,
    /// <summary>32-bit, unsigned.</summary>
    UInt32,
    /// <summary>32-bit, signed.</summary>
    Int32,
    /// <summary>64-bit, unsigned.</summary>
    UInt64,
    /// <summary>64-bit, signed.</summary>
    Int64,
    /// <summary>32-bit floating point.</summary>
    Float32,
    /// <summary>64-bit floating point.</summary>
    Float64,
}
