using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>Bootloaders that one sign does not tell, and programs that have none.</summary>
public class LoaderSignsTests
{
    private const string Obk7252 = "OpenBK7252_1.18.300";

    private static SyntheticImage RtThread(SyntheticKey? key = null) =>
        new SyntheticImage { Boot = SyntheticBoot.RtThread, Key = key ?? SyntheticKey.Zero, App = App7252(SyntheticImage.Sdk) }.WithRf(0x1E0000);

    private static byte[] App7252(string text) => SyntheticPrograms.App(0x9A75, text, nMarker: false);

    public static TheoryData<string, BekenChip> Silent => new()
    {
        { "Q", BekenChip.BK7231Q }, { "AWS U", BekenChip.BK7231U }, { "neither", BekenChip.Unknown }, { "both", BekenChip.Unknown },
        { "other word", BekenChip.Unknown }, { "RT-Thread", BekenChip.BK7252 }, { "passes on, no RT-Thread", BekenChip.Unknown },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public void Bootloader_ThatPrintsNoName_IsToldByTwoSignsOrNot(string kind, BekenChip expected)
    {
        var boot = kind switch
        {
            "Q" => SyntheticBoot.Q,
            "AWS U" => SyntheticBoot.AwsU,
            "neither" => SyntheticBoot.Q with { Registers = [] },
            "both" => SyntheticBoot.Q with { Registers = [0x00802A00, 0x00802A80] },
            "other word" => SyntheticBoot.Q with { ResetBranch = 0xEA0000C5 },
            "RT-Thread" => SyntheticBoot.RtThread,
            _ => SyntheticBoot.RtThread with { Texts = ["system startup"] },
        };
        var image = FlashImage.Parse(new SyntheticImage { Boot = boot, Key = SyntheticKey.Zero }.PlainBootloader());

        Assert.Equal((ImageKind.Bootloader, expected, null), (image.Kind, image.Chip, image.BootVersion));
        Assert.Equal(expected == BekenChip.Unknown, image.Findings.Any(finding => finding.Code == FindingCode.ChipUnknown));
    }

    [Theory]
    [InlineData("BK7231", "_1.0.11", 0x00802A00u, BekenChip.BK7231Q)]
    [InlineData("BK7231", "_1.0.11", 0x00802A80u, BekenChip.Unknown)]
    [InlineData("BK7271", "_1.0.11", 0u, BekenChip.Unknown)]
    [InlineData("BK7236", "_1.0.15", 0x00802A80u, BekenChip.Unknown)]
    [InlineData("BK7231u", "_1.0.15", 0x00802A80u, BekenChip.BK7231U)]
    public void Bootloader_ThatPrintsAName_IsThatChipOrUnknown_AndSaysTheName(string name, string version, uint register, BekenChip expected)
    {
        var boot = new SyntheticBoot(SyntheticLayout.Sdk, 0xEA0000C5, false, name, version) { Registers = [register] };
        var image = FlashImage.Parse(new SyntheticImage { Boot = boot, Key = SyntheticKey.Zero }.PlainBootloader());

        Assert.Equal((expected, name + version), (image.Chip, image.BootVersion));
        var said = image.Findings.SingleOrDefault(finding => finding.Code == FindingCode.ChipUnknown);
        Assert.Equal(expected == BekenChip.Unknown, said is not null);
        if (said is not null)
            Assert.Contains(name, said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_WhoseBootloaderNamesAChipThatIsNotKnown_IsNoneThatIsNamed()
    {
        var boot = new SyntheticBoot(SyntheticLayout.Sdk, 0xEA0000CB, false, "BK7271", "_1.0.11");
        var device = FlashImage.Parse(new SyntheticImage { Boot = boot, Key = SyntheticKey.Zero, App = App7252(SyntheticImage.Sdk) }.WithRf(0x1E0000).Dump());
        var firmware = FlashImage.Parse(App7252(Obk7252));

        var refused = Assert.Throws<ImageGuardException>(
            () => new ImageCombiner(device, firmware, new CombineOptions { Chip = BekenChip.BK7252 }).Plan().ToArray());
        Assert.Equal(FindingCode.ChipsDiffer, refused.Code);
        Assert.Contains("BK7271", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zero", 2)]
    [InlineData("zero", 3)]
    [InlineData("tuya", 2)]
    public void RtThreadLoader_OfBK7252_IsReadWithItsTable_UnderEveryKey(string keyName, int parameters)
    {
        var key = keyName == "zero" ? SyntheticKey.Zero : SyntheticKey.Tuya;
        var layout = SyntheticLayout.RtThread with { Parameters = Enumerable.Range(0, parameters).Select(i => 0x1FD000u + (uint)i * 0x1000).ToArray() };
        var image = FlashImage.Parse(
            new SyntheticImage { Boot = SyntheticBoot.RtThread with { Layout = layout }, Key = key, App = App7252(SyntheticImage.Sdk) }.Dump());

        Assert.Equal((ImageKind.Dump, BekenChip.BK7252), (image.Kind, image.Chip));
        Assert.Equal(3 + parameters, image.Fal!.Partitions.Count);
        Assert.Equal(parameters, image.Partitions.Count(partition => partition.Name == "param1"));
        Assert.Equal(new FlashRange(0x11000, 0x132000), image.FindPartition(PartitionNames.App)!.Range);
        Assert.Equal(key.ToKey().IsIdentity, image.Key.Value!.Value.IsIdentity);
        Assert.DoesNotContain(image.Findings, finding => finding.Code is FindingCode.KeyUnknown or FindingCode.KeysDiffer);
    }

    [Fact]
    public void GivenKey_OfAnRtThreadLoader_ShowsItsVectors()
    {
        var image = FlashImage.Parse(RtThread().Dump(), new FlashImageOptions { Key = BekenKey.Zero });
        Assert.Equal(KeySource.Given, image.Key.Source);
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
        Assert.True(BootloaderPayload.TryRead(RtThread().PlainBootloader(), BekenKey.Zero, out var payload));
        Assert.Equal(5, payload!.Fal.Partitions.Count);
        Assert.Equal(5, BootloaderPayload.FromFile(RtThread().PlainBootloader(), BekenKey.Zero).Fal.Partitions.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Combine_OnADeviceWithAnRtThreadLoader_PutsTheAppThere(bool isErased)
    {
        byte[] dump = RtThread().Dump();
        if (isErased)
            dump.AsSpan(0x11000, 0x132000).Fill(0xFF);
        byte[] app = App7252(Obk7252);

        byte[] combined = new ImageCombiner(FlashImage.Parse(dump), FlashImage.Parse(app)).Plan().ToArray();

        Assert.Equal(dump.AsSpan(0, 0x11000).ToArray(), combined.AsSpan(0, 0x11000).ToArray());
        Assert.Equal(PlainFormats.Pages(app).AsSpan(0, 0x9000).ToArray(), combined.AsSpan(0x11000, 0x9000).ToArray());
        Assert.Equal(dump.AsSpan(0x1E0000, 0x1000).ToArray(), combined.AsSpan(0x1E0000, 0x1000).ToArray());
        Assert.Equal(BekenChip.BK7252, FlashImage.Parse(combined).Chip);
    }

    [Fact]
    public void ProgramLinkedAt0_PagedFrom0_IsAnAppWithoutABootloader()
    {
        byte[] program = SyntheticPrograms.App(0x30000, SyntheticImage.Sdk, nMarker: false, linkBase: 0);
        byte[] pages = PlainFormats.Pages(program);

        var file = FlashImage.Parse(pages);
        Assert.Equal((ImageKind.App, BekenChip.Unknown), (file.Kind, file.Chip));
        Assert.Null(file.FindPartition(PartitionNames.Bootloader));
        Assert.Equal(new FlashRange(0, pages.Length), file.FindPartition(PartitionNames.App)!.Range);
        Assert.Equal(program, file.Extract(file.FindPartition(PartitionNames.App)!).ToArray());
        Assert.Contains(file.Findings, finding => finding.Code == FindingCode.BootloaderMissing);

        byte[] chip = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        pages.CopyTo(chip, 0);
        var dump = FlashImage.Parse(chip);
        Assert.Equal((ImageKind.Dump, new FlashRange(0, pages.Length)), (dump.Kind, dump.FindPartition(PartitionNames.App)!.Range));
        Assert.Null(dump.FindPartition(PartitionNames.Bootloader));
    }

    // Of 6,144 pages; those round the slot's end (page 2,048) tell a program at 0 from a bootloader, and are left alone here.
    [Theory]
    [InlineData(1000, 1)]
    [InlineData(2200, 1)]
    [InlineData(3000, 15)]
    [InlineData(3000, 121)]
    [InlineData(6143, 1)]
    [InlineData(6130, 14)]
    public void ProgramLinkedAt0_WithDamagedPages_GoesOnBehindThem(int first, int count)
    {
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.App(0x30000, SyntheticImage.Sdk, nMarker: false, linkBase: 0));
        for (int page = first; page < first + count; page++)
            pages[page * 34 + page % 34] ^= 0x10;
        byte[] chip = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        pages.CopyTo(chip, 0);
        SyntheticPrograms.Noise(0x1000, 5).CopyTo(chip, 0x100000);

        foreach (var image in new[] { FlashImage.Parse(pages), FlashImage.Parse(chip) })
        {
            var app = image.FindPartition(PartitionNames.App)!;
            Assert.Equal((new FlashRange(0, pages.Length), count), (app.Range, app.Pages!.Value.Bad));
            var check = Assert.Single(ImageVerifier.Verify(image).Checks, check => check.Name == "app-pages");
            Assert.Equal((CheckStatus.Fail, first * 34L), (check.Status, check.Offset));
        }
    }

    // What lies behind a program without a page of its own is none of it, also where nothing is erased between them.
    [Theory]
    [InlineData(0)]
    [InlineData(0x100)]
    [InlineData(0x1000)]
    public void ProgramLinkedAt0_BeforeOtherData_EndsWithItsPages(int erased)
    {
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.App(0x30000, SyntheticImage.Sdk, nMarker: false, linkBase: 0));
        byte[] chip = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        pages.CopyTo(chip, 0);
        SyntheticPrograms.Noise(0x8000, 5).CopyTo(chip, pages.Length + erased);
        Assert.Equal(new FlashRange(0, pages.Length), FlashImage.Parse(chip).FindPartition(PartitionNames.App)!.Range);
    }

    // With a wrong CRC among its first pages a file was taken for plain bytes, to be written with CRCs of CRCs.
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(63)]
    public void PagesOfAnApp_WithADamagedOne_AreNoPlainApp(int page)
    {
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.App(0x8000, SyntheticImage.Sdk, nMarker: false, linkBase: 0x10000));
        pages[page * 34 + 5] ^= 1;
        Assert.Equal(FindingCode.BuildAppPaged, Assert.Single(FirmwareBuilder.CheckApp(pages)).Code);
    }

    // Up to a damaged page a bootloader is no bootloader; the message names the page, not what is missing behind it.
    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    public void PagesOfABootloader_WithADamagedOne_AreRefusedForIt(int page)
    {
        byte[] pages = PlainFormats.Pages(RtThread().PlainBootloader());
        Assert.Equal(5, BootloaderPayload.FromFile(pages, BekenKey.Zero).Fal.Partitions.Count);
        pages[page * 34 + 33] ^= 1;
        var refused = Assert.Throws<BekenImageException>(() => BootloaderPayload.FromFile(pages, BekenKey.Zero));
        Assert.Equal((FindingCode.BadPage, page * 34L), (refused.Code, refused.Offset));
    }

    // The same without page CRCs: longer than a bootloader's slot, and nothing ends at the slot's end.
    [Theory]
    [InlineData(0x10100)]
    [InlineData(0x30000)]
    public void ProgramLinkedAt0_WithoutPages_IsAnAppWithoutABootloader(int length)
    {
        byte[] program = SyntheticPrograms.App(length, SyntheticImage.Sdk, nMarker: false, linkBase: 0);
        var file = FlashImage.Parse(program);
        Assert.Equal((ImageKind.App, BekenChip.Unknown, StoredForm.Logical), (file.Kind, file.Chip, file.Stored));
        Assert.Null(file.FindPartition(PartitionNames.Bootloader));
        var app = file.FindPartition(PartitionNames.App)!;
        Assert.Equal((new FlashRange(0, length), 0L), (app.Range, app.LogicalStart!.Value.Value));
        Assert.Equal(program, file.Extract(app).ToArray());
        Assert.Contains(file.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
        Assert.ThrowsAny<BekenImageException>(() => new ImageCombiner(
            FlashImage.Parse(RtThread().Dump()), file, new CombineOptions { Chip = BekenChip.BK7252 }).Plan().ToArray());
    }

    [Theory]
    [InlineData(0xF000, 0xF000)]
    [InlineData(0x10000, 0x10000)]
    public void ProgramLinkedAt0_ThatFitsTheSlot_StaysABootloader(int length, int expected)
    {
        var file = FlashImage.Parse(SyntheticPrograms.App(length, SyntheticImage.Sdk, nMarker: false, linkBase: 0));
        Assert.Equal((ImageKind.Bootloader, (long)expected), (file.Kind, file.FindPartition(PartitionNames.Bootloader)!.Length));
    }

    // A slot that ends erased, or with its header, is a bootloader's; what follows it is none of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bootloader_WithoutPages_BeforeSomethingUnknown_EndsWithItsSlot(bool closesWithHeader)
    {
        byte[] slot = LogicalReadTests.Strip(new SyntheticImage().Qio())[..0x10000];
        if (!closesWithHeader)
            slot.AsSpan(0xF000).Fill(0xFF);
        var file = FlashImage.Parse([.. slot, .. SyntheticPrograms.Noise(0x8000, 77)]);
        Assert.Equal(ImageKind.Bootloader, file.Kind);
        Assert.Equal(0x10000, file.FindPartition(PartitionNames.Bootloader)!.Length);
    }

    [Fact]
    public void ProgramLinkedAt0_IsNoFirmwareForADevice()
    {
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.App(0x30000, SyntheticImage.Sdk, nMarker: false, linkBase: 0));
        var device = FlashImage.Parse(RtThread().Dump());
        Assert.ThrowsAny<BekenImageException>(() => new ImageCombiner(device, FlashImage.Parse(pages), new CombineOptions { Chip = BekenChip.BK7252 }).Plan().ToArray());
    }

    [Fact]
    public void BootloaderWithoutTable_BeforeAnApp_StaysABootloader()
    {
        byte[] qio = new SyntheticImage { Key = SyntheticKey.Zero, Table = [] }.Qio();
        var image = FlashImage.Parse(qio);
        Assert.Equal(ImageKind.Qio, image.Kind);
        Assert.NotNull(image.FindPartition(PartitionNames.Bootloader));
    }

    [Theory]
    [InlineData("BK7236")]
    [InlineData("BK7256")]
    [InlineData("BK7258")]
    public void ProgramOfAnotherCore_IsRefusedByName(string name)
    {
        byte[] program = SyntheticPrograms.Noise(0x8000, 5);
        System.Text.Encoding.ASCII.GetBytes(name + "\0\0").CopyTo(program, 0x100);
        foreach (byte[] file in new[] { program, PlainFormats.Pages([.. program, .. SyntheticLayout.N.Table()]) })
        {
            var image = FlashImage.Parse(file);
            Assert.Equal(BekenChip.Unknown, image.Chip);
            Assert.Contains(name, Assert.Single(image.Findings, finding => finding.Code == FindingCode.ChipUnknown).Message, StringComparison.Ordinal);
            Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.NotRecognised);
        }
    }

    [Theory]
    [InlineData("more/bootloader_BK7252_2M_plain.bin", ImageKind.Bootloader, BekenChip.BK7252, 5)]
    [InlineData("more/bootloader_bk7231u_aws_v1.0.bin", ImageKind.Bootloader, BekenChip.BK7231U, 3)]
    [InlineData("more/bootloader_bk7231_uart2_v1.0.11.bin", ImageKind.Bootloader, BekenChip.BK7231Q, 3)]
    [InlineData("more/bootloader_bk7271_uart2_v1.0.11.bin", ImageKind.Bootloader, BekenChip.Unknown, 3)]
    [InlineData("more/alios_bk7231_bootloader.bin", ImageKind.Bootloader, BekenChip.Unknown, 0)]
    [InlineData("more/beken7231_crc.bin", ImageKind.App, BekenChip.Unknown, 0)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", ImageKind.Dump, BekenChip.BK7231Q, 3)]
    [InlineData("armino/BK7235_normal_bootloader.bin", ImageKind.Bootloader, BekenChip.Unknown, 3)]
    [InlineData("armino/BK7256_bootloader_crc.bin", ImageKind.Bootloader, BekenChip.Unknown, 4)]
    [InlineData("armino/BK7258_normal_bootloader.bin", ImageKind.Bootloader, BekenChip.BK7258, 5)]
    public void RealLoaders_AreToldByTheirSigns(string file, ImageKind kind, BekenChip chip, int partitions)
    {
        var image = FlashImage.Load(Corpus.PathOf(file));
        Assert.Equal((kind, chip, partitions), (image.Kind, image.Chip, image.Fal?.Partitions.Count ?? 0));
        Assert.Equal(chip == BekenChip.Unknown, image.Findings.Any(finding => finding.Code is FindingCode.ChipUnknown or FindingCode.BootloaderMissing));
    }

    [Theory]
    [InlineData("tuya")]
    [InlineData("own")]
    public void RealRtThreadLoader_EncipheredUnderAnyKey_IsRead(string keyName)
    {
        // Stage "15" off: with it a bootloader alone leaves one bit open.
        var key = keyName == "tuya" ? BekenKey.Tuya : new BekenKey(0x13572468, 0x9ABCDEF1, 0x2468ACE1, 0x55AA3311);
        byte[] plain = File.ReadAllBytes(Corpus.PathOf("more/bootloader_BK7252_2M_plain.bin"));
        var stored = new byte[plain.Length];
        FlashCipher.Apply(key, 0, plain, stored);

        var image = FlashImage.Parse(stored);

        Assert.Equal((ImageKind.Bootloader, BekenChip.BK7252, 5), (image.Kind, image.Chip, image.Fal?.Partitions.Count));
        Assert.Equal(plain, image.Decode(image.FindPartition(PartitionNames.Bootloader)!).ToArray());
    }
}
