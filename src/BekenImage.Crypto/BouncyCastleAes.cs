using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace BekenImage.Crypto;

/// <summary>AES in managed code, for where the platform has none. Not compiled for netstandard2.0: what runs that has a platform's.</summary>
internal sealed class BouncyCastleAes : AesEngine
{
    public override AesBlocks OpenBlocks(byte[] key) => new Blocks(new KeyParameter(key));

    public override byte[] Cbc(bool encrypt, byte[] key, byte[] iv, ReadOnlySpan<byte> source)
    {
        var cipher = new CbcBlockCipher(AesUtilities.CreateEngine());
        cipher.Init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] bytes = source.ToArray();
        for (int i = 0; i < bytes.Length; i += BlockSize)
            cipher.ProcessBlock(bytes, i, bytes, i);
        return bytes;
    }

    private sealed class Blocks(KeyParameter key) : AesBlocks
    {
        private IBlockCipher? _encryption;
        private IBlockCipher? _decryption;

        public override void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination) =>
            Process(_encryption ??= Make(true), source, destination);

        public override void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination) =>
            Process(_decryption ??= Make(false), source, destination);

        public override void Dispose()
        {
        }

        private IBlockCipher Make(bool encrypt)
        {
            var engine = AesUtilities.CreateEngine();
            engine.Init(encrypt, key);
            return engine;
        }

        private static void Process(IBlockCipher engine, ReadOnlySpan<byte> source, Span<byte> destination)
        {
            for (int i = 0; i < source.Length; i += BlockSize)
                engine.ProcessBlock(source.Slice(i, BlockSize), destination.Slice(i, BlockSize));
        }
    }
}
