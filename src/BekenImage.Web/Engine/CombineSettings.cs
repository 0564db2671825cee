using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Obk;

namespace BekenImage.Web;

/// <summary>
/// What the page's form says, as texts <c>name=value</c> with the names and words of the command's options: <c>set=wifiSsid=home</c>,
/// <c>keep=littlefs</c>. A name without a value is a switch. Files are given by their number on the shelf.
/// </summary>
internal static class CombineSettings
{
    private const string KeyForms = "a key of coefficients: zero, tuya, uascent, four hex words, 32 hex digits or base64 of 16 bytes";

    // The command refuses these, too: of two answers to one question neither is taken silently.
    private static readonly (string One, string Other)[] Contradictions =
    [
        ("rf", "rf-from"), ("rf=none", "mac"), ("obk-config", "obk-json"), ("obk-config=none", "keep=obk-config"), ("obk-config=keep", "erase=obk-config"),
        ("bootloader", "replace-bootloader"),
    ];

    /// <exception cref="SettingException">A value is none of its kind.</exception>
    /// <exception cref="BekenImageException">A file is not what is needed.</exception>
    public static CombineOptions Parse(IEnumerable<string> settings, Shelf files)
    {
        var options = new CombineOptions();
        string[] given = [.. settings];
        foreach (var (one, other) in Contradictions)
        {
            if (given.Any(setting => Is(setting, one)) && given.Any(setting => Is(setting, other)))
                throw new SettingException($"{Words(one)} and {Words(other)} exclude each other");
        }
        foreach (string setting in given)
        {
            int end = setting.IndexOf('=', StringComparison.Ordinal);
            Apply(options, end < 0 ? setting : setting[..end], end < 0 ? string.Empty : setting[(end + 1)..], files);
        }
        return options;
    }

    private static bool Is(string setting, string asked) =>
        setting == asked || !asked.Contains('=', StringComparison.Ordinal) && setting.StartsWith(asked + "=", StringComparison.Ordinal);

    private static string Words(string setting) => setting switch
    {
        "rf" => "keeping or leaving out the calibration", "rf-from" => "taking it from a file", "rf=none" => "leaving out the calibration", "mac" => "another MAC in it",
        "obk-config" or "obk-config=none" or "obk-config=keep" => "that choice of OpenBeken's configuration", "obk-json" => "fields of it as JSON",
        "keep=obk-config" => "keeping the device's", "erase=obk-config" => "erasing it", "bootloader" => "a bootloader from a file", _ => "the firmware's bootloader",
    };

    private static void Apply(CombineOptions options, string name, string value, Shelf files)
    {
        switch (name)
        {
            case "chip":
                options.Chip = BekenChips.TryParse(value, out var chip) ? chip : throw Wrong(value, "a chip");
                break;
            case "key":
                options.Key = BekenKey.TryParse(value, out var key) ? key : throw Wrong(value, KeyForms);
                break;
            case "mac":
                options.Mac = MacAddress.TryParse(value, out var mac)
                    ? mac
                    : throw Wrong(value, "a MAC: six bytes in hex, joined by colons, such as c8:47:8c:12:34:56");
                break;
            case "rf":
                options.Rf = value switch { "keep" => RfChoice.Keep, "none" => RfChoice.None, _ => throw Wrong(value, "keep or none") };
                break;
            case "rf-from":
                SetRf(options, FileOf(value, files));
                break;
            case "obk-config":
                options.ObkConfigFrom = value switch
                {
                    "keep" => ObkConfigChoice.Keep,
                    "firmware" => ObkConfigChoice.Firmware,
                    "none" => ObkConfigChoice.None,
                    _ => throw Wrong(value, "keep, firmware or none"),
                };
                break;
            case "obk-json":
                options.ObkConfigFrom = ObkConfigChoice.Changed;
                options.ObkConfigChanges = Fields(value);
                break;
            case "keep":
                options.Keep.Add(Area(value));
                break;
            case "erase":
                options.Erase.Add(Area(value));
                break;
            case "bootloader":
                var loader = FileOf(value, files);
                options.Bootloader = loader.Image;
                options.BootloaderName = loader.Name;
                break;
            case "replace-bootloader":
                options.ReplaceBootloader = true;
                break;
            case "partition-table":
                options.PartitionTable = value switch
                {
                    "keep" => PartitionTableChoice.Keep, "firmware" => PartitionTableChoice.Firmware, _ => throw Wrong(value, "keep or firmware"),
                };
                break;
            case "size":
                SetSize(options, value);
                break;
            case "set":
                int end = value.IndexOf('=', StringComparison.Ordinal);
                if (end <= 0)
                    throw Wrong(value, "a field as NAME=VALUE");
                options.ObkChanges.Add(new NamedValue(value[..end], value[(end + 1)..]));
                break;
            case "from-tuya":
                options.FromTuya = true;
                break;
            case "firmware-dump":
                options.FirmwareIsDump = true;
                break;
            default:
                throw Wrong(name, "a setting of combine");
        }
    }

    private static void SetRf(CombineOptions options, Opened file)
    {
        options.Rf = RfChoice.Given;
        options.RfTableName = file.Name;
        options.RfTable = RfSource.Read(file.Image.Source.ToArray(), out var chip);
        options.RfTableChip = chip;
    }

    // What was typed is no file that could be another one.
    private static ObkConfigDocument Fields(string json)
    {
        try
        {
            return InputDocuments.ParseObkConfig(json);
        }
        catch (BekenImageException error) when (error.Code == FindingCode.WrongKind)
        {
            throw new SettingException($"fields as JSON: {error.Message}");
        }
    }

    private static void SetSize(CombineOptions options, string size)
    {
        options.Extent = size switch { "chip" => OutputExtent.Chip, "qio" => OutputExtent.Qio, "app" => OutputExtent.App, _ => OutputExtent.Length };
        if (options.Extent != OutputExtent.Length)
            return;
        options.Length = NumberText.TryParse(size, out long length) && length > 0 ? length : throw Wrong(size, "chip, qio, app or a number such as 2M");
    }

    private static string Area(string name) => CombineOptions.AreaNames.Contains(name) ? name : throw Wrong(name, "one of " + string.Join(", ", CombineOptions.AreaNames));

    private static Opened FileOf(string number, Shelf files) => files[int.TryParse(number, out int file) ? file : 0];

    private static SettingException Wrong(string value, string wanted) => new($"'{value}' is not {wanted}");
}

/// <summary>A value of the form that is none of its kind: nothing is wrong with a file.</summary>
internal sealed class SettingException(string message) : Exception(message);
