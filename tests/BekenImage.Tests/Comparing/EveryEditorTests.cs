using System.Reflection;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.TestSupport;
using BekenImage.Crypto;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Comparing;

/// <summary>An image and a copy that one method of the draft edited: the comparison names that edit and nothing else.</summary>
public class EveryEditorTests
{
    private static readonly MacAddress Mac = new([0x02, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5]);

    private static readonly Lazy<FlashImage> Data = new(() => FlashImage.Parse(DataImages.Full()));
    private static readonly Lazy<FlashImage> ObkDevice = new(() => FlashImage.Parse(
        new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100") }.WithRf(0x1D0000).WithConfig(0x1D1000).Dump())
        .Edit().AddFile("autoexec.bat", "echo 1"u8.ToArray()).ToImage());

    private static readonly Lazy<FlashImage> Rotated = new(() =>
    {
        byte[] bytes = Data.Value.Bytes.ToArray();
        return FlashImage.Parse([.. bytes[0x11000..], .. bytes[..0x11000]]);
    });

    private static readonly DifferenceArea[] TuyaAreas = [DifferenceArea.Tuya, DifferenceArea.TuyaProtected, DifferenceArea.TuyaUf];

    /// <summary>Every editor, and the areas it may touch.</summary>
    private static readonly (string Name, Func<ImageDraft, ImageDraft> Edit, DifferenceArea[] Areas)[] Editors =
    [
        ("Normalize", draft => draft.Normalize(), [DifferenceArea.Rotation, DifferenceArea.Length]),
        ("SetObkConfig builder", draft => draft.SetObkConfig(builder => builder.Set("shortDeviceName", "third")), [DifferenceArea.ObkConfig, DifferenceArea.Length]),
        ("SetObkConfig document", draft => draft.SetObkConfig(new ObkConfigDocument([new NamedValue("shortDeviceName", "fourth")])),
            [DifferenceArea.ObkConfig, DifferenceArea.Length]),
        ("SetTuya bytes", draft => draft.SetTuya("gw_bi", "{\"uuid\":\"0000000000000002\",\"prod_test\":true}"u8.ToArray()), TuyaAreas),
        ("EditFiles", draft => draft.EditFiles([], ["autoexec.bat"]), [DifferenceArea.LittleFs]),
        ("RestoreRf chip", draft => draft.RestoreRf(Table("02AABBCCDD02"), null, false, draft.ToImage().Chip), [DifferenceArea.Rf, DifferenceArea.Length]),
        ("Put plain", draft => draft.Put("app", SyntheticPrograms.App(0x5000, "OpenBK7231N_1.18.302", seed: 9), isPlain: true),
            [DifferenceArea.App, DifferenceArea.Container]),
        ("Put partition", draft => draft.Put(draft.ToImage().FindPartition("app") ?? throw new BekenImageException(FindingCode.WrongKind, "none"), SyntheticPrograms.App(0x5000, "OpenBK7231N_1.18.303", seed: 10)),
            [DifferenceArea.App, DifferenceArea.Container]),
        ("SetMac", draft => draft.SetMac(Mac), [DifferenceArea.Rf, DifferenceArea.Net]),
        ("SetObk", draft => draft.SetObk("pins.6", "Rel;5").SetObk("flags.10", "1").SetObk("shortDeviceName", "other"), [DifferenceArea.ObkConfig, DifferenceArea.Length]),
        ("SetTuya", draft => draft.SetTuya("gw_bi", "{\"uuid\":\"0000000000000001\",\"prod_test\":true}"),
            [DifferenceArea.Tuya, DifferenceArea.TuyaProtected, DifferenceArea.TuyaUf]),
        ("AddFile", draft => draft.AddFile("new.txt", "content"u8.ToArray()), [DifferenceArea.LittleFs, DifferenceArea.Length]),
        ("RemoveFile", draft => draft.RemoveFile("autoexec.bat"), [DifferenceArea.LittleFs]),
        ("RestoreRf", draft => draft.RestoreRf(Table("02AABBCCDD01")), [DifferenceArea.Rf, DifferenceArea.Length]),
        ("Rekey", draft => draft.Rekey(BekenKey.Uascent), [DifferenceArea.Key]),
        ("SetPartitionTable", draft => draft.SetPartitionTable(ShorterDownload(draft.ToImage())), [DifferenceArea.Fal, DifferenceArea.Container]),
        ("Sanitize", draft => draft.Sanitize(),
            [DifferenceArea.FastConnect, DifferenceArea.FlashVars, DifferenceArea.Other, DifferenceArea.Net, DifferenceArea.ObkConfig, DifferenceArea.Tuya,
            DifferenceArea.TuyaProtected, DifferenceArea.TuyaUf, DifferenceArea.LittleFs, DifferenceArea.Download]),
        ("Put app", draft => draft.Put("app", SyntheticPrograms.App(0x5000, "OpenBK7231N_1.18.301", seed: 8)), [DifferenceArea.App, DifferenceArea.Container]),
        ("Put range", draft => draft.Put(new FlashRange(draft.ToImage().Length - 0x800, 4), [1, 2, 3, 4]), [DifferenceArea.Other, DifferenceArea.Tuya, DifferenceArea.Download, DifferenceArea.ObkConfig, DifferenceArea.App]),
        ("ReplaceBootloader", draft => draft.ReplaceBootloader(FlashImage.Parse(SyntheticImage.DreoDevice().Dump())),
            [DifferenceArea.Bootloader, DifferenceArea.Fal, DifferenceArea.Container]),
    ];

    public static TheoryData<string> Names => new(Editors.Select(editor => editor.Name).ToArray());

    private static RfTable Table(string mac) =>
        RfReader.TryRead(RfTestData.CompleteTable(mac, seed: 3), 0, null, out var table) ? table : throw new InvalidOperationException();

    private static FalPartition[] ShorterDownload(FlashImage image) => (image.Fal ?? throw new BekenImageException(FindingCode.FalMissing, "none")).Partitions
        .Select(entry => entry.Name == "download" ? new FalPartition(entry.Name, entry.Flash, entry.Offset, entry.Length - 0x1000) : entry).ToArray();

    /// <summary>Every method of the draft that edits, and the entry above that drives it.</summary>
    private static readonly Dictionary<string, string> Covered = new(StringComparer.Ordinal)
    {
        ["AddFile(String, Byte[])"] = "AddFile",
        ["EditFiles(IEnumerable`1, IEnumerable`1)"] = "EditFiles",
        ["Normalize()"] = "Normalize",
        ["Put(FlashRange, Byte[])"] = "Put range",
        ["Put(Partition, Byte[], Boolean)"] = "Put partition",
        ["Put(String, Byte[])"] = "Put app",
        ["Put(String, Byte[], Boolean)"] = "Put plain",
        ["Rekey(BekenKey)"] = "Rekey",
        ["RemoveFile(String)"] = "RemoveFile",
        ["ReplaceBootloader(FlashImage)"] = "ReplaceBootloader",
        ["RestoreRf(RfTable, Nullable`1, Boolean)"] = "RestoreRf",
        ["RestoreRf(RfTable, Nullable`1, Boolean, BekenChip)"] = "RestoreRf chip",
        ["Sanitize()"] = "Sanitize",
        ["SetMac(MacAddress)"] = "SetMac",
        ["SetObk(String, String)"] = "SetObk",
        ["SetObkConfig(Action`1, Boolean)"] = "SetObkConfig builder",
        ["SetObkConfig(ObkConfigDocument, Boolean)"] = "SetObkConfig document",
        ["SetPartitionTable(IReadOnlyList`1)"] = "SetPartitionTable",
        ["SetTuya(String, Byte[])"] = "SetTuya bytes",
        ["SetTuya(String, String)"] = "SetTuya",
    };

    /// <summary>A method that is new in the draft, or an extension of it, fails here until it has an entry.</summary>
    [Fact]
    public void EveryMethodThatReturnsTheDraft_IsDrivenHere()
    {
        var methods = typeof(ImageDraft).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.ReturnType == typeof(ImageDraft))
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})");
        var extensions = typeof(ImageDraft).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(ImageDraft) && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(ImageDraft))
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Skip(1).Select(parameter => parameter.ParameterType.Name))})");
        Assert.Equal(Covered.Keys.Order(StringComparer.Ordinal), methods.Concat(extensions).Order(StringComparer.Ordinal));
        Assert.Equal(Editors.Select(editor => editor.Name).Order(StringComparer.Ordinal), Covered.Values.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Editor_OnASyntheticImage_IsNamed(string name)
    {
        int did = 0;
        foreach (var image in new[] { Data.Value, ObkDevice.Value, Rotated.Value })
            did += AssertNamed(name, image) ? 1 : 0;
        Assert.True(did > 0, "it works on neither image");
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void EveryEditor_OnACorpusImage_IsNamed(string file)
    {
        var image = FlashImage.Parse(Corpus.Read(file));
        Assert.True(Editors.Count(editor => AssertNamed(editor.Name, image)) > 1);
    }

    [Fact]
    public void SetObk_NamesFieldsAndValues()
    {
        var other = ObkDevice.Value.Edit().SetObk("pins.6", "Rel;5").SetObk("flags.10", "1").ToImage();
        var differences = ImageDiffer.Compare(ObkDevice.Value, other).Differences;
        Assert.Equal(["flags.10", "pins.6"], differences.Select(difference => difference.Name));
        Assert.Equal((false, (object)true), (differences[0].A, differences[0].B!));
        Assert.Equal("Rel;5", differences[1].B);
    }

    [Fact]
    public void AddFile_NamesTheFile()
    {
        var difference = Assert.Single(ImageDiffer.Compare(ObkDevice.Value, ObkDevice.Value.Edit().AddFile("new.txt", [1, 2, 3]).ToImage()).Differences);
        Assert.Equal((DifferenceArea.LittleFs, DifferenceKind.Added, "new.txt", 3L), (difference.Area, difference.Kind, difference.Name, difference.Length));
    }

    [Fact]
    public void SetTuya_NamesTheValueWhereverItLies()
    {
        var comparison = ImageDiffer.Compare(Data.Value, Data.Value.Edit().SetTuya("gw_bi", "{\"uuid\":\"abcdef0123456780\",\"prod_test\":false}").ToImage());
        Assert.Equal([(DifferenceArea.Tuya, "gw_bi"), (DifferenceArea.TuyaProtected, "gw_bi")], comparison.Differences.Select(difference => (difference.Area, difference.Name)));
        Assert.All(comparison.Differences, difference => Assert.EndsWith("(another)", (string)difference.B!, StringComparison.Ordinal));
    }

    [Fact]
    public void SetMac_NamesTheItemAndBothMacs()
    {
        var difference = Assert.Single(ImageDiffer.Compare(ObkDevice.Value, ObkDevice.Value.Edit().SetMac(Mac).ToImage()).Differences);
        Assert.Equal((DifferenceArea.Rf, DifferenceKind.Changed), (difference.Area, difference.Kind));
        // Where the six bytes are, not where their tag begins.
        Assert.Equal((0x1D0024L, 0x1D0024L, 6L), (difference.OffsetA, difference.OffsetB, difference.Length));
        Assert.Contains("02:01:02:03:04:05", (string)difference.A!, StringComparison.Ordinal);
        Assert.Contains(Mac.ToString(), (string)difference.B!, StringComparison.Ordinal);
    }

    [Fact]
    public void SetPartitionTable_NamesTheEntry()
    {
        var comparison = ImageDiffer.Compare(ObkDevice.Value, ObkDevice.Value.Edit().SetPartitionTable(ShorterDownload(ObkDevice.Value)).ToImage());
        Assert.Equal([(DifferenceArea.Fal, "download"), (DifferenceArea.Container, "bootloader")], comparison.Differences.Select(difference => (difference.Area, difference.Name)));
    }

    /// <returns>False where the image has not what the editor edits.</returns>
    private static bool AssertNamed(string name, FlashImage image)
    {
        var (_, edit, areas) = Editors.Single(editor => editor.Name == name);
        FlashImage other;
        try
        {
            var draft = edit(image.Edit());
            if (draft.ToArray().AsSpan().SequenceEqual(image.Source.Span))
                return false;
            // Read as a program would that is given the file.
            other = FlashImage.Parse(draft.ToArray());
        }
        catch (BekenImageException)
        {
            return false;
        }
        var comparison = ImageDiffer.Compare(image, other);
        string said = $"{name}: " + string.Join(", ", comparison.Differences);
        Assert.False(comparison.IsIdentical);
        Assert.True(comparison.Differences.Count > 0, said);
        Assert.True(comparison.Differences.All(difference => areas.Contains(difference.Area)), said);
        Assert.True(comparison.IsSameContent == (name is "Rekey" or "Normalize"), said);
        return true;
    }
}
