using BekenImage.Formats.FlashVars;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>
/// What a firmware has written and we change in place: read, it is what was put in; written unchanged, it is the same bytes; changed and
/// changed back, too. The bytes are made from the byte tables by the formats' own tests.
/// </summary>
internal static class StoreProperties
{
    internal static readonly Gen<MacAddress> Mac = Gen.Byte.Array[6].Select(bytes => new MacAddress([(byte)(bytes[0] & 0xFC | 2), .. bytes[1..]]));

    public static void Rf() => Gen.Select(Mac, Mac, Gen.Int[0, 15], Gen.Bool).Sample(
        (mac, other, seed, isT) =>
        {
            byte[] sector = RfTestData.Sector(RfTestData.CompleteTable(Convert.ToHexString(mac.ToArray()), seed: seed, isT: isT));
            var table = RfReader.Read(sector, 0);
            Assert.Equal((mac, true, true), (table.Mac!.Value, table.IsUsable, table.IsCalibrated));
            BytesAssert.Equal(sector, RfWriter.ToSector(table));
            var changed = RfReader.Read(RfWriter.ToSector(table.WithMac(other)), 0);
            Assert.Equal(other, changed.Mac);
            BytesAssert.Equal(sector, RfWriter.ToSector(changed.WithMac(mac)));
        }, iter: Rounds.Of(40), threads: 1);

    public static void Net() => Mac.Sample(
        mac =>
        {
            byte[] bytes = NetParamTests.Table();
            byte[] sector = RfTestData.Sector(bytes);
            Assert.True(NetParamReader.TryRead(sector, 0, null, out var table));
            BytesAssert.Equal(sector, NetParamWriter.ToSector(table));
            Assert.True(NetParamReader.TryRead(NetParamWriter.ToSector(NetParamWriter.WithMac(table, mac)), 0, null, out var changed));
            Assert.Equal(mac, changed.Mac);
            BytesAssert.Equal(sector, NetParamWriter.ToSector(NetParamWriter.WithMac(changed, table.Mac!.Value)));
        }, iter: Rounds.Of(40), threads: 1);

    public static void FlashVars() => Gen.Select(FormatProperties.Name(12).Where(name => name != EasyFlashStore.FastConnectName), FormatProperties.Bytes).Array[0, 5].Sample(
        entries =>
        {
            byte[] area = FlashVarsTests.Area(entries.Select(one => FlashVarsTests.Entry(0x3F, one.Item1, one.Item2)).ToArray());
            bool found = EasyFlashReader.TryRead(area, 0, null, out var store);
            if (entries.Length == 0)
                return;
            Assert.True(found);
            Assert.Equal(entries.Select(one => one.Item1), store!.Entries.Select(entry => entry.Name));
            for (int at = 0; at < entries.Length; at++)
                BytesAssert.Equal(entries[at].Item2, store.Entries[at].Value.Span);
            BytesAssert.Equal(area, EasyFlashWriter.WithoutSecrets(store));
        }, iter: Rounds.Of(20), threads: 1);

    /// <summary>Any bytes as a configuration: all fields as they are shown, set into an empty one, make the fields that were shown.</summary>
    public static void Obk() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Bool, Gen.Bool).Sample(
        (seed, isOld, has48Pins) =>
        {
            byte[] bytes = ObkTestData.Minimal(isOld ? 3 : 5, change: content => new Random(seed).NextBytes(content.AsSpan(8)));
            var layout = has48Pins ? ObkPinLayout.Pins48 : ObkPinLayout.Pins32;
            var config = ObkConfigReader.Read(bytes, 0, layout);
            BytesAssert.Equal(bytes, new ObkConfigBuilder(config).Build().Bytes.Span);
            var fields = config.ToFields(showSecrets: true);
            BytesAssert.Equal(bytes, new ObkConfigBuilder(config).SetAll(fields).Build().Bytes.Span);
        }, iter: Rounds.Of(20), threads: 1);

    public static void LittleFs() => Gen.Select(FormatProperties.Name(20).Where(name => !name.Contains('/') && name.Trim('.').Length > 0), FormatProperties.Bytes).Array[0, 6].Sample(
        files =>
        {
            var model = files.GroupBy(file => file.Item1, StringComparer.Ordinal).Select(group => group.First()).ToArray();
            byte[] bytes = LittleFsWriter.Create(0x10000, model.Select(file => LittleFsEntry.File(file.Item1, file.Item2)));
            Assert.True(LittleFsReader.TryRead(bytes, 0, null, out var volume));
            Assert.Empty(volume.Findings);
            Assert.Equal(model.Select(file => file.Item1).Order(StringComparer.Ordinal), volume.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
            Assert.All(model, file => BytesAssert.Equal(file.Item2, volume.Find(file.Item1)!.ToArray()));
            BytesAssert.Equal(bytes, LittleFsWriter.Create(0x10000, volume.Files.Select(file => LittleFsEntry.File(file.Path, file.ToArray()))));
            BytesAssert.Equal(bytes, LittleFsWriter.Rebuild(volume));
        }, iter: Rounds.Of(30), threads: 1);

    /// <summary>Values set one after another, some of them twice: each is the last that was set, and setting it again writes nothing.</summary>
    public static void Tuya()
    {
        Gen.Select(Gen.Int[0, 4], FormatProperties.SomeBytes).Array[1, 5].Sample(SetValues, iter: Rounds.Of(4), threads: 1);
        Gen.Byte.Array[1, 4096].Sample(SetFile, iter: Rounds.Of(4), threads: 1);
    }

    private static void SetValues((int Number, byte[] Data)[] values)
    {
        byte[] value = TuyaImages.Text("{\"first\":1}");
        byte[] image = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "first", value, (0, 2, 2)).Data(2, value));
        TuyaImages.ProtectedBlock(uint.MaxValue, ("first", value), ("kept", value)).CopyTo(image, 0x1ED000);
        var model = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["first"] = value };
        foreach (var (number, data) in values)
        {
            string name = number == 0 ? "first" : "value" + number;
            Apply(TuyaWriter.SetValue(TuyaReader.Read(image), name, data), image);
            model[name] = data;
            var read = TuyaReader.Read(image);
            foreach (var (key, expected) in model)
                BytesAssert.Equal(expected, read.Storage!.Find(key)!.Data.Span);
            Assert.Equal(model.Count, read.Storage!.Values.Count);
            var block = Assert.Single(read.ProtectedBlocks);
            BytesAssert.Equal(model["first"], block.Find("first")!.Data.Span);
            BytesAssert.Equal(value, block.Find("kept")!.Data.Span);
            Assert.Empty(TuyaWriter.SetValue(read, name, data));
        }
    }

    private static void SetFile(byte[] data)
    {
        byte[] image = TuyaImages.Chip();
        TuyaImages.Superblock(1, ("oem_cfg", 3, [5]), ("other", 3, [6])).CopyTo(image, 0x1D2000);
        byte[] before = (byte[])image.Clone();
        Assert.True(UfReader.TryRead(image, null, null, out var files));
        Apply(UfWriter.SetFile(files, "oem_cfg", data), image);
        Assert.True(UfReader.TryRead(image, null, null, out var changed));
        BytesAssert.Equal(data, changed.Find("oem_cfg")!.Data.Span);
        BytesAssert.Equal(files.Find("other")!.Data.Span, changed.Find("other")!.Data.Span);
        Assert.Empty(UfWriter.SetFile(changed, "oem_cfg", data));
        Assert.Equal(before.Length, image.Length);
    }

    private static void Apply(IReadOnlyList<TuyaSector> sectors, byte[] image)
    {
        foreach (var sector in sectors)
            sector.Data.CopyTo(image.AsMemory((int)sector.Offset));
    }
}
