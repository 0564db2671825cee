using BekenImage.Cli.Tests.Support;
using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

public class RekeyVerbTests
{
    private const string Other = "a1b2c3d4 12345678 9abcdef0 4200138c";

    /// <summary>Every image of the corpus with a program, and the key it is under.</summary>
    public static TheoryData<string, string> Moves => new()
    {
        { "BK7231N_LSPA9_Clone_First.bin", "uascent" },
        { "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "zero" },
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", Other },
        { "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", "tuya" },
        { "BK7231T_Tuya_Brilo_8464455.bin", "uascent" },
        { "BK7231T_Tuya_Globe_37783.bin", "uascent" },
        { "BK7231T_Tuya_LED_Moon_rotated.bin", "zero" },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "tuya" },
        { "OpenBK7231M_QIO_1.18.300.bin", "tuya" },
        { "OpenBK7231N_QIO_1.18.300.bin", "zero" },
        { "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", Other },
        { "OpenBK7231T_QIO_1.18.300.bin", "uascent" },
        { "OpenBK7238_QIO_1.18.300.bin", "tuya" },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Rekey_OfARealImageAndBack_GivesItAgain(string file, string to)
    {
        byte[] original = Corpus.Read(file);
        using var verbs = new TestFolder();
        int verdict = verbs.Run("verify", Corpus.PathOf(file), "--json");
        bool boots = verbs.Json.GetProperty("boots").GetBoolean();
        string from = string.Join(',', FlashImage.Parse(original).Key.Value!.Value.ToWords());

        verbs.Do("rekey", Corpus.PathOf(file), "--to", to, "-o", verbs["moved.bin"]);
        byte[] moved = verbs.Read("moved.bin");
        Assert.Equal(original.Length, moved.Length);
        CheckKeyAndPrograms(FlashImage.Parse(original), FlashImage.Parse(moved), to);
        Assert.Equal(verdict, verbs.Run("verify", verbs["moved.bin"], "--json"));
        Assert.Equal(boots, verbs.Json.GetProperty("boots").GetBoolean());

        verbs.Do("rekey", verbs["moved.bin"], "--to", from, "-o", verbs["back.bin"]);
        BytesAssert.Equal(original, verbs.Read("back.bin"));
    }

    // The key is found in the moved image without help; what the CPU sees is the same but for key words, the marker (plain in flash) and the tail of "encrypt".
    private static void CheckKeyAndPrograms(FlashImage original, FlashImage moved, string to)
    {
        Assert.True(BekenKey.TryParse(to, out var key));
        foreach (var program in original.Partitions.Where(partition => partition.IsStriped))
        {
            var other = moved.FindPartition(program.Name)!;
            var before = original.Decode(program).Span;
            var after = moved.Decode(other).Span;
            BytesAssert.Equal(before[..0x40], after[..0x40]);
            int length = program.Name == "app" ? 0x80000 : 0xD000;
            int different = 0;
            for (int at = 0; at < length; at++)
                different += before[at] == after[at] ? 0 : 1;
            Assert.InRange(different, 0, program.Name == "app" ? 64 : 24);
        }
        if (key.Name is not null)
            Assert.Equal(key, moved.Key.Value);
        Assert.Equal(original.Containers.Select(container => (container.Offset, container.HeaderCrcOk, container.PayloadHashOk)),
            moved.Containers.Select(container => (container.Offset, container.HeaderCrcOk, container.PayloadHashOk)));
    }

    // The published N and M images are one build under two keys: apart from header junk and times, moving one gives the other.
    [Fact]
    public void Rekey_OfOpenBekenN_GivesThePublishedM()
    {
        byte[] n = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin"), m = Corpus.Read("OpenBK7231M_QIO_1.18.300.bin");
        using var verbs = new TestFolder();
        verbs.Do("rekey", Corpus.PathOf("OpenBK7231N_QIO_1.18.300.bin"), "--to", "zero", "-o", verbs["m.bin"]);
        byte[] moved = verbs.Read("m.bin");
        Assert.Equal(n.Length, moved.Length);
        BytesAssert.Equal(m.AsSpan(0, 0x10F9A), moved.AsSpan(0, 0x10F9A));
    }

    [Theory]
    [InlineData("qio")]
    [InlineData("ua")]
    [InlineData("pages")]
    [InlineData("plain")]
    [InlineData("dump")]
    public void Rekey_OfEveryKindOfFile_IsTheFileMadeForThatKey(string kind)
    {
        using var verbs = new TestFolder();
        byte[] original = Make(SyntheticKey.Zero), expected = Make(SyntheticKey.Uascent);
        verbs.Do("rekey", verbs.Write("in.bin", original), "--to", "uascent", "-o", verbs["moved.bin"]);
        byte[] moved = verbs.Read("moved.bin");
        if (kind is "ua" or "pages" or "plain")
            BytesAssert.Equal(expected, moved);
        else
            BytesAssert.Equal(expected.AsSpan(0x11000), moved.AsSpan(0x11000));
        verbs.Do("rekey", verbs["moved.bin"], "--to", "zero", "-o", verbs["back.bin"]);
        BytesAssert.Equal(original, verbs.Read("back.bin"));

        byte[] Make(SyntheticKey key)
        {
            var firmware = SyntheticImage.ObkNFirmware(key, appLength: 0xC000);
            return kind switch
            {
                "qio" => firmware.Qio(),
                "ua" => firmware.Ua(),
                "pages" => firmware.AppPages(),
                "plain" => firmware.StoredApp(),
                _ => firmware.WithRf(0x1D0000).WithConfig(0x1D1000).Dump(),
            };
        }
    }

    [Fact]
    public void Rekey_ByAKeyThatIsGiven_NeedsTheRightOne()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", Samples.ObkN);
        Tool.Run("rekey", image, "--to", "zero", "--key", "tuya", "-o", folder["a.bin"]).Succeeds();
        Tool.Run("rekey", image, "--to", "zero", "-o", folder["b.bin"]).Succeeds();
        BytesAssert.Equal(folder.Read("a.bin"), folder.Read("b.bin"));
        Tool.Run("rekey", image, "--to", "zero", "--key", "uascent", "-o", folder["c.bin"]).Fails(3, "BKI1001", "vectors");
        Tool.Run("rekey", folder.Write("text.bin", "no image at all"u8.ToArray()), "--to", "zero", "-o", folder["c.bin"]).Fails(3, "BKI8008", "no program");
        Assert.Equal(2, Tool.Run("rekey", image, "-o", folder["c.bin"]).ExitCode);
        var usage = Tool.Run("rekey", image, "--to", "words", "-o", folder["c.bin"]);
        Assert.Equal(2, usage.ExitCode);
        Assert.Contains("--to is zero", usage.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["c.bin"]));
    }

    [Fact]
    public void Rekey_OfWhatVerbsBuild_EqualsBuildingForThatKey()
    {
        var device = SyntheticImage.ObkNFirmware();
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", device.App);
        string[] build = ["build", "ua", "--chip", "BK7231N", "--app", app];
        verbs.Do([.. build, "--key", "tuya", "-o", verbs["tuya.bin"]]);
        verbs.Do([.. build, "--key", Other, "-o", verbs["other.bin"]]);
        verbs.Do("rekey", verbs["tuya.bin"], "--to", Other, "-o", verbs["moved.bin"]);
        Assert.Equal(verbs.Read("tuya.bin").Length, verbs.Read("moved.bin").Length);
        verbs.Do("rekey", verbs["moved.bin"], "--to", "tuya", "--key", Other, "-o", verbs["back.bin"]);
        BytesAssert.Equal(verbs.Read("tuya.bin"), verbs.Read("back.bin"));
        BytesAssert.Equal(verbs.Read("other.bin").AsSpan(0, 0xC000), verbs.Read("moved.bin").AsSpan(0, 0xC000));
    }
}
