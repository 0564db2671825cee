namespace BekenImage.Crypto;

/// <summary>
/// Whose AES does the work: the platform's wherever there is one, BouncyCastle's in a browser, whose .NET has none (ECB and CBC throw
/// PlatformNotSupportedException there). Tests run both and hold them against each other.
/// </summary>
/// <remarks>
/// The other algorithms of System.Security.Cryptography in these libraries are SHA-256, which .NET has in a browser too, and ECDSA
/// (<see cref="P256Engine"/>). MD5 it lacks there: whoever adds a format that needs it has to bring it along.
/// </remarks>
internal abstract class AesEngine
{
    public const int BlockSize = 16;

    /// <summary>The engine that is used where none is named.</summary>
    public static AesEngine Best { get; } =
#if NET8_0_OR_GREATER
        OperatingSystem.IsBrowser() ? new BouncyCastleAes() : new PlatformAes();
#else
        new PlatformAes();
#endif

    /// <summary>Takes a key for block after block in ECB mode without padding.</summary>
    /// <param name="key">16 or 32 bytes, checked by the caller. They are copied.</param>
    public abstract AesBlocks OpenBlocks(byte[] key);

    /// <summary>Whole blocks in CBC mode without padding.</summary>
    /// <param name="encrypt">False to decrypt.</param>
    /// <param name="key">16 or 32 bytes, checked by the caller.</param>
    /// <param name="iv">16 bytes, checked by the caller.</param>
    /// <param name="source">A multiple of 16 bytes, checked by the caller.</param>
    public abstract byte[] Cbc(bool encrypt, byte[] key, byte[] iv, ReadOnlySpan<byte> source);
}

/// <summary>An engine holding one key: ECB over whole blocks. Not for several threads at once.</summary>
internal abstract class AesBlocks : IDisposable
{
    /// <summary>The destination is at least as long as the source and may be the source itself.</summary>
    public abstract void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <inheritdoc cref="Encrypt"/>
    public abstract void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination);

    public abstract void Dispose();
}
