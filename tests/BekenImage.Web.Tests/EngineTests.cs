using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>The library in the browser, asked as the page asks it: it gives the command's answers and bytes.</summary>
public sealed class EngineTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task Combine_InTheBrowser_GivesTheCommandsBytesAndDocument()
    {
        await using var visit = await web.OpenAsync();
        await CompareAsync(visit, Dump, Firmware, ["--set", "wifiSsid=h\u00F6me", "--set", "pins.6=Btn:2", "--mac", "c8:47:8c:12:34:56"],
            """{ set: ['wifiSsid=h\u00F6me', 'pins.6=Btn:2'], mac: 'c8:47:8c:12:34:56' }""");
    }

    public static TheoryData<string, string> Pairs => new()
    {
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "OpenBK7231M_QIO_1.18.300.bin" },
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "OpenBK7231N_QIO_1.18.300.bin" },
        { "BK7231T_Tuya_LED_Moon_rotated.bin", "OpenBK7231T_QIO_1.18.300.bin" },
    };

    [Theory(Timeout = Visit.Patience)]
    [MemberData(nameof(Pairs))]
    public async Task Combine_OfRealImages_GivesTheCommandsBytesAndDocument(string dump, string firmware)
    {
        Corpus.Require();
        await using var visit = await web.OpenAsync();
        await CompareAsync(visit, Corpus.Read(dump), Corpus.Read(firmware), [], "{}");
    }

    // A minute: every dump with every firmware of the corpus, refusals too.
    [Fact(Timeout = Visit.Patience)]
    public async Task Combine_OfEveryPair_GivesTheCommandsBytesOrItsRefusal()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("BEKENIMAGE_WHOLE") is null, "Every pair of the corpus takes a minute (set BEKENIMAGE_WHOLE=1).");
        Corpus.Require();
        string[] files = [.. Corpus.Files.Select(row => row.Data)];
        await using var visit = await web.OpenAsync();
        int built = 0;
        foreach (string dump in files.Where(name => !name.StartsWith("Open", StringComparison.Ordinal)))
        {
            foreach (string firmware in files.Where(name => name.StartsWith("Open", StringComparison.Ordinal)))
                built += await CompareAsync(visit, Corpus.Read(dump), Corpus.Read(firmware), [], "{}") ? 1 : 0;
        }
        Assert.NotEqual(0, built);
    }

    [Theory(Timeout = Visit.Patience)]
    [InlineData("")]
    [InlineData("hello, this is no image\n")]
    public async Task Open_OfNoImage_SaysWhatInspectSays(string text)
    {
        await using var visit = await web.OpenAsync();
        string answer = await AskAsync(visit, System.Text.Encoding.UTF8.GetBytes(text), [], """
            const item = (await engine.open('x.bin', first)).items[0];
            return item.error ? { code: item.error.code, message: item.error.message } : { kind: item.document.kind };
            """);
        Assert.Equal(text.Length == 0 ? """{"code":"BKI8011","message":"the file is empty"}""" : """{"kind":"unknown"}""", answer);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Open_OfAFileBeyondTheLimit_IsRefusedAndTheNextIsRead()
    {
        await using var visit = await web.OpenAsync();
        string answer = await AskAsync(visit, Dump, [], """
            const tooLarge = await engine.open('x.bin', new ArrayBuffer((64 << 20) + 1));
            const largest = await engine.open('y.bin', new ArrayBuffer(64 << 20));
            const next = await engine.open('z.bin', first);
            return [tooLarge.items[0].error.code, largest.items[0].document.kind, next.items[0].document.kind];
            """);
        Assert.Equal("""["BKI8001","unknown","dump"]""", answer);
    }

    // More than the runtime can have: the engine starts afresh, says so, and goes on.
    [Fact(Timeout = Visit.Patience)]
    public async Task Open_WithTooLittleMemory_StartsAfreshAndGoesOn()
    {
        await using var visit = await web.OpenAsync();
        string answer = await AskAsync(visit, Dump, [], """
            const failure = await engine.open('x.bin', new ArrayBuffer(2040 << 20)).catch(error => error);
            const next = await engine.open('z.bin', first);
            return [failure.name, failure.code, next.items[0].document.kind];
            """);
        Assert.Equal("""["EngineError",null,"dump"]""", answer);
        visit.Forgive(complaint => complaint.StartsWith("console:", StringComparison.Ordinal));
    }

    // What would not boot is refused with the plan there is: the table stays, under another heading.
    [Fact(Timeout = Visit.Patience)]
    public async Task Plan_OfAnImageThatIsRefused_IsShownAsWhatWouldBe()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        string answer = await AskAsync(visit, Dump, Firmware, """
            const { planView } = await import('./js/plan-view.js');
            const [device] = (await engine.open('dump.bin', first)).items, [firmware] = (await engine.open('firmware.bin', second)).items;
            const made = await engine.combine(device.id, firmware.id, {}, 'out.bin');
            const shown = answered => {
                const section = document.createElement('section');
                section.append(...planView(answered, { explain: async () => null }));
                return [...section.querySelectorAll('h3')].slice(0, 2).map(heading => heading.textContent);
            };
            const obstacle = { message: 'the result would not boot', code: null };
            return [shown(made), shown({ ...made, canBuild: false, result: null, obstacle })];
            """);
        Assert.StartsWith("""[["What will lie where",""", answer, StringComparison.Ordinal);
        Assert.EndsWith("""["Refused: there is no image","What would lie where"]]""", answer, StringComparison.Ordinal);
    }

    // The answers of the two must be one and the same; true where an image was built.
    private static async Task<bool> CompareAsync(Visit visit, byte[] dump, byte[] firmware, string[] arguments, string options)
    {
        using var folder = new TestFolder();
        folder.Write("dump.bin", dump);
        folder.Write("firmware.bin", firmware);
        var command = Tool.Run(["combine", folder["dump.bin"], folder["firmware.bin"], "-o", folder["out.bin"], "--json", .. arguments]);
        string answer = await AskAsync(visit, dump, firmware, $$"""
            const [device] = (await engine.open('dump.bin', first)).items, [firmware] = (await engine.open('firmware.bin', second)).items;
            const made = await engine.combine(device.id, firmware.id, {{options}}, 'out.bin');
            if (!made.canBuild)
                return { code: made.obstacle.code };
            const digest = await crypto.subtle.digest('SHA-256', await engine.bytes(made.result.id));
            const sha256 = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
            for (const { id } of [device, firmware, made.result])
                await engine.close(id);
            return { sha256, document: made.document };
            """);
        var said = JsonDocument.Parse(answer).RootElement;
        if (command.ExitCode != 0)
        {
            Assert.Contains($": {said.GetProperty("code").GetString()}: ", command.Error, StringComparison.Ordinal);
            return false;
        }
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(folder.Read("out.bin"))), said.GetProperty("sha256").GetString());
        Assert.Equal(Comparable(command.Output, folder), Comparable(said.GetProperty("document").GetRawText(), folder));
        return true;
    }

    // The command is given whole paths; with blanks in them a line to type has quotes.
    private static string Comparable(string document, TestFolder folder)
    {
        var json = JsonNode.Parse(document)!.AsObject();
        Assert.True(json.Remove("next"));
        return json.ToJsonString().Replace(JsonEncodedText.Encode(folder.Root + Path.DirectorySeparatorChar).ToString(), string.Empty, StringComparison.Ordinal);
    }

    /// <summary>Runs a piece of script with an engine of its own and one or two files; what it returns, as JSON.</summary>
    private static Task<string> AskAsync(Visit visit, byte[] first, byte[] second, string script) => visit.Page.EvaluateAsync<string>($$"""
        async ([one, two]) => {
            const { Engine } = await import('./js/engine.js');
            const engine = globalThis.testEngine ??= await Engine.start();
            const buffer = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer;
            const first = buffer(one), second = buffer(two);
            const work = async () => { {{script}} };
            return JSON.stringify(await work());
        }
        """, new[] { Convert.ToBase64String(first), Convert.ToBase64String(second) });
}
