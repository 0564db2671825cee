using BekenImage.Boot.Device;
using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Images;

namespace BekenImage.Boot;

/// <summary>What is run: the flash as a chip would hold it, the key the chip deciphers it with, and what is around the processor.</summary>
internal sealed class BootSubject
{
    private const int SmallestChip = ImageOrigin.SmallestWholeChip;

    /// <summary>Sixteen times what modules of these chips have; the controller reaches no further.</summary>
    private const int LargestChip = 0x1000000;

    private BootSubject(FlashImage image, ReadOnlyMemory<byte> flash, BekenKey key)
    {
        Image = image;
        Flash = flash;
        Key = key;
        Hardware = ChipRegistry.FamilyOf(image.Chip)?.Hardware ?? BootHardware.Usual;
        Size = SmallestChip;
        while (Size < flash.Length)
            Size *= 2;
    }

    public FlashImage Image { get; }

    /// <summary>Physical bytes from 0 on.</summary>
    public ReadOnlyMemory<byte> Flash { get; }

    public BekenKey Key { get; }

    public BootHardware Hardware { get; }

    /// <summary>Size of the flash chip, in bytes.</summary>
    public int Size { get; }

    /// <summary>Where the loader's table says that the app begins, logical; else where every app begins.</summary>
    public uint AppAddress => Image.Fal?.Find(PartitionNames.App) is { IsStriped: true, Offset: > 0 and < DeviceBus.TcmBase } app
        ? (uint)app.Offset : FlashGeometry.AppLogicalAddress;

    /// <exception cref="BekenImageException">There is nothing in it that could be run.</exception>
    public static BootSubject Of(FlashImage image, BekenKey? deviceKey)
    {
        image = image.OpenArchive();
        if (image.Origin.IsArmino)
            throw Nothing("the programs are for the Cortex-M of the newer chips, which is not modelled");
        if (image.Origin.Start is not (ImageStart.Bootloader or ImageStart.BootloaderFile) ||
            image.Programs.Bootloader is not { Length: > 0 } bootloader)
            throw Nothing(Missing(image));
        var flash = bootloader.IsStriped ? image.Bytes : Paged(image.Bytes.Span);
        if (flash.Length > LargestChip)
            throw Nothing(FormattableString.Invariant($"it is larger than any flash of these chips: 0x{flash.Length:x} bytes"));
        var key = deviceKey ?? bootloader.Key ?? throw Nothing("the bootloader's key is not known, so nothing of it can be read");
        return new BootSubject(image, flash, key);
    }

    private static string Missing(FlashImage image) => image.Origin.Start switch
    {
        ImageStart.LostBootloader => "where the bootloader belongs is something else",
        ImageStart.App => "it begins with the app, at physical 0x11000; the bootloader is not in it",
        ImageStart.AppFile => "it is an application without its bootloader",
        _ => "no bootloader begins it",
    };

    // A read without page CRCs: flash holds the same bytes with them.
    private static byte[] Paged(ReadOnlySpan<byte> logical)
    {
        int pages = (logical.Length + FlashPages.DataSize - 1) / FlashPages.DataSize;
        var data = new byte[pages * FlashPages.DataSize];
        logical.CopyTo(data);
        data.AsSpan(logical.Length).Fill(0xFF);
        var stored = new byte[pages * FlashPages.PageSize];
        FlashPages.Encode(data, stored);
        // What is erased is not written.
        for (int page = 0; page < pages; page++)
        {
            if (IO.ByteRuns.IsErased(data.AsSpan(page * FlashPages.DataSize, FlashPages.DataSize)))
                stored.AsSpan(page * FlashPages.PageSize, FlashPages.PageSize).Fill(0xFF);
        }
        return stored;
    }

    private static BekenImageException Nothing(string why) =>
        new(FindingCode.BootNothingToRun, $"there is nothing in it that can be run: {why}");
}
