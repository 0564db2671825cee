using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class FalVerbTests
{
    private const string SdkTable = """
        { "part_table": [
          { "magic": "0x45503130", "name": "bootloader", "flash_name": "beken_onchip_crc", "offset": "0x00000000", "len": "64K" },
          { "magic": "0x45503130", "name": "app", "flash_name": "beken_onchip_crc", "offset": "0x00010000", "len": "1088K" },
          { "magic": "0x45503130", "name": "download", "flash_name": "beken_onchip", "offset": 1253376, "len": "696K" } ] }
        """;

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin")]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin")]
    public void FalSet_OfAnotherTable_ChangesItAndItsHeaderAlone(string file)
    {
        byte[] original = Corpus.Read(file);
        using var verbs = new TestFolder();
        verbs.Do("fal", "show", Corpus.PathOf(file), "--json");
        string own = verbs.Write("own.json", verbs.Output), sdk = verbs.Write("sdk.json", SdkTable);
        verbs.Do("fal", "set", Corpus.PathOf(file), "--table", own, "-o", verbs["same.bin"]);
        BytesAssert.Equal(original, verbs.Read("same.bin"));

        verbs.Do("fal", "set", Corpus.PathOf(file), "--table", sdk, "-o", verbs["changed.bin"]);
        var before = FlashImage.Parse(original);
        var after = FlashImage.Parse(verbs.Read("changed.bin"));
        Assert.Equal(
            [("bootloader", 0u, 0x10000u, true), ("app", 0x10000u, 0x110000u, true), ("download", 0x132000u, 0xAE000u, true)],
            after.Fal!.Partitions.Select(entry => (entry.Name, entry.Offset, entry.Length, entry.CrcOk != false)));
        Assert.Equal(before.Fal!.LogicalOffset, after.Fal.LogicalOffset);
        var header = after.Containers[0];
        Assert.Equal((before.Containers[0].Offset, true, true, true), (header.Offset, header.HeaderCrcOk, header.PayloadCrcOk == true, header.PayloadHashOk == true));
        long tablePages = before.Fal.LogicalOffset / 32 * 34;
        for (int at = 0; at < original.Length; at++)
        {
            if (before.Bytes.Span[at] != after.Bytes.Span[at])
                Assert.True(at >= tablePages && at < tablePages + 8 * 34 || at >= header.Offset && at < header.Offset + 102, $"0x{at:x}");
        }
    }

    [Theory]
    [InlineData("{ }", "'part_table'")]
    [InlineData("{ \"part_table\": [ 1 ] }", "entry 0 is no object")]
    [InlineData("{ \"part_table\": [ { \"name\": \"\", \"flash_name\": \"beken_onchip\", \"offset\": 0, \"len\": 1 } ] }", "'name'")]
    [InlineData("{ \"part_table\": [ { \"name\": \"app\", \"flash_name\": \"norflash\", \"offset\": 0, \"len\": 1 } ] }", "beken_onchip_crc")]
    [InlineData("{ \"part_table\": [ { \"name\": \"app\", \"flash_name\": \"beken_onchip\", \"offset\": -1, \"len\": 1 } ] }", "'offset'")]
    [InlineData("{ \"part_table\": [ { \"name\": \"app\", \"flash_name\": \"beken_onchip\", \"offset\": 0, \"len\": \"1.5K\" } ] }", "'len'")]
    [InlineData("{ \"part_table\": [ { \"name\": \"app\", \"flash_name\": \"beken_onchip\", \"offset\": 0, \"len\": 1 } ] }", "has 3 entries")]
    public void FalSet_OfUnfitJson_SaysWhatIsWrong(string json, string says)
    {
        using var verbs = new TestFolder();
        string table = verbs.Write("table.json", json);
        Assert.Equal(3, verbs.Run("fal", "set", verbs.Write("in.bin", Samples.ObkN), "--table", table, "-o", verbs["out.bin"]));
        Assert.Contains(says, verbs.Error, StringComparison.Ordinal);
        Assert.Equal(4, verbs.Run("fal", "set", verbs["in.bin"], "--table", table, "-o", table, "--force"));
        Assert.Equal(3, verbs.Run("fal", "set", verbs.Write("ua.bin", Samples.ObkNUa), "--table", verbs.Write("sdk.json", SdkTable), "-o", verbs["out.bin"]));
        Assert.False(File.Exists(verbs["out.bin"]));
    }
}
