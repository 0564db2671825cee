using BekenImage.Formats.Tuya;
using BekenImage.Formats.Uf2;

namespace BekenImage.Images;

/// <summary>The Wi-Fi module a device has, or the board its firmware was built for.</summary>
internal static class ImageModule
{
    /// <summary>By Tuya's data, then by what LibreTiny's firmware says of itself; null where neither tells.</summary>
    public static string? Of(FlashImage image)
    {
        var parameters = image.UserParameters.FirstOrDefault()?.Parameters;
        string? module = parameters is null ? null : TuyaWiring.Create(parameters, image.TuyaStorage).Module;
        return module ?? (Uf2Package.TryRead(image.Bytes, out var package) ? package.Board : null) ?? image.Content.PayloadApp?.Board;
    }
}
