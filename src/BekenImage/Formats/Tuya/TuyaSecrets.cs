using System.Text;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>How much of a Tuya value is secret.</summary>
public enum TuyaSecrecy
{
    /// <summary>Members of secret names may still occur in it, as in any JSON text.</summary>
    Members,

    /// <summary>Every byte: a key, seed or record of an access point.</summary>
    Whole,
}

/// <summary>
/// Which of Tuya's values, and which members of JSON values, are secret: licence and cloud keys, Wi-Fi names and passwords. For masking
/// what is shown; <see cref="TuyaSanitizer"/> blanks them in an image.
/// </summary>
public static class TuyaSecrets
{
    private static readonly HashSet<string> WholeValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "ble_beaconkey", "tuya_seed", "ap_info", "ap_info_v2", "bt_encrpt", "bt_encrpt_v2",
    };

    private static readonly string[] WholeParts =
    [
        "passw", "passphrase", "secret", "token", "beaconkey", "_seed", "psk", "auth_key", "authkey", "ap_info", "encrpt", "private", "local_key",
    ];

    // Of gw_bi, gw_wsm, gw_ai, wf_pt; hs_psk and mq_psk are addresses. Names of pins and product settings of user_param_key are not among them.
    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        "uuid", "key", "fac_pin", "pin", "bt_mac", "bt_hid", "mac", "bssid", "wx_uuid", "wx_app_id", "reg_key", "regkey", "lckey", "random",
        "ssid", "pwd", "pwsd", "psk", "sec_key", "seckey", "secret_key", "local_key", "localkey", "auth_key", "authkey", "auzkey", "auz_key",
        "psk_key", "pskkey", "psk21_key", "psk30_key", "beaconkey", "beacon_key", "dminfo_sn",
    };

    private static readonly string[] MemberParts = ["passw", "passphrase", "secret", "token", "ssid"];

    /// <summary>How much of a value is secret, by its name.</summary>
    /// <param name="name">Name of a storage value, protected entry or UF file.</param>
    public static TuyaSecrecy Classify(string name)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        return WholeValues.Contains(name) || Contains(name, WholeParts) ? TuyaSecrecy.Whole : TuyaSecrecy.Members;
    }

    /// <summary>True when a JSON member, or a field of a loose text, of this name is secret.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsSecretMember(string name)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        // The name of the device's own access point is printed in every manual.
        return !name.Equals("ap_ssid", StringComparison.OrdinalIgnoreCase) && (Members.Contains(name) || Contains(name, MemberParts));
    }

    /// <summary>True when a field of <c>user_param_key</c> of this name is secret; a bare <c>key</c> or <c>pin</c> is a setting there.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsSecretParameter(string name) => name is not ("key" or "pin" or "random") && IsSecretMember(name);

    /// <summary>The value of a field of <c>user_param_key</c>, masked where it is secret.</summary>
    /// <param name="field">The field.</param>
    public static string Mask(TuyaUserParameter field) =>
        IsSecretParameter((field ?? throw new ArgumentNullException(nameof(field))).Name) ? SecretMask.Text : field.Value;

    /// <summary>A value for people and documents: its text, else its bytes as hex.</summary>
    /// <param name="name">Name of the value.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="showSecrets">False to have secrets masked.</param>
    public static string Show(string name, ReadOnlySpan<byte> data, bool showSecrets)
    {
        string? text = TuyaText.Decode(data);
        if (showSecrets)
            return text ?? Hex.Lower(data.ToArray());
        if (text is not null)
            return Mask(name, text);
        return IsLog(name) || Classify(name) == TuyaSecrecy.Whole ? SecretMask.Text : Hex.Lower(data.ToArray());
    }

    /// <summary>The same for bytes in an array.</summary>
    /// <param name="name">Name of the value.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="showSecrets">False to have secrets masked.</param>
    public static string Show(string name, byte[] data, bool showSecrets) => Show(name, data.AsSpan(), showSecrets);

    /// <summary>
    /// A value's text with every secret replaced by <see cref="SecretMask.Text"/>; JSON stays JSON. Of a device's log nothing is shown: it
    /// names networks.
    /// </summary>
    /// <param name="name">Name of the value.</param>
    /// <param name="text">Its text, as <see cref="TuyaValue.Text"/> gives it.</param>
    public static string Mask(string name, string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        if (IsLog(name) || Classify(name) == TuyaSecrecy.Whole)
            return SecretMask.Text;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var masked = new StringBuilder();
        int position = 0;
        foreach (var secret in TuyaSecretText.Find(bytes))
        {
            masked.Append(Encoding.UTF8.GetString(bytes, position, secret.Start - position));
            masked.Append(secret.IsQuoted || secret.IsLoose ? SecretMask.Text : "\"" + SecretMask.Text + "\"");
            position = secret.Start + secret.Length;
        }
        return masked.Append(Encoding.UTF8.GetString(bytes, position, bytes.Length - position)).ToString();
    }

    private static bool IsLog(string name) =>
        name.StartsWith("logseq", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_log", StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string name, string[] parts)
    {
        foreach (string part in parts)
        {
            if (name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }
        return false;
    }
}
