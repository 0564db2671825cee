using System.Diagnostics;
using System.Globalization;
using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

// Real programs under their own key and under random ones. Expected: the manifest's key, or the key the test enciphered with.
public class KeyRecoveryCorpusTests(ITestOutputHelper output)
{
    private const int Images = 1000;

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Recover_RealImage_GivesItsKey(string file)
    {
        if (KeyRecoverySupport.DeviceKey(file) is not BekenKey key)
            return;
        var bootloader = KeyRecoverySupport.Stored(file, "bootloader")!;
        var app = KeyRecoverySupport.Stored(file, "app")!;
        Assert.Equal(key.ToCanonical(), KeyRecovery.Recover([bootloader, app]).Key);
        Assert.Equal(key.ToCanonical(), KeyRecovery.Recover(app.Ciphertext.Span, app.LogicalAddress).Key);
        // The keys of the corpus have stage "15" off, so the bootloader leaves nothing open.
        Assert.Equal(key.ToCanonical(), KeyRecovery.Recover(bootloader.Ciphertext.Span, bootloader.LogicalAddress).Key);
    }

    [Fact]
    public void Recover_RandomKeysOnRealPrograms_AllRight()
    {
        var programs = KeyRecoverySupport.CorpusPrograms();
        var bootloaders = programs.Where(program => program.IsBootloader).ToArray();
        var apps = programs.Where(program => !program.IsBootloader).ToArray();
        var random = new Random(20240523);
        var watch = new Stopwatch();
        var counts = new Rates();
        for (int i = 0; i < Images; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            KeyRecoveryStretch[] stretches = [bootloaders[i % bootloaders.Length].Encrypt(key), apps[i % apps.Length].Encrypt(key)];
            watch.Start();
            var result = KeyRecovery.Recover(stretches);
            watch.Stop();
            counts.Add("image", KeyRecoverySupport.Judge(result, key));
            counts.Add("app", KeyRecoverySupport.Judge(KeyRecovery.Recover(stretches[1].Ciphertext.Span, 0x10000), key));
            counts.Add("bootloader", KeyRecoverySupport.Judge(KeyRecovery.Recover(stretches[0].Ciphertext.Span, 0), key));
        }
        output.WriteLine(counts.ToString());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds / Images:0.000} ms an image"));
        Assert.Equal(Images, counts.Of("image", "right"));
        Assert.Equal(Images, counts.Of("app", "right"));
        Assert.Equal(0, counts.Of("bootloader", "WRONG") + counts.Of("bootloader", "unknown"));
    }

    [Fact]
    public void Recover_WholeImageWithoutVectors_AllRight()
    {
        var programs = KeyRecoverySupport.CorpusPrograms();
        var bootloaders = programs.Where(program => program.IsBootloader).ToArray();
        var random = new Random(3);
        foreach (var app in programs.Where(program => !program.IsBootloader))
        {
            var key = KeyRecoverySupport.RandomKey(random);
            var stretches = new[] { bootloaders[random.Next(bootloaders.Length)], app }.Select(program =>
            {
                byte[] cipher = program.Encrypt(key).Ciphertext.ToArray();
                random.NextBytes(cipher.AsSpan(0, 64));
                return new KeyRecoveryStretch(cipher, program.Address);
            }).ToArray();
            var result = KeyRecovery.Recover(stretches);
            Assert.Equal("right", KeyRecoverySupport.Judge(result, key));
            Assert.Equal(KeyRecoveryEvidence.CodeStatistics, result.Evidence);
        }
    }

    [Theory]
    [InlineData(4, 300)]
    [InlineData(16, 200)]
    [InlineData(64, 100)]
    [InlineData(256, 50)]
    public void Recover_PieceWithoutVectors_IsNeverWrong(int kibibytes, int cases)
    {
        int length = kibibytes * 1024;
        var apps = KeyRecoverySupport.CorpusPrograms().Where(program => !program.IsBootloader).ToArray();
        var random = new Random(kibibytes);
        var counts = new Rates();
        for (int i = 0; i < cases; i++)
        {
            var app = apps[random.Next(apps.Length)];
            int start = 32 * random.Next(2, (app.Plain.Length - length) / 32);
            var key = KeyRecoverySupport.RandomKey(random);
            uint address = app.Address + (uint)start;
            byte[] piece = KeyRecoverySupport.Encrypt(key, address, app.Plain.AsSpan(start, length));
            counts.Add($"{kibibytes} KiB", KeyRecoverySupport.Judge(KeyRecovery.Recover(piece, address), key));
        }
        output.WriteLine(counts.ToString());
        Assert.Equal(0, counts.Of($"{kibibytes} KiB", "WRONG"));
        // String tables stay unknown on purpose; see KeyRecovery.md.
        Assert.True(counts.Of($"{kibibytes} KiB", "unknown") <= cases * 0.3);
    }

    [Fact]
    public void Recover_DamagedApp_AllRight()
    {
        var random = new Random(17);
        foreach (var app in KeyRecoverySupport.CorpusPrograms().Where(program => !program.IsBootloader))
        {
            var key = KeyRecoverySupport.RandomKey(random);
            byte[] cipher = app.Encrypt(key).Ciphertext.ToArray();
            random.NextBytes(cipher.AsSpan(0, 32));
            for (int page = 0; page < cipher.Length / 32; page++)
            {
                if (random.Next(10) < 3)
                    random.NextBytes(cipher.AsSpan(page * 32, 32));
            }
            Assert.Equal("right", KeyRecoverySupport.Judge(KeyRecovery.Recover(cipher, app.Address), key));
        }
    }

    private sealed class Rates
    {
        private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

        public void Add(string what, string answer) => counts[what + " " + answer] = Of(what, answer) + 1;

        public int Of(string what, string answer) => counts.TryGetValue(what + " " + answer, out int count) ? count : 0;

        public override string ToString() => string.Join(", ", counts.Select(pair => $"{pair.Key}: {pair.Value}"));
    }
}
