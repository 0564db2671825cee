using System.IO.Compression;
using System.Text;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>Files as people have them: packed, several at once, the wrong ones, and under names that would like to be more than names.</summary>
public sealed class ShelfTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task Files_OfEveryKind_StandOnTheShelfWithWhatTheyAre()
    {
        const string hostile = "<img src=x onerror=alert(1)>\u202Egpj.bin";
        await using var visit = await web.OpenAsync();
        await visit.ChooseAsync(("two.zip", Zip(("dump.bin", Dump), ("firmware.bin", Firmware))), ("letter.txt", "my device does not boot\n"u8.ToArray()),
            ("nothing.bin", []), (hostile, Damaged()));

        await visit.ReadAsync(5);
        Assert.Equal(["dump", "qio", "unknown", "none", "dump"], await Attributes(visit, "data-kind"));
        Assert.Equal(["two.zip:dump.bin", "two.zip:firmware.bin", "letter.txt", "nothing.bin", "<img src=x onerror=alert(1)>\\u202egpj.bin"],
            await visit.Cards.Locator("h3").AllInnerTextsAsync());
        Assert.Equal(["device", "firmware", "none", "device"], await visit.Page.Locator("[data-field=role]").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        Assert.Equal("good backup", await visit.Cards.Nth(0).Locator(".facts").GetAttributeAsync("data-verdict"));
        Assert.Contains("BKI8006", await visit.Cards.Nth(2).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("The file is empty. BKI8011", await visit.Cards.Nth(3).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("would not boot", await visit.Cards.Nth(4).Locator(".facts").GetAttributeAsync("data-verdict"));
        Assert.Contains("Cause", await visit.Cards.Nth(3).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("img[src=x]").CountAsync());

        await visit.Cards.Nth(3).Locator("[data-action=close]").ClickAsync();
        Assert.Equal(4, await visit.Cards.CountAsync());
        Assert.Equal("H3", await visit.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await DropAsync(visit, cards: 5);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Files_ThatCannotBeRead_AreSaidAndTheOthersStay()
    {
        Whole.Require();
        string folder = Directory.CreateTempSubdirectory("bekenimage web ").FullName;
        await using var visit = await web.OpenAsync();
        string tooLong = Path.Combine(folder, "too-long.bin"), gone = Path.Combine(folder, "gone.bin"), dump = Path.Combine(folder, "dump.bin");
        using (var file = File.Create(tooLong))
            file.SetLength((64L << 20) + 1);
        await File.WriteAllBytesAsync(gone, Dump);
        await File.WriteAllBytesAsync(dump, Dump);
        await visit.Page.EvaluateAsync("""
            () => {
                const read = File.prototype.arrayBuffer;
                const wait = new Promise(resolve => globalThis.goOn = resolve);
                globalThis.readNames = [];
                File.prototype.arrayBuffer = async function () {
                    globalThis.readNames.push(this.name);
                    await wait;
                    return read.call(this);
                };
            }
            """);

        await visit.Page.Locator("#files-input").SetInputFilesAsync([tooLong, gone, dump]);
        await visit.Page.WaitForFunctionAsync("() => readNames.includes('gone.bin')");
        File.Delete(gone);
        await visit.Page.EvaluateAsync("() => goOn()");
        await visit.ReadAsync(3);

        Assert.Contains("longer than the 64 MiB", await visit.Cards.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("after it was chosen", await visit.Cards.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["none", "none", "dump"], await Attributes(visit, "data-kind"));
        Assert.DoesNotContain("too-long.bin", await visit.Page.EvaluateAsync<string[]>("() => readNames"));
        Directory.Delete(folder, recursive: true);
    }

    // The worker ends as it does when the browser takes its memory away; what was open is read again.
    [Fact(Timeout = Visit.Patience)]
    public async Task Engine_ThatEnds_IsStartedOnceAndFilesAreReadAgain()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.Page.EvaluateAsync("""
            () => {
                const post = Worker.prototype.postMessage, Real = Worker;
                let opened = 0;
                globalThis.started = 0;
                globalThis.Worker = class extends Real { constructor(...values) { super(...values); globalThis.started++; } };
                Real.prototype.postMessage = function (message, ...rest) {
                    if (message.call === 'Open' && ++opened === 3)
                        this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
                    else
                        post.call(this, message, ...rest);
                };
            }
            """);

        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware), ("fatal.bin", Dump));
        await visit.Page.Locator("#notice").WaitForAsync();
        await visit.ReadyAsync();

        Assert.Equal(["dump", "qio", "none"], await Attributes(visit, "data-kind"));
        Assert.Contains("memory", await visit.Cards.Nth(2).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await visit.Page.EvaluateAsync<int>("started"));
    }

    // Two members of one name, a file that is gone by then, another one of the same name: each card is afterwards what it was.
    [Fact(Timeout = Visit.Patience)]
    public async Task Engine_ThatEnds_GivesEachFileBackWhatItWas()
    {
        Whole.Require();
        using var folder = new TestFolder();
        folder.Write("gone.bin", Dump);
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(("two.zip", Zip(("a.bin", Dump), ("a.bin", Firmware))));
        await visit.ReadAsync(2);
        await page.Locator("#close-f1").ClickAsync();
        await visit.ChooseAsync(("dump.bin", Dump), ("dump.bin", Firmware));
        await visit.ReadAsync(3);
        await page.Locator("#files-input").SetInputFilesAsync([folder["gone.bin"]]);
        await visit.ReadAsync(4);
        string[] names = ["two.zip:a.bin (2)", "dump.bin", "dump (2).bin", "gone.bin"];
        Assert.Equal(names, await visit.Cards.Locator("h3").AllInnerTextsAsync());
        await visit.Cards.Last.Locator("[data-action=report]").ClickAsync();
        await page.FrameLocator("#report-page iframe").Locator("h1").WaitForAsync();
        await visit.ReadyAsync();

        File.Delete(folder["gone.bin"]);
        await EndAsync(visit);
        await page.Locator("#notice").WaitForAsync();
        await visit.ReadyAsync();
        Assert.Contains("3 files were read again", await page.Locator("#notice-text").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(names, await visit.Cards.Locator("h3").AllTextContentsAsync());
        Assert.Equal(["qio", "dump", "qio", "dump"], await Attributes(visit, "data-kind"));
        Assert.Equal(1, await visit.Cards.Last.Locator(".problem").CountAsync());

        // The view that showed what is gone shows another file.
        await page.FrameLocator("#report-page iframe").GetByText("two.zip:a.bin (2)").First.WaitForAsync();
        Assert.Contains("a.bin (2)", Encoding.UTF8.GetString((await visit.SaveAsync("#save-report")).Bytes), StringComparison.Ordinal);
    }

    // A program that cannot be started again is said to be gone; nothing waits for it for ever.
    [Fact(Timeout = Visit.Patience)]
    public async Task Engine_ThatCannotBeStartedAgain_SaysSo()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.ChooseAsync(("dump.bin", Dump));
        await visit.GoAsync("report");
        await visit.Page.EvaluateAsync(
            "() => { globalThis.realWorker = Worker; globalThis.Worker = class { constructor() { throw new Error('none'); } }; }");
        await EndAsync(visit);
        await visit.Page.Locator("#report-problem").GetByText("cannot be started again").WaitForAsync();
        await visit.ReadyAsync();
        await visit.Page.SelectOptionAsync("#report-file", "f1");
        await visit.Page.ClickAsync("#save-template");
        await visit.Page.Locator("#report-problem").GetByText("cannot be started again").WaitForAsync();
        await visit.ReadyAsync();
    }

    // The worker ends with the next question for Markdown.
    private static async Task EndAsync(Visit visit)
    {
        await visit.Page.EvaluateAsync("""
            () => {
                const { prototype } = globalThis.realWorker ?? Worker, post = prototype.postMessage;
                prototype.postMessage = function (message, ...rest) {
                    if (message.call === 'Markdown')
                        this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
                    else
                        post.call(this, message, ...rest);
                };
            }
            """);
        await visit.Page.ClickAsync("#save-markdown");
    }

    private static async Task DropAsync(Visit visit, int cards)
    {
        var transfer = await visit.Page.EvaluateHandleAsync("() => { const transfer = new DataTransfer(); transfer.items.add(new File([new Uint8Array(4096)], 'dropped.bin')); return transfer; }");
        var dropped = new { dataTransfer = transfer };
        await visit.Page.DispatchEventAsync("footer", "dragenter", dropped);
        Assert.True(await visit.Page.Locator("#drop-hint").IsVisibleAsync());
        await visit.Page.DispatchEventAsync("footer", "drop", dropped);
        await visit.ReadAsync(cards);
        Assert.False(await visit.Page.Locator("#drop-hint").IsVisibleAsync());
        Assert.Equal("dropped.bin", await visit.Cards.Last.Locator("h3").InnerTextAsync());
    }

    private static byte[] Damaged()
    {
        byte[] dump = [.. Dump];
        dump.AsSpan(0x400, 0x800).Fill(0x5A);
        return dump;
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static Task<string[]> Attributes(Visit visit, string name) => visit.Cards.EvaluateAllAsync<string[]>($"cards => cards.map(card => card.getAttribute('{name}'))");
}
