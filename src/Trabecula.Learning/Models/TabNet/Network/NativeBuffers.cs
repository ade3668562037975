using System.Runtime.InteropServices;

namespace Trabecula.Learning.Models.Network;

/// <summary>
/// Zeroed buffers outside the collected heap, aligned to cache lines and freed together: a fit takes all of its memory at its start, and
/// a search of a thousand fits leaves none behind. A cache line behind each belongs to it: a loop's last vector may reach beyond the end.
/// </summary>
internal sealed unsafe class NativeBuffers<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;

    private readonly List<nint> _buffers = [];

    ~NativeBuffers() => Free();

    internal T* Take(long length)
    {
        nuint bytes = checked((nuint)length * (nuint)sizeof(T));
        void* buffer = NativeMemory.AlignedAlloc(bytes + CacheLine, CacheLine);
        _buffers.Add((nint)buffer);
        NativeMemory.Clear(buffer, bytes + CacheLine);
        return (T*)buffer;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (nint buffer in _buffers)
            NativeMemory.AlignedFree((void*)buffer);
        _buffers.Clear();
    }
}
