namespace Trabecula.Imaging.Tests;

/// <summary>A small generator whose sequence never changes (Marsaglia, xorshift64).</summary>
internal sealed class XorShift(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15 + 1;

    public ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state;
    }

    public int Below(int limit) => (int)((Next() >> 11) % (ulong)limit);
}
