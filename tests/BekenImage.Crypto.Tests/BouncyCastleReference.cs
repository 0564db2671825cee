using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace BekenImage.Tests.Crypto;

/// <summary>AES as BouncyCastle's table-driven engine does it, called without any code of ours: a second opinion for both builds.</summary>
internal static class BouncyCastleReference
{
    public static byte[] Ecb(bool encrypt, byte[] key, byte[] data) => Run(new EcbBlockCipher(new AesEngine()), encrypt, new KeyParameter(key), data);

    public static byte[] Cbc(bool encrypt, byte[] key, byte[] iv, byte[] data) =>
        Run(new CbcBlockCipher(new AesEngine()), encrypt, new ParametersWithIV(new KeyParameter(key), iv), data);

    private static byte[] Run(IBlockCipherMode mode, bool encrypt, ICipherParameters parameters, byte[] data)
    {
        var cipher = new BufferedBlockCipher(mode);
        cipher.Init(encrypt, parameters);
        return cipher.DoFinal(data);
    }
}
