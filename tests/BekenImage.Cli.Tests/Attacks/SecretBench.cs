using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>The files the lines of <see cref="SecretLines"/> name, made of one image; and its secrets.</summary>
internal sealed partial class SecretBench : IDisposable
{
    /// <summary>A password a user types.</summary>
    public const string Given = "typed-by-the-user-81";

    public const string AesKey = "3ac1f07762d95b8e14a06dc7be3915f2908b4c6ed15720af3bfe86c4720d19e5";

    private const string PemKey = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAECAwQFBgcICQoL";
    private const string FileSecret = "geheim-im-file";
    private const string LoginSecret = "geheim-im-login";

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private int _outputs;

    /// <param name="image">The image; null for a device that holds a secret of every kind.</param>
    public SecretBench(byte[]? image = null)
    {
        IsSynthetic = image is null;
        Put("IMAGE", image ?? Device());
        List<string> names = image is null ? ["HomeNetwork-C", "broker login"] : [.. TextsOf(image, "wifiSsid", "mqttUserName", "wifiSsid2")];
        var secrets = image is null ? [.. DataImages.Secrets, PemKey, FileSecret, LoginSecret] : SecretsOf(image);
        Shown = new SecretNeedles([.. secrets.Except(names), Given, AesKey]);
        Held = new SecretNeedles([.. secrets, .. names, Given, AesKey]);
        Count = secrets.Count;
        foreach (var (name, make) in Makers)
            make(this, name);
    }

    public bool IsSynthetic { get; }

    /// <summary>How many secrets the image holds.</summary>
    public int Count { get; }

    /// <summary>What nobody is shown. The names of the network and of the broker's user in OpenBeken's configuration are shown: they are typed and looked up.</summary>
    public SecretNeedles Shown { get; }

    /// <summary>What makes a file its owner's alone.</summary>
    public SecretNeedles Held { get; }

    /// <summary>A device that runs OpenBeken, with a secret in everything a firmware has left on it.</summary>
    public static byte[] Device()
    {
        byte[] everything = DataImages.Full();
        var device = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(DataImages.RfOffset)
            .With(0x1D1000, [.. DataImages.ObkConfig(), .. Samples.Blank(0x200)])
            .With(0x1D2000, everything[DataImages.FastConnectOffset..(DataImages.FastConnectOffset + 0x1000)]);
        foreach (int offset in new[] { DataImages.NetParamOffset, DataImages.FlashVarsOffset, DataImages.ProtectedOffset })
            device.With(offset, everything[offset..(offset + 0x1000)]);
        device.With(0x1EE000, everything[0x1EE000..0x1F1000]);
        device.With(DataImages.StrayOffset, "left lying: HomeNetwork-D, pass phrase C, pass phrase A;"u8.ToArray());
        device.With(0x170000, Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\nPEM BODY\n-----BEGIN EC PRIVATE KEY-----\n{PemKey}\n"));
        return device.Dump();
    }

    /// <summary>The words of a line, its files and its output.</summary>
    public (string[] Words, string Output) Words(string line)
    {
        string output = _folder["out" + Interlocked.Increment(ref _outputs).ToString(CultureInfo.InvariantCulture)];
        string[] words = line.Split(' ').Select(word => word is "OUT" or "DOC" ? output : Filled(word)).ToArray();
        return (words, output);
    }

    public void Dispose() => _folder.Dispose();

    private string Filled(string word)
    {
        int sign = word.IndexOf('=', StringComparison.Ordinal);
        string value = word[(sign + 1)..];
        return word[..(sign + 1)] + (value == "GIVEN" ? Given : value == "AESKEY" ? AesKey : _files.GetValueOrDefault(value, value));
    }

    private void Put(string name, byte[] bytes) => _files[name] = _folder.Write(name.ToLowerInvariant() + ".in", bytes);

    private byte[] Read(string name) => File.ReadAllBytes(_files[name]);

    // What the image does not have is missing, and the lines say so.
    private void Run(string name, string line)
    {
        _files[name] = _folder[name.ToLowerInvariant() + ".in"];
        Tool.Run(line.Split(' ').Select(word => word == "OUT" ? _files[name] : Filled(word)).ToArray());
    }

    private static readonly (string Name, Action<SecretBench, string> Make)[] Makers =
    [
        ("SMALL", (bench, name) => bench.Put(name, new byte[32])),
        ("CONFIG", (bench, name) => bench.Put(name, DataImages.ObkConfig())),
        ("CONFIGJSON", (bench, name) => bench.Put(name, Encoding.ASCII.GetBytes($"{{\"mqtt\":{{\"password\":\"{FileSecret}\",\"url\":\"mqtt://me:{LoginSecret}@host\"}}}}"))),
        ("FILES", (bench, name) =>
        {
            bench._files[name] = Directory.CreateDirectory(bench._folder["files"]).FullName;
            File.Copy(bench._files["CONFIGJSON"], Path.Combine(bench._files[name], "config.json"));
        }),
        ("WITHFILES", (bench, name) =>
        {
            if (!bench.IsSynthetic)
                return;
            bench.Run(name, "fs add IMAGE config.json=CONFIGJSON -o OUT");
            bench.Put("IMAGE", bench.Read(name));
        }),
        ("FACTORY", (bench, name) => bench.Put(name, SyntheticDevice.FactoryDump())),
        ("FIRMWARE", (bench, name) => bench.Put(name, SyntheticDevice.Firmware())),
        ("APP", (bench, name) => bench.Put(name, SyntheticPrograms.App(0x4000, SyntheticImage.ObkN))),
        ("BOOT", (bench, name) => bench.Put(name, new SyntheticImage().PlainBootloader())),
        ("ARMINO", (bench, name) => bench.Put(name, SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x4000, 3), Convert.FromHexString(AesKey)))),
        ("OTHER", (bench, name) => bench.Put(name, Changed(bench.Read("IMAGE")))),
        ("DOUBLE", (bench, name) => bench.Put(name, [.. bench.Read("IMAGE"), .. bench.Read("IMAGE")])),
        ("PAGES", (bench, name) => bench.Put(name, PageFile.Add(bench.Read("IMAGE")))),
        ("BADPAGES", (bench, name) =>
        {
            byte[] pages = bench.Read("PAGES");
            pages[33] ^= 1;
            bench.Put(name, pages);
            MakePrivate(bench._files[name]);
        }),
        ("ENCRYPTED", (bench, name) => bench.Run(name, "encrypt IMAGE --key tuya --address 0 -o OUT")),
        ("ENCRYPTEDPAGES", (bench, name) => bench.Run(name, "encrypt IMAGE --key tuya --address 0 --crc -o OUT")),
        ("CLEAN", (bench, name) => bench.Run(name, "combine FACTORY FIRMWARE -o OUT")),
        ("PACKAGE", (bench, name) => bench.Run(name, "ota pack APP --app-version 1 --compress none --encrypt none -o OUT")),
        ("UG", (bench, name) => bench.Run(name, "ug pack PACKAGE --app-version 1 -o OUT")),
        ("UF2", (bench, name) => bench.Run(name, "uf2 pack PACKAGE --chip BK7231N --board generic-bk7231n-qfn32-tuya -o OUT")),
        ("TABLE", (bench, name) => bench.Run(name, "fal show IMAGE --json -o OUT")),
        ("OBKJSON", (bench, name) => bench.Run(name, "obk show IMAGE --json --show-secrets -o OUT")),
        ("TUYAJSON", (bench, name) => bench.Run(name, "extract IMAGE tuya --show-secrets -o OUT")),
        ("PARTS", (bench, name) => bench.Run(name, "split IMAGE -o OUT")),
    ];

    private static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    // Another device: every area with secrets differs, and is there.
    private static byte[] Changed(byte[] image)
    {
        byte[] other = image.ToArray();
        foreach (var area in ImageSecrets.Find(FlashImage.Parse(image)))
            other.AsSpan((int)area.Range.End - 4, 4).Clear();
        return other;
    }

    // The name of the access point a device opens itself is its vendor's, and shown.
    // By the names of the list of attacks, in what the readers give; by code that shares nothing with what masks.
    private static List<string> SecretsOf(byte[] bytes)
    {
        var secrets = new List<string>();
        var image = FlashImage.Parse(bytes);
        foreach (var value in image.TuyaStorage?.Values ?? [])
            AddMembers(Encoding.Latin1.GetString(value.Data.Span), secrets);
        foreach (var entry in image.TuyaContents.ProtectedBlocks.SelectMany(block => block.Entries))
            AddMembers(Encoding.Latin1.GetString(entry.Data.Span), secrets);
        foreach (var record in image.FastConnectRecords)
            secrets.AddRange([record.RevealSsid(), record.RevealPsk(), record.RevealPassphrase()]);
        secrets.AddRange(TextsOf(bytes, "wifiPass", "mqttPass", "wifiPass2", "webPassword"));
        return secrets.Where(secret => secret.Length >= 6 && secret.Distinct().Count() > 1).Distinct().ToList();
    }

    private static IEnumerable<string> TextsOf(byte[] bytes, params string[] fields)
    {
        var config = FlashImage.Parse(bytes).ObkConfig;
        return fields.Select(name => config?[name]).OfType<string>().Where(text => text.Length >= 6);
    }

    private static void AddMembers(string text, List<string> secrets)
    {
        foreach (Match match in Member().Matches(text))
        {
            string value = match.Groups[2].Value;
            secrets.Add(value);
            secrets.Add(value.Replace("\\/", "/", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("(?<![A-Za-z_])\"?(passwd|ap_passwd|ssid|auth_key|auzkey|pskKey|psk_key|local_key|lckey|sec_key|stdTimeZone_key|uuid|token|h5_key|authKey|localKey|secKey|password|nc_tp)\"?[:=]\"?([^\",}]*)")]
    private static partial Regex Member();
}
