using System.Text;
using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

// No corpus needed: synthetic programs. Expected values are the keys the data were enciphered with.
public class KeyRecoveryTests(ITestOutputHelper output)
{
    private const int BootloaderLength = 0xD000;
    private const int AppLength = 0x28000;

    private static readonly byte[] Bootloader = KeyRecoverySyntheticCode.Program(BootloaderLength, 0, seed: 1);
    private static readonly byte[] App = KeyRecoverySyntheticCode.Program(AppLength, 0x10000, seed: 2);

    public static TheoryData<uint, uint, uint, uint> Keys => new()
    {
        { 0x510fb093, 0xa3cbeadc, 0x5993a17e, 0xc7adeb03 },
        { 0x4862379a, 0x8612784b, 0x85c5e258, 0x75754528 },
        { 0x12345678, 0x2faa55aa, 0x3aee63dd, 0x4feeaa00 },
        { 0x00000000, 0x00000000, 0xdeadbeef, 0x47000007 },
        { 0xffffffff, 0xffffffff, 0xffffffff, 0x47ffffff & ~15u },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Recover_BootloaderAndApp_GivesAnEquivalentKey(uint word0, uint word1, uint word2, uint word3)
    {
        var key = new BekenKey(word0, word1, word2, word3);
        var result = KeyRecovery.Recover(Both(key));
        Assert.Equal(KeyRecoveryStatus.Recovered, result.Status);
        Assert.Equal(KeyRecoveryEvidence.VectorTables, result.Evidence);
        Assert.Equal(key.ToCanonical(), result.Key);
        Assert.Equal(key.ToCanonical(), Assert.Single(result.Candidates));
        Assert.Equal(new KeyRecoveryRange(0, 0x200000), result.ProvenFor);
        Assert.False(result.IsExact);
        Assert.InRange(result.Confidence, 0.99, 1);
    }

    [Theory]
    [InlineData(0x00000000u)]
    [InlineData(0x00adeb03u)]
    [InlineData(0xffadeb00u)]
    [InlineData(0x4700000fu)]
    public void Recover_KeyThatChangesNothing_IsNotEncrypted(uint control)
    {
        var result = KeyRecovery.Recover(Both(new BekenKey(0x510fb093, 0xa3cbeadc, 0x5993a17e, control)));
        Assert.Equal(KeyRecoveryStatus.NotEncrypted, result.Status);
        Assert.Equal(BekenKey.Zero, result.Key);
    }

    [Fact]
    public void Recover_RandomKeysOnSyntheticPrograms_AllRightNoneWrong()
    {
        var random = new Random(20240501);
        var counts = new SortedDictionary<string, int>();
        for (int i = 0; i < 400; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            Count(counts, "both", KeyRecovery.Recover(Both(key)), key);
            Count(counts, "app", KeyRecovery.Recover(Encrypted(key, 0x10000, App), 0x10000), key);
            Count(counts, "bootloader", KeyRecovery.Recover(Encrypted(key, 0, Bootloader), 0), key);
        }
        Print(counts);
        Assert.DoesNotContain(counts.Keys, key => key.Contains("WRONG") || key.Contains("unknown"));
        Assert.Equal(400, counts["both right"]);
        Assert.Equal(400, counts["app right"]);
    }

    [Fact]
    public void Recover_CodeWithoutVectors_IsRightOrUnknown()
    {
        var random = new Random(7);
        var counts = new SortedDictionary<string, int>();
        for (int i = 0; i < 60; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            int start = 32 * random.Next(2, (AppLength - 0x18000) / 32);
            var piece = Encrypted(key, 0x10000 + (uint)start, App.AsSpan(start, 0x18000));
            Count(counts, "96 KiB", KeyRecovery.Recover(piece, 0x10000 + (uint)start), key);
        }
        Print(counts);
        Assert.DoesNotContain(counts.Keys, key => key.Contains("WRONG"));
        Assert.True(counts["96 KiB right"] >= 55);
    }

    [Fact]
    public void Recover_BootloaderAlone_LeavesTheOpenBitOpen()
    {
        // Stage "15" is on: inside 64 KiB its selector 1 and 3 do the same.
        var key = BekenKey.Uascent;
        var result = KeyRecovery.Recover(Encrypted(key, 0, Bootloader), 0);
        Assert.Equal(KeyRecoveryStatus.Ambiguous, result.Status);
        Assert.Null(result.Key);
        Assert.Equal(2, result.Candidates.Count);
        Assert.Contains(key.ToCanonical(), result.Candidates);
        Assert.Equal(new KeyRecoveryRange(0, 0x10000), result.ProvenFor);
        foreach (var candidate in result.Candidates)
        {
            for (uint address = 0; address < result.ProvenFor.End; address += 4)
                Assert.Equal(FlashCipher.Keystream(key, address), FlashCipher.Keystream(candidate, address));
        }
    }

    [Fact]
    public void Recover_VectorTableOfOtherDistance_IsReadByWhatFollows()
    {
        byte[] app = (byte[])App.Clone();
        for (int i = 1; i <= 7; i++)
            KeyRecoverySyntheticCode.Put(app, i, 0xE59FF018);
        KeyRecoverySyntheticCode.Put(app, 15, 0x00010400);
        var result = KeyRecovery.Recover(Encrypted(BekenKey.Tuya, 0x10000, app), 0x10000);
        Assert.Equal(BekenKey.Tuya.ToCanonical(), result.Key);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(1024)]
    public void Recover_OnlyTheVectors_IsNeverWrong(int length)
    {
        var random = new Random(length);
        var counts = new SortedDictionary<string, int>();
        for (int i = 0; i < 200; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            Count(counts, "app", KeyRecovery.Recover(Encrypted(key, 0x10000, App.AsSpan(0, length)), 0x10000), key);
            Count(counts, "both", KeyRecovery.Recover(
                [
                    new KeyRecoveryStretch(Encrypted(key, 0, Bootloader.AsSpan(0, length)), 0),
                    new KeyRecoveryStretch(Encrypted(key, 0x10000, App.AsSpan(0, length)), 0x10000),
                ]), key);
        }
        Print(counts);
        Assert.DoesNotContain(counts.Keys, key => key.Contains("WRONG"));
        // Two tables settle every key: the 125 settings differ in address bits 2, 3, 4 and 16.
        Assert.Equal(200, counts["both right"]);
    }

    [Fact]
    public void Recover_ErasedPagesHolesJunkAndDamage_StillRight()
    {
        var random = new Random(11);
        for (int i = 0; i < 40; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            byte[] bootloader = Encrypted(key, 0, Bootloader);
            "BK7231\0\0"u8.CopyTo(bootloader.AsSpan(0x100));
            Bootloader.AsSpan(BootloaderLength - 0xC0).CopyTo(bootloader.AsSpan(BootloaderLength - 0xC0));
            byte[] app = Encrypted(key, 0x10000, App);
            random.NextBytes(app.AsSpan(AppLength - 0x1000));
            for (int page = 2; page < AppLength / 32; page++)
            {
                int fate = random.Next(10);
                if (fate < 2)
                    random.NextBytes(app.AsSpan(page * 32, 32));
                else if (fate == 2)
                    app.AsSpan(page * 32, 32).Fill(0xFF);
            }
            var result = KeyRecovery.Recover([new KeyRecoveryStretch(bootloader, 0), new KeyRecoveryStretch(app, 0x10000)]);
            Assert.Equal("right", KeyRecoverySupport.Judge(result, key));
        }
    }

    [Fact]
    public void Recover_OneStretchWithBothPrograms_FindsBothTables()
    {
        byte[] plain = new byte[0x10000 + AppLength];
        plain.AsSpan().Fill(0xFF);
        Bootloader.CopyTo(plain, 0);
        App.CopyTo(plain, 0x10000);
        var result = KeyRecovery.Recover(Encrypted(BekenKey.Uascent, 0, plain), 0);
        Assert.Equal(KeyRecoveryEvidence.VectorTables, result.Evidence);
        Assert.Equal(BekenKey.Uascent.ToCanonical(), result.Key);
    }

    [Fact]
    public void Recover_BootloaderAndAppUnderDifferentKeys_IsAContradiction()
    {
        KeyRecoveryStretch[] stretches =
        [
            new(Encrypted(BekenKey.Tuya, 0, Bootloader), 0),
            new(Encrypted(BekenKey.Uascent, 0x10000, App), 0x10000),
        ];
        var result = KeyRecovery.Recover(stretches);
        Assert.Equal(KeyRecoveryStatus.Unknown, result.Status);
        Assert.Equal(KeyRecoveryEvidence.Contradiction, result.Evidence);
        Assert.Null(result.Key);

        // The same without the app's vectors: its code still has a key of its own.
        byte[] app = stretches[1].Ciphertext.ToArray();
        new Random(1).NextBytes(app.AsSpan(0, 64));
        result = KeyRecovery.Recover([stretches[0], new KeyRecoveryStretch(app, 0x10000)]);
        Assert.Equal(KeyRecoveryStatus.Unknown, result.Status);
    }

    [Fact]
    public void Recover_WrongAddress_IsNeverWrongAboutTheDataGiven()
    {
        var random = new Random(5);
        for (int i = 0; i < 60; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            byte[] app = Encrypted(key, 0x10000, App);
            int vectors = i % 2 * 64;
            random.NextBytes(app.AsSpan(0, vectors));
            uint told = i % 4 < 2 ? 0u : 0x20000u;
            var result = KeyRecovery.Recover(app, told);
            if (result.Key is not BekenKey found)
                continue;
            // Where a key is claimed it deciphers these bytes at the address that was told.
            FlashCipher.Apply(found, told, app, app);
            BytesAssert.Equal(App.AsSpan(vectors), app.AsSpan(vectors));
        }
    }

    [Fact]
    public void Recover_ManyShortStretches_IsRight()
    {
        var key = new BekenKey(0x12345678, 0x2faa55aa, 0x3aee63dd, 0x4feeaa00);
        byte[] app = Encrypted(key, 0x10000, App);
        var stretches = new List<KeyRecoveryStretch>();
        for (int start = 0; start < app.Length; start += 96)
            stretches.Add(new KeyRecoveryStretch(app.AsMemory(start, Math.Min(96, app.Length - start)), 0x10000 + (uint)start));
        Assert.Equal(key.ToCanonical(), KeyRecovery.Recover(stretches).Key);
        stretches.RemoveAt(0);
        Assert.Equal(key.ToCanonical(), KeyRecovery.Recover(stretches).Key);
    }

    [Fact]
    public void Recover_CutAtEveryLength_NeverThrowsNorIsWrong()
    {
        byte[] app = Encrypted(BekenKey.Uascent, 0x10000, App);
        for (int length = 0; length < 700; length++)
            Assert.NotEqual("WRONG", KeyRecoverySupport.Judge(KeyRecovery.Recover(app.AsSpan(0, length), 0x10000), BekenKey.Uascent));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public void Recover_StartOffTheGrid_IsNotWrong(int skip)
    {
        byte[] app = Encrypted(BekenKey.Uascent, 0x10000, App).AsSpan(skip).ToArray();
        var result = KeyRecovery.Recover(app, 0x10000 + (uint)skip);
        Assert.Equal("right", KeyRecoverySupport.Judge(result, BekenKey.Uascent));
    }

    [Fact]
    public void Recover_NothingOrLittle_IsUnknown()
    {
        foreach (var result in new[]
                 {
                     KeyRecovery.Recover([], 0), KeyRecovery.Recover(new byte[3], 0xFFFFFFFF), KeyRecovery.Recover(Array.Empty<KeyRecoveryStretch>()),
                     KeyRecovery.Recover(Encrypted(BekenKey.Tuya, 0x20000, App.AsSpan(0x10000, 2048)), 0x20000),
                 })
        {
            Assert.Equal(KeyRecoveryStatus.Unknown, result.Status);
            Assert.Equal(KeyRecoveryEvidence.TooLittleData, result.Evidence);
            Assert.Empty(result.Candidates);
            Assert.Null(result.Key);
            Assert.Equal(0, result.Confidence);
            Assert.Equal(0, result.ProvenFor.Length);
        }
    }

    [Fact]
    public void Recover_Misuse_IsAnArgumentException()
    {
        Assert.Throws<ArgumentNullException>(() => KeyRecovery.Recover((byte[])null!, 0));
        Assert.Throws<ArgumentNullException>(() => KeyRecovery.Recover((IReadOnlyList<KeyRecoveryStretch>)null!));
        Assert.Throws<ArgumentNullException>(() => KeyRecovery.Recover([null!]));
        Assert.Throws<ArgumentNullException>(() => new KeyRecoveryStretch((byte[])null!, 0));
    }

    [Fact]
    public void Result_AsText_HoldsNoKey()
    {
        string text = KeyRecovery.Recover(Both(BekenKey.Tuya)).ToString();
        Assert.DoesNotContain("7cb50721", text, StringComparison.OrdinalIgnoreCase);
    }

    private static KeyRecoveryStretch[] Both(BekenKey key) =>
        [new(Encrypted(key, 0, Bootloader), 0), new(Encrypted(key, 0x10000, App), 0x10000)];

    private static byte[] Encrypted(BekenKey key, uint address, ReadOnlySpan<byte> plain) => KeyRecoverySupport.Encrypt(key, address, plain);

    private static void Count(SortedDictionary<string, int> counts, string what, KeyRecoveryResult result, BekenKey key)
    {
        string name = what + " " + KeyRecoverySupport.Judge(result, key);
        counts[name] = counts.TryGetValue(name, out int count) ? count + 1 : 1;
    }

    private void Print(SortedDictionary<string, int> counts)
    {
        var line = new StringBuilder();
        foreach (var pair in counts)
            line.Append(pair.Key).Append(": ").Append(pair.Value).Append("  ");
        output.WriteLine(line.ToString());
    }
}
