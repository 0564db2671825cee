using System.Text.Json;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Output;

/// <summary>Fast-connect records and flash variables as JSON.</summary>
internal static class NetJson
{
    public static void WriteFastConnect(Utf8JsonWriter json, FlashImage image, bool showSecrets) =>
        json.WriteArray("fastConnect", image.FastConnectRecords, record =>
        {
            json.WriteNumber("offset", record.Offset);
            json.WriteNumber("length", record.Length);
            json.WriteBoolean("obfuscated", record.IsObfuscated);
            json.WriteNumber("channel", record.Channel);
            json.WriteNumber("securityType", record.SecurityType);
            json.WriteString("ssid", showSecrets ? record.RevealSsid() : ObkConfig.Mask);
            json.WriteString("bssid", showSecrets ? record.RevealBssid().ToString() : ObkConfig.Mask);
            json.WriteString("passphrase", Masked(record.HasPassphrase, showSecrets, record.RevealPassphrase));
            json.WriteString("psk", Masked(record.HasPsk, showSecrets, record.RevealPsk));
        });

    public static void WriteFlashVars(Utf8JsonWriter json, FlashImage image)
    {
        var variables = image.FlashVarsStore?.Variables ?? image.FlashVarsJournal?.Variables;
        if (image.FlashVarsStore is null && image.FlashVarsJournal is null)
        {
            json.WriteNull("flashVars");
            return;
        }
        bool isStore = image.FlashVarsStore?.Variables is not null || image.FlashVarsJournal is null;
        json.WriteStartObject("flashVars");
        json.WriteNumber("offset", isStore ? image.FlashVarsStore!.Offset : image.FlashVarsJournal!.Offset);
        json.WriteString("form", isStore ? "easyflash" : "journal");
        if (isStore)
            json.WritePlain("names", image.FlashVarsStore!.Names);
        WriteVariables(json, variables);
        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, FlashVariables? variables)
    {
        foreach (var field in variables?.ToFields() ?? [])
            json.WritePlain(field.Name, field.Value);
    }

    private static string Masked(bool isThere, bool show, Func<string> reveal) => !isThere ? string.Empty : show ? reveal() : ObkConfig.Mask;
}
