using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>
/// Bootloaders whose stored flash key is not the one they are under: every answer says so, whatever replaces the bootloader mends it, and
/// what the vendors ship has no such finding.
/// </summary>
public class StoredKeyTests
{
    /// <summary>Kind of loader, the device's key, the stored one; whether that is said, and whether an update would be the end of it.</summary>
    public static TheoryData<string, string, string, bool, bool> Loaders => new()
    {
        { "T", "tuya", "tuya", false, false }, { "T", "tuya", "uascent", true, true }, { "T", "tuya", "placeholder", true, true },
        { "T", "tuya", "zero", true, true }, { "T", "zero", "zero", false, false }, { "T", "zero", "tuya", true, true },
        { "T", "uascent", "tuya", true, true }, { "T4", "tuya", "tuya", false, false }, { "T4", "tuya", "uascent", true, true },
        { "T4", "zero", "tuya", true, true },
        // No code of these reads it; the vendors' hold tuya in plain ones of N, the placeholder in all of the SDK.
        { "N", "tuya", "tuya", false, false }, { "N", "zero", "tuya", false, false }, { "N", "zero", "zero", false, false },
        { "N", "tuya", "uascent", true, false }, { "N", "zero", "uascent", true, false },
        { "SDK", "zero", "placeholder", false, false }, { "SDK", "tuya", "placeholder", false, false }, { "SDK", "tuya", "tuya", false, false },
        { "SDK", "zero", "tuya", true, false }, { "SDK", "tuya", "uascent", true, false },
        { "Q", "zero", "zero", false, false },
    };

    [Theory]
    [MemberData(nameof(Loaders))]
    public void StoredKey_OfALoader_IsJudgedByWhatItsCodeDoesWithIt(string kind, string key, string stored, bool isSaid, bool isRead)
    {
        var device = Device(kind, key, stored);
        byte[] dump = device.Dump();
        var image = FlashImage.Parse(dump);

        // The device runs until its first update.
        var verify = ImageVerifier.Verify(image);
        var check = Assert.Single(verify.Checks, check => check.Name == "stored-key");
        Assert.Equal((isSaid ? CheckStatus.Warn : kind == "Q" ? CheckStatus.Skipped : CheckStatus.Pass, FindingCode.StoredKeyDiffers), (check.Status, check.Code));
        Assert.True(verify.Boots, string.Join("; ", verify.Checks));
        Assert.Equal(isSaid, image.Findings.Any(finding => finding is
            { Code: FindingCode.StoredKeyDiffers, Severity: FindingSeverity.Warning, Partition: "bootloader", Offset: 0 }));

        // Flashed with its bootloader, or an app flashed beside it: a warning. As a package the bootloader is to install: no.
        Assert.Equal(check.Status, Lint(device.Qio(), device.Dump()));
        Assert.Equal(check.Status, Lint(device.Ua(), device.Dump()));
        var package = isRead ? CheckStatus.Fail : check.Status;
        Assert.Equal(package, Lint(OtaWriter.Pack(device.App), device.Dump()));
        // A file that brings its own bootloader is judged by that one.
        Assert.Equal(kind == "Q" ? CheckStatus.Skipped : CheckStatus.Pass, Lint(Device(kind, key, Vendors(kind, key)).Qio(), device.Dump()));

        // What the T loader's own code does with an update.
        if (kind.StartsWith('T'))
            Assert.Equal(isRead, !StartsAfterUpdate(dump, device));
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Rekey_ToTheKeyAnImageHas_RenewsAWrongRecordAndNothingElse(string kind, string key, string stored, bool isSaid, bool isRead)
    {
        _ = isRead;
        var device = Device(kind, key, stored);
        byte[] dump = device.Dump();

        var draft = FlashImage.Parse(dump).Edit().Rekey(device.Key.ToKey());

        Assert.Empty(draft.Findings);
        Assert.Equal(isSaid, draft.Changes.Count > 0);
        Assert.All(draft.Changes, change => Assert.Equal("bootloader", change.What));
        byte[] mended = isSaid ? Device(kind, key, Vendors(kind, key)).Dump() : dump;
        BytesAssert.Equal(mended, draft.ToArray());
    }

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Build_OfAFileWithAnotherKeyInIt_StoresTheRightOneAndSaysSo(string kind, string key, string stored, bool isSaid, bool isRead)
    {
        _ = isRead;
        var device = Device(kind, key, stored);
        var right = Device(kind, key, isSaid ? Vendors(kind, key) : stored);
        var builder = new FirmwareBuilder(ChipOf(kind), new FirmwareBuildOptions { Key = device.Key.ToKey(), BootloaderLength = 0x11000 });

        foreach (byte[] file in (byte[][])[device.StoredBootloader(), device.PlainBootloader()])
        {
            var payload = BootloaderPayload.FromFile(file, device.Key.ToKey());
            Assert.Equal(isSaid, payload.IsStoredKeyRenewed);
            BytesAssert.Equal(right.PlainBootloader().AsSpan(0, 0x2000), payload.Decipher().AsSpan(0, 0x2000));
            Assert.DoesNotContain(FlashImage.Parse(builder.BuildQio(file, device.App)).Findings, finding => finding.Code == FindingCode.StoredKeyDiffers);
            bool isMoved = file.AsSpan().SequenceEqual(device.PlainBootloader()) && key != "zero";
            var said = builder.CheckBootloader(file);
            if (kind == "SDK" && isMoved)
                Assert.Equal(FindingCode.UpdateKeyUncertain, Assert.Single(said).Code);
            else
                Assert.Equal(isSaid ? [FindingCode.StoredKeyDiffers] : [], said.Select(finding => finding.Code).ToArray());
        }
    }

    [Theory]
    [InlineData("T", true)]
    [InlineData("N", true)]
    [InlineData("SDK", true)]
    [InlineData("Q", false)]
    public void Build_OfAPlainFileForADeviceWithEncryption_DoubtsUpdatesWhereNoRecordIsKnown(string kind, bool hasRecord)
    {
        byte[] file = Device(kind, "zero", hasRecord ? Vendors(kind, "zero") : "zero").PlainBootloader();
        var builder = new FirmwareBuilder(ChipOf(kind), new FirmwareBuildOptions { Key = SyntheticKey.Uascent.ToKey() });
        bool isDoubted = builder.CheckBootloader(file).Any(finding => finding is { Code: FindingCode.UpdateKeyUncertain, Severity: FindingSeverity.Warning });
        Assert.Equal(kind is "Q" or "SDK", isDoubted);
    }

    // ---- files that were deciphered whole ------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("uascent", "tuya")]
    [InlineData("uascent", "zero")]
    [InlineData("tuya", "tuya")]
    [InlineData("tuya", "custom")]
    [InlineData("custom", "tuya")]
    public void FromFile_OfAFileDecipheredWhole_GivesTheBootloaderOfTheDevice(string under, string key)
    {
        // Marker and table lie plain in flash, so deciphering every byte scrambles them.
        var source = Device("N", under, under);
        byte[] whole = PlainFormats.Cipher(source.Key, 0, source.StoredBootloader());
        Assert.False(whole.AsSpan(0x100).StartsWith("BK72"u8));
        byte[] expected = Device("N", key, Vendors("N", key)).StoredBootloader();

        var payload = BootloaderPayload.FromFile(whole, SyntheticKeyOf(key).ToKey());

        BytesAssert.Equal(expected, payload.Stored.Span);
        Assert.Equal(Vendors("N", key) != under, payload.IsStoredKeyRenewed);
        // With a table somebody put behind it as it should be.
        byte[] withTable = [.. whole.AsSpan(0, whole.Length - 192), .. source.PlainBootloader().AsSpan(whole.Length - 192)];
        BytesAssert.Equal(expected, BootloaderPayload.FromFile(withTable, SyntheticKeyOf(key).ToKey()).Stored.Span);
    }

    [Fact]
    public void FromFile_OfAFileDecipheredWholeWithoutATable_SaysWhatItIsAndWhatIsMissing()
    {
        var source = Device("N", "custom", "custom");
        byte[] whole = PlainFormats.Cipher(source.Key, 0, source.StoredBootloader());
        byte[] file = whole.AsSpan(0, whole.Length - 192).ToArray();
        var refusal = Assert.Throws<BekenImageException>(() => BootloaderPayload.FromFile(file, SyntheticKey.Tuya.ToKey()));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, refusal.Code);
        Assert.Contains("deciphered whole", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("partition table", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_WithABootloaderFileDecipheredWhole_MakesWhatTheDeviceHad()
    {
        var device = Device("N", "tuya", "tuya");
        byte[] lost = device.Dump();
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        var source = Device("N", "uascent", "uascent");
        byte[] whole = PlainFormats.Cipher(source.Key, 0, source.StoredBootloader());

        byte[] image = Combine(lost, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(whole) }).ToArray();

        int code = device.StoredBootloader().Length / 32 * 34;
        BytesAssert.Equal(device.Dump().AsSpan(0, code), image.AsSpan(0, code));
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
        var refused = Combine(lost, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(whole.AsSpan(0, whole.Length - 192).ToArray()) });
        Assert.Contains(refused.Findings, finding => finding.Code == FindingCode.BootloaderMissing && finding.Message.Contains("deciphered whole", StringComparison.Ordinal));
    }

    // ---- combine and put -----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("T", "uascent")]
    [InlineData("N", "uascent")]
    public void Combine_WhereTheDevicesOwnStoresAnotherKey_SaysSoAndLeavesIt(string kind, string stored)
    {
        byte[] dump = Device(kind, "tuya", stored).Dump(), firmware = Firmware(kind, "tuya").Qio();

        var plan = Combine(dump, firmware, null);

        var finding = Assert.Single(plan.Findings, finding => finding.Code == FindingCode.StoredKeyDiffers);
        Assert.Equal((FindingSeverity.Warning, "bootloader", 0L), (finding.Severity, finding.Partition, finding.Offset));
        BytesAssert.Equal(dump.AsSpan(0, 0x11000), plan.ToArray().AsSpan(0, 0x11000));
        // The cures: the firmware's own, or the dump mended.
        Assert.DoesNotContain(Combine(dump, firmware, new CombineOptions { ReplaceBootloader = true }).Findings, IsAboutStored);
        byte[] mended = FlashImage.Parse(dump).Edit().Rekey(SyntheticKey.Tuya.ToKey()).ToArray();
        Assert.DoesNotContain(Combine(mended, firmware, null).Findings, IsAboutStored);
        // A sound device has nothing to say.
        Assert.DoesNotContain(Combine(Device(kind, "tuya", "tuya").Dump(), firmware, null).Findings, IsAboutStored);
    }

    [Theory]
    [InlineData("T", "uascent", "tuya")]
    [InlineData("T", "tuya", "zero")]
    [InlineData("N", "uascent", "tuya")]
    public void Combine_WithABootloaderThatStoresAnotherKey_StoresTheRightOne(string kind, string stored, string key)
    {
        var device = Device(kind, key, key);
        var options = new FlashImageOptions { Chip = ChipOf(kind) };
        byte[] lost = device.Dump();
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        var given = Device(kind, key, stored);
        byte[] replaced = Combine(device.Dump(), given.Qio(), new CombineOptions { ReplaceBootloader = true, Chip = options.Chip }, options).ToArray();
        byte[] draft = FlashImage.Parse(device.Dump(), options).Edit().ReplaceBootloader(FlashImage.Parse(given.Qio(), options)).ToArray();
        byte[][] rescued = [.. new[] { given.PlainBootloader(), given.StoredBootloader(), given.Qio() }.Select(file => Combine(
            lost, given.Qio(), new CombineOptions { Bootloader = FlashImage.Parse(file), Chip = options.Chip, Key = device.Key.ToKey() }, options).ToArray())];

        foreach (byte[] image in (byte[][])[replaced, draft, .. rescued])
        {
            Assert.Equal(CheckStatus.Pass, ImageVerifier.Verify(FlashImage.Parse(image)).Checks.Single(check => check.Name == "stored-key").Status);
            var boot = BootSimulator.Run(image, device.Key);
            Assert.True(boot.BootloaderStarts && boot.AppStarts && boot.PagesSound);
            if (kind == "T")
                Assert.True(StartsAfterUpdate(image, device));
        }
    }

    [Fact]
    public void Combine_WithANewTable_MendsTheRecordOfTheBootloaderItRewrites()
    {
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.T with { Layout = SyntheticLayout.Sdk }, Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Uascent),
            App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaT, nMarker: false),
        }.WithRf(0x1E0000);
        var plan = Combine(device.Dump(), SyntheticImages.ObkT, new CombineOptions { PartitionTable = PartitionTableChoice.Firmware });
        Assert.DoesNotContain(plan.Findings, IsAboutStored);
        Assert.True(StartsAfterUpdate(plan.ToArray(), device));
    }

    [Fact]
    public void Combine_MovingABootloaderWithoutAKnownRecord_DoubtsUpdates()
    {
        var device = SyntheticImage.TuyaNDevice();
        var options = new CombineOptions { ReplaceBootloader = true };
        Assert.Contains(Combine(device.Dump(), SyntheticImages.ObkM, options).Findings, finding => finding.Code == FindingCode.UpdateKeyUncertain);
        Assert.DoesNotContain(Combine(device.Dump(), SyntheticImages.ObkN, options).Findings, finding => finding.Code == FindingCode.UpdateKeyUncertain);
        var draft = FlashImage.Parse(device.Dump()).Edit().ReplaceBootloader(FlashImage.Parse(SyntheticImages.ObkM));
        Assert.Contains(draft.Findings, finding => finding.Code == FindingCode.UpdateKeyUncertain);
    }

    [Fact]
    public void Rekey_OfAWrongRecordInABadPage_SaysThatItStays()
    {
        byte[] image = Device("T", "tuya", "uascent").Qio();
        image[2 * 34 + 30] ^= 1;
        Assert.Contains(FlashImage.Parse(image).Edit().Rekey(SyntheticKey.Tuya.ToKey()).Findings, IsAboutStored);
    }

    // ---- real ones -----------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin")]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin")]
    [InlineData("OpenBK7238_QIO_1.18.300.bin")]
    public void RealImages_AsTheyAre_HaveNoSuchFinding(string file)
    {
        var image = SyntheticImages.FromCorpus(file);
        Assert.Equal(CheckStatus.Pass, ImageVerifier.Verify(image).Checks.Single(check => check.Name == "stored-key").Status);
        Assert.DoesNotContain(image.Findings, IsAboutStored);
    }

    [Fact]
    public void RealTLoader_WithAnotherKeyStored_IsSaidAndMendedByteForByte()
    {
        byte[] image = Corpus.Read("OpenBK7231T_QIO_1.18.300.bin");
        byte[] wrong = image.ToArray();
        byte[] stored = PlainFormats.Strip(image.AsSpan(0, 0x80 / 32 * 34), out _);
        byte[] plain = PlainFormats.Cipher(SyntheticKey.Tuya, 0, stored);
        SyntheticKeyRecord.PutWords(plain, 0x48, SyntheticKey.Uascent);
        PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0, plain)).CopyTo(wrong, 0);
        Assert.Equal(CheckStatus.Warn, ImageVerifier.Verify(FlashImage.Parse(wrong)).Checks.Single(check => check.Name == "stored-key").Status);
        BytesAssert.Equal(image.AsSpan(0, 0x10F00), FlashImage.Parse(wrong).Edit().Rekey(SyntheticKey.Tuya.ToKey()).ToArray().AsSpan(0, 0x10F00));
    }

    // ---- helpers -------------------------------------------------------------------------------------------------------------------

    private static bool IsAboutStored(Finding finding) => finding.Code == FindingCode.StoredKeyDiffers;

    private static CombinePlan Combine(byte[] factory, byte[] firmware, CombineOptions? options, FlashImageOptions? reading = null) =>
        new ImageCombiner(FlashImage.Parse(factory, reading), FlashImage.Parse(firmware, reading), options).Plan();

    private static CheckStatus Lint(byte[] firmware, byte[] device) =>
        FirmwareLinter.Lint(FlashImage.Parse(firmware), FlashImage.Parse(device)).Checks.Single(check => check.Name == "stored-key").Status;

    // The loader enciphers the new app with the four words it stores, the chip deciphers it with its own key.
    private static bool StartsAfterUpdate(byte[] flash, SyntheticImage device)
    {
        byte[] loader = PlainFormats.Cipher(device.Key, 0, PlainFormats.Strip(flash.AsSpan(0, 0x80 / 32 * 34), out _));
        int at = device.Record!.KeyOffset;
        var stored = new SyntheticKey(
            "stored", PlainFormats.Word(loader, at), PlainFormats.Word(loader, at + 4), PlainFormats.Word(loader, at + 8), PlainFormats.Word(loader, at + 12));
        byte[] update = PlainFormats.Cipher(stored, 0x10000, device.App.AsSpan(0, 64));
        return PlainFormats.Cipher(device.Key, 0x10000, update).AsSpan().SequenceEqual(device.App.AsSpan(0, 64));
    }

    private static string Vendors(string kind, string key) =>
        (kind, key) switch { ("SDK", "zero") => "placeholder", ("N", "zero") => "tuya", _ => key };

    private static BekenChip ChipOf(string kind) =>
        kind switch { "T" or "T4" => BekenChip.BK7231T, "N" => BekenChip.BK7231N, "Q" => BekenChip.BK7231Q, _ => BekenChip.BK7231U };

    private static SyntheticKey SyntheticKeyOf(string name) => name switch
    {
        "placeholder" => SyntheticKeyRecord.Placeholder,
        "custom" => SyntheticKey.Custom,
        _ => SyntheticImages.ToSynthetic(name),
    };

    private static SyntheticImage Firmware(string kind, string key) =>
        kind == "N" ? SyntheticImage.ObkNFirmware(SyntheticKeyOf(key)) : SyntheticImage.ObkTFirmware();

    private static SyntheticImage Device(string kind, string key, string stored)
    {
        var (boot, record) = kind switch
        {
            "N" => (SyntheticBoot.N, SyntheticRecordKind.Tuya),
            "T" => (SyntheticBoot.T, SyntheticRecordKind.Tuya),
            "T4" => (SyntheticBoot.T, SyntheticRecordKind.Bare),
            "SDK" => (SyntheticBoot.U, SyntheticRecordKind.Sdk),
            _ => (SyntheticBoot.Q, SyntheticRecordKind.AesOnly),
        };
        bool isN = kind == "N";
        return new SyntheticImage
        {
            Boot = boot, Key = SyntheticKeyOf(key), Record = new SyntheticKeyRecord(record, SyntheticKeyOf(stored)),
            App = SyntheticPrograms.App(0x9A75, kind switch { "N" => SyntheticImage.TuyaN, "T" or "T4" => SyntheticImage.TuyaT, _ => SyntheticImage.Sdk }, isN),
        }.WithRf(isN ? 0x1D0000 : 0x1E0000);
    }
}
