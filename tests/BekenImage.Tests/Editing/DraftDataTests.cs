using BekenImage.Editing;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Editing;

public class DraftDataTests
{
    private const string Configured = "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin";
    private const string Plain = "OpenBK7231N_QIO_1.18.300.bin";
    private const string Rotated = "BK7231T_Tuya_LED_Moon_rotated.bin";
    private static readonly MacAddress Mac = new([0x02, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5]);

    [Fact]
    public void SetMac_ChangesEveryCopyAndNothingElse()
    {
        byte[] before = DataImages.Full();
        RfTestData.CompleteTable().CopyTo(before, 0x1E0000);
        RfTestData.CompleteTable("0266554433AA").CopyTo(before, 0x1E3000);
        byte[] after = FlashImage.Parse(before).Edit().SetMac(Mac).ToArray();
        // RF tables have the MAC at 0x24; the NET_PARAM table at 8 + 12 + 8. The table of another device keeps its own.
        byte[] expected = before.ToArray();
        foreach (int offset in new[] { DataImages.RfOffset + 0x24, 0x1E0000 + 0x24, DataImages.NetParamOffset + 28 })
            Mac.ToArray().CopyTo(expected, offset);
        BytesAssert.Equal(expected, after);
    }

    [Fact]
    public void SetMac_OfARotatedRead_ChangesSixBytesWhereTheyLieInIt()
    {
        byte[] before = Corpus.Read(Rotated);
        var image = FlashImage.Parse(before);
        byte[] after = image.Edit().SetMac(Mac).ToArray();
        byte[] expected = before.ToArray();
        Mac.ToArray().CopyTo(expected, (0x1E0000 + 0x24 - image.Rotation));
        BytesAssert.Equal(expected, after);
        Assert.Equal(Mac, FlashImage.Parse(after).Rf!.Mac);
    }

    [Theory]
    [InlineData("03a1b2c3d4e5", FindingCode.RfMacRefused)]
    [InlineData("000000000000", FindingCode.RfMacRefused)]
    public void SetMac_ThatNoStationMayHave_IsRefused(string text, FindingCode code)
    {
        Assert.True(MacAddress.TryParse(text, out var mac));
        Assert.Equal(code, Assert.Throws<BekenImageException>(() => FlashImage.Parse(DataImages.Full()).Edit().SetMac(mac)).Code);
    }

    [Fact]
    public void SetMac_WithoutATable_IsRefused() =>
        Assert.Equal(FindingCode.RfMissing, Assert.Throws<BekenImageException>(() => FlashImage.Parse(new byte[4096]).Edit().SetMac(Mac)).Code);

    [Fact]
    public void RestoreRf_WithAnUnknownMap_IsRefused()
    {
        RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), 0, null, out var table);
        var refusal = Assert.Throws<ImageGuardException>(() => FlashImage.Parse(DataImages.Full()).Edit().RestoreRf(table!, null, false));
        Assert.Equal(FindingCode.AddressUnknown, refusal.Code);
    }

    [Fact]
    public void RestoreRf_IntoADump_PutsTheTableAndErasesTheRestOfTheSector()
    {
        byte[] before = Corpus.Read("BK7231N_LSPA9_Clone_First.bin");
        byte[] table = RfTestData.CompleteTable();
        RfReader.TryRead(RfTestData.Sector(table), 0, null, out var source);
        var draft = FlashImage.Parse(before).Edit().RestoreRf(source!, Mac);
        byte[] after = draft.ToArray();
        byte[] expected = before.ToArray();
        RfTestData.Sector(table).CopyTo(expected, 0x1D0000);
        Mac.ToArray().CopyTo(expected, 0x1D0024);
        BytesAssert.Equal(expected, after);
        Assert.Equal(FindingCode.RfMacDiffers, Assert.Single(draft.Findings).Code);
    }

    // A read that began at the app: what is written lies where it lies in the whole flash.
    [Fact]
    public void Edits_OfAReadBehindTheBootloader_AreThoseOfTheWholeFlash()
    {
        RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), 0, null, out var table);
        byte[] tuya = Synthetic.Images.TuyaN;
        Same(tuya, draft => draft.RestoreRf(table!, Mac));
        Same(FlashImage.Parse(tuya).Edit().RestoreRf(table!, Mac).ToArray(), draft => draft.SetMac(new MacAddress([0xC8, 0x47, 0x8C, 0x65, 0x43, 0x21])));
        byte[] obk = Synthetic.Images.ObkN;
        Array.Resize(ref obk, 0x200000);
        obk.AsSpan(Synthetic.Images.ObkN.Length).Fill(0xFF);
        Same(obk, draft => draft.SetObk("wifiSsid", "home"));
        Same(obk, draft => draft.RestoreRf(table!, Mac));

        static void Same(byte[] whole, Action<ImageDraft> change)
        {
            var all = FlashImage.Parse(whole).Edit();
            var read = FlashImage.Parse(whole[0x11000..]);
            Assert.Equal(0x11000, read.PhysicalBase);
            var part = read.Edit();
            change(all);
            change(part);
            Assert.NotEmpty(all.Changes);
            BytesAssert.Equal(all.ToArray()[0x11000..], part.ToArray());
        }
    }

    [Fact]
    public void RestoreRf_OfChipInformationOnly_IsRefusedUnlessAllowed()
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"));
        RfReader.TryRead(RfTestData.Sector(RfTestData.WorkedTable), 0, null, out var source);
        Assert.Equal(FindingCode.RfUncalibrated, Assert.Throws<BekenImageException>(() => image.Edit().RestoreRf(source!, null, false)).Code);
        Assert.False(FlashImage.Parse(image.Edit().RestoreRf(source!, null, true).ToArray()).Rf!.IsCalibrated);
    }

    [Fact]
    public void RestoreRf_BehindTheEndOfAFirmwareFile_IsRefused()
    {
        RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), 0, null, out var source);
        var image = FlashImage.Parse(Corpus.Read(Plain));
        Assert.Equal(FindingCode.OutsideFlash, Assert.Throws<ImageGuardException>(() => image.Edit().RestoreRf(source!, null, false)).Code);
    }

    [Fact]
    public void SetObkConfig_OneField_ChangesItAndTheChecksumOnly()
    {
        byte[] before = Corpus.Read(Configured);
        byte[] after = FlashImage.Parse(before).Edit().SetObkConfig(builder => builder.Set("mqttPort", 1884)).ToArray();
        byte[] expected = before.ToArray();
        BitConverter.GetBytes(1884).CopyTo(expected, 0x1D1000 + 0x294);
        expected[0x1D1003] = Formats.Obk.ObkTestData.SignedCrc8(expected.AsSpan(0x1D1004, 3580));
        BytesAssert.Equal(expected, after);
        Assert.Equal(1884L, FlashImage.Parse(after).ObkConfig!["mqttPort"]);
    }

    [Fact]
    public void SetObkConfig_WithoutAChange_GivesTheSameBytes()
    {
        byte[] before = Corpus.Read(Configured);
        var image = FlashImage.Parse(before);
        var shown = image.ObkConfig!.ToFields().Select(field => new NamedValue(field.Name, field.Value));
        BytesAssert.Equal(before, image.Edit().SetObkConfig(new ObkConfigDocument(shown).ApplyTo).ToArray());
    }

    [Theory]
    [InlineData(Plain, 0x1D1000, "OpenBK7231N_8C000000")]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", 0x1E1000, "OpenBK7231T_8C000000")]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", 0x1E1000, "OpenBK7238_8C428848")]
    public void SetObkConfig_OfAFirmwareFileWithoutOne_ExtendsItToWhereTheFirmwareLooks(string file, int offset, string name)
    {
        byte[] before = Corpus.Read(file);
        byte[] after = FlashImage.Parse(before).Edit().SetObkConfig(builder => builder.Set("startupCommand", "echo hello")).ToArray();
        Assert.Equal(offset + 4096, after.Length);
        BytesAssert.Equal(before, after.AsSpan(0, before.Length));
        BytesAssert.Equal(Enumerable.Repeat((byte)0xFF, offset - before.Length).ToArray(), after.AsSpan(before.Length, offset - before.Length));
        var config = FlashImage.Parse(after).ObkConfig!;
        Assert.Equal((true, "echo hello", name), (config.ChecksumOk, config.StartupCommand, (string)config["longDeviceName"]!));
    }

    [Fact]
    public void SetObkConfig_WhereNoOpenBekenRuns_IsRefused()
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"));
        Assert.Equal(FindingCode.AddressUnknown, Assert.Throws<ImageGuardException>(() => image.Edit().SetObkConfig(builder => builder.Set("mqttPort", 1))).Code);
    }

    [Fact]
    public void SetObkConfig_WithAWrongChecksum_IsRefused()
    {
        byte[] bytes = Corpus.Read(Configured);
        bytes[0x1D1003] ^= 1;
        var image = FlashImage.Parse(bytes);
        Assert.Equal(FindingCode.ObkChecksum, Assert.Throws<BekenImageException>(() => image.Edit().SetObkConfig(builder => builder.Set("mqttPort", 1))).Code);
        var config = FlashImage.Parse(image.Edit().SetObkConfig(builder => builder.Set("mqttPort", 1), fromDefaults: true).ToArray()).ObkConfig!;
        Assert.Equal((true, 1L, string.Empty), (config.ChecksumOk, (long)config["mqttPort"]!, config.StartupCommand));
    }

    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin")]
    [InlineData(Rotated)]
    [InlineData("BK7231T_TuyaConfig_PC44HA.bin")]
    public void SetTuyaValue_ChangesThatValueOnly(string file)
    {
        byte[] before = Corpus.Read(file);
        var image = FlashImage.Parse(before);
        string name = image.TuyaStorage!.Values.First(value => value.Name != "user_param_key" && value.Text is { Length: > 1 }).Name;
        var after = FlashImage.Parse(image.Edit().SetTuya(name, "{\"changed\":1}").ToArray());
        Assert.Equal(image.Rotation, after.Rotation);
        Assert.Equal("{\"changed\":1}", after.TuyaStorage!.Find(name)!.Text);
        foreach (var value in image.TuyaStorage.Values.Where(value => value.Name != name))
            BytesAssert.Equal(value.Data.Span, after.TuyaStorage.Find(value.Name)!.Data.Span);
        var range = new FlashRange(image.TuyaStorage.Offset, image.TuyaStorage.Length);
        byte[] expected = image.Bytes.ToArray();
        foreach (var area in image.TuyaContents.ProtectedBlocks.Select(block => new FlashRange(block.Offset, 4096)).Append(range))
            area.Of(after.Bytes).CopyTo(expected.AsMemory((int)area.Start));
        BytesAssert.Equal(expected, after.Bytes.Span);
    }

    [Fact]
    public void SetTuyaValue_OfUserParamKey_RenewsItsCrcInStorageAndFile()
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"));
        var after = FlashImage.Parse(image.Edit().SetTuya("user_param_key", "{a:1,crc:0,}").ToArray());
        // FORMAT.md: {a:1} gives 69.
        Assert.Equal("{a:1,crc:69,}", after.TuyaStorage!.Find("user_param_key")!.Text);
        Assert.Equal("{a:1,crc:69,}", System.Text.Encoding.ASCII.GetString(after.TuyaContents.FileSystem!.Find("oem_cfg")!.Data.Span));
        Assert.Equal(FindingCode.TuyaUserParamInvalid, Assert.Throws<BekenImageException>(() => image.Edit().SetTuya("user_param_key", "a:1")).Code);
    }

    [Fact]
    public void SetTuyaValue_WithoutStorage_IsRefused() => Assert.Equal(FindingCode.TuyaNothingToWrite,
        Assert.Throws<BekenImageException>(() => FlashImage.Parse(Corpus.Read(Plain)).Edit().SetTuya("a", "b")).Code);

    [Fact]
    public void Put_OverAnotherAreaOrTheBootloader_IsRefused()
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"));
        var patch = new DraftEdit(image);
        Assert.Equal(FindingCode.RegionsOverlap, Refusal(() => patch.Put(0x1ED000, new byte[4096], "rf", "test", "rf")));
        Assert.Equal(FindingCode.RegionsOverlap, Refusal(() => patch.Put(0x20000, new byte[4096], "rf", "test", "rf")));
        Assert.Equal(FindingCode.BootloaderProtected, Refusal(() => patch.Put(0x10FFF, new byte[2], "rf", "test", "boot")));
        Assert.Equal(FindingCode.OutsideFlash, Refusal(() => patch.Put(0x1FFFFF, new byte[2], "tuya", "test", "tuya")));
        Assert.Equal(FindingCode.OutsideFlash, Refusal(() => patch.Append(0x200000, new byte[4096], "rf", "test")));
        BytesAssert.Equal(image.Source.Span, patch.Bytes.Span);
        Assert.Empty(patch.Changes);
    }

    private static FindingCode Refusal(Action write) => Assert.Throws<ImageGuardException>(write).Code;
}
