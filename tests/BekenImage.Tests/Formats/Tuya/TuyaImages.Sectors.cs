using BekenImage.Formats.Tuya;

namespace BekenImage.Tests.Formats.Tuya;

/// <summary>What needs the library's own types.</summary>
internal static partial class TuyaImages
{
    public static byte[] Apply(byte[] image, IReadOnlyList<TuyaSector> sectors)
    {
        byte[] changed = image.ToArray();
        foreach (var sector in sectors)
            sector.Data.Span.CopyTo(changed.AsSpan((int)sector.Offset));
        return changed;
    }
}
