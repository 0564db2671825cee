using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>
/// What is known of a device whose bootloader is lost, and of the bootloader that is to take its place. The dump has the word. Where it is
/// silent, the bootloader that was asked for by name has it, as long as the dump speaks for it: never a bootloader of one family, or under
/// one key, on a chip of another.
/// </summary>
internal sealed class LostBootloader(FlashImage factory, FlashImage source)
{
    private const int EnoughPages = 512;

    private FlashImage? _intruder;

    /// <summary>The device's chip.</summary>
    /// <param name="told">What the dump or the caller says; unknown where neither does.</param>
    /// <exception cref="ImageGuardException">Nothing tells it.</exception>
    public BekenChip Chip(BekenChip told)
    {
        var supplied = source.Content.Bootloader is { } identity ? identity.Chip : BekenChip.Unknown;
        // Without a bootloader to take there is nothing to hold against the device; who takes it says so.
        if (told != BekenChip.Unknown || source.Programs.Bootloader is null)
            return told;
        if (ChipRegistry.NameOfTuyaPlatform(factory.TuyaStorage?.Find("em_sys_env")?.Text) is { } platform && BekenChips.TryParse(platform, out var named))
            return named;
        // Who writes an app over the bootloader may have taken the device for another one; the type of its calibration is the device's.
        bool isForeign = factory.RfTables.Any(table => DeviceRf.OtherChip(table, BekenChip.Unknown, supplied) is not null);
        if (supplied != BekenChip.Unknown && !isForeign && factory.RfTables.Any(table => DeviceSectors.IsRfHomeOf(supplied, table.Offset)))
        {
            if (IsSameDevice() || IsUnderSameKey())
                return supplied;
            bool isOnlyTheirs = factory.RfTables.All(table => DeviceSectors.FamiliesAt(table.Offset).All(chip => BekenChips.AreSameFamily(chip, supplied)));
            if (isOnlyTheirs || BekenChips.AreSameFamily(Intruder?.Chip ?? BekenChip.Unknown, supplied))
                return supplied;
        }
        throw new ImageGuardException(FindingCode.ChipUnknown,
            $"the device's dump lost its bootloader and does not tell its chip; that it is a {supplied}, as the supplied bootloader is for, is not proven; name it")
            .About(Blame.Factory);
    }

    // No two devices have one MAC, if it is one that was given to a device: the bootloader comes out of an older dump of this one.
    private bool IsSameDevice() => source.RfTables.Any(theirs => IsOwn(theirs) && factory.RfTables.Any(table => IsOwn(table) && table.Mac == theirs.Mac));

    // What is left of the device's own app is enciphered as the bootloader is. Chips without a key say nothing by that.
    private bool IsUnderSameKey() => source.Programs.Bootloader is { IsStriped: true, Key: { IsIdentity: false } theirs } &&
        (factory.Programs.App?.Key ?? KeyOfRemains()) is { } own && own.IsEquivalentTo(theirs);

    private static bool IsOwn(RfTable table) => table is { IsUsable: true, IsGeneric: false, Mac.IsPlaceholder: false };

    /// <summary>The device's key: its app's, else that of the bootloader to supply, where nothing in the dump speaks against it.</summary>
    /// <param name="isClaimed">True where the bootloader was given as this device's; a firmware's own needs the dump to speak for its key.</param>
    /// <exception cref="BekenImageException">Nothing tells it.</exception>
    /// <exception cref="ImageGuardException">The two differ.</exception>
    public BekenKey Key(bool isClaimed)
    {
        if (factory.Programs.App?.Key is { } app)
            return app;
        var left = KeyOfRemains();
        // A plain file is for any key.
        if (source.Programs.Bootloader is not { IsStriped: true, Key: { } supplied })
            return left ?? throw KeyUnknown();
        // The app at 0 is there by mistake, and its key may be one: it speaks against a bootloader, never for one.
        var (witness, said) = left is not null ? (left, "what is left of the dump's app") : (Intruder?.Programs.App?.Key, "the app that stands at 0");
        if (witness is { } key && !key.IsEquivalentTo(supplied))
        {
            throw new ImageGuardException(FindingCode.KeyDoesNotFit,
                $"{said} has key {key.DisplayName}, the bootloader to supply has {supplied.DisplayName}; say which is the device's", 0).About(Blame.Factory);
        }
        return isClaimed || left is not null ? supplied : throw KeyUnknown();
    }

    private BekenImageException KeyUnknown() => new BekenImageException(FindingCode.KeyUnknown, Intruder is null
        ? "the device's key is not known; give it"
        : "the device's key is not known, and the app that was written to 0 may be under another; give it").About(Blame.Factory);

    // Code behind what overwrote the beginning of the app, where there is enough of it for its statistics.
    private BekenKey? KeyOfRemains()
    {
        long end = Math.Min(source.Fal?.Find(PartitionNames.App)?.PhysicalRange.End ?? FlashGeometry.AppOffset, factory.Length);
        if (end <= FlashGeometry.AppOffset)
            return null;
        var stored = FlashRange.FromBounds(FlashGeometry.AppOffset, end).Of(factory.Bytes).Span;
        int pages = stored.Length / FlashPages.PageSize;
        int first = pages;
        while (first > 0 && FlashPages.Check(stored.Slice((first - 1) * FlashPages.PageSize, FlashPages.PageSize)).Bad == 0)
            first--;
        if (Intruder is { } intruder)
            first = Math.Max(first, (intruder.Length - FlashGeometry.AppOffset) / FlashPages.PageSize);
        if (first >= pages)
            return null;
        var left = stored.Slice(first * FlashPages.PageSize, (pages - first) * FlashPages.PageSize);
        var scan = FlashPages.Check(left);
        if (scan.Valid < EnoughPages)
            return null;
        var range = new FlashRange(FlashGeometry.AppOffset + (long)first * FlashPages.PageSize, left.Length);
        var logical = new LogicalAddress(FlashGeometry.AppLogicalAddress + (uint)first * FlashPages.DataSize);
        return KeySearch.Recover(factory.Bytes, [new Partition(PartitionNames.App, range, true, PartitionSource.Scan, null, scan, logical)]).Key;
    }

    // The app that was written over the bootloader: who wrote it there took it for this device's.
    private FlashImage? Intruder => _intruder ??= factory.Origin.StandsAt0 == ImageStart.App ? ReadIntruder() : null;

    private FlashImage ReadIntruder()
    {
        int pages = FlashPages.Check(factory.Bytes.Span.Slice(0, factory.Length / FlashPages.PageSize * FlashPages.PageSize)).LeadingValid;
        return FlashImage.Parse(factory.Bytes.Slice(0, pages * FlashPages.PageSize));
    }
}
