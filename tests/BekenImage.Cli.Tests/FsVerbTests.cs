using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>OpenBeken's files through the command: made, listed, taken out, put in, kept and cleaned.</summary>
public sealed class FsVerbTests
{
    /// <summary>Where OpenBeken for BK7231N keeps a volume of the default size; inside the partition table's download.</summary>
    private const int Place = 0x1C8000;
    private const int Size = 0x8000;

    private static readonly (string Path, byte[] Content)[] Samples3 =
    [
        ("autoexec.bat", "startDriver BL0942\n"u8.ToArray()), ("empty", []), ("www/index.html", SyntheticPrograms.Noise(9000, 1)),
    ];

    [Fact]
    public void Create_List_Extract_GivesTheSameFolder()
    {
        using var folder = new TestFolder();
        WriteFiles(folder["in"], Samples3);
        Directory.CreateDirectory(Path.Combine(folder["in"], "www", "nothing"));
        Tool.Run("fs", "create", folder["in"], "-o", folder["volume.bin"], "--size", "64K").Succeeds();
        Assert.Equal(0x10000, folder.Read("volume.bin").Length);
        AssertHolds(folder.Read("volume.bin"), Samples3);
        var listed = Tool.Run("fs", "list", folder["volume.bin"], "--json").Succeeds().Json;
        Assert.Equal(["empty 0", "autoexec.bat 19", "www/index.html 9000"], Listed(listed).OrderBy(line => line.Length));
        Assert.Equal(["www", "www/nothing"], listed.GetProperty("littleFs").GetProperty("directories").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal("fs list", listed.GetProperty("verb").GetString());
        Assert.Contains("www/index.html", Tool.Run("fs", "list", folder["volume.bin"]).Succeeds().Output, StringComparison.Ordinal);
        Tool.Run("fs", "extract", folder["volume.bin"], "-o", folder["out"]).Succeeds();
        AssertSameFolder(folder["in"], folder["out"]);
        Tool.Run("fs", "create", folder["out"], "-o", folder["again.bin"], "--size", "0x10000").Succeeds();
        BytesAssert.Equal(folder.Read("volume.bin"), folder.Read("again.bin"));
    }

    [Fact]
    public void Create_WhatDoesNotFitOrIsNoFolder_IsRefusedAndWritesNothing()
    {
        using var folder = new TestFolder();
        WriteFiles(folder["in"], ("a", new byte[0x7000]));
        // Two blocks for the root, eight for the file of seven blocks and its pointers.
        Tool.Run("fs", "create", folder["in"], "-o", folder["v.bin"]).Fails(4, "BKI6101", "0xa000").Fails(4, "BKI6101", "0x8000");
        WriteFiles(folder["in"], ("b", new byte[0x7000]));
        Tool.Run("fs", "create", folder["in"], "-o", folder["v.bin"]).Fails(4, "BKI6101", "0xe000").Fails(4, "BKI6101", "0x8000");
        Tool.Run("fs", "create", folder["none"], "-o", folder["v.bin"]).Fails(3, "BKI8010", "no such folder");
        Assert.Equal(2, Tool.Run("fs", "create", folder["in"], "-o", folder["v.bin"], "--size", "5000").ExitCode);
        Tool.Run("fs", "create", folder["in"], "-o", Path.Combine(folder["in"], "a"), "--size", "64K", "--force").Fails(4, "BKI9010", "input");
        Assert.Equal(["in"], folder.Names);
    }

    [Fact]
    public void Add_ToADeviceWithout_MakesAVolumeWhereTheFirmwareLooks()
    {
        using var folder = new TestFolder();
        byte[] device = Samples.ObkDevice;
        string image = folder.Write("device.bin", device);
        WriteFiles(folder["in"], Samples3);
        Tool.Run("fs", "list", image).Fails(3, "BKI6103", "no LittleFS");
        Assert.Equal(JsonValueKind.Null, Tool.Run("inspect", image, "--json").Json.GetProperty("littleFs").ValueKind);
        Tool.Run("fs", "add", image, Path.Combine(folder["in"], "autoexec.bat"), "www/index.html=" + Path.Combine(folder["in"], "www", "index.html"),
            "empty=" + Path.Combine(folder["in"], "empty"), "-o", folder["out.bin"]).Succeeds();
        byte[] result = folder.Read("out.bin");
        AssertHolds(result[Place..(Place + Size)], Samples3);
        AssertSameOutside(device, result, Place, Size);
        var inspected = Tool.Run("inspect", folder["out.bin"], "--json").Succeeds().Json;
        Assert.Equal((Place, Size), (inspected.GetProperty("littleFs").GetProperty("offset").GetInt32(), inspected.GetProperty("littleFs").GetProperty("length").GetInt32()));
        var partition = inspected.GetProperty("partitions").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "littlefs");
        Assert.Equal((Place, Size, "scan"), (partition.GetProperty("offset").GetInt32(), partition.GetProperty("length").GetInt32(), partition.GetProperty("source").GetString()));
        Assert.Contains("LittleFS at physical 0x1c8000", Tool.Run("inspect", folder["out.bin"]).Output, StringComparison.Ordinal);
        Assert.Equal(device, folder.Read("device.bin"));
    }

    [Fact]
    public void Add_OneFile_ChangesThatFileAlone()
    {
        using var folder = new TestFolder();
        byte[] device = Device(Samples3);
        string image = folder.Write("device.bin", device);
        File.WriteAllText(folder["autoexec.bat"], "startDriver NTP\nsecond line");
        Tool.Run("fs", "add", image, folder["autoexec.bat"], "-o", folder["out.bin"]).Succeeds();
        byte[] result = folder.Read("out.bin");
        AssertSameOutside(device, result, Place, Size);
        AssertHolds(result[Place..(Place + Size)], [("autoexec.bat", File.ReadAllBytes(folder["autoexec.bat"])), .. Samples3[1..]]);
        // In the other direction nothing is left of it.
        WriteFiles(folder["in"], Samples3);
        Tool.Run("fs", "add", folder["out.bin"], Path.Combine(folder["in"], "autoexec.bat"), "-o", folder["back.bin"]).Succeeds();
        BytesAssert.Equal(device, folder.Read("back.bin"));
    }

    [Fact]
    public void Add_ToAFirmwareFile_ExtendsItToTheVolume()
    {
        using var folder = new TestFolder();
        byte[] qio = Samples.ObkN;
        File.WriteAllText(folder["autoexec.bat"], "echo");
        Tool.Run("fs", "add", folder.Write("qio.bin", qio), folder["autoexec.bat"], "-o", folder["out.bin"]).Succeeds();
        byte[] result = folder.Read("out.bin");
        Assert.Equal(Place + Size, result.Length);
        BytesAssert.Equal(qio, result.AsSpan(0, qio.Length));
        Assert.Equal("qio", Tool.Run("inspect", folder["out.bin"], "--json").Json.GetProperty("kind").GetString());
        AssertHolds(result[Place..], ("autoexec.bat", "echo"u8.ToArray()));
    }

    [Fact]
    public void Add_TooMuch_OrWhereItMayNotGo_IsRefusedAndWritesNothing()
    {
        using var folder = new TestFolder();
        string big = folder.Write("big", new byte[0x7000]), small = folder.Write("small", [1, 2, 3]);
        string device = folder.Write("device.bin", Samples.ObkDevice), tuya = folder.Write("tuya.bin", Samples.TuyaN);
        string taken = folder.Write("taken.bin", Samples.ObkDeviceImage().WithFiller(Place + 0x3000, 0x100).Dump());
        string[] before = folder.Names;
        Tool.Run("fs", "add", device, big, "-o", folder["no.bin"]).Fails(4, "BKI6101", "0xa000").Fails(4, "BKI6101", "0x8000");
        Tool.Run("fs", "add", folder.Write("full.bin", Device(Samples3)), big, "-o", folder["no.bin"]).Fails(4, "BKI6101", "0x8000");
        Tool.Run("fs", "add", tuya, small, "-o", folder["no.bin"]).Fails(4, "BKI9005", "no default address");
        Tool.Run("fs", "add", device, "a\u0007b=" + small, "-o", folder["no.bin"]).Fails(3, "BKI6102", "control characters");
        Tool.Run("fs", "add", taken, small, "-o", folder["no.bin"]).Fails(4, "BKI9003", "not erased");
        Tool.Run("fs", "add", device, "../x=" + small, "-o", folder["no.bin"]).Fails(3, "BKI6102", "..");
        Tool.Run("fs", "add", device, folder["none"], "-o", folder["no.bin"]).Fails(3, "BKI8010", "no such file");
        Tool.Run("fs", "add", device, small, "-o", small, "--force").Fails(4, "BKI9010", "input");
        Assert.Equal([.. before.Append("full.bin").Order(StringComparer.Ordinal)], folder.Names);
    }

    [Fact]
    public void Volume_OfTheConfiguredSize_IsTheOneThatCounts()
    {
        using var folder = new TestFolder();
        const int large = 0x20000;
        byte[] device = DeviceWithSize(large).Dump();
        byte[] older = Volume(Size, ("old", "old"u8.ToArray())), mounted = Volume(large, ("autoexec.bat", "new"u8.ToArray()));
        older.CopyTo(device, Place);
        string image = folder.Write("older.bin", device);
        Assert.Contains("BKI6015", Tool.Run("fs", "list", image).Succeeds().Output, StringComparison.Ordinal);
        mounted.AsSpan(0, 0x2000).CopyTo(device.AsSpan(0x1D0000 - large));
        Assert.Equal(["autoexec.bat 3"], Listed(Tool.Run("fs", "list", folder.Write("both.bin", device), "--json").Succeeds().Json));
        // Nothing there: the place follows the size.
        Tool.Run("fs", "add", folder.Write("none.bin", DeviceWithSize(large).Dump()), folder.Write("f", [1]), "-o", folder["out.bin"]).Succeeds();
        Assert.Equal(0x1D0000 - large, Tool.Run("fs", "list", folder["out.bin"], "--json").Succeeds().Json.GetProperty("littleFs").GetProperty("offset").GetInt32());
    }

    [Fact]
    public void ExtractAndPut_OfThePartition_TakeAFolderOrTheStoredBytes()
    {
        using var folder = new TestFolder();
        byte[] device = Device(Samples3);
        string image = folder.Write("device.bin", device);
        WriteFiles(folder["in"], Samples3);
        Tool.Run("extract", image, "littlefs", "-o", folder["out"]).Succeeds();
        AssertSameFolder(folder["in"], folder["out"]);
        Tool.Run("extract", image, "littlefs", "--raw", "-o", folder["raw.bin"]).Succeeds();
        BytesAssert.Equal(device.AsSpan(Place, Size), folder.Read("raw.bin"));
        Tool.Run("put", image, "littlefs", folder["raw.bin"], "-o", folder["same.bin"]).Succeeds();
        BytesAssert.Equal(device, folder.Read("same.bin"));
        Tool.Run("extract", image, "littlefs", "-o", folder["out"]).Fails(4, "BKI9009", "--force");
        File.WriteAllText(Path.Combine(folder["out"], "autoexec.bat"), "changed");
        Tool.Run("extract", image, "littlefs", "-o", folder["out"], "--force").Succeeds();
        AssertSameFolder(folder["in"], folder["out"]);
        File.WriteAllText(Path.Combine(folder["out"], "www", "mine.txt"), "of the user");
        Tool.Run("fs", "extract", image, "-o", folder["out"], "--force").Fails(4, "BKI9009", "other files");
        Assert.Equal("of the user", File.ReadAllText(Path.Combine(folder["out"], "www", "mine.txt")));
        Tool.Run("extract", folder.Write("none.bin", Samples.ObkDevice), "littlefs", "-o", folder["no"]).Fails(3, "BKI6103", "no LittleFS");
    }

    [Fact]
    public void Extract_HostileNames_StayInTheFolder()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["work"]);
        byte[] volume = LogMaker.Blank(8);
        new LogMaker(volume, 0, 1).Superblock(8)
            .Inline(1, "../../escaped", "1").Inline(2, "..", "2").Inline(3, "/etc/passwd", "3").Inline(4, "C:\\x", "4").Inline(5, "CON", "5")
            .Inline(6, "\u001b[2Jbell\u0007", "6").Inline(7, "same", "7").Inline(8, "SAME", "8").Directory(9, "...", 2, 3).SoftTail(2, 3).Commit();
        new LogMaker(volume, 2, 1).Inline(0, "../../../deep", "9").Inline(1, ".", "0").Commit();
        string file = folder.Write("volume.bin", volume);
        var result = Tool.Run("fs", "extract", file, "-o", Path.Combine(folder["work"], "out"));
        Assert.Contains(result.ExitCode, new[] { 0, 1 });
        TerminalAssert.IsHarmless(result);
        TerminalAssert.IsHarmless(Tool.Run("fs", "list", file));
        Assert.Equal(["volume.bin", "work"], folder.Names);
        Assert.Equal([Path.Combine(folder["work"], "out")], Directory.GetFileSystemEntries(folder["work"]));
        string[] written = Directory.GetFiles(folder["work"], "*", SearchOption.AllDirectories);
        Assert.Equal(10, written.Length);
        Assert.Equal("0123456789", string.Concat(written.Select(File.ReadAllText).Order(StringComparer.Ordinal)));
        Assert.All(written, path => Assert.Matches("^[A-Za-z0-9._-]+$", Path.GetFileName(path)));
        Assert.Equal(written.Length, written.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Damage_EndsInFindingsAndExitCodes()
    {
        using var folder = new TestFolder();
        byte[] device = Device(Samples3);
        // A block that an index points to is not there: the pointer of the last block of www/index.html leads out of the volume.
        byte[] lostContent = device.ToArray();
        var file = LittleFsReader.FindAll(device).Single();
        byte[] tail = Samples3[2].Content[(4096 + 4092)..];
        int block = IndexOf(device, tail.AsSpan(0, 64)) & ~0xFFF;
        Assert.True(file.Range.Contains(block));
        BinaryPrimitives.WriteUInt32LittleEndian(lostContent.AsSpan(block), 0x7777);
        BinaryPrimitives.WriteUInt32LittleEndian(lostContent.AsSpan(block + 4), 0x7777);
        string damaged = folder.Write("content.bin", lostContent);
        var listed = Tool.Run("fs", "list", damaged, "--json");
        Assert.Equal(1, listed.ExitCode);
        Assert.Contains("BKI6007", Codes(listed.Json));
        Assert.Equal(1, Tool.Run("fs", "extract", damaged, "-o", folder["out"]).ExitCode);
        Assert.Equal("startDriver BL0942\n", File.ReadAllText(Path.Combine(folder["out"], "autoexec.bat")));
        Tool.Run("fs", "add", damaged, folder.Write("f", [1]), "-o", folder["no.bin"]).Fails(3, "BKI6104", "losing");
        // Replacing the damaged file heals it.
        Tool.Run("fs", "add", damaged, "www/index.html=" + folder.Write("page", Samples3[2].Content), "-o", folder["healed.bin"]).Succeeds();
        BytesAssert.Equal(device, folder.Read("healed.bin"));

        byte[] lostSuperblock = device.ToArray();
        lostSuperblock[Place + 30] ^= 0x10;
        Tool.Run("fs", "list", folder.Write("superblock.bin", lostSuperblock)).Fails(3, "BKI6001", "does not verify");
        Assert.Contains("BKI6001", Codes(Tool.Run("inspect", folder["superblock.bin"], "--json").Succeeds().Json));
        Tool.Run("fs", "add", folder["superblock.bin"], folder["f"], "-o", folder["no.bin"]).Fails(4, "BKI9003", "not erased");
        Tool.Run("fs", "add", folder.Write("cut.bin", device[..(Place + 0x4000)]), folder["f"], "-o", folder["no.bin"]).Fails(3, "BKI6104", "ends before");
        Assert.Equal(["content.bin", "cut.bin", "f", "healed.bin", "out", "page", "superblock.bin"], folder.Names);
    }

    [Fact]
    public void Combine_AsAnUpdate_KeepsTheVolumeThatLiesInDownload()
    {
        using var folder = new TestFolder();
        byte[] device = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100") }.WithRf(0x1D0000).With(Place, Volume(Size, Samples3)).WithPackage().Dump();
        string factory = folder.Write("device.bin", device), firmware = folder.Write("obk.bin", Samples.ObkN);
        // No configuration: the volume alone makes it an update.
        var result = Tool.Run("combine", factory, firmware, "-o", folder["out.bin"], "--json").Succeeds();
        Assert.Equal("update", result.Json.GetProperty("mode").GetString());
        byte[] image = folder.Read("out.bin");
        BytesAssert.Equal(device.AsSpan(Place), image.AsSpan(Place));
        Assert.All(image[0x12A000..Place], value => Assert.Equal(0xFF, value));
        Tool.Run("combine", factory, firmware, "-o", folder["erased.bin"], "--erase", "littlefs").Succeeds();
        Assert.All(folder.Read("erased.bin")[Place..(Place + Size)], value => Assert.Equal(0xFF, value));
    }

    [Fact]
    public void Combine_AsAConversion_ErasesTheVolumeUnlessAskedToKeepIt()
    {
        using var folder = new TestFolder();
        const int elsewhere = 0x1AB000; // BK7231T's place, which BK7231N builds used before April 2023
        byte[] device = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.15.1") }.WithRf(0x1D0000).With(elsewhere, Volume(Size, Samples3)).Dump();
        string factory = folder.Write("device.bin", device), firmware = folder.Write("obk.bin", Samples.ObkN);
        var result = Tool.Run("combine", factory, firmware, "-o", folder["out.bin"], "--json").Succeeds();
        Assert.Equal("convert", result.Json.GetProperty("mode").GetString());
        Assert.All(folder.Read("out.bin")[0x12A000..0x1D0000], value => Assert.Equal(0xFF, value));
        Tool.Run("combine", factory, firmware, "-o", folder["kept.bin"], "--keep", "littlefs").Succeeds();
        BytesAssert.Equal(device.AsSpan(elsewhere, Size), folder.Read("kept.bin").AsSpan(elsewhere, Size));
    }

    [Fact]
    public void Combine_WhereTheAppsPartitionReachesIntoTheVolume_IsRefused()
    {
        using var folder = new TestFolder();
        const int largest = 0xA5000;
        // The SDK's bootloader puts the app's header at 0x131F9A; the largest volume begins at 0x12B000.
        byte[] device = Dreo(largest).With(0x1D0000 - largest, Volume(largest, Samples3)).Dump();
        string factory = folder.Write("device.bin", device), firmware = folder.Write("obk.bin", Samples.ObkM);
        Tool.Run("combine", factory, firmware, "-o", folder["no.bin"]).Fails(4, "BKI9003", "LittleFS");
        Assert.False(File.Exists(folder["no.bin"]));
        Tool.Run("combine", factory, firmware, "-o", folder["out.bin"], "--erase", "littlefs").Succeeds();
        // One that begins behind it stays.
        const int smaller = 0x90000;
        device = Dreo(smaller).With(0x1D0000 - smaller, Volume(smaller, Samples3)).Dump();
        Tool.Run("combine", folder.Write("device.bin", device), firmware, "-o", folder["kept.bin"]).Succeeds();
        BytesAssert.Equal(device.AsSpan(0x1D0000 - smaller, smaller), folder.Read("kept.bin").AsSpan(0x1D0000 - smaller, smaller));
    }

    [Fact]
    public void Sanitize_LeavesNoSecretInFilesNorInOldBlocks()
    {
        using var folder = new TestFolder();
        byte[] volume = LogMaker.Blank(Size / 4096);
        new LogMaker(volume, 0, 1).Superblock(8).Inline(1, "autoexec.bat", "SSID1 home-net-1").Inline(2, "page.html", "uses home-net-1").Commit();
        new LogMaker(volume, 1, 2).Superblock(8).Inline(1, "autoexec.bat", "Password1 secret-two; startDriver NTP").Inline(2, "note.txt", "says config-secret here")
            .Inline(3, "page.html", "<input type=password> secret-two").Commit();
        "deleted: forgotten-secret"u8.CopyTo(volume.AsSpan(0x5000));
        byte[] device = Samples.ObkDeviceImage().With(0x1D1000, ObkTestData.Sector(ObkTestData.Minimal(change: bytes =>
            Encoding.ASCII.GetBytes("config-secret").CopyTo(bytes, 0x54)))).With(Place, volume).With(0x1F0000, "secret-two again"u8.ToArray()).Dump();
        string image = folder.Write("device.bin", device);
        Assert.Contains("holds passwords", Tool.Run("fs", "extract", image, "-o", folder["files"]).Succeeds().Error, StringComparison.Ordinal);
        Tool.Run("sanitize", image, "-o", folder["clean.bin"]).Succeeds();
        Assert.DoesNotContain("holds passwords", Tool.Run("fs", "extract", folder["clean.bin"], "-o", folder["clean"]).Succeeds().Error, StringComparison.Ordinal);
        byte[] clean = folder.Read("clean.bin");
        string text = Encoding.Latin1.GetString(clean);
        Assert.All(new[] { "home-net-1", "secret-two", "config-secret", "forgotten-secret" }, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        AssertHolds(clean[Place..(Place + Size)],
            ("autoexec.bat", "                    ; startDriver NTP"u8.ToArray()), ("note.txt", "says 0000000000000 here"u8.ToArray()),
            ("page.html", "<input type=password> 0000000000"u8.ToArray()));
        Assert.Equal(Tool.Run("verify", image).ExitCode, Tool.Run("verify", folder["clean.bin"]).ExitCode);
        Assert.Empty(Codes(Tool.Run("fs", "list", folder["clean.bin"], "--json").Succeeds().Json));
        Tool.Run("sanitize", folder["clean.bin"], "-o", folder["twice.bin"]).Succeeds();
        BytesAssert.Equal(clean, folder.Read("twice.bin"));
    }

    [Fact]
    public void Sanitize_OfADamagedVolume_KeepsWhatCanBeReadAndNoSecret()
    {
        using var folder = new TestFolder();
        byte[] device = Device([("autoexec.bat", "MqttUser someone-secret"u8.ToArray()), ("big", SyntheticPrograms.Noise(9000, 2)), ("keep", "kept"u8.ToArray())]);
        byte[] tail = SyntheticPrograms.Noise(9000, 2)[(4096 + 4092)..];
        int block = IndexOf(device, tail.AsSpan(0, 64)) & ~0xFFF;
        device.AsSpan(block, 8).Fill(0x77);
        Tool.Run("sanitize", folder.Write("device.bin", device), "-o", folder["clean.bin"]).Succeeds();
        Assert.DoesNotContain("someone-secret", Encoding.Latin1.GetString(folder.Read("clean.bin")), StringComparison.Ordinal);
        Assert.Contains("keep 4", Listed(Tool.Run("fs", "list", folder["clean.bin"], "--json").Succeeds().Json));
    }

    [Fact]
    public void Lint_NamesTheFilesThatWouldBeWiped()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device(Samples3));
        // A firmware file that reaches behind the volume, as releases with a configuration do.
        string firmware = folder.Write("obk.bin", SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000));
        var lint = Tool.Run("lint", firmware, "--against", device);
        Assert.Contains("'littlefs', with the files autoexec.bat, empty, www/index.html", lint.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("autoexec.bat", Tool.Run("lint", folder.Write("short.bin", Samples.ObkN), "--against", device).Output, StringComparison.Ordinal);
    }

    private static SyntheticImage DeviceWithSize(int size) => Samples.ObkDeviceImage().With(0x1D1000, Config(size));

    private static SyntheticImage Dreo(int size) => new SyntheticImage
    {
        Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100"), HasAppHeader = false,
    }.WithRf(0x1D0000).With(0x1D1000, Config(size));

    private static byte[] Config(int size) =>
        ObkTestData.Sector(ObkTestData.Minimal(change: bytes => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x4BC), size)));

    private static byte[] Device((string Path, byte[] Content)[] files) => Samples.ObkDeviceImage().With(Place, Volume(Size, files)).Dump();

    private static byte[] Volume(int size, params (string Path, byte[] Content)[] files) =>
        LittleFsWriter.Create(size, files.Select(file => LittleFsEntry.File(file.Path, file.Content)).ToArray());

    // Judged by the plain reader of the tests.
    private static void AssertHolds(byte[] volume, params (string Path, byte[] Content)[] files)
    {
        var plain = new PlainLittleFs(volume);
        Assert.Equal(files.Select(file => file.Path).Order(StringComparer.Ordinal), plain.Files.Keys);
        foreach (var (path, content) in files)
            BytesAssert.Equal(content, plain.Files[path]);
    }

    private static void AssertSameOutside(byte[] before, byte[] after, int start, int length)
    {
        BytesAssert.Equal(before.AsSpan(0, start), after.AsSpan(0, start));
        BytesAssert.Equal(before.AsSpan(start + length), after.AsSpan(start + length));
    }

    private static void AssertSameFolder(string expected, string actual)
    {
        string[] Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(Files(expected), Files(actual));
        Assert.Equal(Directory.GetDirectories(expected, "*", SearchOption.AllDirectories).Length, Directory.GetDirectories(actual, "*", SearchOption.AllDirectories).Length);
        foreach (string file in Files(expected))
            BytesAssert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(actual, file)));
    }

    private static void WriteFiles(string folder, params (string Path, byte[] Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    private static string[] Listed(JsonElement document) => document.GetProperty("littleFs").GetProperty("files").EnumerateArray()
        .Select(file => $"{file.GetProperty("path").GetString()} {file.GetProperty("size")}").ToArray();

    private static string[] Codes(JsonElement document) => document.GetProperty("findings").EnumerateArray()
        .Select(finding => finding.GetProperty("code").GetString()!).Where(code => code.StartsWith("BKI6", StringComparison.Ordinal)).ToArray();

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> part) => bytes.AsSpan().IndexOf(part);
}
