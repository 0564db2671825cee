using BekenImage.IO;

namespace BekenImage.Formats.Ua;

/// <summary>Makes update files (UA) and packages (app_ug) as Tuya's scripts do. Source: FORMAT.md.</summary>
public static class UaWriter
{
    /// <summary>Joins the apps: 0xFF up to the size of each slot but the last, which ends with its app.</summary>
    /// <param name="slots">app, app1 and so on.</param>
    /// <exception cref="BekenImageException">An app does not fit its slot.</exception>
    public static byte[] Join(IReadOnlyList<UaSlot> slots)
    {
        if (slots is null)
            throw new ArgumentNullException(nameof(slots));
        using var target = new MemoryStream();
        for (int i = 0; i < slots.Count; i++)
        {
            var slot = slots[i];
            if (slot.App.Length > slot.LogicalSize)
            {
                throw new BekenImageException(FindingCode.UaRefused, FormattableString.Invariant(
                    $"app {i + 1} has 0x{slot.App.Length:x} bytes, its partition has room for 0x{slot.LogicalSize:x}"));
            }
            byte[] bytes = i == slots.Count - 1 ? slot.App.ToArray() : ByteRuns.Erased(slot.LogicalSize, slot.App.Span);
            target.Write(bytes, 0, bytes.Length);
        }
        return target.ToArray();
    }

    /// <summary>Adds the trailer to an update file.</summary>
    /// <param name="body">The update file.</param>
    /// <param name="trailer">The words that do not follow from the body.</param>
    public static byte[] Pack(ReadOnlySpan<byte> body, UaTrailer trailer)
    {
        if (trailer is null)
            throw new ArgumentNullException(nameof(trailer));
        var bytes = new byte[body.Length + UaTrailer.Size];
        body.CopyTo(bytes);
        trailer.For(body).CopyTo(bytes, body.Length);
        return bytes;
    }

    /// <inheritdoc cref="Pack(ReadOnlySpan{byte}, UaTrailer)"/>
    public static byte[] Pack(byte[] body, UaTrailer trailer) => Pack((body ?? throw new ArgumentNullException(nameof(body))).AsSpan(), trailer);
}
