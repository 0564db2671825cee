using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>extract, put, encrypt, decrypt, crc, normalize and fal show.</summary>
public sealed class SmallVerbTests
{
    // ---- extract and put ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Extract_GivesPlainProgramsAndStoredBytes()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.TuyaN);
        byte[] app = SyntheticImage.TuyaNDevice().App;
        Tool.Run("extract", dump, "app", "-o", folder["app.bin"]).Succeeds();
        BytesAssert.Equal(app, folder.Read("app.bin").AsSpan(0, app.Length));
        Tool.Run("extract", dump, "app", "-o", folder["app.raw"], "--raw").Succeeds();
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x11000, 0x118F70), folder.Read("app.raw"));
        Tool.Run("extract", dump, "rf", "-o", folder["rf.bin"]).Succeeds();
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x1D0000, 0x1000), folder.Read("rf.bin"));
        Tool.Run("extract", dump, "0x1D0000+4K", "-o", folder["range.bin"]).Succeeds();
        BytesAssert.Equal(folder.Read("rf.bin"), folder.Read("range.bin"));
        Tool.Run("extract", dump, "0+2M", "-o", folder["all.bin"]).Succeeds();
        BytesAssert.Equal(Samples.TuyaN, folder.Read("all.bin"));
    }

    [Fact]
    public void Extract_OfARotatedDump_CountsFromPhysicalZero()
    {
        using var folder = new TestFolder();
        Tool.Run("extract", folder.Write("in.bin", Samples.Rotated), "0x1D0000+0x1000", "-o", folder["rf.bin"]).Succeeds();
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x1D0000, 0x1000), folder.Read("rf.bin"));
    }

    [Theory]
    [InlineData("nothing", "bootloader, app, download")]
    [InlineData("", "bootloader")]
    [InlineData("../app", "bootloader")]
    [InlineData("0x1FFFFF+2", "beyond")]
    [InlineData("0x200000+1", "beyond")]
    [InlineData("0x10+0x7fffffffffffffff", "bootloader")]
    [InlineData("-1+5", "there is no")]
    [InlineData("0x10+", "there is no")]
    [InlineData("+0x10", "there is no")]
    [InlineData("APP ", "there is no")]
    public void Extract_OfWhatIsNotThere_SaysWhatIs(string what, string says)
    {
        using var folder = new TestFolder();
        var result = Tool.Run("extract", folder.Write("in.bin", Samples.TuyaN), "-o", folder["out"], "--", what);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(says, result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["in.bin"], folder.Names);
    }

    [Fact]
    public void Put_IsTheInverseOfExtract()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.TuyaN);
        foreach (string what in new[] { "app", "rf", "0x1EE000+0x1000", "download" })
        {
            Tool.Run("extract", dump, what, "-o", folder["part"], "--force").Succeeds();
            Tool.Run("put", dump, what, folder["part"], "-o", folder["out"], "--force").Succeeds();
            BytesAssert.Equal(Samples.TuyaN, folder.Read("out"));
            Tool.Run("extract", dump, what, "-o", folder["part"], "--force", "--raw").Succeeds();
            Tool.Run("put", dump, what, folder["part"], "-o", folder["out"], "--force").Succeeds();
            BytesAssert.Equal(Samples.TuyaN, folder.Read("out"));
        }
    }

    [Fact]
    public void Put_OfAnotherApp_BootsAndKeepsEveryOtherByte()
    {
        using var folder = new TestFolder();
        byte[] app = Samples.PlainApp;
        Tool.Run("put", folder.Write("in.bin", Samples.TuyaN), "app", folder.Write("app.bin", app), "-o", folder["out.bin"], "--plain").Succeeds();
        var boot = BootSimulator.Run(folder.Read("out.bin"), SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(app, boot.App);
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0, 0x11000), folder.Read("out.bin").AsSpan(0, 0x11000));
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x129F70), folder.Read("out.bin").AsSpan(0x129F70));
    }

    [Theory]
    [InlineData("bootloader", 0x11000, 4, "BKI9001")]
    [InlineData("0+16", 16, 4, "BKI9001")]
    [InlineData("0x10FFF+1", 1, 4, "BKI9001")]
    [InlineData("0x10000+0x2000", 0x2000, 4, "BKI9001")]
    [InlineData("0x1FFFFF+2", 2, 4, "BKI9004")]
    [InlineData("0x200000+4", 4, 4, "BKI9004")]
    [InlineData("0x1D1000+4", 5, 3, "BKI8008")]
    [InlineData("0x1D1000+4", 3, 3, "BKI8008")]
    [InlineData("rf", 0x1001, 4, "BKI9002")]
    [InlineData("app", 0x108700, 4, "BKI9002")]
    [InlineData("nothing", 4, 3, "BKI8008")]
    public void Put_WhereItMayNot_IsRefused(string what, int length, int exitCode, string code)
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.TuyaN), part = folder.Write("part.bin", SyntheticPrograms.Noise(length, 3));
        Tool.Run("put", dump, what, part, "-o", folder["out"]).Fails(exitCode, code, string.Empty);
        Tool.Run("put", dump, what, part, "-o", folder["out"], "--force").Fails(exitCode, code, string.Empty);
        Assert.Equal(["in.bin", "part.bin"], folder.Names);
    }

    // ---- cipher and CRC ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(1, "0x10000")]
    [InlineData(31, "0x10001")]
    [InlineData(4096, "0")]
    [InlineData(33, "0xFFFFFFF0")]
    public void Cipher_UndoesItselfAtAnyLengthAndAddress(int length, string address)
    {
        using var folder = new TestFolder();
        byte[] plain = SyntheticPrograms.Noise(length, 1);
        Tool.Run("encrypt", folder.Write("in", plain), "-o", folder["enc"], "--key", "tuya", "--address", address).Succeeds();
        Assert.Equal(length, folder.Read("enc").Length);
        Tool.Run("decrypt", folder["enc"], "-o", folder["dec"], "--key", "tuya", "--address", address).Succeeds();
        Assert.Equal(plain, folder.Read("dec"));
    }

    [Fact]
    public void Encrypt_AgreesWithThePlainReference()
    {
        using var folder = new TestFolder();
        byte[] plain = SyntheticPrograms.Noise(1000, 1);
        Tool.Run("encrypt", folder.Write("in", plain), "-o", folder["enc"], "--key", "4862379a,8612784b,85c5e258,75754528", "--address", "0x10000").Succeeds();
        BytesAssert.Equal(PlainFormats.Cipher(SyntheticKey.Uascent, 0x10000, plain), folder.Read("enc"));
        Tool.Run("encrypt", folder["in"], "-o", folder["pages"], "--key", "uascent", "--address", "64K", "--crc").Succeeds();
        byte[] padded = [.. plain, .. Samples.Blank(24)];
        BytesAssert.Equal(PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Uascent, 0x10000, padded)), folder.Read("pages"));
        Tool.Run("decrypt", folder["pages"], "-o", folder["dec"], "--key", "uascent", "--address", "64K", "--crc").Succeeds();
        BytesAssert.Equal(padded, folder.Read("dec"));
    }

    [Fact]
    public void Encrypt_BeyondThe32BitAddresses_IsUsage()
    {
        using var folder = new TestFolder();
        var result = Tool.Run("encrypt", folder.Write("in", [1]), "-o", folder["enc"], "--key", "tuya", "--address", "0x100000000");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["in"], folder.Names);
    }

    [Fact]
    public void Crc_AddStripCheckRepair()
    {
        using var folder = new TestFolder();
        byte[] data = SyntheticPrograms.Noise(100, 1);
        Tool.Run("crc", "add", folder.Write("in", data), "-o", folder["pages"]).Succeeds();
        byte[] pages = PlainFormats.Pages(data);
        BytesAssert.Equal(pages, folder.Read("pages"));
        Tool.Run("crc", "strip", folder["pages"], "-o", folder["data"]).Succeeds();
        BytesAssert.Equal([.. data, .. Samples.Blank(28)], folder.Read("data"));

        Assert.Equal(0, Tool.Run("crc", "check", folder["pages"]).ExitCode);
        pages[34 * 2 + 5] ^= 1;
        folder.Write("bad", [.. pages, .. Samples.Blank(34)]);
        var check = Tool.Run("crc", "check", folder["bad"], "--json");
        Assert.Equal(1, check.ExitCode);
        Assert.Equal("crc check", check.Json.GetProperty("verb").GetString());
        Assert.Equal((3, 1, 1, 2, 2), (check.Json.GetProperty("valid").GetInt32(), check.Json.GetProperty("erased").GetInt32(), check.Json.GetProperty("bad").GetInt32(),
            check.Json.GetProperty("leadingValid").GetInt32(), check.Json.GetProperty("firstBad").GetInt32()));
        Tool.Run("crc", "strip", folder["bad"], "-o", folder["no"]).Fails(3, "BKI1003", "(at 0x44)");
        Tool.Run("crc", "repair", folder["bad"], "-o", folder["repaired"]).Succeeds();
        Assert.Equal(0, Tool.Run("crc", "check", folder["repaired"]).ExitCode);
        BytesAssert.Equal(pages.AsSpan(0, 34 * 3 - 2), folder.Read("repaired").AsSpan(0, 34 * 3 - 2));
        BytesAssert.Equal(Samples.Blank(34), folder.Read("repaired").AsSpan(34 * 4));
        Tool.Run("crc", "check", folder.Write("odd", pages[..^1])).Fails(3, "BKI8008", "33 bytes into one (at 0x66)");
    }

    [Fact]
    public void Decrypt_OfPagesWithAWrongCrc_SaysWhichPage()
    {
        using var folder = new TestFolder();
        byte[] pages = Samples.ObkNUa[..(34 * 20)];
        pages[34 * 7] ^= 1;
        Tool.Run("decrypt", folder.Write("in", pages), "-o", folder["out"], "--key", "tuya", "--address", "0x10000", "--crc").Fails(3, "BKI1003", "the first is page 7 (at 0xee)");
    }

    // ---- normalize and fal -------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("rotated", "rotated right")]
    [InlineData("doubled", "doubled read")]
    [InlineData("overlong", "over-long read")]
    [InlineData("normal", "nothing to undo")]
    public void Normalize_SaysWhatItUndid(string what, string says)
    {
        using var folder = new TestFolder();
        byte[] image = what switch
        {
            "rotated" => Samples.Rotated, "doubled" => [.. Samples.TuyaN, .. Samples.TuyaN], "overlong" => [.. Samples.TuyaN, .. Samples.TuyaN[..0x5000]], _ => Samples.TuyaN,
        };
        string input = folder.Write("in.bin", image);
        var result = Tool.Run("normalize", input, "-o", folder["out.bin"]).Succeeds();
        Assert.Contains(says, result.Output, StringComparison.Ordinal);
        BytesAssert.Equal(Samples.TuyaN, folder.Read("out.bin"));
        var json = Tool.Run("normalize", input, "-o", folder["out.bin"], "--json", "--force").Succeeds().Json;
        Assert.Equal(what == "normal" ? 0 : 1, json.GetProperty("changes").GetArrayLength());
        Assert.Equal(0x200000, json.GetProperty("length").GetInt32());
    }

    [Fact]
    public void FalShow_ShowsTheTableAsStored()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.Dreo);
        var json = Tool.Run("fal", "show", dump, "--json").Succeeds().Json;
        Assert.Equal("fal show", json.GetProperty("verb").GetString());
        Assert.Equal(["download", "app", "bootloader"], json.GetProperty("fal").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("fal").EnumerateArray(), entry => Assert.True(entry.GetProperty("crcOk").GetBoolean()));
        var text = Tool.Run("fal", "show", dump).Succeeds();
        Assert.Contains("logical", text.Output, StringComparison.Ordinal);
        Assert.Contains("0x132000", text.Output, StringComparison.Ordinal);
        Tool.Run("fal", "show", folder.Write("rf.bin", RfTestData.Sector(RfTestData.WorkedTable))).Fails(3, "BKI3001", "no bootloader");
    }
}
