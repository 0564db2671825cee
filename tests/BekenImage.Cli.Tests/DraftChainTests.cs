using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>What a draft chains in one go is what the command does in several runs, each reading the former's output.</summary>
public sealed class DraftChainTests
{
    private const string Mac = "02:11:22:33:44:55";
    private const string Value = "{\"chained\":true}";

    [Fact]
    public void Draft_OfACombination_GivesWhatRunsOfTheCommandGive()
    {
        byte[] dump = Corpus.Read("BK7231N_LSPA9_Clone_First.bin"), firmware = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        byte[] autoexec = "backlog startDriver NTP"u8.ToArray(), page = "<p>hello</p>"u8.ToArray();
        var factory = FlashImage.Parse(dump);
        string name = factory.TuyaStorage!.Values[0].Name;

        using var folder = new TestFolder();
        string from = folder.Write("factory.bin", dump), with = folder.Write("firmware.bin", firmware);
        folder.Write("autoexec.bat", autoexec);
        folder.Write("index.html", page);
        folder.Do("combine", from, with, "-o", folder["1.bin"], "--keep", "tuya");
        folder.Do("rf", "set-mac", folder["1.bin"], Mac, "-o", folder["2.bin"]);
        folder.Do("fs", "add", folder["2.bin"], folder["autoexec.bat"], "-o", folder["3.bin"]);
        folder.Do("fs", "add", folder["3.bin"], folder["index.html"], "-o", folder["4.bin"]);
        folder.Do("tuya", "set", folder["4.bin"], name, Value, "-o", folder["5.bin"]);

        var options = new CombineOptions();
        options.Keep.Add("tuya");
        var plan = new ImageCombiner(factory, FlashImage.Parse(firmware), options).Plan();
        Assert.True(MacAddress.TryParse(Mac, out var mac));
        var draft = plan.Edit().SetMac(mac).AddFile("autoexec.bat", autoexec).AddFile("index.html", page).SetTuya(name, Value);
        BytesAssert.Equal(folder.Read("5.bin"), draft.ToArray());

        // Read once: the app the draft ends with is the very memory that was decoded of the combined image.
        var before = plan.ToImage();
        var app = before.Decode(before.FindPartition("app")!);
        Assert.True(app.Equals(draft.ToImage().Decode(draft.ToImage().FindPartition("app")!)));
    }
}
