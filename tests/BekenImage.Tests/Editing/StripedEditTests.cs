using BekenImage.Editing;
using BekenImage.Programs;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>A program made into its partition, against pages, cipher and header that the tests make themselves.</summary>
public class StripedEditTests
{
    private const int Start = 0x11000;
    private const uint Logical = 0x10000;

    private static readonly SyntheticLayout Layout = SyntheticLayout.N;
    private static readonly FlashRange Section = FlashRange.FromBounds(Start, Layout.AppEnd);
    private static readonly CodeCipher Cipher = new CoefficientCipher(SyntheticKey.Tuya.ToKey());

    private static StripedEdit Make(byte[] plain, FlashRange room, long? header = null, long previous = -1, bool isPaged = true, byte[]? image = null) =>
        StripedEdit.Make(image ?? SyntheticImages.TuyaN, room, isPaged, Cipher, Logical, header, plain, previous);

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1)]
    public void Make_AnyLength_IsEncipheredWholePagesAndErasedFlashBehind(int length)
    {
        byte[] plain = SyntheticPrograms.Noise(length, 3);
        var made = Make(plain, new FlashRange(Start, 34 * 5));
        byte[] stored = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, Logical, plain));
        BytesAssert.Equal(stored, made.Slot.AsSpan(0, stored.Length));
        Assert.Equal(34 * 5, made.Slot.Length);
        Assert.All(made.Slot[stored.Length..], value => Assert.Equal(0xFF, value));
        Assert.Null(made.Header);
    }

    // AES is applied to units of 32 bytes: what fills the last is enciphered with it.
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(95)]
    public void Make_UnderACipherOfUnits_FillsTheLastUnit(int length)
    {
        byte[] key = SyntheticPrograms.Noise(32, 9);
        var cipher = new AesCodeCipher(new BekenImage.Crypto.AesFlashKey(key), BekenImage.Crypto.AesFlashVariant.WordSwapped);
        byte[] plain = SyntheticPrograms.Noise(length, 4);
        byte[] filled = [.. plain, .. Enumerable.Repeat((byte)0xFF, (32 - length % 32) % 32)];
        var made = StripedEdit.Make(new byte[0x12000], new FlashRange(Start, 34 * 4), true, cipher, Logical, null, plain, -1);
        byte[] expected = SyntheticArmino.Pages(SyntheticArmino.Encrypt(key, Logical, filled));
        BytesAssert.Equal(expected, made.Slot.AsSpan(0, expected.Length));
        Assert.All(made.Slot[expected.Length..], value => Assert.Equal(0xFF, value));
    }

    [Theory]
    [InlineData(128, null, true)]
    [InlineData(129, null, false)]
    [InlineData(96, 34 * 3, true)]
    [InlineData(97, 34 * 3, false)]
    [InlineData(128, 34 * 9, true)]
    [InlineData(129, 34 * 9, false)]
    public void Make_ProgramThatFillsTheRoom_FitsAndOneByteMoreDoesNot(int length, int? headerAt, bool fits)
    {
        byte[] plain = SyntheticPrograms.Noise(length, 5);
        StripedEdit Do() => Make(plain, new FlashRange(Start, 34 * 4), Start + headerAt);
        if (fits)
        {
            Assert.Equal(34 * 4, Do().Slot.Length);
            return;
        }
        var refusal = Assert.Throws<ImageGuardException>(Do);
        Assert.Equal((FindingCode.AppTooLarge, (long)Start), (refusal.Code, refusal.Offset));
        Assert.Equal(headerAt == 34 * 3, refusal.Message.Contains("before its header", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_ProgramOfTheSameLength_LeavesWhatLiesBehindIt()
    {
        byte[] image = SyntheticImages.TuyaN;
        SyntheticPrograms.Noise(34, 8).CopyTo(image, Start + 34 * 8);
        byte[] plain = SyntheticPrograms.Noise(32 * 4, 6);
        var room = new FlashRange(Start, 34 * 10);
        byte[] same = Make(plain, room, previous: 32 * 4, image: image).Slot;
        BytesAssert.Equal(image.AsSpan(Start + 34 * 4, 34 * 6), same.AsSpan(34 * 4));
        byte[] other = Make(plain, room, previous: 32 * 4 + 1, image: image).Slot;
        Assert.All(other[(34 * 4)..], value => Assert.Equal(0xFF, value));
        BytesAssert.Equal(same.AsSpan(0, 34 * 4), other.AsSpan(0, 34 * 4));
    }

    // The header says CRC-32 and hash of what is stored, and how much that is.
    [Theory]
    [InlineData(0x4000)]
    [InlineData(0x4001)]
    [InlineData(0x9A75)]
    public void Make_HeaderBehindTheProgram_DescribesTheNewOne(int length)
    {
        byte[] plain = SyntheticPrograms.App(length, SyntheticImage.TuyaN, seed: 7);
        var made = Make(plain, Section, Layout.AppHeader, previous: 0x9A75);
        byte[] header = PlainFormats.Strip(made.Header!, out int wrong);
        byte[] stored = PlainFormats.Strip(made.Slot, out _);
        int size = (int)PlainFormats.Word(header, 0x54);
        Assert.Equal(0, wrong);
        Assert.Equal(length, size);
        Assert.Equal(PlainFormats.Fnv(stored.AsSpan(0, size).ToArray()), PlainFormats.Word(header, 0x50));
        Assert.Equal(PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()), PlainFormats.Word(header, 0x5C));
    }

    [Fact]
    public void Make_NoHeaderWhereOneIsLookedFor_MakesNone() =>
        Assert.Null(Make(SyntheticPrograms.Noise(0x100, 6), Section, Layout.AppHeader - 34).Header);

    [Fact]
    public void Make_ReadWithoutPages_StoresNone()
    {
        byte[] image = [.. SyntheticImages.ObkN.Chunk(34).SelectMany(page => page.Take(32))];
        byte[] plain = SyntheticPrograms.App(0x4000, SyntheticImage.ObkN, seed: 7);
        var room = FlashRange.FromBounds(0x10000, image.Length);
        var made = Make(plain, room, image.Length - 96, isPaged: false, image: image);
        BytesAssert.Equal(PlainFormats.Cipher(SyntheticKey.Tuya, Logical, plain), made.Slot.AsSpan(0, plain.Length));
        Assert.Equal(96, made.Header!.Length);
        Assert.Equal(0x4000u, PlainFormats.Word(made.Header, 0x54));
        Assert.Equal(PlainFormats.Fnv(made.Slot.AsSpan(0, 0x4000).ToArray()), PlainFormats.Word(made.Header, 0x50));
    }
}
