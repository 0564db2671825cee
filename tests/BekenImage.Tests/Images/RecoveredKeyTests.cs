using System.Text;
using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Combining;
using BekenImage.Tests.Crypto;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Real programs under keys nobody has published: images of them are read, split, verified and combined like any other.</summary>
public class RecoveredKeyTests
{
    private const string OpenBkM = "OpenBK7231M_QIO_1.18.300.bin";
    private const string OpenBk7238 = "OpenBK7238_QIO_1.18.300.bin";

    private static readonly Lazy<(byte[] Bootloader, byte[] App)> ProgramsM = new(() => Programs(OpenBkM));
    private static readonly Lazy<(byte[] Bootloader, byte[] App)> Programs7238 = new(() => Programs(OpenBk7238));

    // Images without encryption: what is stored is plain, with the partition table in place.
    private static (byte[], byte[]) Programs(string file)
    {
        var image = SyntheticImages.FromCorpus(file);
        return (Plain("bootloader"), Plain("app"));

        byte[] Plain(string name)
        {
            var container = image.Containers.First(container => container.Partition == name);
            return image.Decode(image.FindPartition(name)!).Slice(0, (int)container.Header.RawSize).ToArray();
        }
    }

    private static SyntheticImage M(SyntheticKey key, bool enciphersTable = false)
    {
        Corpus.Require();
        return new SyntheticImage
        {
            Key = key, Program = ProgramsM.Value.Bootloader, App = ProgramsM.Value.App, EnciphersTable = enciphersTable,
        }.WithRf(0x1D0000);
    }

    private static SyntheticImage Bk7238(SyntheticKey key)
    {
        Corpus.Require();
        return new SyntheticImage
        {
            Boot = SyntheticBoot.BK7238 with { NMarker = false }, Key = key, Program = Programs7238.Value.Bootloader, App = Programs7238.Value.App,
        }.WithRf(0x1E0000);
    }

    /// <summary>Keys of every selector, with stages left out, and all four words without order.</summary>
    public static TheoryData<uint, uint, uint, uint> Keys => new()
    {
        { 0x8A3F15C2, 0x19E7B40D, 0x6C21F9A8, 0x47001950 },
        { 0x3C9A7751, 0xD20418EF, 0x95B36A0C, 0x5A000060 },
        { 0x77E1024B, 0x4F88C3D6, 0x0B5D92E1, 0x31000300 },
        { 0xC4D5E6F7, 0x12AB34CD, 0xFEDC0123, 0x62001821 },
        { 0x5B19D3E0, 0xA86F2C47, 0x7702C4B9, 0x1E000142 },
        { 0x90C7128D, 0x3D5EF6A1, 0x48B0E935, 0x7F001004 },
        { 0x2468ACE1, 0x13579BDF, 0xDEADBEEF, 0x24000A18 },
    };

    private static SyntheticKey Unknown => new("unknown", 0x8A3F15C2, 0x19E7B40D, 0x6C21F9A8, 0x47001950);

    private static SyntheticKey Other => new("other", 0x3C9A7751, 0xD20418EF, 0x95B36A0C, 0x5A000060);

    private static void AssertFound(FlashImage image, SyntheticKey key, string program = "app")
    {
        var partition = image.FindPartition(program);
        Assert.NotNull(partition);
        Assert.True(partition.Key is { } found && found.IsEquivalentTo(key.ToKey()), $"{program}: {partition.Key?.ToString() ?? "no key"}");
        Assert.Equal(KeySource.Recovered, partition.KeySource);
    }

    private static void AssertSplitsBack(FlashImage image)
    {
        var split = ImageSplitter.Split(image);
        BytesAssert.Equal(image.Source.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Dump_UnderAnUnknownKey_IsReadVerifiedSplitAndCombined(uint k0, uint k1, uint k2, uint k3)
    {
        var key = new SyntheticKey("unknown", k0, k1, k2, k3);
        var device = M(key);
        byte[] dump = device.Dump();

        var image = FlashImage.Parse(dump);

        AssertFound(image, key);
        AssertFound(image, key, "bootloader");
        Assert.Equal((ImageKind.Dump, BekenChip.BK7231N, FirmwareFlavor.OpenBeken, "1.18.300"), (image.Kind, image.Chip, image.Flavor, image.AppVersion));
        BytesAssert.Equal(device.App, image.Decode(image.FindPartition("app")!).Span.Slice(0, device.App.Length));
        Assert.True(ImageVerifier.Verify(image) is { Boots: true, BootloaderAccepts: true });
        AssertSplitsBack(image);

        var plan = new ImageCombiner(image, FlashImage.Parse(SyntheticImages.ObkN)).Plan();
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        var boot = BootSimulator.Run(plan.ToArray(), key);
        boot.AssertBoots();
        BytesAssert.Equal(SyntheticImage.ObkNFirmware().App, boot.App);
        Assert.True(image.RecoverKey().Key is { } alone && alone.IsEquivalentTo(key.ToKey()));
    }

    [Theory]
    [InlineData("enciphered table")]
    [InlineData("rotated")]
    [InlineData("unreadable table")]
    [InlineData("bk7238")]
    [InlineData("erased bootloader")]
    public void OddDump_UnderAnUnknownKey_IsRead(string how)
    {
        var device = how == "bk7238" ? Bk7238(Unknown) : M(Unknown, how == "enciphered table");
        byte[] dump = device.Dump();
        if (how == "rotated")
            dump = [.. dump.AsSpan(0x11000).ToArray(), .. dump.AsSpan(0, 0x11000).ToArray()];
        if (how == "unreadable table")
            SpoilTable(dump);
        if (how == "erased bootloader")
            dump.AsSpan(0, 0x11000).Fill(0xFF);

        var image = FlashImage.Parse(dump);

        AssertFound(image, Unknown);
        BytesAssert.Equal(device.App, image.Decode(image.FindPartition("app")!).Span.Slice(0, device.App.Length));
        Assert.Equal(FirmwareFlavor.OpenBeken, image.Flavor);
        AssertSplitsBack(image);
        if (how is "enciphered table" or "bk7238" or "rotated")
        {
            Assert.Equal(3, image.Fal!.Partitions.Count);
            Assert.True(ImageVerifier.Verify(image).Boots);
        }
    }

    private static void SpoilTable(byte[] dump)
    {
        byte[] data = PlainFormats.Strip(dump.AsSpan(0, 0xFF00), out _);
        for (int at = 0; at + 4 <= data.Length; at++)
        {
            if (data.AsSpan(at).StartsWith("01PE"u8) && data[at + 4] != (byte)'I')
                data[at] = 0;
        }
        int pages = M(Unknown).StoredBootloader().Length / 32;
        PlainFormats.Pages(data.AsSpan(0, pages * 32).ToArray()).CopyTo(dump, 0);
    }

    [Theory]
    [InlineData("ua", "app")]
    [InlineData("app file", "app")]
    [InlineData("qio", "app")]
    public void Part_UnderAnUnknownKey_IsRead(string part, string program)
    {
        var device = M(Unknown);
        byte[] file = part switch
        {
            "ua" => device.Ua(),
            "app file" => device.StoredApp(),
            _ => device.Qio(),
        };

        var image = FlashImage.Parse(file);

        AssertFound(image, Unknown, program);
        Assert.Equal(part switch { "ua" => ImageKind.Ua, "app file" => ImageKind.App, _ => ImageKind.Qio }, image.Kind);
        AssertSplitsBack(image);
        if (program == "app" && part != "app file")
        {
            var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.TuyaN), image).Plan();
            Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
            var boot = BootSimulator.Run(plan.ToArray(), SyntheticKey.Tuya);
            boot.AssertBoots();
            BytesAssert.Equal(device.App, boot.App);
        }
    }

    /// <summary>Below 64 KiB two of the key's choices do nothing, so that a bootloader alone often leaves two keys; none may be picked.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void BootloaderAlone_HasAKeyOnlyWhereOneRemains(bool oneRemains, bool pages)
    {
        var key = oneRemains ? new SyntheticKey("plain address", 0xC4D5E6F7, 0x12AB34CD, 0xFEDC0123, 0x62001821) : Unknown;
        byte[] file = pages ? M(key).BootContainer() : M(key).StoredBootloader();

        var image = FlashImage.Parse(file);

        Assert.Equal(ImageKind.Bootloader, image.Kind);
        AssertSplitsBack(image);
        var result = image.RecoverKey();
        if (oneRemains)
        {
            AssertFound(image, key, "bootloader");
            Assert.Equal(KeyRecoveryStatus.Recovered, result.Status);
            return;
        }
        Assert.Null(image.Key.Value);
        Assert.True(image.FindPartition("bootloader")!.IsEncrypted);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyUnknown);
        Assert.Equal(KeyRecoveryStatus.Ambiguous, result.Status);
        Assert.Contains(result.Candidates, candidate => candidate.IsEquivalentTo(key.ToKey()));
    }

    // Needs no real program: the vectors of a bootloader leave two keys, those of the app settle it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SyntheticBootloaderAlone_LeavesSeveralKeysAndNoneIsPicked(bool pages)
    {
        var device = Proven(Unknown);

        var image = FlashImage.Parse(pages ? device.BootContainer() : device.StoredBootloader());

        Assert.Equal(ImageKind.Bootloader, image.Kind);
        Assert.Null(image.Key.Value);
        Assert.Null(image.FindPartition("bootloader")!.Key);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyUnknown);
        var result = image.RecoverKey();
        Assert.Equal((KeyRecoveryStatus.Ambiguous, 2), (result.Status, result.Candidates.Count));
        Assert.Contains(result.Candidates, candidate => candidate.IsEquivalentTo(Unknown.ToKey()));
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => image.Edit().Rekey(BekenKey.Zero)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SyntheticBootloaderAlone_WithAKeyRecord_IsSettledByIt(bool pages)
    {
        foreach (var kind in (SyntheticRecordKind[])[SyntheticRecordKind.Tuya, SyntheticRecordKind.Bare, SyntheticRecordKind.Sdk])
        {
            var device = Proven(Unknown, new SyntheticKeyRecord(kind, Unknown));
            var image = FlashImage.Parse(pages ? device.BootContainer() : device.StoredBootloader());
            Assert.Equal(Unknown.ToKey(), image.RecoverKey().Key);
        }
    }

    [Fact]
    public void SyntheticBootloaderAndApp_LeaveOneKey()
    {
        var image = FlashImage.Parse(Proven(Unknown).Qio());
        AssertFound(image, Unknown);
        AssertFound(image, Unknown, "bootloader");
        Assert.Equal(KeyRecoveryStatus.Recovered, image.RecoverKey().Status);
    }

    private static SyntheticImage Proven(SyntheticKey key, SyntheticKeyRecord? record = null)
    {
        byte[] code = KeyRecoverySyntheticCode.Program(0x8000, 0, seed: 3);
        (record ?? new SyntheticKeyRecord(SyntheticRecordKind.AesOnly, key)).Put(code);
        return new SyntheticImage
        {
            Boot = SyntheticBoot.T, Key = key, Program = [.. code, .. SyntheticLayout.T.Table()], App = KeyRecoverySyntheticCode.Program(0x20000, 0x10000, seed: 4),
        };
    }

    [Fact]
    public void TwoUnknownKeys_AreToldApart()
    {
        byte[] dump = M(Unknown).Dump();
        byte[] other = M(Other).Dump();
        other.AsSpan(0x11000, 0x118F70).CopyTo(dump.AsSpan(0x11000));

        var image = FlashImage.Parse(dump);

        // What the bootloader alone leaves open the app's other key must not decide.
        Assert.Null(image.FindPartition("bootloader")!.Key);
        AssertFound(image, Other);
        AssertSplitsBack(image);
        var plan = new ImageCombiner(image, FlashImage.Parse(SyntheticImages.ObkN), new CombineOptions { Chip = BekenChip.BK7231N }).Plan();
        CombineAssert.Refused(plan, FindingCode.KeyUnknown);
    }

    [Fact]
    public void GivenKey_Wins_UnlessItIsNotTheImages()
    {
        byte[] dump = M(Unknown).Dump();

        var right = FlashImage.Parse(dump, new FlashImageOptions { Key = Unknown.ToKey() });
        Assert.Equal((KeySource.Given, true), (right.Key.Source, ImageVerifier.Verify(right).Boots));

        var wrong = FlashImage.Parse(dump, new FlashImageOptions { Key = Other.ToKey() });
        AssertFound(wrong, Unknown);
        Assert.Contains(wrong.Findings, finding => finding is { Code: FindingCode.KeyDoesNotFit, Severity: FindingSeverity.Warning });
        Assert.False(ImageVerifier.Verify(wrong).Boots);
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => ImageSplitter.Split(wrong)).Code);
        Assert.True(wrong.RecoverKey().Key is { } key && key.IsEquivalentTo(Unknown.ToKey()));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("jpeg")]
    [InlineData("random")]
    [InlineData("erased")]
    [InlineData("zeros")]
    [InlineData("pages of noise")]
    [InlineData("pages of text")]
    public void WhatIsNoProgram_NeverGetsAKey(string what)
    {
        byte[] noise = SyntheticPrograms.Noise(0x30000, 11);
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog.\r\n", 3000)));
        byte[] file = what switch
        {
            "text" => text,
            "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8.ToArray(), .. noise],
            "random" => noise,
            "erased" => Enumerable.Repeat((byte)0xFF, 0x30000).ToArray(),
            "zeros" => new byte[0x30000],
            "pages of noise" => PlainFormats.Pages(noise),
            _ => PlainFormats.Pages(text),
        };

        var image = FlashImage.Parse(file);

        Assert.True(image.Key.Value is null or { IsIdentity: true }, image.Key.Value?.ToString());
        Assert.All(image.Partitions, partition => Assert.True(partition.Key is null or { IsIdentity: true }));
        Assert.Null(image.RecoverKey().Key is { IsIdentity: false } key ? key.ToString() : null);
    }
}
