using System.Text;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Sanitizing;

public class ImageSanitizerTests
{
    [Fact]
    public void Sanitize_OfAllAreas_LeavesNoSecretAndEveryReaderContent()
    {
        byte[] before = DataImages.Full();
        var result = FlashImage.Parse(before).Edit().Sanitize();
        byte[] after = result.ToArray();
        AssertHoldsNone(after, DataImages.Secrets);
        var image = FlashImage.Parse(after);
        Assert.Empty(image.FastConnectRecords);
        Assert.Equal("02:11:22:33:44:55", Assert.Single(image.NetParamTables).Mac.ToString());
        Assert.Equal((true, "host.example"), (image.ObkConfig!.ChecksumOk, (string)image.ObkConfig["mqttHost"]!));
        Assert.Equal("startDriver BL0942", image.ObkConfig.StartupCommand.Split(';')[1].Trim());
        Assert.Equal("Btn", image.ObkConfig.Pins[6].RoleName);
        Assert.Equal(["OBK_FV"], image.FlashVarsStore!.Names);
        Assert.Equal(["gw_bi", "gw_wsm"], image.TuyaStorage!.Values.Select(value => value.Name));
        Assert.All(image.TuyaStorage.Values, value => Assert.True(value.SumOk));
        Assert.Equal("{\"uuid\":\"0000000000000000\",\"prod_test\":false}", image.TuyaStorage.Find("gw_bi")!.Text);
        Assert.Single(image.TuyaContents.ProtectedBlocks);
        BytesAssert.Equal(before.AsSpan(DataImages.RfOffset, 4096), after.AsSpan(DataImages.RfOffset, 4096));
        Assert.Equal("left lying: 0000000000000, 0000000000000, 0000000000000;", Encoding.ASCII.GetString(after, DataImages.StrayOffset, 56));
        // The image has every area, but no programs.
        Assert.DoesNotContain(image.Findings, finding => finding.Severity == FindingSeverity.Error && finding.Code != FindingCode.BootloaderMissing);
    }

    [Fact]
    public void Sanitize_NamesWhatItChanged_AndNothingElseDiffers()
    {
        byte[] before = DataImages.Full();
        var result = FlashImage.Parse(before).Edit().Sanitize();
        Assert.Equal(["fast-connect", "flash-vars", "gap", "net", "obk-config", "tuya", "tuya-protected"],
            result.Changes.Select(change => change.What).Distinct().OrderBy(name => name, StringComparer.Ordinal));
        byte[] after = result.ToArray();
        byte[] expected = before.ToArray();
        foreach (var change in result.Changes)
            change.Range.Of(after).CopyTo(expected.AsMemory((int)change.Range.Start));
        BytesAssert.Equal(expected, after);
        Assert.Equal(before.Zip(after, (left, right) => left != right ? 1L : 0).Sum(), result.Changes.Sum(change => change.ChangedBytes));
    }

    [Fact]
    public void Sanitize_Twice_ChangesNothingMore()
    {
        var once = FlashImage.Parse(DataImages.Full()).Edit().Sanitize();
        var twice = FlashImage.Parse(once.ToArray()).Edit().Sanitize();
        Assert.Empty(twice.Changes);
        BytesAssert.Equal(once.ToArray(), twice.ToArray());
    }

    [Fact]
    public void Sanitize_OfALittleFsVolume_CleansScriptsAndWhatWasDeleted()
    {
        byte[] bytes = DataImages.Full();
        byte[] script = Encoding.ASCII.GetBytes("startDriver BL0942\nPassword1 secret of the script\nPublish HomeNetwork-C\n");
        byte[] page = Encoding.ASCII.GetBytes("<html>password: none; HomeNetwork-C</html>");
        byte[] volume = LittleFsWriter.Create(0x10000, [LittleFsEntry.File("autoexec.bat", script), LittleFsEntry.File("www/index.html", page), LittleFsEntry.File("a.bin", new byte[5000])]);
        Encoding.ASCII.GetBytes("a deleted script: Password1 forgotten").CopyTo(volume, 0xF000);
        volume.CopyTo(bytes, 0x1C0000);
        var once = FlashImage.Parse(bytes).Edit().Sanitize();
        Assert.Empty(once.Findings);
        Assert.True(LittleFsReader.TryRead(once.ToArray().AsMemory(0x1C0000, 0x10000), 0x1C0000, null, out var clean));
        Assert.False(clean!.IsDamaged);
        Assert.Equal(["a.bin", "autoexec.bat", "www/index.html"], clean.Files.Select(file => file.Path).OrderBy(path => path, StringComparer.Ordinal));
        string text = Encoding.ASCII.GetString(clean.Find("autoexec.bat")!.ToArray());
        Assert.Equal($"startDriver BL0942\n{new string(' ', 30)}\nPublish 0000000000000\n", text);
        Assert.Equal("<html>password: none; 0000000000000</html>", Encoding.ASCII.GetString(clean.Find("www/index.html")!.ToArray()));
        BytesAssert.Equal(new byte[5000], clean.Find("a.bin")!.ToArray());
        AssertHoldsNone(once.ToArray().ToArray(), [.. DataImages.Secrets, "secret of", "forgotten"]);
        Assert.Empty(FlashImage.Parse(once.ToArray()).Edit().Sanitize().Changes);
    }

    [Fact]
    public void Sanitize_OfALibreTinyDevice_ErasesItsPreferencesAndKeepsTheRest()
    {
        byte[] before = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "LibreTiny v1.9.1") }.WithRf(0x1D0000)
            .With(0x1D3000, Encoding.ASCII.GetBytes("FDB0 my password")).Dump();
        var image = FlashImage.Parse(before);
        Assert.Equal(FirmwareFlavor.LibreTiny, image.Flavor);
        byte[] expected = before.ToArray();
        expected.AsSpan(0x1D3000, 0x8000).Fill(0xFF);
        BytesAssert.Equal(expected, image.Edit().Sanitize().ToArray());
    }

    [Fact]
    public void Sanitize_OfAProgramThatHoldsASecret_LeavesTheProgramAlone()
    {
        byte[] before = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN + "\0 HomeNetwork-C "), Key = SyntheticKey.Zero }
            .With(0x1D1000, [.. DataImages.ObkConfig(), .. new byte[512].Select(_ => (byte)0xFF)]).Dump();
        var result = FlashImage.Parse(before).Edit().Sanitize();
        BytesAssert.Equal(before.AsSpan(0, 0x1D1000), result.ToArray().AsSpan(0, 0x1D1000));
        Assert.Equal(["obk-config"], result.Changes.Select(change => change.What));
    }

    [Fact]
    public void Sanitize_OfAConfigTheFirmwareRefuses_DoesNotMakeItOneItTakes()
    {
        byte[] bytes = DataImages.Full();
        bytes[DataImages.ObkOffset + 3] ^= 0x55;
        var once = FlashImage.Parse(bytes).Edit().Sanitize();
        Assert.False(FlashImage.Parse(once.ToArray()).ObkConfig!.ChecksumOk);
        AssertHoldsNone(once.ToArray().ToArray(), DataImages.Secrets);
        Assert.Empty(FlashImage.Parse(once.ToArray()).Edit().Sanitize().Changes);
    }

    [Fact]
    public void Sanitize_AnyByteFlipped_NeverThrows()
    {
        byte[] image = DataImages.Full();
        int[] areas = [DataImages.RfOffset, DataImages.FastConnectOffset, DataImages.NetParamOffset, DataImages.FlashVarsOffset, DataImages.ProtectedOffset, DataImages.ObkOffset, TuyaImages.KeyOffset];
        for (int i = 0; i < 28; i++)
        {
            byte[] damaged = image.ToArray();
            damaged[areas[i % areas.Length] + i * 3] ^= 0xFF;
            FlashImage.Parse(damaged).Edit().Sanitize();
        }
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Sanitize_OfACorpusImage_KeepsProgramsVerifyAndReaders(string file)
    {
        byte[] stored = Corpus.Read(file);
        var before = FlashImage.Parse(stored);
        var secrets = TuyaSanitizer.Sanitize(before.Bytes.Span).Secrets;
        var result = before.Edit().Sanitize();
        var after = FlashImage.Parse(result.ToArray());
        Assert.Equal((before.Kind, before.Chip, before.Rotation, before.Length), (after.Kind, after.Chip, after.Rotation, after.Length));
        Assert.Equal(before.Partitions.Select(Describe), after.Partitions.Select(Describe));
        Assert.Equal(before.TuyaStorage?.Values.Select(value => (value.Name, value.StoredLength, value.SumOk)), after.TuyaStorage?.Values.Select(value => (value.Name, value.StoredLength, value.SumOk)));
        Assert.Equal(before.UserParameters.Select(found => found.Parameters.Text), after.UserParameters.Select(found => found.Parameters.Text));
        Assert.Equal(ImageVerifier.Verify(before).Checks.Select(check => (check.Name, check.Status, check.Message)), ImageVerifier.Verify(after).Checks.Where(check => check.Code != FindingCode.TuyaIdentityBlank).Select(check => (check.Name, check.Status, check.Message)));
        string plain = string.Concat((after.TuyaStorage?.AllBlocks ?? []).Select(block => Encoding.Latin1.GetString(block.Plain.Span)));
        string raw = Encoding.Latin1.GetString(after.Bytes.Span);
        foreach (var secret in secrets)
        {
            string text = Encoding.Latin1.GetString(secret.Span);
            Assert.DoesNotContain(text, plain, StringComparison.Ordinal);
            Assert.DoesNotContain(text, raw, StringComparison.Ordinal);
        }
        Assert.Empty(after.Edit().Sanitize().Changes);
    }

    private static string Describe(Partition partition) => $"{partition.Name} {partition.Range} {partition.Pages?.Valid} {partition.Pages?.Bad}";

    // The storage and the protected block are looked into with the test's own cipher.
    private static void AssertHoldsNone(byte[] image, string[] secrets)
    {
        byte[] storage = image.AsSpan(TuyaImages.KeyOffset + 4096, 0x2000).ToArray();
        byte[] outer = TuyaImages.Crypt(TuyaImages.MasterKey, image.AsSpan(DataImages.ProtectedOffset, 4096).ToArray(), false);
        string everything = Encoding.Latin1.GetString(image) + Encoding.Latin1.GetString(TuyaImages.Crypt(TuyaImages.DataKey(), storage, false)) +
            Encoding.Latin1.GetString(TuyaImages.Crypt(TuyaImages.DataKey(), outer.AsSpan(32).ToArray(), false));
        byte[] pattern = Convert.FromHexString("55AA5A55A54D637F");
        string unmasked = Encoding.Latin1.GetString(image.AsSpan(DataImages.FastConnectOffset, 4096).ToArray().Select((value, i) => (byte)(value ^ pattern[i % 8])).ToArray());
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, unmasked, StringComparison.Ordinal);
        }
    }
}
