using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

/// <summary>Every kernel this machine can run gives what the standards, fixed answers and a reference of the tests give.</summary>
public class AesFlashCipherTests
{
    private const byte Sentinel = 0xA5;

    public static TheoryData<string, AesFlashVariant> Kernels
    {
        get
        {
            var data = new TheoryData<string, AesFlashVariant>();
            foreach (var kernel in AesFlashKernel.Available)
            {
                data.Add(kernel.Name, AesFlashVariant.WordSwapped);
                data.Add(kernel.Name, AesFlashVariant.Standard);
            }
            return data;
        }
    }

    public static TheoryData<string> Names => new(AesFlashKernel.Available.Select(kernel => kernel.Name));

    [Fact]
    public void Available_AlwaysEndsWithTheDefinitionAndNeverBeginsWithIt()
    {
        string[] names = AesFlashKernel.Available.Select(kernel => kernel.Name).ToArray();
        Assert.Equal("scalar", names[^1]);
        Assert.NotEqual("scalar", AesFlashKernel.Best.Name);
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("platform", names);
    }

    // IEEE 1619-2007, annex B, vectors 1 to 3: those with data units of 32 bytes.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0, "00",
        "917cf69ebd68b2ec9b9fe9a3eadda692cd43d2f59598ed858c02c2652fbf922e")]
    [InlineData("1111111111111111111111111111111122222222222222222222222222222222", 0x3333333333, "44",
        "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0")]
    [InlineData("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f022222222222222222222222222222222", 0x3333333333, "44",
        "af85336b597afc1a900b2eb21ec949d292df4c047e0b21532186a5971a227a89")]
    public void Crypt_OfTheStandardsVectors_GivesTheirBytes(string key, ulong unit, string fill, string encrypted)
    {
        byte[] plain = Enumerable.Repeat(Convert.FromHexString(fill)[0], 32).ToArray();
        foreach (var source in AesFlashKernel.Available)
        {
            var cipher = new AesFlashCipher(new AesFlashKey(Convert.FromHexString(key)), AesFlashVariant.Standard, source);
            var result = new byte[32];
            cipher.Encrypt(unit * 32, plain, result);
            Assert.Equal(encrypted, Convert.ToHexStringLower(result));
            cipher.Decrypt(unit * 32, result, result);
            Assert.Equal(plain, result);
        }
    }

    // The bytes 00 to 3F, by a program of ten lines over OpenSSL's ECB, which also gives all of the vendor's vectors.
    [Theory]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0, "3456 5c72",
        "2507ac62ecbebdd2cee88cd370724c21880288c5d8a6ca846f22b93565cefdfcb39617e46934016044a9e11b7ab564d1b6f682b3f07b3f0610cedb5eb76ffe1d")]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0x10, "562e ab69",
        "43773844975f54523efb88a026454cfe385a87d7db8d070ffe8debd30579710cdb13f76905bda56a896c25130464e7ff30ec01d50a12bfc0063903873838754a")]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0x10000, "b0f7 f7d4",
        "e37f21ed5e356a7c1af71cf3a5b50d6e2e3aa5be29f9dbf1197de2f3d605f5edf5de6ff02d3b0f1e356927a5f2af2910b095a124128d72172955d8cd96a2677f")]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0xffffe0, "9d63 703b",
        "9966838fd5cd1fe05dc88069d85ba83ca0f5af725a5de2db440a90090325606c2138ab09b726aa9bc7631dd59169e1435a84b5be41c635fb94470ddf13e27159")]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0x2010000, "59e0 c487",
        "6d19307e7aa7d8973593a3ccf2735db0d9fd452684c4df00a0b38151f717665761100d19340433da2ed2a4f62637c6189db81a80f6e17bbcceede62e68561a94")]
    [InlineData("seq", AesFlashVariant.WordSwapped, 0x1ffffffe0, "1156 dd20",
        "263c039ccd98e200f97fb029115abb16873267c85af1814f4fd2ca63751f64f3efbf3360da2091d4908491d56f3536a1ac5af17882c1b5227c59b2b8ccb05f69")]
    [InlineData("zero", AesFlashVariant.WordSwapped, 0x10000, "6a52 10b4",
        "0b20bcc422e81466bdb19b91af8f355e8d4cea3a981c68a8c99da09913c60b4dc07d1f3802719bb4b9280a40a942bebeece10b1616e5363e82aed82906083fa3")]
    [InlineData("ff", AesFlashVariant.WordSwapped, 0x10000, "a0b3 c7b8",
        "721e8cab92c9a941fde9c2fe15fcc917aa9aee7084ab6e2aa0c7f3e5b6aa7b11219893d46f557cb3c4dbfb03b3086f1f20c304f6b34eebfd0e0331acfe1f440d")]
    [InlineData("seq", AesFlashVariant.Standard, 0, "1758 12a4",
        "74a109aabf1937c022d19da4b96cbc40b8ddc9c0653a7fb0dc8425c7ef276dea706646992d6cc7d779da772f84a70224c621f004588b2433186aebf5b85e0158")]
    [InlineData("seq", AesFlashVariant.Standard, 0x10, "1758 12a4",
        "74a109aabf1937c022d19da4b96cbc40b8ddc9c0653a7fb0dc8425c7ef276dea706646992d6cc7d779da772f84a70224c621f004588b2433186aebf5b85e0158")]
    [InlineData("seq", AesFlashVariant.Standard, 0xffffe0, "efd6 3c84",
        "679687a328cd7b10ef00297ea115e4d973c6b5b9e2401cce63d40c6e19f0fbb0e3c4fc1bd4422adf7dc2babf91ade523c536b6e8f5d85a6ca0b3ac2dffc9f7f3")]
    [InlineData("seq", AesFlashVariant.Standard, 0x1ffffffe0, "c440 c9f0",
        "38a41152872524a5fc61e1b97bc47562ee8a1131a9a072f472cd39bcb175abe45f3390d57e7e8817cc941ade4336d84b364a8fb39e9428e35283dd25828f2cf4")]
    [InlineData("zero", AesFlashVariant.Standard, 0x10000, "5864 a73f",
        "eb414b97dfbb8e4fd518f7cb9ad44ac0882154fce58146f50783db56ccc684d16b9b0ae7d8e423a3fe25e9662e0fc1890858af1a2e38135a7693ec1fcdc10d72")]
    [InlineData("ff", AesFlashVariant.Standard, 0x10000, "9b92 1c97",
        "06e0e836744dfeb8e0118dbaf0bf910c427410fae2dd785a1ab6a39bc0d44fa7d80df67dcfd515b31c922c36502e230b71b6bc8973088490a40ff6f68d0f2258")]
    public void AllOperations_OfFixedInput_GiveFixedAnswers(
        string key, AesFlashVariant variant, ulong address, string crcs, string encrypted)
    {
        byte[] bytes = Enumerable.Range(0, 32).Select(i => key switch { "seq" => (byte)i, "zero" => (byte)0, _ => (byte)0xFF }).ToArray();
        byte[] plain = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        string[] crc = crcs.Split(' ');
        byte[] pages = Convert.FromHexString(encrypted[..64] + crc[0] + encrypted[64..] + crc[1]);
        foreach (var source in AesFlashKernel.Available)
        {
            var cipher = new AesFlashCipher(new AesFlashKey(bytes), variant, source);
            byte[] result = new byte[64], made = new byte[68];
            cipher.Encrypt(address, plain, result);
            Assert.Equal(encrypted, Convert.ToHexStringLower(result));
            cipher.Decrypt(address, result, result);
            Assert.Equal(plain, result);
            cipher.EncodePages(address, plain, made);
            Assert.Equal(pages, made);
            Assert.Equal(new PageScan(2, 0, 0, -1, 2), cipher.DecodePages(address, pages, result));
            Assert.Equal(plain, result);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_EveryCountOfUnits_AreTheReferences(string name, AesFlashVariant variant)
    {
        var random = new Random(1);
        int[] beyond = name == "scalar" ? [] : [63, 64, 65, 71, 72, 73, 127, 128, 129, 135, 136, 137, 255, 256, 257, 300];
        foreach (int count in Enumerable.Range(0, 35).Concat(beyond))
        {
            byte[] key = RandomInput.Bytes(random, 32);
            AssertAgrees(name, variant, key, RandomInput.Word(random) & ~31u, RandomInput.Bytes(random, count * 32));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_AnyAddress_AreTheReferences(string name, AesFlashVariant variant)
    {
        var random = new Random(2);
        byte[] key = RandomInput.Bytes(random, 32), plain = RandomInput.Bytes(random, 19 * 32);
        ulong[] addresses = [1, 0x10, 31, 0x1E0, 0xFFFF, 0x7FFFE0, 0xFFFFE0, 0x2000000, 0xFFFFFF80, 0xFFFFFFF0, 0xFFFFFFFF80,
            long.MaxValue - 100, ulong.MaxValue - 0x123, ulong.MaxValue - 31, ulong.MaxValue];
        foreach (ulong address in addresses)
            AssertAgrees(name, variant, key, address, plain);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void DecodePages_ErasedAndBadPagesMixed_IsTheReferences(string name, AesFlashVariant variant)
    {
        var random = new Random(3);
        string[] alphabets = ["v", "vvvvvvvvvvvvvvvvvvvvvvvve", "ve", "e", "eeeeeeeeeeeeeeeeeeeeeeeeb", "veb", "b",
            "vvvvvvvvvvvvvvvvvvvvvvvvvvvvb"];
        for (int i = 0; i < (name == "scalar" ? 8 : 60); i++)
        {
            string alphabet = alphabets[i % alphabets.Length];
            int length = random.Next(name == "scalar" ? 40 : 330);
            string kinds = new(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]).ToArray());
            AssertDecodes(name, variant, kinds, random);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodePages_ErasedStretchBetweenPrograms_IsTheReferences(string name)
    {
        int most = name == "scalar" ? 20 : 200;
        foreach (int erased in new[] { 1, 7, 8, 9, most })
        {
            string gap = new('e', erased);
            string kinds = new string('v', 17) + gap + new string('v', 9) + "b" + new string('v', 20) + gap;
            AssertDecodes(name, AesFlashVariant.WordSwapped, kinds, new Random(erased));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodePages_BadPageAnywhere_IsNamedAndWritten(string name)
    {
        var random = new Random(4);
        byte[] key = RandomInput.Bytes(random, 32);
        var cipher = Open(name, key, AesFlashVariant.WordSwapped);
        byte[] good = AesFlashReference.EncodePages(key, AesFlashVariant.WordSwapped, 0x10000, RandomInput.Bytes(random, 17 * 32));
        for (int bad = 0; bad < 17; bad++)
        {
            for (int position = name == "scalar" ? 33 : 0; position < 34; position++)
            {
                byte[] pages = (byte[])good.Clone();
                pages[bad * 34 + position] ^= (byte)(1 << random.Next(8));
                var data = new byte[17 * 32];
                Assert.Equal(new PageScan(16, 0, 1, bad, bad), cipher.DecodePages(0x10000, pages, data));
                if (position % 11 == 0)
                    BytesAssert.Equal(AesFlashReference.DecodePages(key, AesFlashVariant.WordSwapped, 0x10000, pages).Data, data);
            }
        }
    }

    // A page of 32 bytes FF with its CRC 000C was written, and is deciphered like any other.
    [Theory]
    [MemberData(nameof(Names))]
    public void DecodePages_WrittenPageOfFF_IsDeciphered(string name)
    {
        byte[] pages = [.. Enumerable.Repeat((byte)0xFF, 32), 0x00, 0x0C];
        var data = new byte[32];
        var cipher = Open(name, AesFlashKey.SdkExample.ToArray(), AesFlashVariant.Standard);
        Assert.Equal(new PageScan(1, 0, 0, -1, 1), cipher.DecodePages(0, pages, data));
        Assert.NotEqual(pages.Take(32), data);
        BytesAssert.Equal(AesFlashReference.DecodePages(AesFlashKey.SdkExample.ToArray(), AesFlashVariant.Standard, 0, pages).Data, data);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_AtTheEdgesOfMemory_TouchNothingElse(string name, AesFlashVariant variant)
    {
        var random = new Random(5);
        int most = name == "scalar" ? 10 : 140;
        using var plainMemory = new GuardedMemory(most * 34);
        using var pagesMemory = new GuardedMemory(most * 34);
        byte[] key = RandomInput.Bytes(random, 32);
        var cipher = Open(name, key, variant);
        for (int count = 0; count <= most; count += count < 20 ? 1 : 13)
        {
            byte[] plain = RandomInput.Bytes(random, count * 32);
            byte[] expected = AesFlashReference.EncodePages(key, variant, 0x10020, plain);
            foreach (bool atEnd in new[] { true, false })
            {
                var data = atEnd ? plainMemory.Last(count * 32) : plainMemory.First(count * 32);
                var pages = atEnd ? pagesMemory.Last(count * 34) : pagesMemory.First(count * 34);
                plain.CopyTo(data);
                cipher.EncodePages(0x10020, data, pages);
                BytesAssert.Equal(expected, pages);
                data.Clear();
                Assert.Equal(count, cipher.DecodePages(0x10020, pages, data).Valid);
                BytesAssert.Equal(plain, data);
                var other = atEnd ? pagesMemory.Last(count * 32) : pagesMemory.First(count * 32);
                cipher.Encrypt(0x10020, data, other);
                cipher.Decrypt(0x10020, other, other);
                BytesAssert.Equal(plain, other);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_UnalignedSpansInPlaceAndLongerDestinations_TouchNothingElse(string name, AesFlashVariant variant)
    {
        var random = new Random(6);
        int count = name == "scalar" ? 9 : 21;
        byte[] key = RandomInput.Bytes(random, 32), plain = RandomInput.Bytes(random, count * 32);
        byte[] encrypted = AesFlashReference.Apply(true, key, variant, 0x40, plain);
        byte[] expected = AesFlashReference.EncodePages(key, variant, 0x40, plain);
        var cipher = Open(name, key, variant);
        for (int offset = 0; offset < 33; offset += name == "scalar" ? 8 : 1)
        {
            byte[] data = FlashPagesTests.Filled(plain.Length + 100, Sentinel);
            byte[] pages = FlashPagesTests.Filled(expected.Length + 100, Sentinel);
            plain.CopyTo(data, offset);
            cipher.EncodePages(0x40, data.AsSpan(offset, plain.Length), pages.AsSpan(40 - offset));
            BytesAssert.Equal(expected, pages.AsSpan(40 - offset, expected.Length));
            AssertUntouched(pages, 40 - offset, expected.Length);
            data.AsSpan().Fill(Sentinel);
            cipher.DecodePages(0x40, pages.AsSpan(40 - offset, expected.Length), data.AsSpan(offset));
            BytesAssert.Equal(plain, data.AsSpan(offset, plain.Length));
            AssertUntouched(data, offset, plain.Length);
            cipher.Encrypt(0x40, data.AsSpan(offset, plain.Length), data.AsSpan(offset));
            BytesAssert.Equal(encrypted, data.AsSpan(offset, plain.Length));
            AssertUntouched(data, offset, plain.Length);
            cipher.Decrypt(0x40, data.AsSpan(offset, plain.Length), data.AsSpan(offset));
            BytesAssert.Equal(plain, data.AsSpan(offset, plain.Length));
            AssertUntouched(data, offset, plain.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AllOperations_AnySize_AllocateNothing(string name, AesFlashVariant variant)
    {
        int count = name == "scalar" ? 20 : 500;
        byte[] plain = RandomInput.Bytes(new Random(7), count * 32);
        var pages = new byte[count * 34];
        var cipher = Open(name, AesFlashKey.BekenUtils.ToArray(), variant);
        Assert.Equal(0, Allocation.LeastOf(() =>
        {
            cipher.EncodePages(0x10020, plain, pages);
            cipher.DecodePages(0x10020, pages, plain);
            cipher.Encrypt(0x10001, plain, plain);
            cipher.Decrypt(0x10001, plain, plain);
        }));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Crypt_FromSeveralThreadsAtOnce_GivesEachItsBytes(string name, AesFlashVariant variant)
    {
        byte[] key = AesFlashKey.SdkExample.ToArray(), plain = RandomInput.Bytes(new Random(8), 20 * 32);
        byte[][] expected = [.. Enumerable.Range(0, 4).Select(i => AesFlashReference.Apply(true, key, variant, (ulong)i * 0x1000, plain))];
        var cipher = Open(name, key, variant);
        Parallel.For(0, name == "scalar" ? 8 : 200, i =>
        {
            var result = new byte[plain.Length];
            cipher.Encrypt((ulong)(i % 4) * 0x1000, plain, result);
            BytesAssert.Equal(expected[i % 4], result);
        });
    }

    [Fact]
    public void AllOperations_PartialUnitsOrTooLittleRoom_WriteNothing()
    {
        var cipher = new AesFlashCipher(AesFlashKey.SdkExample, AesFlashVariant.WordSwapped);
        byte[] target = FlashPagesTests.Filled(128, Sentinel);
        Assert.Throws<ArgumentException>("source", () => cipher.Encrypt(0, new byte[33], target));
        Assert.Throws<ArgumentException>("source", () => cipher.Decrypt(0, new byte[16], target));
        Assert.Throws<ArgumentException>("destination", () => cipher.Encrypt(0, new byte[160], target));
        Assert.Throws<ArgumentException>("destination", () => cipher.Decrypt(0, new byte[160], target));
        Assert.Throws<ArgumentException>("pages", () => cipher.DecodePages(0, new byte[35], target));
        Assert.Throws<ArgumentException>("data", () => cipher.DecodePages(0, new byte[5 * 34], target));
        Assert.Throws<ArgumentException>("data", () => cipher.EncodePages(0, new byte[31], target));
        Assert.Throws<ArgumentException>("pages", () => cipher.EncodePages(0, new byte[128], target));
        Assert.All(target, value => Assert.Equal(Sentinel, value));
    }

    [Fact]
    public void Constructor_AndArrays_RefuseNullAndUnknownVariants()
    {
        Assert.Throws<ArgumentNullException>("key", () => new AesFlashCipher(null!, AesFlashVariant.Standard));
        Assert.Throws<ArgumentOutOfRangeException>("variant", () => new AesFlashCipher(AesFlashKey.SdkExample, (AesFlashVariant)2));
        var cipher = new AesFlashCipher(AesFlashKey.BekenUtils, AesFlashVariant.Standard);
        Assert.Equal((AesFlashKey.BekenUtils, AesFlashVariant.Standard), (cipher.Key, cipher.Variant));
        Assert.Throws<ArgumentNullException>("source", () => cipher.Encrypt(0, null!, new byte[32]));
        Assert.Throws<ArgumentNullException>("destination", () => cipher.Decrypt(0, new byte[32], null!));
        Assert.Throws<ArgumentNullException>("pages", () => cipher.DecodePages(0, null!, new byte[32]));
        Assert.Throws<ArgumentNullException>("data", () => cipher.EncodePages(0, null!, new byte[34]));
    }

    private static void AssertAgrees(string name, AesFlashVariant variant, byte[] key, ulong address, byte[] plain)
    {
        int count = plain.Length / 32;
        var cipher = Open(name, key, variant);
        byte[] expected = AesFlashReference.Apply(true, key, variant, address, plain);
        byte[] result = new byte[plain.Length], pages = new byte[count * 34];
        cipher.Encrypt(address, plain, result);
        BytesAssert.Equal(expected, result);
        cipher.Decrypt(address, expected, result);
        BytesAssert.Equal(plain, result);
        cipher.EncodePages(address, plain, pages);
        BytesAssert.Equal(PlainReference.Encode(expected, BekenKey.Zero, 0), pages);
        result.AsSpan().Clear();
        Assert.Equal(new PageScan(count, 0, 0, -1, count), cipher.DecodePages(address, pages, result));
        BytesAssert.Equal(plain, result);
    }

    private static void AssertDecodes(string name, AesFlashVariant variant, string kinds, Random random)
    {
        byte[] key = RandomInput.Bytes(random, 32), pages = FlashPagesTests.MixedPages(kinds, random, BekenKey.Zero, 0);
        ulong address = RandomInput.Word(random);
        var expected = AesFlashReference.DecodePages(key, variant, address, pages);
        var data = new byte[kinds.Length * 32];
        Assert.Equal(expected.Scan, Open(name, key, variant).DecodePages(address, pages, data));
        BytesAssert.Equal(expected.Data, data);
    }

    private static void AssertUntouched(byte[] buffer, int start, int length)
    {
        Assert.Equal(-1, buffer.AsSpan(0, start).IndexOfAnyExcept(Sentinel));
        Assert.Equal(-1, buffer.AsSpan(start + length).IndexOfAnyExcept(Sentinel));
    }

    private static AesFlashCipher Open(string name, byte[] key, AesFlashVariant variant) =>
        new(new AesFlashKey(key), variant, AesFlashKernel.Available.Single(source => source.Name == name));
}
