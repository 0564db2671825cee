using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>
/// What is known of a device whose bootloader is lost, and of the bootloader that is to take its place. The dump has the word. Where it is
/// silent, the bootloader that was asked for by name has it, as long as the dump speaks for it: never a bootloader of one family, or under
/// one key, on a chip of another.
/// </summary>
internal sealed class LostBootloader(FlashImage factory, FlashImage source)
{
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
        if (supplied != BekenChip.Unknown && factory.RfTables.Any(table => DeviceSectors.IsRfHomeOf(supplied, table.Offset)))
        {
            bool isOnlyTheirs = factory.RfTables.All(table => DeviceSectors.FamiliesAt(table.Offset).All(chip => BekenChips.AreSameFamily(chip, supplied)));
            if (isOnlyTheirs || BekenChips.AreSameFamily(Intruder?.Chip ?? BekenChip.Unknown, supplied))
                return supplied;
        }
        throw new ImageGuardException(FindingCode.ChipUnknown,
            $"the device's dump lost its bootloader and does not tell its chip; that it is a {supplied}, as the supplied bootloader is for, is not proven; name it")
            .About(Blame.Factory);
    }

    /// <summary>The device's key: its app's, else that of the bootloader to supply, where what overwrote the lost one does not speak against it.</summary>
    /// <exception cref="BekenImageException">Nothing tells it.</exception>
    /// <exception cref="ImageGuardException">The two differ.</exception>
    public BekenKey Key()
    {
        if (factory.Programs.App?.Key is { } app)
            return app;
        // A plain file is for any key.
        if (source.Programs.Bootloader is not { IsStriped: true, Key: { } supplied })
            throw new BekenImageException(FindingCode.KeyUnknown, "the device's key is not known; give it").About(Blame.Factory);
        if (Intruder is { Programs.App.Key: { } stray } && !stray.IsEquivalentTo(supplied))
        {
            throw new ImageGuardException(FindingCode.KeyDoesNotFit,
                $"the app that stands at 0 has key {stray.DisplayName}, the bootloader to supply has {supplied.DisplayName}; say which is the device's", 0)
                .About(Blame.Factory);
        }
        return supplied;
    }

    // The app that was written over the bootloader: who wrote it there took it for this device's.
    private FlashImage? Intruder
    {
        get
        {
            if (_intruder is not null || factory.Origin.StandsAt0 != ImageStart.App)
                return _intruder;
            int pages = FlashPages.Check(factory.Bytes.Span.Slice(0, factory.Length / FlashPages.PageSize * FlashPages.PageSize)).LeadingValid;
            return _intruder = FlashImage.Parse(factory.Bytes.Slice(0, pages * FlashPages.PageSize));
        }
    }
}
