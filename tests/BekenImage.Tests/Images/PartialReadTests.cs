using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Reads that begin anywhere but at 0 or 0x11000: what proves itself is found where it lies, and nothing is said of what does not.</summary>
public class PartialReadTests
{
    private const int Rf = 0x1D0000;
    private const int Config = 0x1D3000;
    private const int Storage = TuyaImages.KeyOffset;

    private static readonly byte[] Value = TuyaImages.Text("{\"ssid\":\"HomeNetwork-D\",\"passwd\":\"pass phrase D\"}");

    private static readonly Lazy<byte[]> Device = new(() =>
    {
        byte[] flash = SyntheticImages.TuyaN;
        flash.AsSpan(0x1D1000).Fill(0xFF);
        ObkTestData.Sector(ObkTestData.Minimal(startupCommand: "startDriver BL0942")).CopyTo(flash, Config);
        TuyaImages.Piece(TuyaImages.DataKey(), TuyaImages.Block(0, 1).Index(1, "gw_wsm", Value, (0, 2, 2)).Data(2, Value)).CopyTo(flash, Storage);
        return flash;
    });

    public static TheoryData<int, int> Cuts => new()
    {
        { 0x1000, 0x200000 }, { 0x10000, 0x200000 }, { 0x100000, 0x200000 }, { 0x11022, 0x200000 }, { 0x12345, 0x200000 }, { 0x1CFFFF, 0x200000 },
        { 0x1C0123, 0x1FFFFF }, { 0x10FFF, 0x1F1234 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Data_OfAReadFromAnywhere_IsFoundWhereItLies(int start, int end)
    {
        byte[] flash = Device.Value;
        var image = FlashImage.Parse(flash[start..end]);
        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Equal((0, 0L), (image.Rotation, image.PhysicalBase));
        Assert.Equal(Rf - start, image.Rf!.Offset);
        Assert.Equal(FlashImage.Parse(flash).Rf!.Mac, image.Rf.Mac);
        Assert.Equal(Config - start, image.ObkConfig!.Offset);
        Assert.True(image.ObkConfig.ChecksumOk);
        Assert.Equal(Storage - start, image.TuyaStorage!.Offset);
        Assert.Equal(Value, image.TuyaStorage.Find("gw_wsm")!.Data.ToArray());
        // Neither chip nor key nor a program: nothing in it proves one.
        Assert.Equal((BekenChip.Unknown, "unknown"), (image.Chip, image.Key.Name));
        Assert.DoesNotContain(image.Partitions, partition => partition.IsStriped);
        int sector = -start & 0xFFF;
        var shifted = image.Findings.SingleOrDefault(finding => finding.Code == FindingCode.SectorsShifted);
        Assert.Equal(sector == 0 ? null : sector, shifted?.Offset);
    }

    [Theory]
    [InlineData(0x1D1000, 0x200000)]
    [InlineData(0x1D1234, 0x200000)]
    [InlineData(0x1EDABC, 0x200000)]
    [InlineData(0x1EDABC, 0x1F0000)]
    [InlineData(0x1E0001, 0x1F0FFF)]
    public void TuyaStorage_AloneInAShiftedRead_IsFound(int start, int end)
    {
        byte[] flash = Device.Value.ToArray();
        flash.AsSpan(Config, 0x1000).Fill(0xFF);
        var image = FlashImage.Parse(flash[start..end]);
        Assert.Equal(Storage - start, image.TuyaStorage!.Offset);
        Assert.Equal(Value, image.TuyaStorage.Find("gw_wsm")!.Data.ToArray());
    }

    // No mark and no erased flash in front: the file begins inside a sector of code.
    [Fact]
    public void TuyaStorage_BehindSomethingElse_IsFoundInASmallPiece()
    {
        byte[] code = Synthetic.SyntheticPrograms.Noise(0x777, 4);
        byte[] piece = [.. code, .. Device.Value[Storage..(Storage + 0x4000)]];
        Assert.Equal(code.Length, FlashImage.Parse(piece).TuyaStorage!.Offset);
    }

    [Fact]
    public void LittleFs_InAShiftedRead_IsFound()
    {
        byte[] volume = LittleFsWriter.Create(0x8000, [LittleFsEntry.File("autoexec.bat", "startDriver BL0942"u8.ToArray())]);
        byte[] piece = [.. Synthetic.SyntheticPrograms.Noise(0x321, 5), .. volume];
        var image = FlashImage.Parse(piece);
        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Equal(0x321, image.LittleFs!.Offset);
        Assert.Equal("startDriver BL0942"u8.ToArray(), Assert.Single(image.LittleFs.Entries).ToArray());
    }

    [Theory]
    [InlineData(0x22000, 0x33000, 0)]
    [InlineData(0x30000, 0x90000, 14)]
    [InlineData(0x30011, 0x90123, 31)]
    public void Pages_OfAReadFromTheMiddle_AreSaidAndNotPlaced(int start, int end, int firstPage)
    {
        // A page begins where the address is a multiple of 34.
        Assert.Equal(firstPage, (34 - start % 34) % 34);
        byte[] flash = Synthetic.SyntheticImage.ObkNFirmware(appLength: 0x90000).Qio();
        var image = FlashImage.Parse(flash[start..end]);
        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Empty(image.Partitions);
        var pages = Assert.Single(image.Findings, finding => finding.Code == FindingCode.UnplacedPages);
        Assert.Equal(firstPage, pages.Offset);
        Assert.Equal(firstPage != 0, pages.Message.Contains(FormattableString.Invariant($"{34 - firstPage} bytes behind the start of a page"), StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_OfAReadFromTheMiddle_SaysWhatIsMissing()
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(Device.Value[0x12345..]));
        Assert.False(result.Boots);
        Assert.Null(result.Backup);
        foreach (string name in new[] { "bootloader-vectors", "app-vectors" })
            Assert.Contains("not in this part of a dump", result.Checks.Single(check => check.Name == name).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Checks, check => check.Status == CheckStatus.Pass && check.Name.EndsWith("pages", StringComparison.Ordinal));
    }

    [Fact]
    public void Combine_OfAReadFromTheMiddle_IsRefusedWithTheReason()
    {
        var plan = new ImageCombiner(FlashImage.Parse(Device.Value[0x12345..]), FlashImage.Parse(SyntheticImages.ObkN)).Plan();
        Assert.False(plan.CanBuild);
        var refusal = Assert.Single(plan.Findings);
        Assert.Equal(FindingCode.WrongKind, refusal.Code);
        Assert.Contains("nothing proves where in the chip it belongs", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Table_AndConfiguration_AreTakenOutOfAPart(int start, int end)
    {
        byte[] piece = Device.Value[start..end];
        Assert.Equal(RfTestData.SectorSize, RfTestData.Sector([]).Length);
        Assert.Equal(FlashImage.Parse(Device.Value).Rf!.Bytes.ToArray(), RfSource.Read(piece).Bytes.ToArray());
        Assert.Equal(Device.Value[Config..(Config + 3584)], ObkSource.Read(piece).Bytes.ToArray());
        var target = FlashImage.Parse(SyntheticImages.ObkN).Edit().SetObkConfig(builder => ObkSource.ReadDocument(piece).ApplyTo(builder), fromDefaults: true).ToImage();
        Assert.Equal("startDriver BL0942", target.ObkConfig!["startupCommand"]);
        Assert.Equal(FindingCode.ObkNotAConfig, Assert.Throws<BekenImageException>(() => ObkSource.Read(SyntheticImages.TuyaN)).Code);
    }

    [Fact]
    public void Sanitize_OfAShiftedRead_LeavesNoSecret()
    {
        byte[] piece = Device.Value[0x12345..];
        var clean = FlashImage.Parse(piece).Edit().Sanitize().ToImage();
        Assert.DoesNotContain("pass phrase D", System.Text.Encoding.ASCII.GetString(clean.TuyaStorage!.Find("gw_wsm")!.Data.ToArray()), StringComparison.Ordinal);
        Assert.Equal(FlashImage.Parse(piece).Rf!.Offset, clean.Rf!.Offset);
    }

    [Fact]
    public void Noise_IsNothing_AtWhateverPhase()
    {
        var image = FlashImage.Parse(Synthetic.SyntheticPrograms.Noise(0x12345, 6));
        Assert.Equal(ImageKind.Unknown, image.Kind);
        Assert.Empty(image.Partitions);
    }

    [Theory]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", 0x1D0123)]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", 0x12345)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", 0x11022)]
    public void Device_CutAnywhere_GivesTheDataOfTheWhole(string file, int start)
    {
        var whole = SyntheticImages.FromCorpus(file);
        var piece = FlashImage.Parse(Corpus.Read(file)[start..]);
        Assert.Equal(whole.Rf!.Offset - start, piece.Rf!.Offset);
        Assert.Equal(whole.TuyaStorage!.Values.Select(value => value.Name), piece.TuyaStorage!.Values.Select(value => value.Name));
        Assert.Equal(whole.TuyaStorage.Offset - start, piece.TuyaStorage.Offset);
        // T's file system lies in three areas; which it has is told by its distance to the storage.
        Assert.Equal(
            whole.TuyaContents.FileSystem?.Areas.Select(area => area.Start - start).Where(at => at >= 0), piece.TuyaContents.FileSystem?.Areas.Select(area => area.Start));
    }
}
