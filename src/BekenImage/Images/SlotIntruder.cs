using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Rf;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>Names what stands in the bootloader's slot where no bootloader does.</summary>
internal static class SlotIntruder
{
    private const int TextProbe = 64;

    /// <summary>What stands in the slot of a chip that lost its bootloader, as a sentence.</summary>
    public static string Message(ImageContent image) =>
        $"{Describe(image.Bytes, image.Origin.StandsAt0)} stands where the bootloader belongs; the chip does not start";

    /// <summary>Such as <c>an app</c> or <c>erased flash</c>.</summary>
    /// <param name="image">The flash, from physical 0 on.</param>
    /// <param name="program">What begins at 0 by its vectors.</param>
    public static string Describe(ReadOnlyMemory<byte> image, ImageStart program)
    {
        var slot = image.Slice(0, Math.Min(image.Length, FlashGeometry.AppOffset));
        var sector = slot.Slice(0, Math.Min(slot.Length, FlashGeometry.SectorSize));
        if (ByteRuns.IsErased(sector.Span))
            return "erased flash";
        if (ByteRuns.IsAll(sector.Span, sector.Span[0]))
            return FormattableString.Invariant($"nothing but 0x{sector.Span[0]:x2}");
        return Program(program) ?? Package(image) ?? Data(sector) ?? (LooksLikeText(sector.Span) ? "text" : "nothing that is known");
    }

    private static string? Program(ImageStart program) => program switch
    {
        ImageStart.App => "an app",
        ImageStart.AppFile => "an application without page CRCs",
        ImageStart.BootloaderFile => "a bootloader without page CRCs",
        _ => null,
    };

    private static string? Package(ReadOnlyMemory<byte> image)
    {
        if (RblHeader.TryRead(image.Span, out var header) && header.HeaderCrcOk)
            return "an update package";
        return ImageKinds.IsUg(image.Span) ? "a Tuya update package" : null;
    }

    private static string? Data(ReadOnlyMemory<byte> sector)
    {
        if (RfReader.TryRead(sector, 0, null, out _))
            return "an RF table";
        if (NetParamReader.TryRead(sector, 0, null, out _))
            return "network parameters";
        if (ObkConfigReader.TryRead(sector, 0, ObkPinLayout.Pins32, null, out _))
            return "an OpenBeken configuration";
        // A superblock names its file system behind the first metadata tag.
        return sector.Length > 16 && sector.Span.Slice(8, 8).SequenceEqual("littlefs"u8) ? "a LittleFS volume" : null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes.Slice(0, Math.Min(TextProbe, bytes.Length)))
        {
            if (value is (< 0x20 or > 0x7E) and not (byte)'\n' and not (byte)'\r' and not (byte)'\t')
                return false;
        }
        return true;
    }
}
