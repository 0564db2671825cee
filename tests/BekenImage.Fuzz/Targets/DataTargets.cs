using BekenImage.Formats.Fal;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Net;
using BekenImage.Formats.NvsKey;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.Fuzz.Engine;
using BekenImage.IO;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using System.Text;

namespace BekenImage.Fuzz.Targets;

/// <summary>What lies in the data areas of a flash: tables, calibration, network, configuration.</summary>
internal static class DataTargets
{
    private static readonly ObkConfig Config = ObkConfigReader.Read(ObkTestData.Minimal(), 0, ObkPinLayout.Pins32);

    private static readonly string[] Fields = [.. ObkFields.All.Select(field => field.Name)];

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("fal/table", () => [SyntheticLayout.N.Table(), SyntheticLayout.Sdk.Table(), [.. SyntheticPrograms.Noise(100, 1), .. SyntheticLayout.Sdk.Table()]],
            Fal, typeof(FalReader), typeof(FalTable)) { Sealing = b => Seals.Fal(b), Words = FuzzTarget.Texts("01PE", "beken_onchip_crc", "beken_onchip", "bootloader", "app", "download") },
        new FuzzTarget("fal/pair", () => [SyntheticPrograms.Noise(200, 2)], FalPair, typeof(FalWriter)),
        new FuzzTarget("rf/table", () => [RfTestData.Sector(RfTestData.CompleteTable()), RfTestData.CompleteTable(isT: true), RfTestData.WorkedTable], Rf,
            typeof(RfReader), typeof(RfComparison), typeof(RfPowerTable))
            { Words = [.. Tags(0x11111100, 0x11111102, 0x22222200, 0x22222202, 0x33333300, 0x44444400, 0x00564C54)], ShortRuns = 500 },
        new FuzzTarget("net/parameters", () => [NetParamTests.Table()], Net, typeof(NetParamReader))
            { Words = [.. Tags(NetParamTags.Root, NetParamTags.Mac, NetParamTags.SsidAndKey, NetParamTags.EarlyWiFi, NetParamTags.EarlyMqtt, 0x66666666)] },
        new FuzzTarget("net/fast-connect", () => [.. from obfuscated in new[] { false, true } from isLong in new[] { false, true }
            select FastConnectTests.Sector(FastConnectTests.Record("net", DataImages.Psk, "pass phrase"), obfuscated, isLong)], FastConnect, typeof(FastConnectReader)),
        new FuzzTarget("nvs/key", () => [new NvsKeyRecord([.. Enumerable.Range(1, 64).Select(i => (byte)i)]).Write()], Nvs, typeof(NvsKeyRecord)) { ShortRuns = 100 },
        new FuzzTarget("obk/config", () => [ObkTestData.Sector(DataImages.ObkConfig()), ObkTestData.Minimal(3), ObkTestData.Minimal(1), ObkTestData.Minimal(startupCommand: "backlog a; b")],
            Obk, typeof(ObkConfigReader)) { Sealing = b => Seals.Obk(b), Words = FuzzTarget.Texts("CFG", "backlog ", "startDriver ", "MqttPassword "), ShortRuns = 50, Cost = (4 << 20, 64) },
        new FuzzTarget("obk/pair", () => [SyntheticPrograms.Noise(200, 3), "\u0005mqtt"u8.ToArray()], ObkPair, typeof(ObkConfigBuilder)) { MaximumLength = 0x400, ShortRuns = 200, Cost = (8 << 20, 64) },
        new FuzzTarget("obk/names", () => [.. FuzzTarget.Texts("Relay;1", "Btn;1;2", "0x10", "PowerSave", "Temperature_div10", "pins.7")], Names,
            typeof(ObkPin), typeof(ObkFields), typeof(ObkFlags), typeof(ObkPinRoles), typeof(ObkChannelTypes), typeof(MacAddress), typeof(NumberText), typeof(BekenChips))
            { Words = FuzzTarget.Texts(";", "Relay", "Btn", "0x", "M", "-", "00:11:22:33:44:55"), MaximumLength = 0x80, Cost = (4 << 20, 64) },
        new FuzzTarget("flash-vars/store", () => [FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(3)), FlashVarsTests.Entry(0x3F, "fcdata", [1, 2, 3]))],
            Store, typeof(EasyFlashReader)) { Sealing = b => Seals.EasyFlash(b), MaximumLength = 0x9000, ShortRuns = 400,
                Words = FuzzTarget.Texts("KV40", "EF40", "OBK_FV", "fcdata", "\x3F\xFF\xFF\xFF") },
        new FuzzTarget("flash-vars/journal", () => [FlashVarsTests.Journal(FlashVarsTests.Variables(1), FlashVarsTests.Variables(2)), FlashVarsTests.Journal()], Journal,
            typeof(FlashVarsJournal)) { MaximumLength = 0x3000 },
        new FuzzTarget("text/secrets", () => [.. FuzzTarget.Texts("mqtt_pass = \"abc\"; http://a:b@host/?token=x", "{\"ssid\":\"a\",\"list\":[{\"password\":\"b\"}]}", "backlog Password1 x; y")],
            Secrets, typeof(ObkSecrets)) { Words = FuzzTarget.Texts("password", "token=", "\"", "\\u0041", "://", "@", "{", "}", "[", ":", "\\"), Cost = (1 << 20, 512) },
    ];

    private static IEnumerable<byte[]> Tags(params uint[] tags) => tags.Select(BitConverter.GetBytes);

    private static void Fal(ReadOnlyMemory<byte> input)
    {
        if (FalReader.Find(input.Span) is not { } table)
            return;
        Walk.Everything(table);
        Walk.Everything(FalReader.FindPhysical(input.Span));
        byte[] written = FalWriter.Write(table);
        Promise.Same(input.Span.Slice(table.LogicalOffset, written.Length), written, "a table is not its bytes");
        Promise.Holds(table.Partitions.Count <= FalReader.MaximumPartitions, "more partitions than the limit");
        Walk.Everything(table.InForce);
    }

    private static void FalPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var partitions = new List<FalPartition>();
        while (!data.IsEmpty && partitions.Count < 10)
        {
            string name = data.Ascii(26), flash = data.Bool() ? "beken_onchip" : "beken_onchip_crc";
            uint offset = data.Word(), length = data.Word();
            Promise.AnsweredOrOutOfRange(() => partitions.Add(new FalPartition(name, flash, offset, length)));
        }
        byte[] bytes = FalWriter.Write(new FalTable(0, true, partitions));
        // A name that begins or ends in a blank, or is a blank, is not told from padding; names are printable in any table.
        if (partitions.Count == 0 || FalReader.Find(bytes) is not { } table)
            return;
        Promise.Same(bytes.AsSpan(table.LogicalOffset, table.Partitions.Count * 64), FalWriter.Write(table), "a table is not its bytes");
        foreach (var (read, made) in table.Partitions.Zip(partitions.Skip(table.LogicalOffset / 64)))
            Promise.Holds((read.Name, read.Flash, read.Offset, read.Length) == (made.Name, made.Flash, made.Offset, made.Length), "a partition is another");
    }

    private static void Rf(ReadOnlyMemory<byte> input)
    {
        var findings = new List<Finding>();
        if (!RfReader.TryRead(input, 0, findings, out var table))
            return;
        Walk.Everything(table);
        Walk.Everything(new RfSummary(table));
        Walk.Everything(RfComparison.Compare(table, table));
        Walk.Everything(findings);
        Promise.Same(input.Span[..table.UsedSize], table.Bytes.Span, "a table is not its bytes");
        Promise.Holds(RfReader.TryRead(table.Bytes, 0, null, out _), "a table's own bytes are no table");
        Promise.Holds(RfComparison.Compare(table, table).All(difference => difference.IsEqual), "a table differs from itself");
        Promise.Answered(() =>
        {
            var changed = table.WithMac(new MacAddress(new byte[] { 2, 4, 6, 8, 10, 12 }));
            Promise.Holds(changed.Mac == new MacAddress(new byte[] { 2, 4, 6, 8, 10, 12 }) && changed.Length == table.Length, "WithMac sets another MAC");
        });
    }

    private static void Net(ReadOnlyMemory<byte> input)
    {
        var findings = new List<Finding>();
        if (!NetParamReader.TryRead(input, 0, findings, out var table))
            return;
        Walk.Everything(table);
        Walk.Everything(table.Items.Select(item => item.RevealText()));
        Promise.Same(input.Span[..table.Bytes.Length], table.Bytes.Span, "a table is not its bytes");
        Promise.Answered(() => Promise.Holds(NetParamWriter.WithMac(table, new MacAddress(new byte[] { 2, 4, 6, 8, 10, 12 })).Mac is { IsStation: true }, "WithMac sets no MAC"));
        Promise.Holds(NetParamWriter.WithoutSecrets(table).Length == table.Length, "WithoutSecrets changes the length");
        Promise.Holds(NetParamWriter.ToSector(table).Length == 4096, "a sector of another length");
    }

    private static void FastConnect(ReadOnlyMemory<byte> input)
    {
        var findings = new List<Finding>();
        if (!FastConnectReader.TryRead(input, 0, findings, out var record))
            return;
        Walk.Everything(record);
        _ = (record.RevealBssid(), record.RevealPassphrase(), record.RevealPsk(), record.RevealSsid());
    }

    private static void Nvs(ReadOnlyMemory<byte> input)
    {
        if (!NvsKeyRecord.TryRead(input.Span, out var record))
            return;
        Walk.Everything(record);
        Promise.Holds(NvsKeyRecord.TryRead(record.Write(), out var again) && again.Key.Span.SequenceEqual(record.Key.Span), "Write of a record");
        byte[] plain = input.ToArray();
        Array.Resize(ref plain, plain.Length / 16 * 16);
        Promise.AnsweredOrOutOfRange(() => Promise.Same(plain, record.Decrypt(record.Encrypt(plain)), "Decrypt of Encrypt"));
    }

    private static void Obk(ReadOnlyMemory<byte> input)
    {
        foreach (var layout in Enum.GetValues<ObkPinLayout>())
        {
            if (!ObkConfigReader.TryRead(input, 0, layout, new List<Finding>(), out var config))
                continue;
            Walk.Everything(config);
            var builder = new ObkConfigBuilder(config);
            builder.SetAll(config.ToFields(showSecrets: true));
            var same = builder.Build();
            Promise.Holds(same.ChecksumOk, "Build makes a wrong checksum");
            Promise.Same(config.Bytes.Span[4..], same.Bytes.Span[4..], "what is shown is not accepted back");
            Walk.Everything(builder.Findings);
            Promise.Holds(ObkSecrets.Remove(config).Length == config.Length, "Remove changes the length");
            Walk.Everything(ObkDeviceTemplate.FromConfig(config));
            Promise.Same(input.Span[..config.Length], config.Bytes.Span, "a configuration is not its bytes");
        }
    }

    private static void ObkPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var builder = new ObkConfigBuilder(Config);
        for (int i = 0; i < 16 && !data.IsEmpty; i++)
        {
            string name = data.Byte() is < 250 and var index ? Fields[index % Fields.Length] : data.Ascii(20);
            if (data.Bool())
                name += "." + data.Below(50);
            object? value = data.Below(6) switch { 0 => null, 1 => data.Text(80), 2 => data.Bool(), 3 => (double)data.Word() / 7, 4 => (long)data.Word(), _ => data.Ascii(300) };
            if (!Promise.Answered(() => builder.Set(name, value)) || value is not string text || ObkFields.Find(name)?.Type != ObkFieldType.Text)
                continue;
            Promise.Answered(() => Promise.Holds(text.Contains(SecretMask.Text) || builder.Build()[name] is string back && back == text, $"a text is another: {name}"));
        }
        Walk.Everything(builder.Findings);
        Promise.Answered(() =>
        {
            var built = builder.Build();
            Promise.Holds(built.ChecksumOk && built.Length == Config.Length, "Build makes no sound configuration");
            Promise.Holds(ObkConfigReader.TryRead(built.Bytes, 0, ObkPinLayout.Pins32, null, out var again) && again.Bytes.Span.SequenceEqual(built.Bytes.Span), "Read of Build");
        });
    }

    private static void Names(ReadOnlyMemory<byte> input)
    {
        string text = Encoding.UTF8.GetString(input.Span);
        foreach (int number in new[] { 0, 31, 47 })
        {
            if (ObkPin.TryParse(number, text, out var pin))
                Promise.Holds(ObkPin.TryParse(number, pin.ToString(), out var again) && again.Equals(pin), "a pin's text is not that pin");
        }
        if (ObkFlags.TryParse(text, out int flag))
            Promise.Holds(ObkFlags.TryParse(ObkFlags.NameOf(flag), out int again) && again == flag, "a flag's name is not that flag");
        if (ObkPinRoles.TryParse(text, out byte role))
            Promise.Holds(ObkPinRoles.TryParse(ObkPinRoles.NameOf(role), out byte again) && again == role, "a role's name is not that role");
        if (ObkChannelTypes.TryParse(text, out byte type))
            Promise.Holds(ObkChannelTypes.TryParse(ObkChannelTypes.NameOf(type), out byte again) && again == type, "a type's name is not that type");
        if (MacAddress.TryParse(text, out var mac))
            Promise.Holds(MacAddress.TryParse(mac.ToString(), out var again) && again.Equals(mac), "a MAC's text is not that MAC");
        Promise.Holds(!NumberText.TryParse(text, out long value) || value >= 0, "a negative number");
        BekenChips.TryParse(text, out _);
        Walk.Everything(ObkFields.Find(text));
        Walk.Everything(Explanations.Find(text));
        Walk.Everything(ShellWord.Quote(text));
    }

    private static void Store(ReadOnlyMemory<byte> input)
    {
        var findings = new List<Finding>();
        if (!EasyFlashReader.TryRead(input, 0, findings, out var store))
            return;
        Walk.Everything(store);
        Promise.Same(input.Span[..store.Bytes.Length], store.Bytes.Span, "a store is not its bytes");
        byte[] without = EasyFlashWriter.WithoutSecrets(store);
        Promise.Holds(without.Length == store.Bytes.Length, "WithoutSecrets changes the length");
        Promise.Holds(!EasyFlashReader.TryRead(without, 0, null, out var again) || again.Find("fcdata") is not { } left || left.Value.Span.ContainsAnyExcept((byte)0) == false,
            "a secret is left");
        foreach (string name in store.Names)
            Walk.Everything(store.Find(name));
    }

    private static void Journal(ReadOnlyMemory<byte> input)
    {
        if (!FlashVarsJournal.TryRead(input, 0, new List<Finding>(), out var journal))
            return;
        Walk.Everything(journal);
        Walk.Everything(journal.Variables?.ToFields());
    }

    private static void Secrets(ReadOnlyMemory<byte> input)
    {
        string text = Encoding.Latin1.GetString(input.Span);
        var removed = new List<string>();
        Promise.Holds(SecretTexts.Blank(text, removed).Length == text.Length, "Blank changes the length");
        Promise.Holds(ObkSecrets.RemoveFromScript(text).Length == text.Length, "RemoveFromScript changes the length");
        Walk.Everything(VisibleText.Of(text));
    }
}
