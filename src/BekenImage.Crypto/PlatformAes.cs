using System.Security.Cryptography;

namespace BekenImage.Crypto;

/// <summary>System.Security.Cryptography's AES. One way of calling it for all frameworks: netstandard2.0 has no calls over spans.</summary>
internal sealed class PlatformAes : AesEngine
{
    public override AesBlocks OpenBlocks(byte[] key) => new Blocks(Open(CipherMode.ECB), (byte[])key.Clone());

    public override byte[] Cbc(bool encrypt, byte[] key, byte[] iv, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
            return [];
        using var aes = Open(CipherMode.CBC);
        using var transform = encrypt ? aes.CreateEncryptor(key, iv) : aes.CreateDecryptor(key, iv);
        byte[] bytes = source.ToArray();
        return transform.TransformFinalBlock(bytes, 0, bytes.Length);
    }

    private static Aes Open(CipherMode mode)
    {
        var aes = Aes.Create();
        aes.Mode = mode;
        aes.Padding = PaddingMode.None;
        return aes;
    }

    private sealed class Blocks(Aes aes, byte[] key) : AesBlocks
    {
        /// <summary>A flash sector, the usual request.</summary>
        private const int ScratchSize = 4096;

        // ECB has none, but without one the platform draws one at random, which costs more than some blocks.
        private static readonly byte[] NoIv = new byte[BlockSize];

        private readonly byte[] _scratch = new byte[ScratchSize];
        private ICryptoTransform? _encryption;
        private ICryptoTransform? _decryption;

        public override void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination) =>
            Process(_encryption ??= aes.CreateEncryptor(key, NoIv), source, destination);

        public override void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination) =>
            Process(_decryption ??= aes.CreateDecryptor(key, NoIv), source, destination);

        public override void Dispose()
        {
            _encryption?.Dispose();
            _decryption?.Dispose();
            aes.Dispose();
        }

        // ECB without padding keeps nothing from one call to the next, so that a transform is never finished and serves again.
        private void Process(ICryptoTransform transform, ReadOnlySpan<byte> source, Span<byte> destination)
        {
            for (int done = 0; done < source.Length;)
            {
                int count = Math.Min(ScratchSize, source.Length - done);
                source.Slice(done, count).CopyTo(_scratch);
                transform.TransformBlock(_scratch, 0, count, _scratch, 0);
                _scratch.AsSpan(0, count).CopyTo(destination.Slice(done));
                done += count;
            }
        }
    }
}
