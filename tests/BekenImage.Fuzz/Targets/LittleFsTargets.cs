using BekenImage.Formats.LittleFs;
using BekenImage.Fuzz.Engine;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

internal static class LittleFsTargets
{
    private const int Block = 4096;

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("littlefs/volume", Volumes, Volume, typeof(LittleFsReader))
            { MaximumLength = 16 * Block, ShortRuns = 400, Sealing = bytes => Seals.LittleFs(bytes), Words = FuzzTarget.Texts("littlefs"), Cost = (2 << 20, 64) },
        new FuzzTarget("littlefs/log", () => Volumes().Select(volume => volume[..200]), Log, typeof(LittleFsReader))
            { MaximumLength = 2 * Block, ShortRuns = 500, Words = FuzzTarget.Texts("littlefs"), Cost = (2 << 20, 64) },
        new FuzzTarget("littlefs/pair", () => [SyntheticPrograms.Noise(300, 5)], Pair, typeof(LittleFsWriter)) { ShortRuns = 200, Cost = (8 << 20, 64) },
        new FuzzTarget("littlefs/paths", () => [.. FuzzTarget.Texts("a/b", "../x", "C:\\x", "con", "a:b", "x.", "a\nb")], Paths, typeof(LittleFsSafePaths))
            { Words = FuzzTarget.Texts("/", "..", "\\", "\n", "CON", "\0", ":") },
    ];

    private static IEnumerable<byte[]> Volumes()
    {
        byte[] inline = LogMaker.Blank(2);
        new LogMaker(inline, 0, 1).Superblock(2).Inline(1, "a", "b").Commit().Created(2, "c", "d").Commit().Tag(0x4FF, 1).Commit();
        yield return inline;
        yield return LittleFsWriter.Create(8 * Block,
        [
            LittleFsEntry.File("autoexec.bat", LittleFsTestData.Pattern(12, 1), [new LittleFsAttribute(1, new byte[] { 5 })]),
            LittleFsEntry.File("dir/big", LittleFsTestData.Pattern(9000, 2)), LittleFsEntry.File("small", LittleFsTestData.Pattern(3, 3)),
        ]);
    }

    private static void Volume(ReadOnlyMemory<byte> input)
    {
        var findings = new List<Finding>();
        var volumes = LittleFsReader.FindAll(input, 0, findings);
        Walk.Everything(findings);
        foreach (var volume in volumes)
            Ask(volume);
        if (LittleFsReader.TryRead(input, 0, findings, out var first))
            Ask(first);
    }

    // The first block alone decides how the log is read; the input is a prefix of it and everything else erased.
    private static void Log(ReadOnlyMemory<byte> input)
    {
        byte[] volume = LogMaker.Blank(2);
        input.Span.CopyTo(volume);
        Seals.LittleFs(volume);
        if (LittleFsReader.TryRead(volume, 0, new List<Finding>(), out var read))
            Ask(read);
    }

    private static void Ask(LittleFsVolume volume)
    {
        Walk.Everything(volume);
        long read = 0;
        foreach (var entry in volume.Entries)
        {
            Promise.Holds(entry.ToArray().Length == entry.ReadableLength && entry.ReadableLength <= entry.Size, "an entry of another length");
            Promise.Holds(volume.Find(entry.Path) is not null, "an entry is not found by its path");
            if ((read += entry.ReadableLength) > 1 << 20)
                break;
        }
        Promise.Holds(LittleFsSafePaths.Map(volume.Entries).Count == volume.Entries.Count, "a path for each entry");
        Promise.Answered(() =>
        {
            byte[] rebuilt = LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("new file", new byte[] { 1, 2, 3 })]);
            Promise.Holds(rebuilt.Length == volume.Length, "Rebuild changes the length");
            Promise.Holds(LittleFsReader.TryRead(rebuilt, volume.Offset, null, out var again) && !again.IsDamaged, "Rebuild makes a damaged volume");
            foreach (var entry in volume.Entries.Where(entry => !entry.IsDirectory && entry.Path != "new file"))
                Promise.Same(entry.ToArray(), again!.Find(entry.Path)!.ToArray(), "a file that was not touched");
        });
    }

    private static void Pair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        int blocks = 2 + data.Below(20);
        var entries = new List<LittleFsEntry>();
        while (!data.IsEmpty && entries.Count < 20)
        {
            string path = data.Bool() ? data.Ascii(20) : data.Text(300);
            bool isDirectory = data.Below(4) == 0;
            LittleFsAttribute[] attributes = data.Bool() ? [new LittleFsAttribute(data.Byte(), data.Bytes(40))] : [];
            byte[] content = LittleFsTestData.Pattern(data.Half() % 9000, data.Byte());
            Promise.Answered(() => entries.Add(isDirectory ? LittleFsEntry.Directory(path, attributes) : LittleFsEntry.File(path, content, attributes)));
        }
        byte[]? bytes = null;
        long needed = 0;
        bool isMade = Promise.Answered(() => bytes = LittleFsWriter.Create(blocks * Block, entries));
        bool isCounted = Promise.Answered(() => needed = LittleFsWriter.LengthFor(entries));
        Promise.Holds(!isMade || isCounted && needed <= blocks * Block, "LengthFor asks for more than was enough");
        if (!isMade)
            return;
        Promise.Holds(LittleFsReader.TryRead(bytes!, 0, null, out var volume), "what Create makes is no volume");
        Promise.Holds(volume!.Findings.Count == 0, "what Create makes has findings");
        foreach (var entry in entries.Where(entry => !entry.IsDirectory))
        {
            Promise.Holds(volume.Find(entry.Path) is not null, "a file is missing");
            Promise.Same(entry.ToArray(), volume.Find(entry.Path)!.ToArray(), "a file's content");
        }
        // The judge of the tests throws at the first thing it dislikes.
        var plain = new PlainLittleFs(bytes!);
        Promise.Holds(plain.Files.Count == entries.Count(entry => !entry.IsDirectory), "the second reader finds other files");
    }

    private static void Paths(ReadOnlyMemory<byte> input)
    {
        string text = System.Text.Encoding.UTF8.GetString(input.Span);
        var entries = new List<LittleFsEntry>();
        foreach (string path in text.Split('|').Take(40))
            Promise.Answered(() => entries.Add(LittleFsEntry.File(path, Array.Empty<byte>())));
        var paths = LittleFsSafePaths.Map(entries);
        Promise.Holds(paths.Count == entries.Count && paths.Distinct(StringComparer.OrdinalIgnoreCase).Count() == paths.Count, "two files share a path");
        foreach (string path in paths)
        {
            Promise.Holds(!path.Split('/').Any(part => part is "" or "." or "..") && !path.Contains('\\') && !path.Contains(':') && !path.Any(char.IsControl),
                "a path leaves its folder");
        }
    }
}
