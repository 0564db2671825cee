using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace BekenImage.Crypto;

/// <summary>
/// AES-128 in ECB mode without padding, over whole 16-byte blocks: what Tuya's storage is enciphered with. An instance holds one key and
/// is not for several threads at once.
/// </summary>
internal sealed class AesEcb128
{
    public const int KeySize = 16;
    public const int BlockSize = 16;

    private readonly KeyParameter _key;
    private IBlockCipher? _encryption;
    private IBlockCipher? _decryption;

    public AesEcb128(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
            throw new ArgumentException("An AES-128 key has 16 bytes.", nameof(key));
        _key = new KeyParameter(key.ToArray());
    }

    /// <summary>Deciphers; the destination may be the source itself.</summary>
    public void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination) => Process(_decryption ??= MakeEngine(false), source, destination);

    /// <summary>Enciphers; the destination may be the source itself.</summary>
    public void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination) => Process(_encryption ??= MakeEngine(true), source, destination);

    private IBlockCipher MakeEngine(bool encrypt)
    {
#if NET8_0_OR_GREATER
        var engine = Org.BouncyCastle.Crypto.AesUtilities.CreateEngine();
#else
        var engine = new Org.BouncyCastle.Crypto.Engines.AesEngine();
#endif
        engine.Init(encrypt, _key);
        return engine;
    }

    private static void Process(IBlockCipher engine, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length % BlockSize != 0)
            ThrowHelper.NotWhole(nameof(source), source.Length, BlockSize);
        if (destination.Length < source.Length)
            ThrowHelper.DestinationTooShort(nameof(destination), source.Length, destination.Length);
#if NET8_0_OR_GREATER
        for (int i = 0; i < source.Length; i += BlockSize)
            engine.ProcessBlock(source.Slice(i, BlockSize), destination.Slice(i, BlockSize));
#else
        var block = new byte[BlockSize];
        for (int i = 0; i < source.Length; i += BlockSize)
        {
            source.Slice(i, BlockSize).CopyTo(block);
            engine.ProcessBlock(block, 0, block, 0);
            block.AsSpan().CopyTo(destination.Slice(i, BlockSize));
        }
#endif
    }
}
