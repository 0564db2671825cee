using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>An edit with its arguments, made from a seed: one entry for each public method of the draft.</summary>
internal static class Edits
{
    private const int BootloaderEnd = 0x11000;

    private static readonly Lazy<FlashImage> OtherBootloader = new(() => FlashImage.Parse(SyntheticImage.TuyaNDevice().Dump()));

    public static IReadOnlyDictionary<string, Func<ImageDraft, Random, ImageDraft>> All { get; } =
        new Dictionary<string, Func<ImageDraft, Random, ImageDraft>>(StringComparer.Ordinal)
        {
            ["AddFile(String, Byte[])"] = (draft, random) => draft.AddFile("file" + random.Next(3), Noise(random, random.Next(0, 3000))),
            ["EditFiles(IEnumerable`1, IEnumerable`1)"] = (draft, _) => draft.EditFiles([], ["autoexec.bat"]),
            ["Normalize()"] = (draft, _) => draft.Normalize(),
            ["Put(FlashRange, Byte[])"] = (draft, random) =>
            {
                int length = random.Next(1, 0x800);
                // Behind the bootloader, into which nothing is put: there, one seed in forty was refused on every image.
                return draft.Put(new FlashRange(random.NextInt64(BootloaderEnd, draft.ToImage().Length - length), length), Noise(random, length));
            },
            ["Put(Partition, Byte[], Boolean)"] = (draft, random) => draft.Put(Any(draft, random), Noise(random, random.Next(1, 0x800))),
            ["Put(String, Byte[])"] = (draft, random) => draft.Put("app", App(random)),
            ["Put(String, Byte[], Boolean)"] = (draft, random) => draft.Put("app", App(random), isPlain: true),
            ["Rekey(BekenKey)"] = (draft, random) => draft.Rekey(random.Next(2) == 0 ? BekenKey.Uascent : new BekenKey(
                (uint)random.NextInt64(), (uint)random.NextInt64(), (uint)random.NextInt64(), (uint)random.NextInt64())),
            ["RemoveFile(String)"] = (draft, _) => draft.RemoveFile("autoexec.bat"),
            ["ReplaceBootloader(FlashImage)"] = (draft, _) => draft.ReplaceBootloader(OtherBootloader.Value),
            ["RestoreRf(RfTable, Nullable`1, Boolean)"] = (draft, random) => draft.RestoreRf(Table(random)),
            ["RestoreRf(RfTable, Nullable`1, Boolean, BekenChip)"] = (draft, random) => draft.RestoreRf(Table(random), Mac(random), false, draft.ToImage().Chip),
            ["Sanitize()"] = (draft, _) => draft.Sanitize(),
            ["SetMac(MacAddress)"] = (draft, random) => draft.SetMac(Mac(random)),
            ["SetObk(String, String)"] = (draft, random) => draft.SetObk("pins." + random.Next(20), "Rel;" + random.Next(1, 9)),
            ["SetObkConfig(Action`1, Boolean)"] = (draft, random) => draft.SetObkConfig(builder => builder.Set("shortDeviceName", "name" + random.Next(1000))),
            ["SetObkConfig(ObkConfigDocument, Boolean)"] = (draft, random) =>
                draft.SetObkConfig(new ObkConfigDocument([new NamedValue("mqttClientId", "client" + random.Next(1000))])),
            ["SetPartitionTable(IReadOnlyList`1)"] = (draft, random) => draft.SetPartitionTable(ShorterDownload(draft.ToImage(), random)),
            ["SetTuya(String, Byte[])"] = (draft, random) => draft.SetTuya("value" + random.Next(3), Noise(random, random.Next(1, 300))),
            ["SetTuya(String, String)"] = (draft, random) => draft.SetTuya("gw_bi", "{\"uuid\":\"" + random.Next(100000, 999999) + "\"}"),
        };

    public static string[] Names { get; } = [.. All.Keys];

    /// <summary>Which edit, and the seed of its arguments.</summary>
    public static Gen<(string Name, int Seed)> AnyEdit { get; } = Gen.Select(Gen.Int[0, Names.Length - 1].Select(at => Names[at]), Gen.Int[0, 1_000_000]);

    /// <summary>True for an edit after which other programs say where the others go.</summary>
    public static bool ReplacesPrograms(string name) => name is "Put(String, Byte[])" or "Put(String, Byte[], Boolean)" or "ReplaceBootloader(FlashImage)"
        or "Rekey(BekenKey)" or "SetPartitionTable(IReadOnlyList`1)";

    /// <summary>Makes an edit; null where the image has not what it edits, or a guard refuses it.</summary>
    public static ImageDraft? TryMake(FlashImage image, (string Name, int Seed) edit)
    {
        try
        {
            return All[edit.Name](image.Edit(), new Random(edit.Seed));
        }
        catch (BekenImageException)
        {
            return null;
        }
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] App(Random random) => SyntheticPrograms.App(random.Next(0x4000, 0x6000), "OpenBK7231N_1.18.301", seed: random.Next(1, 1000));

    private static MacAddress Mac(Random random) => new([0x02, .. Noise(random, 5)]);

    private static RfTable Table(Random random) => RfReader.Read(
        RfTestData.Sector(RfTestData.CompleteTable(Convert.ToHexString(Mac(random).ToArray()), seed: random.Next(15))), 0);

    // Of the data that the table names: noise in a program is refused, and what is found, or known, another edit may have made.
    private static Partition Any(ImageDraft draft, Random random)
    {
        var data = draft.ToImage().Partitions.Where(partition => partition is { Source: PartitionSource.Fal, LogicalStart: null }).ToArray();
        return data.Length > 0 ? data[random.Next(data.Length)] : throw new BekenImageException(FindingCode.WrongKind, "none");
    }

    private static FalPartition[] ShorterDownload(FlashImage image, Random random)
    {
        uint less = (uint)random.Next(1, 8) * 0x1000;
        return (image.Fal ?? throw new BekenImageException(FindingCode.FalMissing, "none")).Partitions
            .Select(entry => entry.Name == "download" ? new FalPartition(entry.Name, entry.Flash, entry.Offset, entry.Length - less) : entry).ToArray();
    }
}
