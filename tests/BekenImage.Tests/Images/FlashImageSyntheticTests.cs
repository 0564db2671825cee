using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Reading images of every kind, made by an independent writer.</summary>
public class FlashImageSyntheticTests
{
    // ---- the second writer against the specification's vectors -----------------------------------------------------------------------

    [Fact]
    public void PlainWriter_AgreesWithThePrintedVectors()
    {
        Assert.Equal(0xAEE7, PlainFormats.Crc16("123456789"u8));
        Assert.Equal(0xCBF43926, PlainFormats.Crc32("123456789"u8.ToArray()));
        Assert.Equal(0xBF9CF968, PlainFormats.Fnv("foobar"u8.ToArray()));
        Assert.Equal(0x9B2ADF39u, Enciphered(SyntheticKey.Tuya, 0x10014));
        Assert.Equal(0xB1A7E459u, Enciphered(SyntheticKey.Uascent, 0x1F3A54));
        Assert.Equal(0x4E67B617u, Enciphered(SyntheticKey.Custom, 0x1F3A54));
        Assert.Equal(0xE59FF018u, Enciphered(SyntheticKey.Zero, 0x14));
        static uint Enciphered(SyntheticKey key, uint address) => PlainFormats.Word(PlainFormats.Cipher(key, address, [0x18, 0xF0, 0x9F, 0xE5]), 0);
    }

    // ---- kinds -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Dump_OfATuyaDevice_IsReadWhole()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN);

        Assert.Equal((ImageKind.Dump, BekenChip.BK7231N, FirmwareFlavor.Tuya), (image.Kind, image.Chip, image.Flavor));
        Assert.Equal(("BK7231N_1.0.1", "2.3.3", "tuya", KeySource.Vectors), (image.BootVersion, image.AppVersion, image.Key.Name, image.Key.Source));
        Assert.Equal([0x10F9AL, 0x129F0A], image.Containers.Select(container => container.Offset));
        Assert.All(image.Containers, container => Assert.True(container is { HeaderCrcOk: true, PayloadCrcOk: true, PayloadHashOk: true, IsStriped: true }));
        Assert.Equal((0x1D0000L, "02:01:02:03:04:05", true), (image.Rf!.Offset, image.Rf.MacText, image.Rf.IsCalibrated));
        var app = image.FindPartition("app")!;
        Assert.Equal((0x11000L, 0x118F70L, true, PartitionSource.Fal), (app.Offset, app.Length, app.IsEncrypted, app.Source));
        BytesAssert.Equal(SyntheticImage.TuyaNDevice().App, image.Decode(app).Span.Slice(0, 0x9A75));
        Assert.Equal(["rf", "net", "tuya-uf", "tuya-protected", "tuya"], image.Partitions.Where(partition => partition.Source == PartitionSource.Layout).Select(partition => partition.Name));
        Assert.DoesNotContain(image.Findings, finding => finding.Severity != FindingSeverity.Info);
    }

    public static TheoryData<string> Families => new("N", "M", "T", "Dreo", "U", "7238", "7252", "7252N", "Q");

    [Theory]
    [MemberData(nameof(Families))]
    public void Qio_OfEveryFamily_TellsItsChip(string family)
    {
        var (boot, key, app, chip, version) = family switch
        {
            "N" => (SyntheticBoot.N, SyntheticKey.Tuya, SyntheticPrograms.App(0x4000, SyntheticImage.ObkN), BekenChip.BK7231N, "BK7231N_1.0.1"),
            "M" => (SyntheticBoot.N, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, SyntheticImage.ObkN), BekenChip.BK7231M, "BK7231N_1.0.1"),
            "T" => (SyntheticBoot.T, SyntheticKey.Tuya, SyntheticPrograms.App(0x4000, SyntheticImage.ObkT, false), BekenChip.BK7231T, "BK7231S_1.0.5"),
            "Dreo" => (SyntheticBoot.Dreo, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, SyntheticImage.Sdk), BekenChip.BL2028N, "BK7231n_1.0.8"),
            "U" => (SyntheticBoot.U, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, "OpenBK7231U_1.18.300", false), BekenChip.BK7231U, "BK7231u_1.0.15"),
            "7238" => (SyntheticBoot.BK7238, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, "OpenBK7238_1.18.300", false), BekenChip.BK7238, "BK7238_1.0.15"),
            "7252" => (SyntheticBoot.BK7252, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, "OpenBK7252_1.18.300", false), BekenChip.BK7252, "BK7251_1.0.15"),
            "7252N" => (SyntheticBoot.BK7252N, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, "OpenBK7252N_1.18.300", false), BekenChip.BK7252N, "BK7252N_1.0.15"),
            _ => (SyntheticBoot.Q, SyntheticKey.Zero, SyntheticPrograms.App(0x4000, "< TUYA IOT SDK V:2.3.1 BS:40.00>", false), BekenChip.BK7231Q, null),
        };
        var synthetic = new SyntheticImage { Boot = boot, Key = key, App = app };
        var image = FlashImage.Parse(synthetic.Qio());

        Assert.Equal((ImageKind.Qio, chip, version, key.Name), (image.Kind, image.Chip, image.BootVersion, image.Key.Name));
        Assert.Equal([boot.Layout.BootHeader, boot.Layout.AppHeader], image.Containers.Select(container => (int)container.Offset));
        Assert.Equal(boot.Layout.AppEnd, image.FindPartition("app")!.Range.End);
        Assert.Equal(boot.Layout.FalCrc ? true : null, image.Fal!.Partitions[0].CrcOk);
        Assert.DoesNotContain(image.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("tuya")]
    [InlineData("uascent")]
    public void NamedKey_IsFoundByVectors(string name)
    {
        var image = FlashImage.Parse(new SyntheticImage { Key = SyntheticImages.ToSynthetic(name) }.Qio());

        Assert.Equal((name, KeySource.Vectors), (image.Key.Name, image.Key.Source));
        Assert.Equal(name != "zero", image.FindPartition("bootloader")!.IsEncrypted);
    }

    [Fact]
    public void CustomKey_Unknown_IsSaidAndNothingIsGuessed()
    {
        var image = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump());

        Assert.Equal((ImageKind.Dump, "unknown", KeySource.None), (image.Kind, image.Key.Name, image.Key.Source));
        Assert.Null(image.Key.Value);
        Assert.Null(image.FindPartition("app")!.Key);
        Assert.True(image.FindPartition("app")!.IsEncrypted);
        Assert.Equal(3, image.Fal!.Partitions.Count);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyUnknown);
        Assert.Equal(0x1D0000, image.Rf!.Offset);
    }

    [Fact]
    public void CustomKey_Given_ReadsEverything()
    {
        var device = new SyntheticImage { Key = SyntheticKey.Custom };
        var image = FlashImage.Parse(device.Qio(), new FlashImageOptions { Key = SyntheticKey.Custom.ToKey() });

        Assert.Equal(("custom", KeySource.Given, BekenChip.BK7231N), (image.Key.Name, image.Key.Source, image.Chip));
        BytesAssert.Equal(device.App, image.Decode(image.FindPartition("app")!).Span.Slice(0, device.App.Length));
    }

    [Fact]
    public void Table_OnlyReadableDeciphered_IsFoundWithKnownAndGivenKey()
    {
        foreach (var key in new[] { SyntheticKey.Uascent, SyntheticKey.Custom })
        {
            byte[] qio = new SyntheticImage { Key = key, EnciphersTable = true }.Qio();
            var image = FlashImage.Parse(qio, new FlashImageOptions { Key = key.ToKey() });

            Assert.Equal((3, false), (image.Fal!.Partitions.Count, image.Fal.IsPlain));
            Assert.Equal(0x129F70, image.FindPartition("app")!.Range.End);
        }
    }

    [Theory]
    [InlineData(0x11000)]
    [InlineData(0x1000)]
    [InlineData(0x10000)]
    [InlineData(0x12000)]
    [InlineData(0x22000)]
    [InlineData(0x80000)]
    [InlineData(0xFF000)]
    [InlineData(0x100000)]
    [InlineData(0x132000)]
    [InlineData(0x1FF000)]
    public void RotatedDump_IsReadAsIfItWereNot(int rotation)
    {
        byte[] dump = new SyntheticImage { App = SyntheticPrograms.App(0xF0000, SyntheticImage.TuyaN) }.WithRf(0x1D0000).Dump();
        byte[] read = [.. dump.AsSpan(rotation), .. dump.AsSpan(0, rotation)];

        var image = FlashImage.Parse(read);

        Assert.Equal((ImageKind.Dump, rotation), (image.Kind, image.Rotation));
        BytesAssert.Equal(dump, image.Bytes.Span);
        BytesAssert.Equal(read, image.Source.Span);
        Assert.Equal(0x1D0000, image.Rf!.Offset);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.Rotated);
    }

    [Fact]
    public void RotatedDump_OfAnUnknownKey_IsFoundByItsTable()
    {
        byte[] dump = new SyntheticImage { Key = SyntheticKey.Custom }.Dump();

        Assert.Equal(0x11000, FlashImage.Parse([.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)]).Rotation);
    }

    [Fact]
    public void DoubledDump_IsSaid()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var image = FlashImage.Parse([.. dump, .. dump]);

        Assert.Equal(ImageKind.Dump, image.Kind);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.Doubled && finding.Offset == 0x200000);
    }

    // However often a read went round its chip, the chip is as long as it is.
    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 0x123456)]
    [InlineData(8, 0)]
    [InlineData(32, 0)]
    public void Dump_ReadManyTimesOver_IsOfItsChipsLength(int times, int more)
    {
        byte[] dump = SyntheticImages.TuyaN;
        var image = FlashImage.Parse([.. Enumerable.Repeat(dump, times).SelectMany(bytes => bytes), .. dump.AsSpan(0, more)]);

        Assert.Equal(ImageKind.Dump, image.Kind);
        Assert.Equal(0x200000, Assert.Single(image.Findings, finding => finding.Code == FindingCode.Doubled).Offset);
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.Truncated);
        Assert.Equal(0x200000, Assert.Single(ImageVerifier.Verify(image).Checks, check => check.Name == "complete").Offset);
        Assert.Equal(dump, ImageNormalizer.Normalize(image).Bytes.ToArray());
    }

    [Fact]
    public void Dump_ReadTwice_IsNotSanitized()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var refusal = Assert.Throws<ImageGuardException>(() => FlashImage.Parse([.. dump, .. dump]).Edit().Sanitize());
        Assert.Equal(FindingCode.Doubled, refusal.Code);
    }

    // No supported chip has 1 MiB: a part of it that comes again is no chip, and erased flash repeats nothing.
    [Fact]
    public void Bytes_ThatComeAgainInPart_AreNoChipNobodyHas()
    {
        byte[] start = SyntheticImages.TuyaN.AsSpan(0, 0x100000).ToArray();
        Assert.DoesNotContain(FlashImage.Parse([.. start, .. start.AsSpan(0, 0x5000)]).Findings, finding => finding.Code == FindingCode.Doubled);
        byte[] blank = [.. Enumerable.Repeat((byte)0xFF, 0x200000), .. new byte[0x100000]];
        Assert.Equal(0x200000, ImageNormalizer.Normalize(FlashImage.Parse(blank)).Bytes.Length);
    }

    // Half a flash that nobody wrote, or a chip of one byte, is no read that went on.
    [Fact]
    public void Dump_OfAChipThatIsHalfEmpty_IsOfItsLength()
    {
        byte[] dump = [.. SyntheticImages.TuyaN, .. Enumerable.Repeat((byte)0xFF, 0x200000)];
        Assert.DoesNotContain(FlashImage.Parse(dump).Findings, finding => finding.Code == FindingCode.Doubled);
        Assert.DoesNotContain(FlashImage.Parse(new byte[0x400000]).Findings, finding => finding.Code == FindingCode.Doubled);
    }

    [Fact]
    public void Ua_IsAnAppForItsPlace()
    {
        var synthetic = SyntheticImage.ObkNFirmware();
        var image = FlashImage.Parse(synthetic.Ua());

        Assert.Equal((ImageKind.Ua, BekenChip.BK7231N, 0x11000L), (image.Kind, image.Chip, image.PhysicalBase));
        Assert.Equal(("1.18.300", "tuya"), (image.AppVersion, image.Key.Name));
        var app = image.FindPartition("app")!;
        Assert.Equal((0L, 0x118F70L, 0x10000L), (app.Offset, app.Length, app.LogicalStart!.Value.Value));
        BytesAssert.Equal(synthetic.App, image.Decode(app).Span.Slice(0, synthetic.App.Length));
        Assert.True(Assert.Single(image.Containers).PayloadHashOk);
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.RblHeaderOffGrid);
    }

    [Fact]
    public void AppPages_WithoutHeader_AreAnApp()
    {
        var image = FlashImage.Parse(SyntheticImage.ObkNFirmware().AppPages());

        Assert.Equal((ImageKind.App, BekenChip.BK7231N, "1.18.300"), (image.Kind, image.Chip, image.AppVersion));
        Assert.Empty(image.Containers);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("tuya")]
    public void ApplicationFile_PlainOrEnciphered_IsAnApp(string key)
    {
        var synthetic = SyntheticImage.ObkNFirmware(SyntheticImages.ToSynthetic(key));
        var image = FlashImage.Parse(synthetic.StoredApp());

        Assert.Equal((ImageKind.App, BekenChip.BK7231N, "1.18.300", key), (image.Kind, image.Chip, image.AppVersion, image.Key.Name));
        BytesAssert.Equal(synthetic.App, image.Decode(image.FindPartition("app")!).Span);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("tuya")]
    public void BootloaderFile_PlainOrEnciphered_IsABootloader(string key)
    {
        var synthetic = new SyntheticImage { Key = SyntheticImages.ToSynthetic(key) };
        var image = FlashImage.Parse(synthetic.StoredBootloader());

        Assert.Equal((ImageKind.Bootloader, "BK7231N_1.0.1", 3), (image.Kind, image.BootVersion, image.Fal!.Partitions.Count));
        Assert.Equal(key, image.Key.Name);
    }

    [Theory]
    [InlineData(0x10000)]
    [InlineData(0x11000)]
    public void BootloaderArea_Alone_IsABootloader(int length)
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN.AsMemory(0, length));

        Assert.Equal((ImageKind.Bootloader, "BK7231N_1.0.1", BekenChip.BK7231N), (image.Kind, image.BootVersion, image.Chip));
    }

    [Fact]
    public void UpdatePackage_AndUgAroundIt_AreTold()
    {
        byte[] package = PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.ObkN));
        Assert.Equal(ImageKind.Ota, FlashImage.Parse(package).Kind);
        Assert.True(FlashImage.Parse(package).Containers.Single() is { IsStriped: false, HeaderCrcOk: true, PayloadCrcOk: true, PayloadHashOk: true, Offset: 0 });

        byte[] ug = [0x55, 0xAA, 0x55, 0xAA, .. new byte[0x18], 0xAA, 0x55, 0xAA, 0x55, .. package];
        Assert.Equal(ImageKind.Ug, FlashImage.Parse(ug).Kind);
    }

    [Fact]
    public void QioWithConfig_IsAQio_AndTheConfigIsRead()
    {
        var image = FlashImage.Parse(SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000, "startDriver Wemo"));

        Assert.Equal(ImageKind.Qio, image.Kind);
        Assert.Equal((0x1D1000L, "startDriver Wemo", true), (image.ObkConfig!.Offset, image.ObkConfig.StartupCommand, image.ObkConfig.ChecksumOk));
        Assert.Equal("obk-config", image.Partitions.Single(partition => partition.Offset == 0x1D1000).Name);
    }

    [Fact]
    public void Piece_WithPagesOfNoKnownPlace_SaysWhereTheyBegin()
    {
        byte[] cut = SyntheticImages.TuyaN.AsSpan(0x15010, 0x6000).ToArray();
        var image = FlashImage.Parse(cut);

        Assert.Equal((ImageKind.Piece, BekenChip.Unknown), (image.Kind, image.Chip));
        Assert.Empty(image.Containers);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.UnplacedPages);
    }

    [Fact]
    public void Piece_OfDataSectors_CountsFromTheFilesStart()
    {
        var image = FlashImage.Parse(SyntheticImages.Dreo.AsMemory(0x1DF000, 0x8000));

        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Equal(0x1000, image.Rf!.Offset);
    }

    [Fact]
    public void Dump_WithErasedBootloader_StillShowsItsApp()
    {
        byte[] dump = SyntheticImages.TuyaN;
        dump.AsSpan(0, 0x11000).Fill(0xFF);
        var image = FlashImage.Parse(dump);

        Assert.Equal(ImageKind.Dump, image.Kind);
        Assert.Equal(("tuya", "2.3.3", 0x129F70L), (image.Key.Name, image.AppVersion, image.FindPartition("app")!.Range.End));
        Assert.Null(image.FindPartition("bootloader"));
    }

    // ---- partition tables ------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NoTable_TakesTheLayoutFromTheHeaderBehindTheApp(bool sdk)
    {
        var boot = sdk ? SyntheticBoot.Dreo : SyntheticBoot.N;
        var image = FlashImage.Parse(new SyntheticImage { Boot = boot, Key = SyntheticKey.Zero, Table = [] }.Dump());

        Assert.Null(image.Fal);
        var app = image.FindPartition("app")!;
        Assert.Equal((boot.Layout.AppEnd, PartitionSource.Scan), (app.Range.End, app.Source));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.FalMissing);
    }

    [Fact]
    public void TableWithWrongCrc_IsUsedAndSaid()
    {
        byte[] table = SyntheticLayout.Sdk.Table();
        table[0x7F] ^= 1;
        var image = FlashImage.Parse(new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, Table = table }.Qio());

        Assert.Equal(0x132000, image.FindPartition("app")!.Range.End);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.FalEntryCrc && finding.Partition == "app");
    }

    public static TheoryData<string> GarbageTables => new("huge", "overlap", "duplicate", "many", "off grid", "raw programs", "empty", "control", "wrap");

    [Theory]
    [MemberData(nameof(GarbageTables))]
    public void GarbageTable_NeverThrows_AndPartitionsStayInside(string garbage)
    {
        var image = FlashImage.Parse(GarbageTable(garbage).WithRf(0x1D0000).Dump());

        Properties.Touch(image);
        Assert.All(image.Partitions, partition => Assert.True(partition.Range.End <= image.Length && partition.Length > 0));
        var split = ImageSplitter.Split(image);
        BytesAssert.Equal(image.Source.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    internal static SyntheticImage GarbageTable(string garbage)
    {
        static byte[] Entry(string name, uint offset, uint length, bool striped = true) =>
            PlainFormats.FalEntry(name, striped ? "beken_onchip_crc" : "beken_onchip", offset, length, true);

        byte[] table = garbage switch
        {
            "huge" => [.. Entry("bootloader", 0, 0xFFFFFFFF), .. Entry("app", 0x10000, 0xFFFFFFE0), .. Entry("download", 0xFFFFFFFF, 0xFFFFFFFF, false)],
            "overlap" => [.. Entry("bootloader", 0, 0x20000), .. Entry("app", 0x8000, 0x108700), .. Entry("download", 0x8000, 0x1F0000, false)],
            "duplicate" => [.. Entry("app", 0x10000, 0x108700), .. Entry("app", 0x10000, 0x108700), .. Entry("app", 0x10000, 0x1000), .. Entry("app", 0x12A000, 0x1000, false)],
            "many" => Enumerable.Range(0, 100).SelectMany(i => Entry($"p{i}", (uint)i * 0x2000, 0x180000)).ToArray(),
            "off grid" => [.. Entry("bootloader", 0, 0x10000), .. Entry("app", 0x10004, 0x108700), .. Entry("x", 0x10001, 0x3), .. Entry("y", 0x10020, 0x7)],
            "raw programs" => [.. Entry("bootloader", 0, 0x11000, false), .. Entry("app", 0x11000, 0x118F70, false), .. Entry("download", 0x12A000, 0xA6000)],
            "empty" => [.. Entry("bootloader", 0, 0), .. Entry("app", 0x10000, 0), .. Entry("download", 0x200000, 0, false)],
            "control" => [.. Entry("../../etc", 0x1D8000, 0x1000, false), .. Entry("CON", 0x1DA000, 0x1000, false), .. Entry("a/b\\c:d", 0x1DC000, 0x1000, false)],
            "wrap" => [.. Entry("bootloader", 0, 0x10000), .. Entry("app", 0xFFFF0000, 0x20000), .. Entry("download", 0xFFFFF000, 0x2000, false)],
            _ => throw new ArgumentException(garbage),
        };
        // A real bootloader of 0xF000 bytes is large enough for a hundred entries.
        return new SyntheticImage { Key = SyntheticKey.Zero, Table = table };
    }

    // ---- containers ------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void TwoBootloaderHeaders_OnlyTheFirstDescribesTheCode()
    {
        byte[] dump = SyntheticImages.Dreo;
        byte[] foreign = PlainFormats.Header(SyntheticPrograms.Noise(0xEA1C, 4), "bootloader", "1.00", 1);
        PlainFormats.Pages(foreign).CopyTo(dump, 0x10F9A);

        var image = FlashImage.Parse(dump);

        Assert.True(Assert.Single(image.Containers, container => container.Offset == 0xFE9A).PayloadHashOk);
        Assert.False(Assert.Single(image.Containers, container => container.Offset == 0x10F9A).PayloadHashOk);
        Assert.True(ImageVerifier.Verify(image).Boots);
    }

    [Fact]
    public void HeaderWithWrongCrc_IsListedWhereOneIsExpected_NotElsewhere()
    {
        byte[] dump = SyntheticImages.TuyaN;
        byte[] header = PlainFormats.Header(SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN), "app", "1.00", 1);
        header[0x5C] ^= 1;
        PlainFormats.Pages(header).CopyTo(dump, 0x129F0A);
        PlainFormats.Pages(header).CopyTo(dump, 0x100000 / 34 * 34);

        var image = FlashImage.Parse(dump);

        Assert.Equal([0x10F9AL, 0x129F0A], image.Containers.Select(container => container.Offset));
        Assert.False(image.Containers[1].HeaderCrcOk);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.RblHeaderCrc && finding.Offset == 0x129F0A);
    }

    [Fact]
    public void StagedPackage_IsListedInDownload()
    {
        var image = FlashImage.Parse(SyntheticImage.TuyaNDevice().WithPackage().Dump());

        var package = Assert.Single(image.Containers, container => container.Offset == 0x12A000);
        Assert.Equal(("download", false, true, true), (package.Partition, package.IsStriped, package.PayloadCrcOk, package.PayloadHashOk));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.PackageStaged);
    }

    [Fact]
    public void HeaderOfAnUpdatePackage_InTheAppSlot_IsJudgedByTheHashOfThePlainApp()
    {
        var device = SyntheticImage.TuyaNDevice();
        byte[] dump = device.Dump();
        byte[] header = PlainFormats.Header(device.App, "app", "-o", 1636438965, algorithm: 0x102, package: SyntheticPrograms.Noise(0x500, 1));
        PlainFormats.Pages(header).CopyTo(dump, 0x129F0A);

        var container = FlashImage.Parse(dump).Containers[1];
        Assert.Equal((null, true), (container.PayloadCrcOk, container.PayloadHashOk));

        PlainFormats.Pages(PlainFormats.Header(SyntheticPrograms.Noise(0x9A75, 1), "app", "-o", 1, algorithm: 0x102)).CopyTo(dump, 0x129F0A);
        Assert.False(FlashImage.Parse(dump).Containers[1].PayloadHashOk);
    }

    [Fact]
    public void ChipGiven_WinsOverEverythingFound()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN, new FlashImageOptions { Chip = BekenChip.BK7231M });
        Assert.Equal(BekenChip.BK7231M, image.Chip);
    }

    [Fact]
    public void BootloaderAndAppOfDifferentFamilies_LeaveTheChipOpen()
    {
        var image = FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x4000, SyntheticImage.ObkT, nMarker: false) }.Qio());

        Assert.Equal(BekenChip.Unknown, image.Chip);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.ChipsDisagree);
    }

    [Fact]
    public void BootloaderAndAppUnderDifferentKeys_IsAnError()
    {
        byte[] qio = [.. SyntheticImages.ObkN.AsSpan(0, 0x11000), .. SyntheticImages.ObkM.AsSpan(0x11000)];

        Assert.Contains(FlashImage.Parse(qio).Findings, finding => finding is { Code: FindingCode.KeysDiffer, Severity: FindingSeverity.Error });
    }

    [Fact]
    public void TuyaVersions_TheHighestCounts_AndTuyaOSComesFirst()
    {
        string text = "< TUYA IOT SDK V:1.0.8 BS:40.00> < TUYA IOT SDK V:2.3.10 x> < TUYA IOT SDK V:2.3.9 x>";
        Assert.Equal("2.3.10", FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x4000, text) }.Qio()).AppVersion);
        Assert.Equal("3.3.3", FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x4000, text + SyntheticImage.TuyaOS) }.Qio()).AppVersion);
    }

    // ---- streams and limits ----------------------------------------------------------------------------------------------------------

    [Fact]
    public void Load_FromAStreamThatDoesNotKnowItsLength_ReadsFromItsPosition()
    {
        using var stream = new MemoryStream([1, 2, 3, .. SyntheticImages.ObkN]);
        stream.Position = 3;

        Assert.Equal(FlashImage.Parse(SyntheticImages.ObkN).Sha256, FlashImage.Load(stream).Sha256);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Parse_MoreThanTheLimit_IsRefused()
    {
        var bytes = new byte[FlashImage.MaximumLength + 1];
        Assert.Equal(FindingCode.TooLarge, Assert.Throws<BekenImageException>(() => FlashImage.Parse(bytes)).Code);
        Assert.Equal(FindingCode.TooLarge, Assert.Throws<BekenImageException>(() => FlashImage.Load(new MemoryStream(bytes))).Code);
        Assert.Throws<ArgumentNullException>(() => FlashImage.Parse((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => FlashImage.Load((Stream)null!));
    }

    [Fact]
    public void Parse_PartOfAnArray_SeesThatPartOnly()
    {
        byte[] qio = SyntheticImages.ObkN;
        byte[] around = [.. new byte[7], .. qio, .. new byte[9]];

        var image = FlashImage.Parse(around.AsMemory(7, qio.Length));

        Assert.Equal(FlashImage.Parse(qio).Sha256, image.Sha256);
        Assert.Equal(ImageKind.Qio, image.Kind);
    }

    // Source: OpenBeken's flash map of BK7231N; the area has its place also while it is erased.
    [Fact]
    public void Dump_OfAnOpenBekenDevice_HasThePlaceOfItsFlashVariables()
    {
        var area = FlashImage.Parse(SyntheticImage.ObkNFirmware().WithRf(0x1D0000).WithConfig(0x1D1000).Dump()).FindPartition("flash-vars");
        Assert.Equal((new FlashRange(0x1E5000, 0x8000), PartitionSource.Layout), (area!.Range, area.Source));
    }

    [Fact]
    public void Image_ReadFromManyThreads_GivesOneAnswer()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN);
        var answers = new string[8];
        Parallel.For(0, answers.Length, i => answers[i] = $"{image.Kind} {image.Chip} {image.Findings.Count} {image.Containers.Count} {image.Partitions.Count}");
        Assert.Single(answers.Distinct());
    }
}

/// <summary>Reads every property of an image, so that nothing lazy stays unread.</summary>
internal static class Properties
{
    public static void Touch(FlashImage image)
    {
        _ = (image.Kind, image.Chip, image.Flavor, image.BootVersion, image.AppVersion, image.Rotation, image.Length, image.PhysicalBase, image.Sha256);
        _ = (image.Key.ToString(), image.Fal?.Partitions.Count, image.Rf?.MacText, image.RfTables.Count, image.ObkConfig?.StartupCommand);
        foreach (var partition in image.Partitions.Take(64))
            _ = (partition.ToString(), image.Decode(partition).Length, partition.IsEncrypted, partition.Pages?.ToString());
        foreach (var container in image.Containers)
            _ = (container.Header.Name, container.Header.Version, container.End, container.PayloadCrcOk, container.PayloadHashOk);
        foreach (var finding in image.Findings)
            _ = finding.ToString();
        _ = ImageVerifier.Verify(image).Checks.Select(check => check.Message).ToArray();
    }
}
