using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>The 0x11000 bytes of a bootloader as a device with a certain key needs them.</summary>
internal sealed class BootloaderSlot
{
    private BootloaderSlot(ReadOnlyMemory<byte> bytes, FalTable fal)
    {
        Bytes = bytes;
        Fal = fal;
    }

    /// <summary>Physical 0 to 0x11000.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public FalTable Fal { get; }

    /// <summary>True when its bytes are not those of its source: enciphered anew, or with another table.</summary>
    public bool IsMade { get; private init; }

    /// <summary>True when the flash key its source stores is not the one it is under: it stores the right one.</summary>
    public bool IsStoredKeyRenewed { get; private init; }

    /// <summary>Why it may not encipher updates with the device's key, though it was moved to that; null where there is no doubt.</summary>
    public string? UpdateDoubt { get; private init; }

    /// <summary>Takes the bootloader of an image or file for a device of the same family.</summary>
    /// <param name="source">Where the bootloader is.</param>
    /// <param name="key">The device's key.</param>
    /// <param name="device">The device's chip; where that is not known, its app must tell that the two go together.</param>
    /// <param name="app">The app the device has; null where there is none, or another will be put beside the bootloader.</param>
    /// <exception cref="BekenImageException">There is none in it that can be read.</exception>
    /// <exception cref="ImageGuardException">It is for another family.</exception>
    public static BootloaderSlot Take(FlashImage source, BekenKey key, BekenChip device, AppIdentity? app)
    {
        if (source.Programs.Bootloader is not { Key: not null } program || source.Fal is null && program.IsStriped)
            throw new BekenImageException(FindingCode.BootloaderMissing, "no bootloader with a partition table is in what was to supply one");
        var identity = source.Content.Bootloader;
        if (identity is not { Chip: not BekenChip.Unknown })
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer,
                "the bootloader asked for does not tell its chip, so it is not known whether the device runs it");
        }
        if (device == BekenChip.Unknown && app is null)
        {
            throw new ImageGuardException(FindingCode.ChipUnknown,
                $"the bootloader asked for is for {identity.Chip}, and nothing tells the device's chip");
        }
        if (device != BekenChip.Unknown && !BekenChips.AreSameFamily(identity.Chip, device))
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the bootloader asked for is for {identity.Chip}, the device is a {device}");
        if (app is not null && FamilyRule.Together(identity, app) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
        return Make(source, key);
    }

    /// <summary>
    /// Takes the bootloader of an image or file. With the same key and table its bytes stay as they are, unless the flash key it stores is
    /// another one; else it is enciphered anew, and its RBL header made to fit.
    /// </summary>
    /// <param name="source">Where the bootloader is.</param>
    /// <param name="key">The device's key.</param>
    /// <param name="table">Another partition table for it; null keeps its own.</param>
    /// <exception cref="BekenImageException">It cannot be read.</exception>
    public static BootloaderSlot Make(FlashImage source, BekenKey key, IReadOnlyList<FalPartition>? table = null)
    {
        var bootloader = source.Programs.Bootloader!;
        RequireSound(source, bootloader);
        byte[] slot = ByteRuns.Erased(FlashGeometry.AppOffset);
        bool sameKey = bootloader.IsStriped && bootloader.Key is { } own && own.IsEquivalentTo(key);
        if (sameKey && table is null && source.Fal is { } fal && StoredKeys.Of(source.Bytes, source.Programs)?.Mismatch is null)
        {
            bootloader.Range.Of(source.Bytes).Slice(0, (int)Math.Min(bootloader.Length, slot.Length)).CopyTo(slot);
            return new BootloaderSlot(slot, fal);
        }
        var payload = Read(source, bootloader, key);
        bool isMoved = !payload.Key.IsEquivalentTo(key);
        var fitting = isMoved ? payload.WithKey(key) : payload.WithFittingRecord();
        bool isRenewed = !isMoved && (payload.IsStoredKeyRenewed || fitting != payload);
        string? doubt = isMoved || payload.IsMoved ? BootloaderUpdates.Of(fitting).Doubt : null;
        payload = fitting;
        if (table is not null)
            payload = payload.WithFal(table);
        var container = ProgramPayload.Find(source, bootloader).Container;
        var header = payload.Describe(container?.Header ?? RblWriter.Blank(PartitionNames.Bootloader, "1.00", 0));
        int length = container is not null ? EndOf(container) : FirmwareRecipe.For(source.Chip)?.BootloaderLength ?? slot.Length;
        RblWriter.WriteSection(payload.Stored.Span, header, length).CopyTo(slot, 0);
        return new BootloaderSlot(slot, payload.Fal) { IsMade = true, IsStoredKeyRenewed = isRenewed, UpdateDoubt = doubt };
    }

    // Whoever supplies one: a page with a wrong CRC stops the CPU, and nothing else on the device starts it.
    private static void RequireSound(FlashImage source, Partition bootloader)
    {
        if (bootloader.IsStriped && ProgramPayload.Find(source, bootloader).CountDamaged(source) is > 0 and var damaged)
        {
            throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                $"the bootloader that was to be supplied is damaged: {damaged} of its pages in use are wrong or erased; nothing was written"), bootloader.Offset);
        }
    }

    // Where a container ends in flash.
    private static int EndOf(RblContainer container) => (int)(container.IsStriped ? container.End : PageGrid.StoredLength(container.End));

    private static BootloaderPayload ReadFile(FlashImage source, Partition bootloader, BekenKey key)
    {
        var payload = ProgramPayload.Find(source, bootloader);
        var file = payload.Container is null ? bootloader.Range : payload.PhysicalRange;
        try
        {
            return BootloaderPayload.FromFile(file.Of(source.Bytes).Span, key);
        }
        catch (BekenImageException error) when (source.Fal is null)
        {
            throw new BekenImageException(FindingCode.BootloaderMissing, error.Message, error.Offset);
        }
    }

    private static BootloaderPayload Read(FlashImage source, Partition bootloader, BekenKey key)
    {
        if (!bootloader.IsStriped)
            return ReadFile(source, bootloader, bootloader.Key is { IsIdentity: false } own ? own : key);
        byte[] stored = source.Content.Decoded.Strip(bootloader).ToArray();
        return bootloader.Key is { } stripedKey && BootloaderPayload.TryRead(stored, stripedKey, out var payload)
            ? payload!
            : throw new BekenImageException(FindingCode.BootloaderMissing, "the bootloader cannot be read: it shows no vectors, or has no partition table", 0);
    }
}
