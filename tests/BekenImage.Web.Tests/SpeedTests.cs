using System.Globalization;
using System.Text.Json;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>
/// How long the page takes, and how long its window ever waits: printed, and compared with nothing, since it is as fast as the machine is
/// free. <c>BEKENIMAGE_MEASURE=1</c> asks for it (docs/page.md).
/// </summary>
public sealed class SpeedTests(WebFixture web)
{
    private const int Rounds = 9;

    // Tasks of the window, as the browser counts them from 50 ms on, and what passed between two of its pictures.
    private const string Watch = """
        globalThis.longest = { task: 0, gap: 0 };
        new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => longest.task = Math.max(longest.task, duration))).observe({ type: 'longtask', buffered: true });
        let last = performance.now();
        const look = () => {
            const now = performance.now();
            longest.gap = Math.max(longest.gap, now - last);
            last = now;
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    private static readonly byte[] Dump = Corpus.Folder is null ? SyntheticDevice.FactoryDump() : Corpus.Read("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin");
    private static readonly byte[] Firmware = Corpus.Folder is null ? SyntheticDevice.Firmware() : Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");

    [Fact(Timeout = Visit.Patience)]
    public async Task Page_MeasuredInTheBrowser()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("BEKENIMAGE_MEASURE") is not { Length: > 0 }, "A measurement (set BEKENIMAGE_MEASURE=1).");
        var clock = new WorkerClock();
        await using var visit = await web.OpenAsync(watch: Watch);
        await visit.Page.ExposeFunctionAsync("processorTime", clock.Read);
        await SayAsync(visit, "start");
        await EngineAsync(visit);
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();
        // From the disk, as people do: bytes that a test brings in are unpacked by the window.
        using var folder = new TestFolder();
        folder.Write("dump.bin", Dump);
        folder.Write("firmware.bin", Firmware);
        string[] many = [.. Enumerable.Range(1, 20).Select(number => $"{number}.bin")];
        foreach (string name in many)
            folder.Write(name, Dump);
        await visit.Page.Locator("#files-input").SetInputFilesAsync([folder["dump.bin"], folder["firmware.bin"]]);
        await visit.ReadAsync(2);
        await SayAsync(visit, "files read and judged");
        await visit.GoAsync("report");
        await visit.Page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        await visit.ReadyAsync();
        await SayAsync(visit, "report");
        await visit.GoAsync("combine");
        await visit.PlannedAsync("image");
        await SayAsync(visit, "plan");
        await visit.GoAsync("compare");
        await visit.Page.ClickAsync("#compare");
        await visit.Page.Locator("#save-diff").WaitForAsync();
        await visit.ReadyAsync();
        await SayAsync(visit, "comparison");
        await visit.GoAsync("collection");
        await visit.Page.Locator("#collection-files-input").SetInputFilesAsync(many.Select(name => folder[name]));
        await visit.Page.Locator("#collection-result[data-rows='20']").WaitForAsync(new() { Timeout = 120_000 });
        await visit.ReadyAsync();
        await SayAsync(visit, "collection of 20");
    }

    // A program of its own for the first time of everything; bytes come from memory, as from a file that was chosen.
    private static async Task EngineAsync(Visit visit)
    {
        string answer = await visit.Page.EvaluateAsync<string>($$"""
            async ([one, two]) => {
                const { Engine } = await import('./js/engine.js');
                const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
                const dump = bytes(one), file = bytes(two), times = { parse: [], combine: [] };
                const engine = await Engine.start();
                await engine.about();
                const time = async (what, ask) => {
                    const worked = await processorTime(), begin = performance.now();
                    const answer = await ask();
                    const end = performance.now();
                    times[what].push([end - begin, await processorTime() - worked]);
                    return answer;
                };
                let own = null;
                for (let round = 0; round < {{Rounds + 1}}; round++) {
                    const [device] = (await time('parse', () => engine.open('dump.bin', dump.slice().buffer))).items;
                    own ??= (await engine.open('firmware.bin', file.slice().buffer)).items[0];
                    const made = await time('combine', () => engine.combine(device.id, own.id, {}, 'out.bin'));
                    await engine.close(device.id);
                    await engine.close(made.result.id);
                }
                return JSON.stringify(times);
            }
            """, new[] { Convert.ToBase64String(Dump), Convert.ToBase64String(Firmware) });
        var times = JsonDocument.Parse(answer).RootElement;
        foreach (string what in new[] { "parse", "combine" })
        {
            for (int kind = 0; kind < (WorkerClock.IsThere ? 2 : 1); kind++)
            {
                double[] taken = [.. times.GetProperty(what).EnumerateArray().Select(time => time[kind].GetDouble())];
                double[] later = [.. taken.Skip(1).Order()];
                Say($"{what}, {(kind == 0 ? "by the clock" : "processor time")}: first {taken[0]:0} ms, then {later[Rounds / 2]:0} ms (fastest {later[0]:0}, slowest {later[^1]:0}; {Rounds} times)");
            }
        }
    }

    private static async Task SayAsync(Visit visit, string step)
    {
        double[] longest = await visit.Page.EvaluateAsync<double[]>("() => { const { task, gap } = longest; globalThis.longest = { task: 0, gap: 0 }; return [task, gap]; }");
        Say($"{step}: longest task of the window {(longest[0] > 0 ? $"{longest[0]:0} ms" : "under 50 ms")}, longest time without a picture {longest[1]:0} ms");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
