using System.Numerics;

namespace Trabecula.Imaging;

/// <summary>
/// A 3-D image: voxels of one number type on a geometry, x fastest (<c>index = (z * ny + y) * nx + x</c>).
/// Code that needs the numbers switches on the generic <see cref="Volume{T}"/>.
/// </summary>
public abstract class Volume
{
    private protected Volume(VolumeGeometry geometry, VoxelType voxelType) => (Geometry, VoxelType) = (geometry, voxelType);

    /// <summary>Size, spacing, origin and directions.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>The number type of the voxels.</summary>
    public VoxelType VoxelType { get; }

    /// <summary>Wraps voxels, which are not copied.</summary>
    /// <exception cref="ArgumentException">The number of voxels is not that of the geometry.</exception>
    public static Volume<T> Create<T>(VolumeGeometry geometry, T[] voxels) where T : unmanaged, INumber<T> => new(geometry, voxels);

    /// <summary>Calls <paramref name="work"/> with this volume under its voxel type.</summary>
    public abstract TResult Accept<TResult>(IVolumeOperation<TResult> work);
}

/// <summary>Work on a volume whose voxel type is known only when it runs; each type gets its own compiled code.</summary>
public interface IVolumeOperation<out TResult>
{
    /// <summary>Does the work on a volume of one voxel type.</summary>
    TResult Run<T>(Volume<T> volume) where T : unmanaged, INumber<T>;
}

/// <summary>A 3-D image with voxels of type <typeparamref name="T"/>.</summary>
public sealed class Volume<T> : Volume where T : unmanaged, INumber<T>
{
    private readonly T[] _voxels;

    internal Volume(VolumeGeometry geometry, T[] voxels) : base(geometry, TypeOf())
    {
        if (voxels.LongLength != geometry.Size.Count)
            throw new ArgumentException($"{voxels.LongLength} voxels for a size of {geometry.Size}.", nameof(voxels));
        _voxels = voxels;
    }

    /// <summary>All voxels, x fastest.</summary>
    public ReadOnlySpan<T> Voxels => _voxels;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IVolumeOperation<TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Run(this);
    }

    private static VoxelType TypeOf() => default(T) switch
    {
        byte => VoxelType.UInt8,
        sbyte => VoxelType.Int8,
        ushort => VoxelType.UInt16,
        short => VoxelType.Int16,
        uint => VoxelType.UInt32,
        int => VoxelType.Int32,
        ulong => VoxelType.UInt64,
        long => VoxelType.Int64,
        float => VoxelType.Float32,
        double => VoxelType.Float64,
        _ => throw new NotSupportedException($"Voxels of type {typeof(T).Name} are not supported."),
    };
}
