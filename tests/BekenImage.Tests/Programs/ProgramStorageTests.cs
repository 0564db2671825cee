using BekenImage.Programs;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Programs;

/// <summary>The seam between programs and ciphers: today's cipher, and one that works in blocks and not both ways alike.</summary>
public class ProgramStorageTests
{
    private const uint Address = 0x10000;

    public static TheoryData<string> Keys => ["zero", "tuya", "uascent", "custom"];

    private static SyntheticKey Key(string name) => name == "custom" ? SyntheticKey.Custom : Synthetic.Images.ToSynthetic(name);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Paged_Coefficients_AreThePlainReferencesPagesAndBack(string name)
    {
        var key = Key(name);
        var storage = new ProgramStorage(isPaged: true, new CoefficientCipher(key.ToKey()));
        byte[] plain = SyntheticPrograms.App(0x420, "paged");
        byte[] ciphered = PlainFormats.Cipher(key, Address, plain);

        byte[] stored = storage.Encode(plain, Address);

        Assert.Equal(PlainFormats.Pages(ciphered), stored);
        Assert.Equal(plain, storage.Decode(stored, Address));
        Assert.Equal(ciphered, storage.Strip(stored));
        Assert.Equal(name != "zero", storage.IsEnciphered);
        Assert.Equal((0x420L, (long)stored.Length), (storage.DataLength(stored.Length), storage.StoredLength(plain.Length)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Raw_Coefficients_OfAnyLength_AreThePlainReferencesCipher(string name)
    {
        var key = Key(name);
        var storage = new ProgramStorage(isPaged: false, new CoefficientCipher(key.ToKey()));
        byte[] plain = SyntheticPrograms.App(0x403, "raw");

        byte[] stored = storage.Encode(plain, Address);

        Assert.Equal(PlainFormats.Cipher(key, Address, plain), stored);
        Assert.Equal(plain, storage.Decode(stored, Address));
        Assert.Equal(stored, storage.Strip(stored));
        Assert.Equal((0x403L, 0x403L), (storage.DataLength(0x403), storage.StoredLength(0x403)));
    }

    [Fact]
    public void Decode_ErasedPageAndPartOfAPage_AreNotDecipheredAndLeftOut()
    {
        foreach (CodeCipher cipher in new CodeCipher[] { new CoefficientCipher(SyntheticKey.Custom.ToKey()), new BlockCipher() })
        {
            var storage = new ProgramStorage(isPaged: true, cipher);
            byte[] plain = SyntheticPrograms.Noise(0x60, 3);
            byte[] stored = [.. storage.Encode(plain, Address), 1, 2, 3];
            stored.AsSpan(34, 34).Fill(0xFF);
            plain.AsSpan(32, 32).Fill(0xFF);

            Assert.Equal(plain, storage.Decode(stored, Address));
            Assert.Equal(0x60, storage.Strip(stored).Length);
        }
    }

    [Fact]
    public void Paged_AnotherCipher_GoesTheSameWay()
    {
        var storage = new ProgramStorage(isPaged: true, new BlockCipher());
        byte[] plain = SyntheticPrograms.Noise(0x80, 4);
        byte[] ciphered = BlockCipher.Reference(plain, Address);

        byte[] stored = storage.Encode(plain, Address);

        Assert.Equal(PlainFormats.Pages(ciphered), stored);
        Assert.Equal(ciphered, storage.Strip(stored));
        Assert.Equal(plain, storage.Decode(stored, Address));
        Assert.True(storage.IsEnciphered);
    }

    [Fact]
    public void Raw_ACipherOfBlocks_LeavesTheRestThatIsNoBlock()
    {
        var storage = new ProgramStorage(isPaged: false, new BlockCipher());
        byte[] plain = SyntheticPrograms.Noise(0x45, 5);

        byte[] stored = storage.Encode(plain, Address);

        Assert.Equal([.. BlockCipher.Reference(plain.AsSpan(0, 0x40).ToArray(), Address), .. plain.AsSpan(0x40)], stored);
        Assert.Equal(plain, storage.Decode(stored, Address));
    }

    [Fact]
    public void UnknownCipher_DecodesToWhatIsStored_AndEncodesNothing()
    {
        foreach (bool isPaged in new[] { true, false })
        {
            var storage = new ProgramStorage(isPaged, cipher: null);
            byte[] stored = PlainFormats.Pages(SyntheticPrograms.Noise(0x40, 6));

            Assert.Equal(storage.Strip(stored), storage.Decode(stored, Address));
            Assert.True(storage.IsEnciphered);
            Assert.Throws<InvalidOperationException>(() => storage.Encode(new byte[32], Address));
            Assert.False(storage.WithCipher(new CoefficientCipher(SyntheticKey.Zero.ToKey())).IsEnciphered);
            Assert.Equal(isPaged, storage.WithCipher(null).IsPaged);
        }
    }

    [Fact]
    public void Vectors_UnderAnyCipher_AreFound()
    {
        byte[] plain = SyntheticPrograms.Noise(0x40, 7);
        SyntheticPrograms.Vectors(plain, 0xEA00000E, 0x106C0);
        byte[] stored = BlockCipher.Reference(plain, Address);

        Assert.True(ArmVectors.Match(stored, new BlockCipher(), Address));
        Assert.False(ArmVectors.Match(stored, new BlockCipher(), Address + 32));
        Assert.False(ArmVectors.Match(stored, new CoefficientCipher(SyntheticKey.Zero.ToKey()), Address));
    }

    // Blocks of 32 bytes: turned around, then the address of the block added to each byte. Not its own way back.
    private sealed class BlockCipher : CodeCipher
    {
        public override bool IsIdentity => false;

        public override string Name => "block";

        public override string DisplayName => Name;

        public override bool IsEquivalentTo(CodeCipher other) => other is BlockCipher;

        public override int UnitSize => 32;

        public static byte[] Reference(byte[] plain, uint address) => Enumerable.Range(0, plain.Length / 32)
            .SelectMany(block => plain.Skip(block * 32).Take(32).Reverse().Select(value => (byte)(value + address / 32 + block + 1)))
            .ToArray();

        public override void Decipher(uint logicalAddress, ReadOnlySpan<byte> stored, Span<byte> plain)
        {
            byte[] source = stored.ToArray();
            for (int i = 0; i < source.Length; i++)
                plain[i / 32 * 32 + 31 - i % 32] = (byte)(source[i] - (logicalAddress / 32 + i / 32 + 1));
        }

        public override void Encipher(uint logicalAddress, ReadOnlySpan<byte> plain, Span<byte> stored) =>
            Reference(plain.ToArray(), logicalAddress).CopyTo(stored);
    }
}
