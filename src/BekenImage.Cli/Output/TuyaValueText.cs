using System.Text;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Output;

/// <summary>Tuya's values as text, and what of them is masked.</summary>
internal static class TuyaValueText
{
    /// <summary>The bytes as text without NULs behind it, or null where they are none.</summary>
    public static string? Of(ReadOnlySpan<byte> data)
    {
        var trimmed = data.TrimEnd((byte)0);
        string text = Encoding.UTF8.GetString(trimmed);
        bool isText = !text.Contains('\uFFFD') && text.All(character => !char.IsControl(character) || character is '\t' or '\r' or '\n');
        return isText ? text : null;
    }

    /// <summary>A value for people: text, else hex; masked unless secrets are to be shown.</summary>
    public static string Show(string name, ReadOnlySpan<byte> data, bool showSecrets)
    {
        string? text = Of(data);
        return (text, showSecrets) switch
        {
            (null, true) => Convert.ToHexStringLower(data),
            (null, false) => MaskHex(name, data),
            (_, true) => text,
            _ => Mask(name, text),
        };
    }

    // Device logs name networks.
    public static string Mask(string name, string text) =>
        IsLog(name) ? ObkConfig.Mask : TuyaSecrets.Mask(name, text);

    public static string MaskHex(string name, ReadOnlySpan<byte> data) =>
        IsLog(name) || TuyaSecrets.Classify(name) == TuyaSecrecy.Whole ? ObkConfig.Mask : Convert.ToHexStringLower(data);

    public static string Field(TuyaUserParameter field, bool showSecrets) =>
        !showSecrets && field.Name is not ("key" or "pin" or "random") && TuyaSecrets.IsSecretMember(field.Name) ? ObkConfig.Mask : field.Value;

    public static string Source(TuyaUserParametersSource source) => source switch
    {
        TuyaUserParametersSource.Storage => "storage",
        TuyaUserParametersSource.OemConfigFile => "oem_cfg",
        TuyaUserParametersSource.UserParamFile => "user_param_key file",
        _ => "app",
    };

    private static bool IsLog(string name) =>
        name.StartsWith("logseq", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_log", StringComparison.OrdinalIgnoreCase);
}
