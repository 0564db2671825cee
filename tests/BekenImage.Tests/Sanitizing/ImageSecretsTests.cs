using System.Text;
using BekenImage.Formats.LittleFs;
using BekenImage.IO;
using BekenImage.Sanitizing;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Sanitizing;

/// <summary>A21: every place that sanitizing blanks is a place for which a file is kept private.</summary>
[Trait("Attack", "A21")]
public sealed class ImageSecretsTests
{
    private const string Key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAECAwQFBgcICQoL";

    private static readonly string Pem = $"-----BEGIN EC PRIVATE KEY-----\n{Key}\n{Key[..40]}==\n-----END EC PRIVATE KEY-----\n";

    private static byte[] Chip(int offset, params byte[] bytes)
    {
        byte[] chip = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        bytes.CopyTo(chip, offset);
        return chip;
    }

    [Fact]
    public void Find_OfAnImageWithEverything_NamesEveryAreaThatSanitizingChanges()
    {
        var image = FlashImage.Parse(DataImages.Full());
        string[] names = ImageSecrets.Find(image).Select(area => area.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["fast-connect", "flash-vars", "gap", "net", "obk-config", "tuya", "tuya-protected", "vendor certificate"], names);
        foreach (var change in image.Edit().Sanitize().Changes)
            Assert.NotEmpty(ImageSecrets.NamesIn(image, change.Range));
    }

    [Fact]
    public void Find_AfterSanitizing_FindsNothing()
    {
        byte[] full = DataImages.Full();
        LittleFsWriter.Create(0x10000, [LittleFsEntry.File("autoexec.bat", Encoding.ASCII.GetBytes("Password1 geheim-12\n"))]).CopyTo(full, 0x1C0000);
        Assert.Empty(ImageSecrets.Find(FlashImage.Parse(FlashImage.Parse(full).Edit().Sanitize().ToArray())));
    }

    public static TheoryData<string, string> Alone => new()
    {
        { "net", "net" }, { "kvs", "kvs" }, { "key", "vendor certificate" }, { "certificate", "vendor certificate" }, { "second config", "obk-config" },
        { "second volume", "littlefs" }, { "key in a file", "littlefs" }, { "copy", "gap" },
    };

    [Theory]
    [MemberData(nameof(Alone))]
    public void Secret_OfOneKindAlone_IsFound_AndBlanked(string kind, string name)
    {
        var image = FlashImage.Parse(Image(kind));
        Assert.Contains(name, ImageSecrets.Find(image).Select(area => area.Name));
        byte[] clean = image.Edit().Sanitize().ToArray();
        Assert.Empty(ImageSecrets.Find(FlashImage.Parse(clean)));
        string text = Encoding.Latin1.GetString(clean);
        foreach (string secret in new[] { Key, "SECRET-1", "my password", "geheim-12", "HomeNetwork-C" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Empty(FlashImage.Parse(clean).Edit().Sanitize().Changes);
    }

    private static byte[] Image(string kind)
    {
        switch (kind)
        {
            case "net":
                return Chip(DataImages.NetParamOffset, NetParamTests.Table());
            case "kvs":
                return new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "LibreTiny v1.9.1") }.With(0x1D3000, Encoding.ASCII.GetBytes("FDB0 my password")).Dump();
            case "key":
                // Begins in the middle of a sector and goes on in the next.
                return Chip(0x150FC0, Encoding.ASCII.GetBytes("some text\n" + Pem));
            case "certificate":
                return Chip(0x150000, Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + Pem));
            case "second config":
                byte[] two = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(0x1D0000).WithConfig(0x1D1000).Dump();
                DataImages.ObkConfig().CopyTo(two, 0x1E0000);
                return two;
            case "second volume":
                byte[] volumes = Chip(0x180000, LittleFsWriter.Create(0x8000, [LittleFsEntry.File("a.txt", "nothing"u8.ToArray())]));
                LittleFsWriter.Create(0x8000, [LittleFsEntry.File("autoexec.bat", "Password1 geheim-12\n"u8.ToArray())]).CopyTo(volumes, 0x1A0000);
                return volumes;
            case "key in a file":
                return Chip(0x180000, LittleFsWriter.Create(0x8000, [LittleFsEntry.File("tls.json", Encoding.ASCII.GetBytes("{\"cert\":\"" + Pem.Replace("\n", "\\n") + "\"}"))]));
            default:
                byte[] copy = Chip(DataImages.ObkOffset, DataImages.ObkConfig());
                "left: HomeNetwork-C"u8.CopyTo(copy.AsSpan(0x140000));
                return copy;
        }
    }

    [Fact]
    public void NamesIn_APartWithACopyOfASecretAlone_NamesIt()
    {
        var image = FlashImage.Parse(Image("copy"));
        Assert.Equal(["gap"], ImageSecrets.NamesIn(image, new FlashRange(0x140000, 0x1000)));
        Assert.Empty(ImageSecrets.NamesIn(image, new FlashRange(0x141000, 0x1000)));
    }

    [Fact]
    public void Configuration_ThatIsCleanButRefusedByTheFirmware_HoldsNoSecrets()
    {
        byte[] chip = Chip(DataImages.ObkOffset, DataImages.ObkConfig());
        chip[DataImages.ObkOffset + 3] ^= 0x55;
        var clean = FlashImage.Parse(FlashImage.Parse(chip).Edit().Sanitize().ToArray());
        Assert.False(clean.ObkConfig!.ChecksumOk);
        Assert.Empty(ImageSecrets.Find(clean));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\0-----END RSA PRIVATE KEY-----", false)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----", false)]
    [InlineData("PRIVATE KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", false)]
    [InlineData("-----BEGIN PRIVATE KEY-----\r\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\u00ff\u00ff", true)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZI\\nzj0DAQcDQgAE\\n-----END OPENSSH PRIVATE KEY-----", true)]
    public void PemKey_IsWhatItsWordsSay_AndIsBlankedOnce(string text, bool isKey)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(isKey, PemKeys.Blank(bytes));
        string clean = Encoding.Latin1.GetString(bytes);
        Assert.Equal(text.Count(character => character == '\\'), clean.Count(character => character == '\\'));
        Assert.Equal(isKey, !clean.Contains("DQgAE", StringComparison.Ordinal) && text.Contains("DQgAE", StringComparison.Ordinal));
        Assert.False(PemKeys.Blank(bytes));
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Find_OfACorpusImage_IsWhatSanitizingChanges(string file)
    {
        var image = FlashImage.Parse(Corpus.Read(file));
        var draft = image.Edit().Sanitize();
        var areas = ImageSecrets.Find(image);
        // What was deleted from a volume goes with it, which is more than what is known to be secret.
        foreach (var change in draft.Changes.Where(change => !change.What.StartsWith("littlefs", StringComparison.Ordinal)))
            Assert.Contains(areas, area => area.Range.Overlaps(change.Range));
        Assert.Empty(ImageSecrets.Find(draft.ToImage()));
    }
}
