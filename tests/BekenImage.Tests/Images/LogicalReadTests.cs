using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Reads without page CRCs: a slot of the bootloader, of the app, both in one file, or the whole flash.</summary>
public class LogicalReadTests
{
    private const int App = 0x10000;

    private static readonly SyntheticImage Sdk = SyntheticImage.DreoDevice();

    private static readonly SyntheticImage Enciphered = SyntheticImage.ObkNFirmware();

    /// <summary>What is left of flash when the two CRC bytes of every page are taken off.</summary>
    internal static byte[] Strip(byte[] flash) => PlainFormats.Strip(flash, out _);

    private static FlashImage Parse(params byte[] bytes) => FlashImage.Parse(bytes);

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }

    private static void AssertSound(RblContainer container, long offset, string partition)
    {
        Assert.Equal(offset, container.Offset);
        Assert.Equal(partition, container.Partition);
        Assert.True(container.IsBehindPayload);
        Assert.False(container.IsStriped);
        Assert.True(container.HeaderCrcOk);
        Assert.True(container.PayloadCrcOk);
        Assert.True(container.PayloadHashOk);
    }

    [Fact]
    public void Parse_OfABootloadersSlot_JudgesTheHeaderBehindThePayload()
    {
        foreach (int length in new[] { 0xF000, App })
        {
            var image = Parse(Strip(Sdk.Qio())[..length]);
            Assert.Equal(ImageKind.Bootloader, image.Kind);
            Assert.Equal(StoredForm.Logical, image.Stored);
            AssertSound(Assert.Single(image.Containers), 0xEFA0, "bootloader");
            Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.RblPayloadCrc);
        }
    }

    [Theory]
    [InlineData(true, 0x110000)]
    [InlineData(false, 0x108700)]
    public void Parse_OfAnAppsSlot_JudgesTheHeaderBehindThePayload(bool isSdk, int length)
    {
        var made = isSdk ? Sdk : Enciphered;
        byte[] slot = Strip(made.Ua());
        Assert.Equal(length, slot.Length);
        foreach (byte[] read in new[] { slot, [.. slot, .. Enumerable.Repeat((byte)0xFF, 0x5000)] })
        {
            var image = Parse(read);
            Assert.Equal(ImageKind.App, image.Kind);
            Assert.Equal(length, image.FindPartition("app")!.Length);
            AssertSound(Assert.Single(image.Containers), length - 96, "app");
        }
    }

    [Fact]
    public void Parse_OfBothPrograms_FindsBoth()
    {
        foreach (var made in new[] { Sdk, Enciphered })
        {
            byte[] flash = made.WithRf(0x1D0000).Dump();
            foreach (byte[] read in new[] { Strip(flash), Strip(made.Qio()) })
            {
                var image = Parse(read);
                Assert.Equal(ImageKind.Qio, image.Kind);
                Assert.Equal(StoredForm.Logical, image.Stored);
                var app = image.FindPartition("app")!;
                Assert.Equal(App, app.Offset);
                Assert.Equal(made.Layout.AppLength, app.Length);
                Assert.Equal(App, image.FindPartition("bootloader")!.Length);
                Assert.NotNull(image.Fal);
                Assert.Equal(2, image.Containers.Count);
                AssertSound(image.Containers[1], App + made.Layout.AppLength - 96, "app");
                Assert.All(image.Containers, container => Assert.True(container.PayloadHashOk));
                BytesAssert.Equal(FlashImage.Parse(flash).Extract(FlashImage.Parse(flash).FindPartition("app")!).ToArray(), image.Extract(app).ToArray());
            }
        }
        Assert.Equal(StoredForm.Paged, Parse(Sdk.Qio()).Stored);
        Assert.Null(Parse(PlainFormats.UpdatePackage(Sdk.App)).Stored);
    }

    // Through the CPU the program comes out plain; the header is about what lies in flash.
    [Fact]
    public void Parse_OfADecipheredReadOfAnEncipheredApp_JudgesTheHeaderByWhatFlashHolds()
    {
        byte[] slot = Strip(Enciphered.Ua());
        Enciphered.App.CopyTo(slot, 0);

        var image = Parse(slot);

        AssertSound(Assert.Single(image.Containers), 0x108700 - 96, "app");
        Assert.True(image.Key.Value!.Value.IsIdentity);
    }

    [Fact]
    public void Parse_OfADamagedRead_SaysWhatIsDamaged()
    {
        byte[] slot = Strip(Enciphered.Ua());
        Assert.False(Assert.Single(Parse(Changed(slot, 0x2000)).Containers).PayloadHashOk);
        Assert.False(Assert.Single(Parse(Changed(slot, slot.Length - 60)).Containers).HeaderCrcOk);
        Assert.Empty(Parse(slot[..0x80000]).Containers);
        Assert.Equal(ImageKind.App, Parse(slot[..0x80000]).Kind);
    }

    [Fact]
    public void Combine_WithALogicalRead_GivesTheSameProgramAsWithEveryOtherForm()
    {
        byte[] factory = SyntheticImages.Dreo;
        byte[] expected = Combine(factory, Enciphered.Qio());
        byte[] both = Strip(Enciphered.Qio());
        byte[] app = both[App..];
        foreach (byte[] firmware in new[]
        {
            both, app, [.. app, .. Enumerable.Repeat((byte)0xFF, 0x7900)], Strip(Enciphered.Dump()), Strip(Enciphered.Ua()),
        })
        {
            BytesAssert.Equal(expected, Combine(factory, firmware));
        }
        // Without a header that fits nothing names the app; its code is the same.
        foreach (byte[] firmware in new[] { Changed(app, app.Length - 90), Changed(app, app.Length - 60), app[..0x100000], Enciphered.App })
            BytesAssert.Equal(CodeOf(expected), CodeOf(Combine(factory, firmware)));
        BootSimulator.Run(expected, SyntheticKey.Zero).AssertBoots();
    }

    [Fact]
    public void Combine_WithADamagedLogicalRead_IsRefused()
    {
        byte[] both = Strip(Enciphered.Qio());
        Refused(FindingCode.RblPayloadHash, SyntheticImages.Dreo, Changed(both, App + 0x2000));
        Refused(FindingCode.Truncated, SyntheticImages.Dreo, both[..(App + 0x8000)]);
    }

    [Fact]
    public void Combine_OfALogicalReadAsTheDump_IsRefusedWithTheReason()
    {
        byte[] whole = Strip(SyntheticImages.Dreo);
        foreach (byte[] factory in new[] { whole, whole[..0x120000], whole[App..0x120000], whole[..0xF000] })
            Assert.Contains("logical read", Refused(FindingCode.WrongKind, factory, Enciphered.Qio()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_OfALogicalReadOfAnApp_PutsItsProgram()
    {
        byte[] app = Strip(Enciphered.Ua());

        var put = FlashImage.Parse(FlashImage.Parse(SyntheticImages.Dreo).Edit().Put("app", app).ToArray());

        var container = put.Containers.Single(container => container.Partition == "app");
        Assert.Equal((uint)Enciphered.App.Length, container.Header.RawSize);
        Assert.True(container.PayloadHashOk);
        BytesAssert.Equal(Enciphered.App, put.Decode(put.FindPartition("app")!).Slice(0, Enciphered.App.Length).ToArray());
    }

    [Fact]
    public void PutAndMerge_IntoALogicalRead_RenewItsHeader()
    {
        byte[] both = Strip(Enciphered.Qio());
        byte[] other = SyntheticPrograms.App(0x8000, SyntheticImage.ObkN, seed: 41);
        byte[] expected = Strip(new SyntheticImage { App = other, AppVersion = Enciphered.AppVersion, AppName = Enciphered.AppName }.Qio());

        BytesAssert.Equal(expected, FlashImage.Parse(both).Edit().Put("app", other).ToArray());

        var split = ImageSplitter.Split(FlashImage.Parse(both));
        Assert.Equal(
            ["app.bin", "app.raw.bin", "bootloader.bin", "bootloader.raw.bin"], split.Contents.Keys.OrderBy(name => name, StringComparer.Ordinal));
        BytesAssert.Equal(both, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        BytesAssert.Equal(expected, ImageMerger.Merge(split.Manifest, name => name == "app.bin" ? other : split.Contents[name]));
    }

    [Fact]
    public void Combine_WithABootloaderFromALogicalRead_GivesThatBootloader()
    {
        byte[] factory = SyntheticImages.Dreo;
        byte[] slot = factory.AsSpan(0, 0x11000).ToArray();
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        foreach (byte[] read in new[] { Strip(slot)[..0xF000], Strip(slot), Strip(SyntheticImages.Dreo) })
        {
            var options = new CombineOptions { Bootloader = FlashImage.Parse(read) };
            BytesAssert.Equal(slot, Combine(factory, Enciphered.Qio(), options)[..0x11000]);
        }
    }

    [Fact]
    public void Verify_OfALogicalRead_SaysThatPageCrcsAreMissing()
    {
        var result = ImageVerifier.Verify(Parse(Strip(Enciphered.Qio())));

        Assert.False(result.Boots);
        Assert.Null(result.Backup);
        Assert.True(result.BootloaderAccepts);
        Assert.Contains("without page CRCs", result.Checks.Single(check => check.Name == "app-vectors").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logical-boot.bin", ImageKind.Bootloader, 1)]
    [InlineData("logical-app.bin", ImageKind.App, 1)]
    [InlineData("logical-both.bin", ImageKind.Qio, 2)]
    public void Parse_OfThePublicCases_FindsSoundHeaders(string name, ImageKind kind, int headers)
    {
        byte[] dreo = Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        byte[] read = name switch
        {
            "logical-boot.bin" => Strip(dreo[..0x11000])[..0xF000],
            "logical-app.bin" => Strip(dreo[0x11000..0x132000]),
            _ => Strip(dreo)[..0x120000],
        };
        var image = FlashImage.Parse(read);
        Assert.Equal(kind, image.Kind);
        Assert.Equal(headers, image.Containers.Count);
        Assert.All(image.Containers, container => Assert.True(container is { PayloadCrcOk: true, PayloadHashOk: true }));
    }

    [Fact]
    public void Combine_OfTheDreoDump_WithALogicalReadOfOpenBeken_GivesWhatTheQioGives()
    {
        byte[] dreo = Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        byte[] qio = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        byte[] expected = Combine(dreo, qio);
        BytesAssert.Equal(expected, Combine(dreo, Strip(qio)));
        BytesAssert.Equal(expected, Combine(dreo, Strip(qio)[App..]));
        BytesAssert.Equal(expected, Combine(dreo, qio[0x11000..]));
    }

    private static byte[] Combine(byte[] factory, byte[] firmware, CombineOptions? options = null)
    {
        var plan = new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        return plan.ToArray();
    }

    private static Finding Refused(FindingCode code, byte[] factory, byte[] firmware)
    {
        var plan = new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware)).Plan();
        Assert.False(plan.CanBuild);
        return Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error && finding.Code == code);
    }

    // The app's pages, without the header that closes the partition.
    private static byte[] CodeOf(byte[] flash) => flash[0x11000..0x131F9A];
}
