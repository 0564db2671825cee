#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// Asks for memory a loop will come to: what it will read, and above all what it will write, since a store to a line that is not there
/// waits for the line and holds up those behind it. A hint never faults, so that it may point beyond the end.
/// </summary>
internal static unsafe class Ahead
{
    /// <summary>Bytes ahead. 1 to 2 KiB measured alike, 512 bytes is too late and 4 KiB pushes out what is in use.</summary>
    private const int Distance = 2048;

    private const int Line = 64;

    /// <summary>Four lines, the data of a group. Pages are 16 bytes more: a line in seventeen is left to the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Group(ref byte place)
    {
        if (!Sse.IsSupported)
            return;
        byte* ahead = (byte*)Unsafe.AsPointer(ref place) + Distance;
        Sse.Prefetch0(ahead);
        Sse.Prefetch0(ahead + Line);
        Sse.Prefetch0(ahead + 2 * Line);
        Sse.Prefetch0(ahead + 3 * Line);
    }
}
#endif
