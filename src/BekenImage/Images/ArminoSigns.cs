using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// What tells an image of the Armino chips (BK7236, BK7258, BK7239N and their kin) from one of the BK72xx. Both have pages of 34 bytes, and
/// nothing else alike: taken for each other, every address and every deciphered byte is wrong.
/// </summary>
internal static class ArminoSigns
{
    /// <summary>Logical address of the mark; written behind the cipher and under the page CRC, so that it is readable in every image.</summary>
    public const int MarkOffset = 0x100;

    private const int MarkPage = MarkOffset / FlashPages.DataSize * FlashPages.PageSize;

    // "BK7236" stands in the loaders of BK7234, BK7236, BK7239 and BK7258 alike, "BK7256" in those of the RISC-V chips, "BEKEN" in what
    // the packagers for BK7236N and BK7239N made.
    private static readonly string[] Marks = ["BK7236", "BK7256", "BEKEN"];

    /// <summary>The mark of an image, wherever its bytes begin; null where there is none.</summary>
    public static string? MarkOf(ImageContent image) => image.Origin.Start switch
    {
        ImageStart.Bootloader => MarkInPages(image.Bytes.Span),
        ImageStart.BootloaderFile => MarkIn(image.Bytes.Span),
        _ => null,
    };

    /// <summary>The mark behind the vectors of an app, where the SDK's builds have it as bootloaders do; null where there is none.</summary>
    public static string? MarkOfApp(ImageContent image)
    {
        if (image.Programs.App is not { Storage.Cipher: not null, LogicalStart: { } start } app)
            return null;
        var plain = image.Decoded.Decode(app).Span;
        int vectors = CortexVectors.OffsetIn(plain, (uint)start.Value);
        return vectors < plain.Length && CortexVectors.Match(plain.Slice(vectors)) ? MarkIn(plain.Slice(vectors)) : null;
    }

    /// <summary>The mark in flash that begins at physical 0; null where there is none.</summary>
    public static string? MarkInPages(ReadOnlySpan<byte> flash) =>
        flash.Length >= MarkPage + FlashPages.PageSize && FlashPages.Check(flash.Slice(MarkPage, FlashPages.PageSize)).Valid == 1
            ? Mark(flash.Slice(MarkPage, FlashPages.DataSize)) : null;

    /// <summary>The mark in a program's bytes without pages, from logical 0 on; null where there is none.</summary>
    public static string? MarkIn(ReadOnlySpan<byte> logical) =>
        logical.Length >= MarkOffset + FlashPages.DataSize ? Mark(logical.Slice(MarkOffset, FlashPages.DataSize)) : null;

    /// <summary>
    /// How many bytes of the 32 at logical 0x100 of a bootloader are stored in the clear though all around is enciphered: the mark of these
    /// chips or of the N family with the zeros that fill it, or the whole page where a packager took that from the plain image. 0 for none.
    /// </summary>
    public static int ClearBytesOf(ReadOnlySpan<byte> stored)
    {
        int end = MarkLengthOf(stored);
        if (end == 0)
            return 0;
        while (end < BootloaderPayload.MarkerSize && stored[end] == 0)
            end++;
        return ByteRuns.IsErased(stored.Slice(end)) ? stored.Length : end;
    }

    /// <summary>How long the name is that these 32 bytes begin with, of these chips or of the N family; 0 for none.</summary>
    public static int MarkLengthOf(ReadOnlySpan<byte> page) => Mark(page)?.Length ?? (BootloaderPayload.IsMarker(page) ? Marks[0].Length : 0);

    /// <summary>What pages begin with, where no ARM vectors of the BK72xx do.</summary>
    public static ImageStart StartOfPages(ReadOnlySpan<byte> flash)
    {
        if (MarkInPages(flash) is not null || HasTable(flash))
            return ImageStart.Bootloader;
        byte[] first = ProgramPages.Strip(flash, FlashPages.DataSize);
        return CortexVectors.Match(first) && CortexVectors.ResetOf(first) >= FlashGeometry.AppLogicalAddress ? ImageStart.App : ImageStart.Other;
    }

    /// <summary>What bytes without pages begin with, where no ARM vectors of the BK72xx do.</summary>
    public static ImageStart StartOfFile(ReadOnlySpan<byte> logical)
    {
        if (CortexVectors.IsMcuBoot(logical))
            return ImageStart.AppFile;
        bool hasVectors = CortexVectors.Match(logical);
        if (MarkIn(logical) is { } mark && (hasVectors || mark != "BEKEN" || ByteRuns.IsErased(logical.Slice(0, FlashPages.DataSize))))
            return ImageStart.BootloaderFile;
        if (!hasVectors)
            return ImageStart.Other;
        return CortexVectors.ResetOf(logical) < FlashGeometry.AppLogicalAddress ? ImageStart.BootloaderFile : ImageStart.AppFile;
    }

    /// <summary>True when a partition table of these chips can be read, as stored, in the bootloader at physical 0.</summary>
    public static bool HasTable(ReadOnlySpan<byte> flash) =>
        FalReader.FindPhysical(ProgramPages.Strip(flash.Slice(0, Math.Min(flash.Length, FlashGeometry.AppOffset)))) is not null;

    private static string? Mark(ReadOnlySpan<byte> page)
    {
        foreach (string mark in Marks)
        {
            // Behind the letters stands 0 or 0x10; the packagers write five of BEKEN over what may be enciphered.
            if (Text.FromLatin1(page.Slice(0, mark.Length)) == mark && (mark == "BEKEN" || page[mark.Length] is 0 or 0x10))
                return mark;
        }
        return null;
    }
}
