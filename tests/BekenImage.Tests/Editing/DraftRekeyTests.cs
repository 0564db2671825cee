using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Programs.BuildTestData;

namespace BekenImage.Tests.Editing;

public class DraftRekeyTests
{
    private static readonly BekenKey Other = new(0xA1B2C3D4, 0x12345678, 0x9ABCDEF0, 0x4200138C);

    [Theory]
    [InlineData(BekenChip.BK7231T)]
    [InlineData(BekenChip.BK7231N)]
    [InlineData(BekenChip.BK7238)]
    [InlineData(BekenChip.BL2028N)]
    public void Rekey_OfABuiltImageAndBack_GivesItAgain(BekenChip chip)
    {
        byte[] app = AppFor(chip, 0x21003), bootloader = Bootloader(5000, withMarker: chip == BekenChip.BK7231N);
        var builder = new FirmwareBuilder(chip);
        foreach (byte[] image in (byte[][])[builder.BuildQio(bootloader, app), builder.BuildUa(app)])
        {
            foreach (var key in (BekenKey[])[BekenKey.Tuya, BekenKey.Uascent, BekenKey.Zero, Other])
            {
                var moved = FlashImage.Parse(FlashImage.Parse(image).Edit().Rekey(key).ToArray(), new FlashImageOptions { Key = key });
                Assert.All(moved.Containers, container => Assert.True(container is { HeaderCrcOk: true } and ({ Partition: null } or { PayloadCrcOk: true, PayloadHashOk: true })));
                BytesAssert.Equal(app, moved.Decode(moved.FindPartition("app")!).Span.Slice(0, app.Length));
                BytesAssert.Equal(image, moved.Edit().Rekey(builder.Key).ToArray());
            }
        }
    }

    // Whole pages of app: with nothing left over behind it, moving is building for the other key.
    [Fact]
    public void Rekey_OfABuiltUa_IsTheUaBuiltForThatKey()
    {
        byte[] app = AppFor(BekenChip.BK7231N, 0x21000);
        byte[] tuya = new FirmwareBuilder(BekenChip.BK7231N).BuildUa(app);
        byte[] other = new FirmwareBuilder(BekenChip.BK7231N, new FirmwareBuildOptions { Key = Other }).BuildUa(app);
        BytesAssert.Equal(other, FlashImage.Parse(tuya).Edit().Rekey(Other).ToArray());
    }

    [Fact]
    public void Rekey_OfABadPage_KeepsItAndSaysSo()
    {
        byte[] image = SyntheticImage.ObkNFirmware().Qio();
        image[0x11000 + 34 * 100 + 5] ^= 1;
        var result = FlashImage.Parse(image).Edit().Rekey(BekenKey.Uascent);
        Assert.Contains(result.Findings, finding => finding is { Code: FindingCode.BadPage, Partition: "app" });
        BytesAssert.Equal(image.AsSpan(0x11000 + 3400, 34), result.ToArray().AsSpan(0x11000 + 3400, 34));
        Assert.Equal(["bootloader", "app"], result.Changes.Select(change => change.What).Distinct());
    }

    [Fact]
    public void Rekey_OfOtherAreas_LeavesThemAsTheyAre()
    {
        byte[] dump = Synthetic.Images.TuyaN;
        byte[] moved = FlashImage.Parse(dump).Edit().Rekey(BekenKey.Zero).ToArray();
        BytesAssert.Equal(dump.AsSpan(0x129F70), moved.AsSpan(0x129F70));
        BytesAssert.Equal(dump, FlashImage.Parse(moved).Edit().Rekey(BekenKey.Tuya).ToArray());
    }

    /// <summary>Bootloaders with each kind of record, the device's key, and what the vendor's own hold there.</summary>
    public static TheoryData<string, string, string> Records => new()
    {
        { "N", "tuya", "tuya" }, { "N", "uascent", "uascent" }, { "N", "zero", "tuya" },
        { "T", "tuya", "tuya" }, { "T4", "tuya", "tuya" }, { "T4", "zero", "zero" },
        { "SDK", "zero", "placeholder" }, { "SDK", "tuya", "tuya" }, { "Q", "zero", "" },
    };

    // An update over the air is enciphered with what the record says (BK7231T), so it must be the new key; N and SDK code does not read it.
    [Theory]
    [MemberData(nameof(Records))]
    public void Rekey_OfABootloaderWithAKeyRecord_RenewsItAndBack(string kind, string key, string stored)
    {
        var device = Device(kind, Key(key), stored.Length == 0 ? SyntheticKey.Zero : Key(stored));
        byte[] image = device.Qio();
        foreach (var to in (SyntheticKey[])[SyntheticKey.Tuya, SyntheticKey.Uascent, SyntheticKey.Custom, SyntheticKey.Zero])
        {
            var result = FlashImage.Parse(image, With(device.Key)).Edit().Rekey(to.ToKey());
            byte[] plain = PlainFormats.Cipher(to, 0, PlainFormats.Strip(result.ToArray().AsSpan(0, 0x170 * 34), out int wrong));
            Assert.Equal(0, wrong);
            string expected = to != SyntheticKey.Zero ? to.Words
                : kind switch { "N" => SyntheticKey.Tuya.Words, "SDK" => SyntheticKeyRecord.Placeholder.Words, _ => to.Words };
            if (device.Record!.KeyOffset is >= 0 and var at)
                Assert.Equal(expected, new SyntheticKey("read", Word(0), Word(4), Word(8), Word(12)).Words);
            // The rest of what the CPU sees is as it was.
            byte[] before = device.PlainBootloader();
            BytesAssert.Equal(before.AsSpan(0x64, 0x9C), plain.AsSpan(0x64, 0x9C));
            BytesAssert.Equal(before.AsSpan(0x1F18, 0x800), plain.AsSpan(0x1F18, 0x800));
            BytesAssert.Equal(image, FlashImage.Parse(result.ToArray(), With(to)).Edit().Rekey(device.Key.ToKey()).ToArray());

            bool enciphers = kind is not "Q" && (kind is not "SDK" || to == SyntheticKey.Zero);
            Assert.Equal(to != device.Key && !enciphers, HasUpdateFinding(result));

            uint Word(int index) => PlainFormats.Word(plain, at + index);
        }
    }

    [Fact]
    public void Rekey_OfTheNBootloaderWithoutEncryption_KeepsTheVendorsDefaultWhichNoCodeReads()
    {
        byte[] n = Device("N", SyntheticKey.Tuya, SyntheticKey.Tuya).Qio(), m = Device("N", SyntheticKey.Zero, SyntheticKey.Tuya).Qio();
        var moved = FlashImage.Parse(n).Edit().Rekey(BekenKey.Zero);
        BytesAssert.Equal(m.AsSpan(0, 0x10F9A), moved.ToArray().AsSpan(0, 0x10F9A));
        Assert.False(HasUpdateFinding(moved));
    }

    [Fact]
    public void Rekey_OfARecordInABadPage_SaysThatUpdatesKeepTheOldKey()
    {
        byte[] image = Device("T", SyntheticKey.Tuya, SyntheticKey.Tuya).Qio();
        image[2 * 34 + 30] ^= 1;
        Assert.True(HasUpdateFinding(FlashImage.Parse(image).Edit().Rekey(BekenKey.Uascent)));
    }

    [Fact]
    public void Rekey_OfABootloaderWithoutAKnownRecord_SaysThatUpdatesMayKeepTheOldKey()
    {
        var image = FlashImage.Parse(SyntheticImage.ObkNFirmware().Qio());
        var finding = Assert.Single(image.Edit().Rekey(Other).Findings);
        Assert.Equal((FindingCode.UpdateKeyUncertain, FindingSeverity.Warning, "bootloader", 0L), (finding.Code, finding.Severity, finding.Partition, finding.Offset));
        Assert.Empty(image.Edit().Rekey(BekenKey.Tuya).Findings);
        Assert.Empty(FlashImage.Parse(SyntheticImage.ObkNFirmware().Ua()).Edit().Rekey(Other).Findings);
    }

    [Fact]
    public void Rekey_OfAStoredKeyThatWasAnotherOne_StoresTheNew()
    {
        foreach (string kind in (string[])["N", "T", "T4", "SDK"])
        {
            var image = FlashImage.Parse(Device(kind, SyntheticKey.Tuya, SyntheticKey.Custom).Qio());
            var moved = FlashImage.Parse(image.Edit().Rekey(BekenKey.Uascent).ToArray());
            Assert.Equal(BekenKey.Uascent, BootloaderKeys.Read(moved.Decode(moved.FindPartition("bootloader")!).Span).FlashKey);
        }
    }

    private static bool HasUpdateFinding(ImageDraft result) =>
        result.Findings.Any(finding => finding is { Code: FindingCode.UpdateKeyUncertain, Severity: FindingSeverity.Warning, Partition: "bootloader" });

    private static SyntheticKey Key(string name) => name == "placeholder" ? SyntheticKeyRecord.Placeholder : Synthetic.Images.ToSynthetic(name);

    private static FlashImageOptions With(SyntheticKey key) => new() { Key = key.ToKey() };

    private static SyntheticImage Device(string kind, SyntheticKey key, SyntheticKey stored)
    {
        var (boot, record) = kind switch
        {
            "N" => (SyntheticBoot.N, SyntheticRecordKind.Tuya),
            "T" => (SyntheticBoot.T, SyntheticRecordKind.Tuya),
            "T4" => (SyntheticBoot.T, SyntheticRecordKind.Bare),
            "SDK" => (SyntheticBoot.U, SyntheticRecordKind.Sdk),
            _ => (SyntheticBoot.Q, SyntheticRecordKind.AesOnly),
        };
        return new SyntheticImage { Boot = boot, Key = key, Record = new SyntheticKeyRecord(record, stored), App = SyntheticPrograms.App(0x4000, "app", nMarker: false) };
    }

    [Fact]
    public void Rekey_OfWhatHasNoProgram_IsRefused()
    {
        Assert.Equal(FindingCode.WrongKind, Assert.Throws<BekenImageException>(() => FlashImage.Parse(new byte[5000]).Edit().Rekey(Other)).Code);
        var wrong = FlashImage.Parse(Synthetic.Images.ObkN, new FlashImageOptions { Key = Other });
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => wrong.Edit().Rekey(BekenKey.Zero)).Code);
        Assert.Throws<ArgumentNullException>(() => ImageEditing.Edit(null!));
    }

    [Fact]
    public void WithTexts_OfAHeader_KeepsTheJunkOfFieldsThatStay()
    {
        byte[] bytes = RblWriter.CreateFlashHeader("app", "1.00", 5, new byte[64]).Bytes.ToArray();
        bytes[0x1C + 10] = 0x2F;
        Assert.True(RblHeader.TryRead(bytes, out var header));
        var same = header!.WithTexts("app", "1.00", 5);
        Assert.True(same.HeaderCrcOk);
        BytesAssert.Equal(bytes.AsSpan(0, 0x5C), same.Bytes.Span.Slice(0, 0x5C));
        var other = header.WithTexts(null, "2.00", 6);
        Assert.Equal(("app", "2.00", 6u, (byte)0), (other.Name, other.Version, other.Timestamp, other.Bytes.Span[0x1C + 10]));
    }

    [Fact]
    public void UnpackUpdate_OfAUGPackage_OpensTheOneInIt()
    {
        byte[] app = App(5000);
        byte[] ug = UgWriter.Pack(OtaWriter.Pack(app), "1.2.3");
        var image = FlashImage.Parse(ug);
        Assert.Equal(ImageKind.Ug, image.Kind);
        Assert.Equal(32, image.UpdatePackage!.Offset);
        BytesAssert.Equal(app, image.UnpackUpdate());
        ug[^1] ^= 1;
        var damaged = FlashImage.Parse(ug);
        Assert.Contains(damaged.Findings, finding => finding.Code == FindingCode.UgBodySum);
        Assert.Equal(FindingCode.UgBodySum, Assert.Throws<BekenImageException>(() => damaged.UnpackUpdate()).Code);
    }
}
