using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class VendorEncryptVerbTests
{
    [Theory]
    [InlineData("enc_00.bin", "tuya")]
    [InlineData("enc_01.bin", "zero")]
    [InlineData("enc_03.bin", "deadbeef 01234567 89abcdef 55000000")]
    [InlineData("enc_05.bin", "deadbeef,01234567,89abcdef,5500138c")]
    public void EncryptVendor_OfTheVendorsInput_GivesItsOutput(string file, string key)
    {
        byte[] expected = Corpus.ReadVector(file);
        using var verbs = new TestFolder();
        verbs.Do("encrypt", verbs.Write("app.bin", Corpus.ReadVector("app.bin")), "-o", verbs["out.bin"], "--key", key, "--address", "0x10000", "--vendor");
        BytesAssert.Equal(expected, verbs.Read("out.bin"));
    }

    [Fact]
    public void EncryptVendor_At0_EndsInSixteenPlainBytes()
    {
        using var verbs = new TestFolder();
        string input = verbs.Write("in.bin", new byte[33]);
        verbs.Do("encrypt", input, "-o", verbs["vendor.bin"], "--key", "tuya", "--address", "0", "--vendor");
        verbs.Do("encrypt", verbs.Write("padded.bin", [.. new byte[33], .. Samples.Blank(31)]), "-o", verbs["plain.bin"], "--key", "tuya", "--address", "0");
        BytesAssert.Equal([.. verbs.Read("plain.bin"), .. Samples.Blank(16)], verbs.Read("vendor.bin"));
    }

    [Fact]
    public void EncryptVendor_WithCrcOrToDecrypt_IsWrongUsage()
    {
        using var verbs = new TestFolder();
        string input = verbs.Write("in.bin", new byte[64]);
        Assert.Equal(2, verbs.Run("encrypt", input, "-o", verbs["out.bin"], "--key", "tuya", "--address", "0", "--vendor", "--crc"));
        Assert.Equal(2, verbs.Run("decrypt", input, "-o", verbs["out.bin"], "--key", "tuya", "--address", "0", "--vendor"));
        Assert.Equal(3, verbs.Run("encrypt", verbs["none.bin"], "-o", verbs["out.bin"], "--key", "tuya", "--address", "0", "--vendor"));
        Assert.False(File.Exists(verbs["out.bin"]));
    }
}
