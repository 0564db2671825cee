namespace BekenImage.Crypto;

/// <summary>Whose ECDSA does the work: the platform's wherever there is one, BouncyCastle's in a browser. Tests run both.</summary>
internal abstract class P256Engine
{
    /// <summary>The engine that is used where none is named.</summary>
    public static P256Engine Best { get; } =
#if NET8_0_OR_GREATER
        OperatingSystem.IsBrowser() ? new BouncyCastleP256() : new PlatformP256();
#else
        new PlatformP256();
#endif

    /// <summary>Checks a signature over SHA-256 of a message.</summary>
    /// <param name="publicKey">04, X, Y: a point of the curve.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">r, s: both in range.</param>
    /// <returns>Null when there is no such algorithm here.</returns>
    public abstract bool? Verify(byte[] publicKey, byte[] message, byte[] signature);
}
