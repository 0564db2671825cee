using BekenImage.Formats.Tuya;

namespace BekenImage.Editing;

/// <summary>Tuya's values.</summary>
internal static class TuyaEdit
{
    public static void Set(DraftEdit edit, string name, string text)
    {
        var old = edit.Image.TuyaStorage?.Find(name);
        Set(edit, name, name == TuyaUserParameters.Key ? UserParameters(text) : old?.Encode(text) ?? System.Text.Encoding.UTF8.GetBytes(text));
    }

    public static void Set(DraftEdit edit, string name, byte[] data)
    {
        foreach (var sector in TuyaWriter.SetValue(edit.Image.TuyaContents, name, data))
            edit.Put(sector.Offset, sector.Data.Span, PartitionNames.Tuya, $"'{name}' is stored", PartitionNames.Tuya);
    }

    private static byte[] UserParameters(string text) => TuyaUserParameters.TryParse(text, out var parameters)
        ? parameters.WithRenewedCrc().ToBytes()
        : throw new BekenImageException(FindingCode.TuyaUserParamInvalid, "a user_param_key is a text in braces: {name:value,...}");
}
