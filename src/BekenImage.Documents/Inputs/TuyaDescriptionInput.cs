using System.Text;
using BekenImage.Documents.Json;
using BekenImage.Formats.Tuya;

namespace BekenImage.Documents.Inputs;

/// <summary>
/// What tools and people write of a Tuya device: bk7231tools' <c>storage.json</c> (values by name, JSON ones as objects, bytes as <c>HEX:…</c>),
/// tuya-cloudcutter's device profiles (<c>device_configuration</c>), the fields of user_param_key alone (BK7231GUIFlashTool, all values as
/// texts), what <c>extract IMAGE tuya</c> writes, and the bare text as the firmware keeps it.
/// </summary>
internal static class TuyaDescriptionInput
{
    private const int MaximumDepth = 4;
    private static readonly HashSet<string> StorageNames = new(StringComparer.Ordinal)
    {
        "gw_bi", "gw_wsm", "gw_di", "gw_ai", "em_sys_env", "baud_cfg",
    };

    public static TuyaDescription Read(string text)
    {
        // The firmware's own spelling, without quotes, is no JSON.
        string trimmed = text.Trim('\uFEFF', '\0', ' ', '\t', '\r', '\n');
        bool isJson = trimmed.Length > 1 && trimmed.Substring(1).TrimStart().StartsWith("\"", StringComparison.Ordinal);
        return !isJson && TuyaUserParameters.TryParse(trimmed, out var bare) && bare.Fields.Any(field => TuyaWiring.NamesPin(field.Name))
            ? new TuyaDescription([Value(TuyaUserParameters.Key, bare.Text)], bare)
            : ReadDocument(text);
    }

    private static TuyaDescription ReadDocument(string text)
    {
        var findings = new List<Finding>();
        return Read(PlainObject.ReadForeign(text, findings)).With(findings);
    }

    private static TuyaDescription Read(PlainObject document)
    {
        if (Listed(document) is { } listed)
            return new TuyaDescription(listed, Parameters(listed));
        var devices = new List<PlainObject>();
        FindDevices(document, devices, 0);
        if (devices.Count > 1)
            throw PlainObject.Unfit(FormattableString.Invariant($"it describes {devices.Count} devices; the object of one of them is needed"));
        if (devices.Count == 1)
            return ReadDevice(devices[0], document);
        var fields = document.Members.Where(IsField).ToArray();
        if (!fields.Any(field => TuyaWiring.NamesPin(field.Name)))
        {
            throw new BekenImageException(FindingCode.TuyaNothingToWrite,
                "there is nothing of Tuya's in it: no user_param_key, no device_configuration, no field that names a pin");
        }
        var parameters = TuyaUserParameters.FromFields(fields);
        return new TuyaDescription([Value(TuyaUserParameters.Key, parameters.Text)], parameters);
    }

    private static TuyaDescription ReadDevice(PlainObject device, PlainObject document)
    {
        var parameters = Parameters(device.Find(TuyaUserParameters.Key, "device_configuration"));
        bool isProfile = device.Find(TuyaUserParameters.Key) is null && device.Find("device_configuration") is not null;
        var values = isProfile
            ? parameters is null ? [] : [Value(TuyaUserParameters.Key, parameters.Text)]
            : device.Members.Select(member => member.Name == TuyaUserParameters.Key && parameters is not null
                ? Value(member.Name, parameters.Text) : Value(member.Name, member.Value)).ToArray();
        string chip = ChipOf(device) ?? ChipOf(document) ?? string.Empty;
        return isProfile
            ? new TuyaDescription(values, parameters, device.Text("manufacturer") ?? string.Empty, device.Text("name") ?? string.Empty, chip)
            : new TuyaDescription(values, parameters, chip: chip);
    }

    // An object that says what a device is; below it there is no other.
    private static void FindDevices(PlainObject candidate, List<PlainObject> devices, int depth)
    {
        if (candidate.Members.Any(member => member.Value is List<NamedValue> or string && member.Name is TuyaUserParameters.Key or "device_configuration") ||
            candidate.Members.Any(member => StorageNames.Contains(member.Name)))
        {
            devices.Add(candidate);
            return;
        }
        foreach (var member in candidate.Members)
        {
            if (depth < MaximumDepth && member.Value is List<NamedValue>)
                FindDevices(PlainObject.Of(member.Value, member.Name), devices, depth + 1);
        }
    }

    private static TuyaUserParameters? Parameters(object? value) => value switch
    {
        List<NamedValue> members => TuyaUserParameters.FromFields(members),
        string text => TuyaUserParameters.TryParse(text.TrimEnd('\0'), out var parameters) ? parameters
            : throw new BekenImageException(FindingCode.TuyaUserParamInvalid, "its user_param_key is no text in braces with names and values"),
        _ => null,
    };

    private static TuyaUserParameters? Parameters(IReadOnlyList<TuyaDescribedValue> values) =>
        values.FirstOrDefault(value => value.Name == TuyaUserParameters.Key)?.Text is { } text ? Parameters(text) : null;

    // The document of extract IMAGE tuya, or of tuya show.
    private static TuyaDescribedValue[]? Listed(PlainObject document)
    {
        var holder = document.Find("tuyaStorage") is List<NamedValue> storage ? PlainObject.Of(storage) : document;
        return holder.Find("values") is List<object?> { Count: > 0 } list && list.TrueForAll(item => item is List<NamedValue>)
            ? TuyaValuesInput.Read(holder).Select(value => new TuyaDescribedValue(value.Name, value.Data ?? Encoding.UTF8.GetBytes(value.Text!))).ToArray()
            : null;
    }

    private static string? ChipOf(PlainObject document) =>
        document.Find("firmware") is List<NamedValue> firmware ? PlainObject.Of(firmware).Text("chip")?.ToUpperInvariant() : null;

    private static bool IsField(NamedValue member) =>
        member.Value is not List<NamedValue> && member.Name.Length > 0 &&
        member.Name.All(character => character is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '_' or '.' or '-');

    private static TuyaDescribedValue Value(string name, object? value) => new(name, value switch
    {
        null => [],
        string text when text.StartsWith("HEX:", StringComparison.Ordinal) => TuyaValuesInput.Bytes(text.Substring(4)) ?? Encoding.UTF8.GetBytes(text),
        string text => Encoding.UTF8.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(Render(value)),
    });

    private static string Render(object value)
    {
        var json = new JsonWriter(indented: false);
        json.Plain(null, value);
        return json.ToString();
    }
}
