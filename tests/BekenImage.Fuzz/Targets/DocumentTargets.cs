using System.Text;
using BekenImage.Documents;
using BekenImage.Formats.Obk;
using BekenImage.Fuzz.Engine;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>Documents that people write: whatever they are, the answer is a model or a sentence.</summary>
internal static class DocumentTargets
{
    private static readonly string[] Words =
        ["{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "null", "true", "1e400", "-1", "0x10000", "64K", "18446744073709551616", "0.1", "\"name\":", "\"offset\":", "\"len\":"];

    public static IEnumerable<IFuzzTarget> All =>
    [
        Target("documents/partition-table", bytes => Walk.Everything(InputDocuments.ParsePartitionTable(bytes.Span)),
            """{"magic":"0x45503130","part_table":[{"name":"app","flash_name":"beken_onchip_crc","offset":65536,"len":"0x108700"}]}"""),
        Target("documents/packager", bytes => Walk.Everything(InputDocuments.ParsePackager(bytes.Span)),
            """{"magic":"RT-Thread","version":"0.1","count":1,"section":[{"firmware":"bk.bin","version":"1.00","partition":"app","start_addr":"0x11000","size":"1124K"}]}"""),
        Target("documents/pack-listing", bytes => Walk.Everything(InputDocuments.ParsePackListing(bytes.Span)), """{"all-app.bin":["bl2","partition"],"ota.bin":["primary_all"]}"""),
        Target("documents/split-manifest", Manifest, Split(), """{"length":4096,"rotation":0,"sha256":"","files":[{"name":"a","role":"raw","offset":0,"length":4096}]}"""),
        Target("documents/folder-manifest", bytes => Walk.Everything(InputDocuments.ParseFolderManifest(bytes.Span)), ImageDocuments.FolderManifest("split", ["a.bin", "b/c.bin"])),
        Target("documents/obk-config", bytes =>
        {
            var document = InputDocuments.ParseObkConfig(bytes.Span);
            Walk.Everything(document);
            var builder = new ObkConfigBuilder(ObkConfigReader.Read(DataImages.ObkConfig(), 0, ObkPinLayout.Pins32));
            document.ApplyTo(builder);
            Walk.Everything(builder.Build());
        }, """{"startupCommand":"backlog a","pins":{"7":"Relay;1"},"mqttHost":"h","flags":3,"flagNames":["x"],"channelTypes":{"1":"Dimmer"}}""", "{}"),
        Target("documents/template", bytes => Walk.Everything(InputDocuments.ParseTemplate(bytes.Span).ToMembers()),
            """{"vendor":"v","bDetailed":"0","name":"n","model":"m","chip":"BK7231N","board":"CB2S","flags":"1024","keywords":["a"],"pins":{"6":"Rel;1","7":"Btn;1"},"command":"","image":"","wiki":""}"""),
        Target("documents/tuya-values", bytes => Walk.Everything(InputDocuments.ParseTuyaValues(bytes.Span)), """{"gw_bi":"{\"uuid\":\"x\"}","user_param_key":{"rl1_pin":26},"hex":"0x00"}"""),
        Target("documents/tuya-description", bytes => Walk.Everything(InputDocuments.ParseTuyaDescription(bytes.Span)),
            """{"manufacturer":"v","name":"n","key":"k","device_configuration":{"rl1_pin":26,"rl1_lv":1},"schemas":{},"user_param_key":{"rl1_pin":26,"module":"CB2S"}}"""),
    ];

    private static FuzzTarget Target(string name, Action<ReadOnlyMemory<byte>> read, params string[] seeds) =>
        new(name, () => seeds.Select(Encoding.UTF8.GetBytes), input => Promise.Answered(() => read(input)), typeof(InputDocuments))
        {
            Words = FuzzTarget.Texts(Words), ShortRuns = 400, Cost = (1 << 20, 1024),
        };

    private static string Split() => ImageDocuments.Split(ImageSplitter.Split(FlashImage.Parse(ImageTargets.Small)), "x");

    private static void Manifest(ReadOnlyMemory<byte> bytes)
    {
        var manifest = InputDocuments.ParseSplitManifest(bytes.Span);
        Walk.Everything(manifest);
        // A manifest states a length, and no image has more than 64 MiB; here only small ones are joined.
        if (manifest.Length <= 0x20000)
            Promise.Answered(() => ImageMerger.Merge(manifest, name => new byte[manifest.Files.First(file => file.Name == name).Length]));
    }
}
