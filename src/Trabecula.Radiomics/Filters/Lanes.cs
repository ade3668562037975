using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trabecula.Radiomics.Filters;

/// <summary>
/// A few doubles that are worked on at once, one voxel line each. Lines are independent and there is no fused multiplication,
/// so that results do not depend on the width.
/// </summary>
internal interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }
    static abstract TSelf All(double value);
    static abstract TSelf Load(ref double from, int offset);
    static abstract void Store(TSelf value, ref double to, int offset);
    static abstract void Narrow(TSelf value, ref float to, int offset);
    static abstract TSelf operator +(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a, TSelf b);
    static abstract TSelf operator *(TSelf a, TSelf b);
}

/// <summary>Four doubles.</summary>
internal readonly struct Lanes4(Vector256<double> value) : ILanes<Lanes4>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 All(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref double from, int offset) => new(Vector256.LoadUnsafe(ref from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, ref double to, int offset) => value._value.StoreUnsafe(ref to, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Narrow(Lanes4 value, ref float to, int offset)
    {
        Vector128<float> singles = Avx.IsSupported
            ? Avx.ConvertToVector128Single(value._value)
            : Vector128.Narrow(value._value.GetLower(), value._value.GetUpper());
        singles.StoreUnsafe(ref to, (nuint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a._value * b._value);
}

/// <summary>Eight doubles, for processors that have such registers.</summary>
internal readonly struct Lanes8(Vector512<double> value) : ILanes<Lanes8>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 All(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref double from, int offset) => new(Vector512.LoadUnsafe(ref from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes8 value, ref double to, int offset) => value._value.StoreUnsafe(ref to, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Narrow(Lanes8 value, ref float to, int offset)
    {
        Vector256<float> singles = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256Single(value._value)
            : Vector256.Narrow(value._value.GetLower(), value._value.GetUpper());
        singles.StoreUnsafe(ref to, (nuint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._value * b._value);
}
