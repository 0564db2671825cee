using System.Reflection;
using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

/// <summary>Every kernel this machine can run gives what the bit-by-bit reference and the scalar definition give.</summary>
public class PageKernelTests
{
    private const int MostPages = 200;

    public static TheoryData<string> Kernels => new(PageKernel.Available.Select(kernel => kernel.Name));

    [Fact]
    public void Available_AlwaysEndsWithTheDefinition()
    {
        Assert.IsType<ScalarKernel>(PageKernel.Available[^1]);
        Assert.Same(PageKernel.Available[0], PageKernel.Selected);
        Assert.Equal(PageKernel.Available.Count, PageKernel.Available.Select(kernel => kernel.Name).Distinct().Count());
        // A little-endian machine never falls back to the definition.
        Assert.IsNotType<ScalarKernel>(PageKernel.Selected);
    }

    // The other theories run what this machine has; this one says what it has not.
    [Theory]
    [InlineData("gfni-512")]
    [InlineData("gfni-256")]
    [InlineData("clmul-256")]
    [InlineData("fold-256")]
    [InlineData("clmul-128")]
    [InlineData("pmull-128")]
    [InlineData("fold-128")]
    [InlineData("portable")]
    [InlineData("scalar")]
    public void Kernel_WhereTheMachineHasItsInstructions_AgreesByName(string name)
    {
        Assert.SkipUnless(PageKernel.Available.Any(kernel => kernel.Name == name), $"this machine, as it is set, does not run {name}");
        AssertAgrees(Find(name), RandomInput.Bytes(new Random(13), 35 * 32), BekenKey.Tuya, 0x10000);
    }

    [Fact]
    public void Available_EveryName_IsOneThatTheTheoryAboveKnows()
    {
        string[] known = [.. typeof(PageKernelTests).GetMethod(nameof(Kernel_WhereTheMachineHasItsInstructions_AgreesByName))!
            .GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!)];
        Assert.All(PageKernel.Available, kernel => Assert.Contains(kernel.Name, known));
    }

    [Fact]
    public void Quotient_TimesXPlusOne_IsThePagePolynomial() =>
        Assert.Equal(1u << 16 | Crc16Cms.Polynomial, PortablePage.Quotient << 1 ^ PortablePage.Quotient);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_EveryCountOfPages_AreTheReferences(string name)
    {
        var kernel = Find(name);
        var random = new Random(1);
        for (int count = 0; count <= MostPages; count++)
        {
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random) & ~31u;
            AssertAgrees(kernel, RandomInput.Bytes(random, count * 32), key, address);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_EverySelectorAndDisabledStage_AreTheDefinitions(string name)
    {
        var kernel = Find(name);
        var random = new Random(2);
        byte[] plain = RandomInput.Bytes(random, 21 * 32);
        for (int setting = 0; setting < 64 * 16; setting++)
        {
            var key = RandomInput.Key(random, setting & 63, setting >> 6);
            uint address = RandomInput.Word(random) & ~31u;
            var pages = new byte[21 * 34];
            var expected = new byte[21 * 34];
            FlashPages.EncodeScalar(plain, expected, key, address);
            kernel.Encode(plain, pages, key, address);
            BytesAssert.Equal(expected, pages);
            var data = new byte[plain.Length];
            Assert.Equal(21, kernel.Decode(pages, data, key, address).Valid);
            BytesAssert.Equal(plain, data);
            kernel.Apply(key, address + 3, plain, data);
            FlashCipher.ApplyScalar(key, address + 3, plain, expected);
            BytesAssert.Equal(expected.AsSpan(0, plain.Length), data);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_BypassedKeys_ChangeNothing(string name)
    {
        var random = new Random(3);
        byte[] plain = RandomInput.Bytes(random, 30 * 32);
        foreach (uint control in new uint[] { 0x00ADEB03, 0xFFADEB03, 0, 0x4700000F })
            AssertAgrees(Find(name), plain, new BekenKey(1, 2, 3, control), 0x10020);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void DecodeAndEncode_AddressesOffThePageGrid_AreTheReferences(string name)
    {
        var random = new Random(4);
        for (int i = 0; i < 40; i++)
            AssertAgrees(Find(name), RandomInput.Bytes(random, random.Next(40) * 32), RandomInput.Key(random), RandomInput.Word(random));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_AddressesThatCarryOrWrap_AreTheReferences(string name)
    {
        var random = new Random(5);
        byte[] plain = RandomInput.Bytes(random, 60 * 32);
        for (int bit = 8; bit <= 32; bit++)
        {
            uint boundary = (uint)(1L << bit);
            AssertAgrees(Find(name), plain, RandomInput.Key(random), unchecked(boundary - 0x100));
            AssertAgrees(Find(name), plain, RandomInput.Key(random), unchecked(boundary - 0x160));
            AssertAgrees(Find(name), plain, RandomInput.Key(random), boundary);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Decode_BadPageAnywhere_IsNamedAndWritten(string name)
    {
        var kernel = Find(name);
        var random = new Random(6);
        var key = RandomInput.Key(random);
        byte[] good = PlainReference.Encode(RandomInput.Bytes(random, 40 * 32), key, 0x10000);
        for (int bad = 0; bad < 40; bad++)
        {
            for (int position = 0; position < 34; position++)
            {
                byte[] pages = (byte[])good.Clone();
                pages[bad * 34 + position] ^= (byte)(1 << random.Next(8));
                var data = new byte[40 * 32];
                var expected = new PageScan(39, 0, 1, bad, bad);
                Assert.Equal(expected, kernel.Check(pages));
                Assert.Equal(expected, kernel.Decode(pages, data, key, 0x10000));
                if (position % 11 == 0)
                    BytesAssert.Equal(PlainReference.Decode(pages, key, 0x10000).Data, data);
            }
        }
    }

    // Both parity and remainder of a page are needed to see every one-bit and two-bit error.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Check_EveryBitOfEveryPageOfAGroup_IsSeen(string name)
    {
        var kernel = Find(name);
        var random = new Random(7);
        byte[] pages = PlainReference.Encode(RandomInput.Bytes(random, 8 * 32), BekenKey.Zero, 0);
        for (int bit = 0; bit < pages.Length * 8; bit++)
        {
            pages[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Equal(bit / 8 / 34, kernel.Check(pages).FirstBad);
            pages[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.Equal(8, kernel.Check(pages).Valid);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Decode_ErasedAndBadPagesMixed_IsTheReferences(string name)
    {
        var kernel = Find(name);
        var random = new Random(8);
        string[] alphabets = ["v", "vvvvvvvvvvvvvvve", "ve", "e", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeb", "veb", "b", "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvb"];
        for (int i = 0; i < 100; i++)
        {
            string alphabet = alphabets[i % alphabets.Length];
            string kinds = new(Enumerable.Range(0, random.Next(120)).Select(_ => alphabet[random.Next(alphabet.Length)]).ToArray());
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random) & ~31u;
            byte[] pages = FlashPagesTests.MixedPages(kinds, random, key, address);
            var expected = PlainReference.Decode(pages, key, address);
            var data = new byte[kinds.Length * 32];
            Assert.Equal(expected.Scan, kernel.Check(pages));
            Assert.Equal(expected.Scan, kernel.Decode(pages, data, key, address));
            BytesAssert.Equal(expected.Data, data);
        }
    }

    // 32 bytes 0xFF with their CRC are a valid page; without, an erased one. The first is deciphered.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Decode_PagesOfFfWithAndWithoutCrc_AreToldApart(string name)
    {
        for (int written = 0; written < 17; written++)
        {
            byte[] pages = FlashPagesTests.Filled(17 * 34, 0xFF);
            pages[written * 34 + 32] = 0x00;
            pages[written * 34 + 33] = 0x0C;
            var data = new byte[17 * 32];
            Assert.Equal(new PageScan(1, 16, 0, -1, written == 0 ? 1 : 0), Find(name).Decode(pages, data, BekenKey.Tuya, 0x10000));
            BytesAssert.Equal(PlainReference.Decode(pages, BekenKey.Tuya, 0x10000).Data, data);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_BuffersAgainstUnreadablePages_StayInside(string name)
    {
        var kernel = Find(name);
        var random = new Random(9);
        using var plainMemory = new GuardedMemory(MostPages * 34);
        using var pagesMemory = new GuardedMemory(MostPages * 34);
        for (int count = 0; count <= MostPages; count += count < 40 ? 1 : 13)
        {
            byte[] plain = RandomInput.Bytes(random, count * 32);
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random) & ~31u;
            byte[] expected = PlainReference.Encode(plain, key, address);
            foreach (bool atEnd in new[] { true, false })
            {
                var data = atEnd ? plainMemory.Last(count * 32) : plainMemory.First(count * 32);
                var pages = atEnd ? pagesMemory.Last(count * 34) : pagesMemory.First(count * 34);
                plain.CopyTo(data);
                kernel.Encode(data, pages, key, address);
                BytesAssert.Equal(expected, pages);
                data.Clear();
                Assert.Equal(count, kernel.Check(pages).Valid);
                Assert.Equal(count, kernel.Decode(pages, data, key, address).Valid);
                BytesAssert.Equal(plain, data);
                kernel.Apply(key, address + 5, data, data);
                BytesAssert.Equal(PlainReference.Apply(key, address + 5, plain), data);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_UnalignedBuffers_TouchOnlyTheirOwnBytes(string name)
    {
        var kernel = Find(name);
        var random = new Random(10);
        var key = RandomInput.Key(random);
        byte[] plain = RandomInput.Bytes(random, 45 * 32);
        byte[] expected = PlainReference.Encode(plain, key, 0x10040);
        for (int offset = 0; offset < 65; offset++)
        {
            byte[] data = FlashPagesTests.Filled(45 * 32 + 130, 0xA5);
            byte[] pages = FlashPagesTests.Filled(45 * 34 + 130, 0xA5);
            plain.CopyTo(data, offset);
            kernel.Encode(data.AsSpan(offset, plain.Length), pages.AsSpan(64 - offset, expected.Length), key, 0x10040);
            BytesAssert.Equal(expected, pages.AsSpan(64 - offset, expected.Length));
            AssertUntouched(pages, 64 - offset, expected.Length);
            data.AsSpan().Fill(0xA5);
            kernel.Decode(pages.AsSpan(64 - offset, expected.Length), data.AsSpan(offset, plain.Length), key, 0x10040);
            BytesAssert.Equal(plain, data.AsSpan(offset, plain.Length));
            AssertUntouched(data, offset, plain.Length);
            kernel.Apply(key, 0x10040, data.AsSpan(offset, plain.Length), data.AsSpan(offset, plain.Length));
            BytesAssert.Equal(PlainReference.Apply(key, 0x10040, plain), data.AsSpan(offset, plain.Length));
            AssertUntouched(data, offset, plain.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Apply_EveryLengthAndAddressRemainder_IsTheReferences(string name)
    {
        var kernel = Find(name);
        var random = new Random(11);
        for (int length = 0; length < 900; length++)
        {
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random);
            byte[] source = RandomInput.Bytes(random, length);
            byte[] expected = PlainReference.Apply(key, address, source);
            var destination = new byte[length];
            kernel.Apply(key, address, source, destination);
            BytesAssert.Equal(expected, destination);
            kernel.Apply(key, address, source, source);
            BytesAssert.Equal(expected, source);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_AnySize_AllocateNothing(string name)
    {
        var kernel = Find(name);
        byte[] plain = RandomInput.Bytes(new Random(12), 500 * 32);
        var pages = new byte[500 * 34];
        Assert.Equal(0, Allocation.LeastOf(() =>
        {
            kernel.Encode(plain, pages, BekenKey.Tuya, 0x10020);
            kernel.Check(pages);
            kernel.Decode(pages, plain, BekenKey.Tuya, 0x10020);
            kernel.Apply(BekenKey.Tuya, 0x10001, plain, plain);
        }));
    }

    private static void AssertAgrees(PageKernel kernel, byte[] plain, BekenKey key, uint address)
    {
        int count = plain.Length / 32;
        byte[] expected = PlainReference.Encode(plain, key, address);
        var pages = new byte[expected.Length];
        kernel.Encode(plain, pages, key, address);
        BytesAssert.Equal(expected, pages);
        var all = new PageScan(count, 0, 0, -1, count);
        Assert.Equal(all, kernel.Check(pages));
        var data = new byte[plain.Length];
        Assert.Equal(all, kernel.Decode(pages, data, key, address));
        BytesAssert.Equal(plain, data);
        kernel.Apply(key, address, plain, data);
        BytesAssert.Equal(PlainReference.Apply(key, address, plain), data);
    }

    private static void AssertUntouched(byte[] buffer, int start, int length)
    {
        Assert.Equal(-1, buffer.AsSpan(0, start).IndexOfAnyExcept((byte)0xA5));
        Assert.Equal(-1, buffer.AsSpan(start + length).IndexOfAnyExcept((byte)0xA5));
    }

    private static PageKernel Find(string name) => PageKernel.Available.Single(kernel => kernel.Name == name);
}
