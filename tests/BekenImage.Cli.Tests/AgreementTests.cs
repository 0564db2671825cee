using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>
/// What one verb says of an image the others say too: for every dump and firmware of the corpus, and for synthetic ones, the answers of
/// <c>combine</c> are those of <c>verify</c> and <c>lint</c> of what it wrote, and a refusal names the way out.
/// </summary>
public sealed class AgreementTests : IDisposable
{
    // What a refusal may end in where no option helps: what to do instead.
    private static readonly string[] WaysOut = ["no option makes it run", "read the device's whole flash", "take the build for the device's chip"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Dumps => new(Corpus.Files.Select(row => row.Data).Where(file => !file.StartsWith("OpenBK", StringComparison.Ordinal)).ToArray());

    private static string[] Firmware =>
    [
        .. Corpus.Files.Select(row => row.Data).Where(file => file.StartsWith("OpenBK", StringComparison.Ordinal)),
        "more/ESPHome-Kickstart-v25.05.28_bk7231n_app.ota.ug.bin", "more/ESPHome-Kickstart-v25.05.28_bk7231t_app.ota.ug.bin",
        "more/Timer0_2_tuya_demo_template_1.0.0.bin", "more/Timer0_2_tuya_demo_template_UA_1.0.0.bin", "more/Timer0_2_tuya_demo_template_UG_1.0.0.bin",
    ];

    [Theory]
    [MemberData(nameof(Dumps))]
    public void Combine_OfACorpusDump_SaysWhatLintAndVerifySay(string dump)
    {
        foreach (string firmware in Firmware)
            Agrees(Corpus.PathOf(dump), Corpus.PathOf(firmware));
    }

    [Fact]
    public void Combine_OfSyntheticDevices_SaysWhatLintAndVerifySay()
    {
        string[] dumps = [_folder.Write("n.bin", Samples.TuyaN), _folder.Write("t.bin", Samples.TuyaT), _folder.Write("dreo.bin", Samples.Dreo), _folder.Write("obk.bin", Samples.ObkDevice)];
        string[] firmware = [_folder.Write("n.qio", Samples.ObkN), _folder.Write("m.qio", Samples.ObkM), _folder.Write("t.qio", Samples.ObkT), _folder.Write("n.ua", Samples.ObkNUa)];
        foreach (string dump in dumps)
        {
            foreach (string file in firmware)
                Agrees(dump, file);
        }
    }

    private void Agrees(string dump, string firmware)
    {
        foreach (string[] options in new string[][] { [], ["--partition-table", "firmware"], ["--size", "qio"], ["--size", "app"] })
        {
            string output = _folder["out.bin"];
            int exitCode = _folder.Run(["combine", dump, firmware, "-o", output, "--force", "--json", .. options]);
            if (exitCode != 0)
            {
                string line = _folder.Last.ErrorLine;
                Assert.True(exitCode is 3 or 4 && WaysOut.Any(way => line.Contains(way, StringComparison.Ordinal)), line);
                continue;
            }
            var combined = _folder.Json;
            var lint = combined.GetProperty("lint");
            Assert.True(lint.GetProperty("runs").GetBoolean(), _folder.Output);
            Assert.True(combined.GetProperty("verify").GetProperty("boots").GetBoolean(), _folder.Output);
            if (options is ["--size", ..])
                continue;
            Assert.Equal(0, _folder.Run("lint", output, "--against", output, "--json"));
            Assert.Equal(Doubts(lint), Doubts(_folder.Json));
            bool isBackup = _folder.Run("verify", output, "--json") == 0;
            Assert.Equal(Doubts(combined.GetProperty("verify")), Doubts(_folder.Json));
            Assert.Equal(combined.GetProperty("verify").GetProperty("backup").GetBoolean(), isBackup);
            // Everything that keeps the firmware from its data is said by combine itself too.
            string[] said = combined.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).ToArray();
            foreach (string code in new[] { "BKI3005", "BKI4004", "BKI4020", "BKI4023" })
                Assert.Equal(said.Contains(code), Doubts(lint).Concat(Doubts(combined.GetProperty("verify"))).Any(doubt => doubt.EndsWith(code, StringComparison.Ordinal)));
        }
    }

    private static string[] Doubts(JsonElement answer) => answer.GetProperty("checks").EnumerateArray()
        .Where(check => check.GetProperty("status").GetString() is "warn" or "fail")
        .Select(check => $"{check.GetProperty("name").GetString()} {check.GetProperty("status").GetString()} {check.GetProperty("code").GetString()}").ToArray();
}
