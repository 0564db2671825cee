using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Crypto;

/// <summary>Keeps throwing code out of the hot methods.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void DestinationTooShort(string parameter, long needed, long given) => throw new ArgumentException(
        FormattableString.Invariant($"The destination holds {given} bytes, {needed} are needed; nothing was written."), parameter);

    [DoesNotReturn]
    public static void NotWhole(string parameter, long length, int unit) => throw new ArgumentException(
        FormattableString.Invariant($"{length} bytes are not a whole number of {unit}-byte units; nothing was written."), parameter);
}
