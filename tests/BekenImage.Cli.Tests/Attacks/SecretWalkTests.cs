using System.Collections.Concurrent;
using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>
/// A21: every verb over images with secrets. Nothing that is printed without --show-secrets holds one in any writing, and every file that
/// does is its owner's alone. Over the corpus with <c>BEKENIMAGE_WHOLE</c> set: minutes.
/// </summary>
[Trait("Attack", "A21")]
public sealed class SecretWalkTests
{
    [Fact]
    public void EveryVerb_HasItsLines() =>
        Assert.Equal(VerbLines.All().Select(verb => verb.Name).Order(StringComparer.Ordinal), SecretLines.Verbs.Order(StringComparer.Ordinal));

    [Fact]
    public void Device_HoldsASecretOfEveryKind()
    {
        string[] kinds = ImageSecrets.Find(FlashImage.Parse(SecretBench.Device())).Select(area => area.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Subset(kinds.ToHashSet(), new HashSet<string> { "fast-connect", "flash-vars", "net", "obk-config", "tuya", "tuya-protected", "vendor certificate" });
    }

    [Fact]
    public void EveryVerb_OverADeviceWithEverySecret_ShowsNone()
    {
        using var bench = new SecretBench();
        AssertNone(bench, "synthetic", mustWork: true, every: 1);
    }

    public static TheoryData<string> Images
    {
        get
        {
            var images = new TheoryData<string>();
            if (!IsWhole || Corpus.Folder is not { } folder)
                return [.. images, "BK7231T_TuyaConfig_PC44HA.bin"];
            foreach (string file in Directory.EnumerateFiles(folder, "*.bin", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                images.Add(Path.GetRelativePath(folder, file));
            return images;
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void EveryVerb_OverARealImage_ShowsNoSecret(string file)
    {
        Corpus.Require();
        using var bench = new SecretBench(File.ReadAllBytes(Path.Combine(Corpus.Folder!, file)));
        if (file.Contains("Tuya_", StringComparison.Ordinal) && !file.StartsWith("more", StringComparison.Ordinal))
            Assert.True(bench.Count > 0, $"{file}: no secret is known");
        AssertNone(bench, file, mustWork: false, IsWhole ? 1 : 4);
    }

    private static bool IsWhole => Environment.GetEnvironmentVariable("BEKENIMAGE_WHOLE") is { Length: > 0 };

    // Of a real image a part of the lines, where the whole was not asked for: it takes as long as all else.
    private static void AssertNone(SecretBench bench, string name, bool mustWork, int every)
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(SecretLines.All.Where((_, index) => index % every == 0), row =>
        {
            var (words, output) = bench.Words(row.Line.TrimStart('?'));
            var result = Tool.Run(words);
            string where = $"{name}: {row.Line}";
            if (bench.Shown.FindIn(result.Output + result.Error) is { } shown)
                wrong.Add($"{where}: prints {shown}");
            if (result.ExitCode > (mustWork && row.Line[0] != '?' ? 1 : 4))
                wrong.Add($"{where}: exit {result.ExitCode}: {result.Error}");
            bool isDocument = row.Line.Contains("DOC", StringComparison.Ordinal);
            foreach (string file in Directory.Exists(output) ? Directory.GetFiles(output, "*", SearchOption.AllDirectories) : File.Exists(output) ? [output] : [])
            {
                byte[] bytes = File.ReadAllBytes(file);
                if (isDocument && bench.Shown.FindIn(Encoding.Latin1.GetString(bytes)) is { } written)
                    wrong.Add($"{where}: writes {written}");
                if ((isDocument ? bench.Shown : bench.Held).AreIn(bytes) && !IsPrivate(file))
                    wrong.Add($"{where}: {Path.GetFileName(file)} holds secrets, and all may read it");
            }
            Remove(output);
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    private static bool IsPrivate(string file) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static void Remove(string output)
    {
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        else
            File.Delete(output);
    }
}
