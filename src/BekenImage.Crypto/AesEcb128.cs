namespace BekenImage.Crypto;

/// <summary>
/// AES-128 in ECB mode without padding, over whole 16-byte blocks: what Tuya's storage is enciphered with. An instance holds one key and
/// is not for several threads at once.
/// </summary>
internal sealed class AesEcb128 : IDisposable
{
    public const int KeySize = 16;
    public const int BlockSize = AesEngine.BlockSize;

    private readonly AesBlocks _blocks;

    /// <summary>Takes the key.</summary>
    /// <param name="key">16 bytes, copied.</param>
    /// <param name="engine">Null for the best.</param>
    public AesEcb128(ReadOnlySpan<byte> key, AesEngine? engine = null)
    {
        if (key.Length != KeySize)
            throw new ArgumentException("An AES-128 key has 16 bytes.", nameof(key));
        _blocks = (engine ?? AesEngine.Best).OpenBlocks(key.ToArray());
    }

    /// <summary>Deciphers; the destination may be the source itself.</summary>
    public void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Check(source, destination);
        _blocks.Decrypt(source, destination);
    }

    /// <summary>Enciphers; the destination may be the source itself.</summary>
    public void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Check(source, destination);
        _blocks.Encrypt(source, destination);
    }

    public void Dispose() => _blocks.Dispose();

    private static void Check(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length % BlockSize != 0)
            ThrowHelper.NotWhole(nameof(source), source.Length, BlockSize);
        if (destination.Length < source.Length)
            ThrowHelper.DestinationTooShort(nameof(destination), source.Length, destination.Length);
    }
}
