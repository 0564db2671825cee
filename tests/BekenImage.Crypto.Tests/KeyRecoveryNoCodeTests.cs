using System.Text;
using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

// What is no code has no key: not as it is, not under a cipher, not under a constant alone.
public class KeyRecoveryNoCodeTests
{
    private const int Length = 0x10000;

    private static readonly string[] Words =
    [
        "the", "flash", "of", "this", "device", "holds", "a", "table", "for (int i = 0; i < n; i++)", "return", "\r\n", "{", "}", "==", "0x20",
        "error: %s failed", "<div class=\"row\">", "</div>", "http://", "POST /api/v1 HTTP/1.1", "    ", "MQTT", "\t", "null", ";", "wifi",
    ];

    public static TheoryData<string> Kinds => new(
        "zeros", "ff", "random", "text", "utf16", "jpeg", "tuya storage", "ramp", "words", "sparse", "sparse ff", "sine", "floats", "base64",
        "pointers", "aa55");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Recover_NoCode_NeverGivesAKey(string kind)
    {
        var random = new Random(kind.Length);
        for (int i = 0; i < 24; i++)
        {
            byte[] data = Make(kind, random);
            int length = new[] { 4096, 16384, Length }[i % 3];
            var plain = data.AsSpan(32 * random.Next((Length - length) / 32 + 1), length);
            uint address = (uint)random.Next(0x8000) * 32;
            AssertNoKey(plain.ToArray(), address, "plain");
            AssertNoKey(KeyRecoverySupport.Encrypt(KeyRecoverySupport.RandomKey(random), address, plain), address, "enciphered");
            AssertNoKey(KeyRecoverySupport.Encrypt(new BekenKey(0, 0, KeyRecoverySupport.Word(random), 0x47000007), address, plain), address, "xor");
        }
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Recover_RawAreasOfRealImages_NeverGiveAKey(string file)
    {
        byte[] image = Corpus.Read(file);
        if (image.Length < 0x200000)
            return;
        var random = new Random(file.Length);
        for (int start = 0x1D0000; start + Length <= image.Length; start += Length)
        {
            var plain = image.AsSpan(start, Length);
            AssertNoKey(plain.ToArray(), 0x1000, "plain");
            AssertNoKey(KeyRecoverySupport.Encrypt(KeyRecoverySupport.RandomKey(random), 0x1000, plain), 0x1000, "enciphered");
        }
    }

    private static void AssertNoKey(byte[] data, uint address, string how)
    {
        var result = KeyRecovery.Recover(data, address);
        Assert.True(result.Status is KeyRecoveryStatus.Unknown or KeyRecoveryStatus.NotEncrypted, $"{how}: {result}");
    }

    private static byte[] Make(string kind, Random random)
    {
        switch (kind)
        {
            case "text":
                return Text(random, Encoding.ASCII);
            case "utf16":
                return Text(random, Encoding.Unicode);
            case "base64":
                return Encoding.ASCII.GetBytes(Convert.ToBase64String(Fill(_ => (byte)random.Next(256)))).AsSpan(0, Length).ToArray();
            case "jpeg":
                // Entropy-coded data: as good as random, with FF always stuffed by 00, behind a header of tables.
                byte[] scan = Fill(_ => (byte)random.Next(256));
                for (int i = 600; i + 1 < Length; i++)
                {
                    if (scan[i] == 0xFF)
                        scan[i + 1] = 0;
                }
                for (int i = 0; i < 600; i++)
                    scan[i] = (byte)(i % 64);
                return scan;
            case "tuya storage":
                // Blocks of 4 KiB that look random, some of them erased, as AES-encrypted storage is.
                byte[] storage = Fill(_ => (byte)random.Next(256));
                for (int block = 0; block < 16; block += 1 + random.Next(3))
                    storage.AsSpan(block * 4096, 4096).Fill(0xFF);
                return storage;
        }
        return Fill(kind switch
        {
            "zeros" => _ => 0,
            "ff" => _ => 0xFF,
            "ramp" => i => (byte)i,
            "words" => i => (byte)(i / 4 >> i % 4 * 8),
            "sparse" => _ => (byte)(random.Next(20) == 0 ? random.Next(256) : 0),
            "sparse ff" => _ => (byte)(random.Next(20) == 0 ? random.Next(256) : 0xFF),
            "sine" => i => (byte)((int)(20000 * Math.Sin(i / 2 / 37.0)) >> i % 2 * 8),
            "floats" => i => BitConverter.GetBytes((float)Math.Sin(i / 4 / 100.0))[i % 4],
            "pointers" => i => (byte)((i % 4) switch { 0 => i * 7 & 0xFC, 1 => i >> 6, 2 => 1, _ => 0 }),
            "aa55" => i => (byte)(i % 2 == 0 ? 0xAA : 0x55),
            _ => _ => (byte)random.Next(256),
        });
    }

    private static byte[] Fill(Func<int, byte> make)
    {
        var bytes = new byte[Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = make(i);
        return bytes;
    }

    private static byte[] Text(Random random, Encoding encoding)
    {
        var text = new StringBuilder();
        while (text.Length < Length)
            text.Append(Words[random.Next(Words.Length)]).Append(' ');
        return encoding.GetBytes(text.ToString()).AsSpan(0, Length).ToArray();
    }
}
