#if NET8_0_OR_GREATER
using System.Buffers;
#endif

namespace BekenImage.Crypto;

/// <summary>Arrays for one piece of work: pooled, with what the last user left in them, and possibly longer than asked for.</summary>
/// <remarks>
/// netstandard2.0 allocates them. Its ArrayPool lies in System.Buffers, whose package compiles against assembly version 4.0.2.0 and
/// deploys 4.0.3.0: .NET Framework without binding redirects refuses to load that.
/// </remarks>
internal static class Scratch<T>
{
    public static T[] Rent(int length) =>
#if NET8_0_OR_GREATER
        ArrayPool<T>.Shared.Rent(length);
#else
        new T[length];
#endif

    public static void Return(T[] array)
    {
#if NET8_0_OR_GREATER
        ArrayPool<T>.Shared.Return(array);
#endif
    }
}
