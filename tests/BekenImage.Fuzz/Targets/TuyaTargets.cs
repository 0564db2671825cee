using BekenImage.Formats.Tuya;
using BekenImage.Fuzz.Engine;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>
/// Tuya's areas are enciphered as wholes: an input is the plain sectors, and the target seals and enciphers them, so that a changed byte is a
/// changed byte and not a sector of noise.
/// </summary>
internal static class TuyaTargets
{
    private const int Sector = TuyaImages.Sector;

    private static readonly byte[] Key = TuyaImages.DataKey();

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("tuya/storage", () => [Block(), [.. Block(), .. TuyaImages.Block(1, 2).Index(1, "b", [7], (1, 2, 2)).Data(2, [7]).Seal()]], Storage,
            typeof(TuyaReader), typeof(TuyaStorageReader))
            { MaximumLength = 4 * Sector, ShortRuns = 60, Words = FuzzTarget.Texts("gw_bi\0", "gw_wsm\0", "user_param_key\0", "\x34\x12\x76\x98"), Cost = (4 << 20, 64) },
        new FuzzTarget("tuya/protected", () => [[.. "\x05\0\0\0gw_bi"u8, .. new byte[27], 1, 2, 3, 4, 5]], Protected, typeof(TuyaProtectedBlock))
            { MaximumLength = Sector - 32, ShortRuns = 60, Words = FuzzTarget.Texts("gw_bi\0", "gw_wsm\0"), Cost = (4 << 20, 64) },
        new FuzzTarget("tuya/files", () => [TuyaImages.Superblock(3, ("oem_cfg", 300, [1]), ("log", 9000, [2, 3, 4]))], Files, typeof(UfReader))
            { MaximumLength = 2 * Sector, ShortRuns = 40, Sealing = bytes => Seals.TuyaSums(bytes), Cost = (4 << 20, 64), Words = FuzzTarget.Texts("oem_cfg\0", "user_param_key\0", "\x21\x43\x76\x98") },
        new FuzzTarget("tuya/raw", () => [TuyaImages.Piece(Key, Block()), TuyaImages.ProtectedBlock(1, ("gw_bi", [1, 2]))], input => Contents(input.ToArray()), typeof(TuyaReader))
            { MaximumLength = 4 * Sector, ShortRuns = 100, Cost = (4 << 20, 64) },
        new FuzzTarget("tuya/parameters", () => [.. FuzzTarget.Texts("{rl1_pin:26,rl1_lv:1,bt1_pin:8,list:[1,2,{a:3}],name:\"x,y\",crc:45,}", "{Jsonver:1.1.0,module:CB2S,ch0_stat:2,}")],
            Parameters, typeof(TuyaUserParameters), typeof(TuyaWiring)) { Words = FuzzTarget.Texts("rl1_pin:", "crc:", "[", "]", "{", "}", ",", ":", "\"", "netled_pin:", "led1_lv:") },
        new FuzzTarget("tuya/pair", () => [SyntheticPrograms.Noise(300, 4)], Pair, typeof(TuyaStorageWriter)) { ShortRuns = 40, Cost = (8 << 20, 64) },
    ];

    private static byte[] Block()
    {
        byte[] value = TuyaImages.Pattern(200, 1);
        return TuyaImages.Block(0, 1).Index(1, "gw_bi", value, (0, 2, 3)).Data(2, value).Index(4, "user_param_key", [1, 2], (0, 5, 5)).Data(5, [1, 2]).Seal();
    }

    private static void Storage(ReadOnlyMemory<byte> input)
    {
        var sectors = new List<byte[]>();
        for (int at = 0; at < input.Length; at += Sector)
        {
            byte[] sector = TuyaImages.Filled(0xFF);
            input.Span.Slice(at, Math.Min(Sector, input.Length - at)).CopyTo(sector);
            sectors.Add(sector);
        }
        Contents(TuyaImages.Piece(Key, [.. sectors]));
    }

    private static void Protected(ReadOnlyMemory<byte> input)
    {
        byte[] block = TuyaImages.ProtectedBlock(1, ("a", [1]));
        byte[] sector = TuyaImages.Crypt(TuyaImages.MasterKey, block, encrypt: false);
        byte[] body = new byte[Sector - 32];
        body.AsSpan().Fill(0xFF);
        input.Span.CopyTo(body);
        TuyaImages.Crypt(Key, body, encrypt: true).CopyTo(sector, 32);
        BitConverter.TryWriteBytes(sector.AsSpan(24), input.Length);
        Contents(TuyaImages.Crypt(TuyaImages.MasterKey, sector.Seal(), encrypt: true));
    }

    private static void Files(ReadOnlyMemory<byte> input)
    {
        var image = new byte[0x20000];
        image.AsSpan().Fill(0xFF);
        TuyaImages.Piece(Key, Block()).CopyTo(image, 0x10000);
        input.Span.CopyTo(image.AsSpan(0x15000));
        Contents(image);
    }

    // All that may be asked of an area, and every change of it that may be asked for.
    private static void Contents(byte[] image)
    {
        var findings = new List<Finding>();
        var contents = TuyaReader.Read(image, findings);
        Walk.Everything(contents);
        Walk.Everything(findings);
        TuyaUserParametersFinder.Find(contents, image);
        foreach (string name in new[] { "gw_bi", TuyaUserParameters.Key })
        {
            Promise.Answered(() =>
            {
                var changed = (byte[])image.Clone();
                foreach (var sector in TuyaWriter.SetValue(contents, name, "{rl1_pin:26,}"u8))
                    sector.Data.Span.CopyTo(changed.AsSpan((int)sector.Offset));
                var again = TuyaReader.Read(changed);
                if (again.Storage is { } storage)
                    Promise.Same("{rl1_pin:26,}"u8, storage.Find(name)!.Data.Span, "a value that was set");
            });
        }
        Promise.Holds(TuyaSanitizer.Sanitize(image).Sectors.All(sector => sector.Offset + Sector <= image.Length), "Sanitize writes past the end");
    }

    private static void Parameters(ReadOnlyMemory<byte> input)
    {
        if (!TuyaUserParameters.TryParse(input.Span, out var parameters))
            return;
        Walk.Everything(parameters);
        Walk.Everything(TuyaWiring.Create(parameters, null));
        Promise.Holds(parameters.WithRenewedCrc() is var renewed && (renewed.CrcOk || renewed.StoredCrc is null || renewed == parameters), "WithRenewedCrc leaves it wrong");
        Promise.Answered(() => Promise.Holds(parameters.With("rl1_pin", "7")["rl1_pin"] == "7", "With sets another value"));
        Promise.Holds(TuyaUserParameters.TryParse(parameters.ToBytes(), out var again) && again.Fields.Count == parameters.Fields.Count, "ToBytes is read as something else");
    }

    private static void Pair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        byte[] image = TuyaImages.Piece(Key, Block(), TuyaImages.Block(1, 1), TuyaImages.Block(2, 1));
        var expected = new Dictionary<string, byte[]>();
        for (int i = 0; i < 8 && !data.IsEmpty; i++)
        {
            string name = data.Bool() ? "gw_bi" : data.Ascii(33);
            byte[] value = data.Bytes(3000);
            var contents = TuyaReader.Read(image);
            Promise.Answered(() =>
            {
                foreach (var sector in TuyaWriter.SetValue(contents, name, value))
                    sector.Data.Span.CopyTo(image.AsSpan((int)sector.Offset));
                expected[name] = value;
            });
        }
        var storage = TuyaReader.Read(image).Storage;
        foreach (var (name, value) in expected)
            Promise.Same(value, storage!.Find(name)!.Data.Span, "a value that was set");
    }
}
