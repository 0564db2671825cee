using System.Text.Json.Nodes;
using BekenImage.Documents.Tests.Support;

namespace BekenImage.Documents.Tests;

/// <summary>A2, A3, A9, A15: every member of a split folder's manifest, missing, twice, or of a value nobody wrote.</summary>
public sealed class ManifestAttackTests
{
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "\"\"", "\"../x\"", "\"/etc/passwd\"", "\"C:\\\\x\"", "\"a\\u0000b\"", "\"00\"", "\"app.bin\"",
        "-1", "0", "1", "33", "0.5", "65535", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "18446744073709551616", "1e308",
    ];

    // A firmware file is short, and has programs, gaps and a header all the same.
    private static readonly SplitImage Split = ImageSplitter.Split(FlashImage.Parse(Samples.TuyaN.Source.Slice(0, 0x132000).ToArray()));

    [Fact]
    public void EveryMember_MissingOrOfAnotherValue_IsAnImageOrASentence()
    {
        var manifest = JsonNode.Parse(ImageDocuments.Split(Split, "x"))!;
        int attacks = 0;
        foreach (string path in Members(manifest, string.Empty).ToArray())
        {
            foreach (string? value in Values.Prepend(null))
            {
                Attack(With(manifest, path, value), $"{path} = {value ?? "missing"}", mayBePlain: IsOfPlain(manifest, path));
                attacks++;
            }
        }
        Assert.True(attacks > 500, $"{attacks} attacks");
    }

    [Fact]
    public void Files_ThatLieOverEachOther_OrInAnotherOrder_AreAnImageOrASentence()
    {
        var files = JsonNode.Parse(ImageDocuments.Split(Split, "x"))!["files"]!.AsArray();
        for (int first = 0; first < files.Count; first++)
        {
            for (int second = 0; second < files.Count; second++)
            {
                var manifest = JsonNode.Parse(ImageDocuments.Split(Split, "x"))!;
                var list = manifest["files"]!.AsArray();
                list[second] = list[first]!.DeepClone();
                Attack(manifest.ToJsonString(), $"{second} is {first}");
            }
        }
    }

    // What the files hold is edited too: only then the plain ones are enciphered and put in.
    private static void Attack(string json, string what, bool mayBePlain = true)
    {
        foreach (bool edited in mayBePlain ? new[] { false, true } : [false])
        {
            try
            {
                var manifest = InputDocuments.ParseSplitManifest(json);
                byte[] image = ImageMerger.Merge(manifest, name => Read(name, edited));
                Assert.Equal(manifest.Length, image.Length);
                Assert.True(image.Length <= FlashImage.MaximumLength, what);
            }
            catch (BekenImageException error)
            {
                Assert.False(string.IsNullOrEmpty(error.Message), what);
            }
        }
    }

    private static bool IsOfPlain(JsonNode manifest, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["files", var index, ..] && (string?)manifest["files"]![int.Parse(index)]!["role"] == "plain";

    private static ReadOnlyMemory<byte>? Read(string name, bool edited)
    {
        if (!Split.Contents.TryGetValue(name, out var bytes))
            return null;
        if (!edited || !name.EndsWith("app.bin", StringComparison.Ordinal))
            return bytes;
        byte[] other = bytes.ToArray();
        other[0x400] ^= 1;
        return other;
    }

    private static IEnumerable<string> Members(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Members(member.Value, $"{path}/{member.Key}").Prepend($"{path}/{member.Key}")),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(i => Members(items[i], $"{path}/{i}").Prepend($"{path}/{i}")),
        _ => [],
    };

    private static string With(JsonNode manifest, string path, string? value)
    {
        var copy = manifest.DeepClone();
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var owner = steps.SkipLast(1).Aggregate(copy, (node, step) => node is JsonArray array ? array[int.Parse(step)]! : node[step]!);
        if (owner is JsonArray list)
        {
            int at = int.Parse(steps[^1]);
            if (value is null)
                list.RemoveAt(at);
            else
                list[at] = JsonNode.Parse(value);
        }
        else if (value is null)
            owner.AsObject().Remove(steps[^1]);
        else
            owner[steps[^1]] = JsonNode.Parse(value);
        return copy.ToJsonString();
    }
}
