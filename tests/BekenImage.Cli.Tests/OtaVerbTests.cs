using System.Diagnostics;
using System.IO.Compression;
using BekenImage.Cli.Tests.Support;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>ota pack, unpack and info; extract ota.</summary>
public sealed class OtaVerbTests
{
    private const string Key = "5AC0EE0B2379005E3F52CCA49B2D741D";
    private const string IV = "8BCC2EF2EDEC53C7";

    [Theory]
    [InlineData("none", "none")]
    [InlineData("none", "aes256")]
    [InlineData("gzip", "none")]
    [InlineData("gzip", "aes256")]
    [InlineData("QuickLZ", "AES256")]
    [InlineData("quicklz", "none")]
    [InlineData("fastlz", "none")]
    [InlineData("fastlz", "aes256")]
    public void Pack_ThenUnpack_GivesTheApplication(string compression, string encryption)
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", Samples.PlainApp);
        Tool.Run("ota", "pack", app, "-o", folder["app.rbl"], "--compress", compression, "--encrypt", encryption, "--app-version", "1.2.3", "--timestamp", "1700000000").Succeeds();
        Tool.Run("ota", "unpack", folder["app.rbl"], "-o", folder["back.bin"]).Succeeds();
        BytesAssert.Equal(Samples.PlainApp, folder.Read("back.bin"));

        var info = Tool.Run("ota", "info", folder["app.rbl"], "--json").Succeeds().Json;
        Assert.Equal("1.2.3", info.GetProperty("version").GetString());
        Assert.Equal("2023-11-14T22:13:20Z", info.GetProperty("timestamp").GetString());
        Assert.Contains("1.2.3", Tool.Run("ota", "info", folder["app.rbl"]).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal(4, Tool.Run("ota", "pack", app, "-o", folder["app.rbl"]).ExitCode);
        Tool.Run("ota", "pack", app, "-o", folder["app.rbl"], "--force").Succeeds();
    }

    [Fact]
    public void OwnKey_AsTextOrHex_IsTheSame_AndAnotherIsRefused()
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", Samples.PlainApp);
        string hexKey = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Key));
        string hexIv = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(IV));
        Tool.Run("ota", "pack", app, "-o", folder["text.rbl"], "--aes-key", Key, "--aes-iv", IV).Succeeds();
        Tool.Run("ota", "pack", app, "-o", folder["hex.rbl"], "--aes-key", hexKey, "--aes-iv", hexIv).Succeeds();
        BytesAssert.Equal(folder.Read("text.rbl"), folder.Read("hex.rbl"));
        Tool.Run("ota", "unpack", folder["text.rbl"], "-o", folder["back.bin"], "--aes-key", hexKey, "--aes-iv", IV).Succeeds();
        BytesAssert.Equal(Samples.PlainApp, folder.Read("back.bin"));

        Assert.Equal(3, Tool.Run("ota", "unpack", folder["text.rbl"], "-o", folder["no.bin"]).ExitCode);
        var wrong = Tool.Run("ota", "unpack", folder["text.rbl"], "-o", folder["no.bin"], "--aes-key", Key.ToLowerInvariant(), "--aes-iv", IV);
        Assert.Equal(3, wrong.ExitCode);
        Assert.DoesNotContain(Key, wrong.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("no.bin", folder.Names);
    }

    [Theory]
    [InlineData("--aes-key", "")]
    [InlineData("--aes-key", "0123456789ABCDEF0123456789ABCDE")]
    [InlineData("--aes-key", "0123456789ABCDEF0123456789ABCDEF0")]
    [InlineData("--aes-key", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEG")]
    [InlineData("--aes-key", "0123456789ABCDEF0123456789ABCDE\u20AC")]
    [InlineData("--aes-iv", "0123456789ABCDE")]
    [InlineData("--aes-iv", "0123456789ABCDEF0123456789ABCDEX")]
    [InlineData("--compress", "lzma")]
    [InlineData("--encrypt", "xor")]
    [InlineData("--timestamp", "4294967296")]
    [InlineData("--timestamp", "-1")]
    public void WrongUsage_Is2_AndWritesNothing(string option, string value)
    {
        using var folder = new TestFolder();
        var result = Tool.Run("ota", "pack", folder.Write("app.bin", Samples.PlainApp), "-o", folder["app.rbl"], option, value);
        Assert.True(result.ExitCode == 2, $"exit {result.ExitCode}: {result.Error}");
        Assert.Equal(["app.bin"], folder.Names);
    }

    [Fact]
    public void Timestamp_IsTheOptionElseSourceDateEpochElseZero()
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", Samples.PlainApp);
        Assert.Equal(0u, Packed(null));
        Assert.Equal(1234567890u, Packed("1234567890"));
        Assert.Equal(0u, Packed(""));
        Assert.Equal(7u, Packed("1234567890", "--timestamp", "7"));

        Assert.Equal(7u, Packed("yesterday", "--timestamp", "7"));
        foreach (string unusable in new[] { "yesterday", "-1", "4294967296", "1.5", " 5" })
        {
            var (exitCode, error) = Pack(unusable);
            Assert.Equal(2, exitCode);
            Assert.Contains("SOURCE_DATE_EPOCH", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }

        uint Packed(string? epoch, params string[] more)
        {
            Assert.Equal(0, Pack(epoch, more).ExitCode);
            return PlainFormats.Word(folder.Read("app.rbl"), 8);
        }

        (int ExitCode, string Error) Pack(string? epoch, params string[] more)
        {
            // A process of its own: the variable would be that of all tests.
            var start = new ProcessStartInfo("dotnet", ["exec", Tool.Program, "ota", "pack", app, "-o", folder["app.rbl"], "--force", .. more]) { RedirectStandardError = true };
            start.Environment["SOURCE_DATE_EPOCH"] = epoch;
            using var process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
    }

    [Fact]
    public void StandardInputAndOutput_CarryBytesOnly()
    {
        var (packed, package, _) = Tool.Pipe(Samples.PlainApp, "ota", "pack", "-", "-o", "-");
        Assert.Equal(0, packed);
        BytesAssert.Equal(OtaWriter.Pack(Samples.PlainApp), package);
        var (unpacked, app, _) = Tool.Pipe(package, "ota", "unpack", "-", "-o", "-");
        Assert.Equal(0, unpacked);
        BytesAssert.Equal(Samples.PlainApp, app);
    }

    [Theory]
    [InlineData("truncated", 3)]
    [InlineData("flipped", 3)]
    [InlineData("bomb", 3)]
    [InlineData("empty", 3)]
    [InlineData("dump without package", 3)]
    public void Unpack_OfWhatDoesNotOpen_SaysSoInOneLine(string what, int exitCode)
    {
        using var folder = new TestFolder();
        byte[] package = OtaWriter.Pack(Samples.PlainApp);
        byte[] file = what switch
        {
            "truncated" => package[..^1],
            "bomb" => PlainFormats.UpdatePackage(Samples.PlainApp[..0x1000], 0x100, Bomb()),
            "empty" => [],
            "dump without package" => Samples.TuyaN,
            _ => package,
        };
        if (what == "flipped")
            file[200] ^= 1;
        var result = Tool.Run("ota", "unpack", folder.Write("in.rbl", file), "-o", folder["out.bin"]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.NotEmpty(result.ErrorLine);
        Assert.Equal(["in.rbl"], folder.Names);
    }

    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
                gzip.Write(zeros);
        }
        return bytes.ToArray();
    }

    [Fact]
    public void Info_OfADamagedPackage_Is1_AndOfNone_Is3()
    {
        using var folder = new TestFolder();
        byte[] package = OtaWriter.Pack(Samples.PlainApp);
        package[300] ^= 1;
        Assert.Equal(1, Tool.Run("ota", "info", folder.Write("bad.rbl", package)).ExitCode);
        Assert.Equal(3, Tool.Run("ota", "info", folder.Write("no.bin", Samples.TuyaN)).ExitCode);
    }

    [Fact]
    public void StagedPackage_OfARealDevice_IsUnpacked()
    {
        byte[] dump = Corpus.Read("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin");
        using var folder = new TestFolder();
        string file = folder.Write("wa2.bin", dump);
        Tool.Run("ota", "unpack", file, "-o", folder["app.bin"]).Succeeds();
        Tool.Run("extract", file, "ota", "-o", folder["extracted.bin"]).Succeeds();
        Tool.Run("ota", "info", file).Succeeds();

        byte[] app = folder.Read("app.bin");
        Assert.Equal(883173, app.Length);
        Assert.Equal(0x7A38D17Du, PlainFormats.Fnv(app));
        BytesAssert.Equal(app, folder.Read("extracted.bin"));
    }
}
