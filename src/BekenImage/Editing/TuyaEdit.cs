using BekenImage.Formats.Tuya;

namespace BekenImage.Editing;

/// <summary>Tuya's values.</summary>
internal static class TuyaEdit
{
    public static void Set(DraftEdit edit, string name, string text)
    {
        var old = edit.Image.TuyaStorage?.Find(name);
        if (IsMasked(edit, name, text))
            return;
        Set(edit, name, name == TuyaUserParameters.Key ? UserParameters(text) : old?.Encode(text) ?? System.Text.Encoding.UTF8.GetBytes(text));
    }

    public static void Set(DraftEdit edit, string name, byte[] data)
    {
        foreach (var sector in TuyaWriter.SetValue(edit.Image.TuyaContents, name, data))
            edit.Put(sector.Offset, sector.Data.Span, PartitionNames.Tuya, $"'{name}' is stored", PartitionNames.Tuya);
    }

    // A value as it is shown without its secrets: given back unchanged it leaves what is there, else they would be lost.
    private static bool IsMasked(DraftEdit edit, string name, string text)
    {
        if (!text.Contains(SecretMask.Text))
            return false;
        byte[]? current = Current(edit.Image, name);
        if (current is not null && TuyaSecrets.Show(name, current, showSecrets: true).Contains(SecretMask.Text))
            return false;
        if (current is null || TuyaSecrets.Show(name, current, showSecrets: false) != text)
        {
            throw new BekenImageException(FindingCode.ObkMasked,
                $"the value of '{name}' was given masked ({SecretMask.Text} stands for a secret that was not shown); give the secret itself");
        }
        edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.ObkMasked,
            $"the value of '{name}' was given masked ({SecretMask.Text} stands for a secret that was not shown): what the device has is kept"));
        return true;
    }

    private static byte[]? Current(FlashImage image, string name) =>
        image.TuyaStorage?.Find(name)?.Data.ToArray() ??
        (name == TuyaUserParameters.Key ? image.UserParameters.FirstOrDefault()?.Parameters.ToBytes() : null) ??
        image.TuyaContents.ProtectedBlocks.Select(block => block.Find(name)).FirstOrDefault(entry => entry is not null)?.Data.ToArray();

    private static byte[] UserParameters(string text) => TuyaUserParameters.TryParse(text, out var parameters)
        ? parameters.WithRenewedCrc().ToBytes()
        : throw new BekenImageException(FindingCode.TuyaUserParamInvalid, "a user_param_key is a text in braces: {name:value,...}");
}
