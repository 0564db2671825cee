using BekenImage.Boot.Device;

namespace BekenImage.Boot;

/// <summary>
/// When a run is long enough. Where no number was given: when nothing was printed and the flash was left alone for long, which is what an
/// endless loop does; and at the latest after the longest update, or, in the app, after as much as its start takes.
/// </summary>
internal sealed class BootBudget(DeviceBus bus, long? given, bool hasUpdate)
{
    /// <summary>Of the loaders that were run, one hashes for 10 million instructions without a sign; this is ten times as long.</summary>
    private const long Silence = 100_000_000;

    /// <summary>Of the loaders that were run, the slowest is at the jump after 36 million.</summary>
    private const long WithoutUpdate = 500_000_000;

    /// <summary>The slowest update that was seen took 1,270 million, of half a megabyte.</summary>
    private const long WithUpdate = 4_000_000_000;

    /// <summary>OpenBeken prints its configuration line after 0.6 million; what follows waits for a radio that is not there.</summary>
    private const long App = 30_000_000;

    private long _signs = -1;
    private long _lastSign;
    private long? _appStart;

    /// <summary>How many instructions may still be run.</summary>
    /// <param name="steps">How many were run.</param>
    public long Left(long steps)
    {
        if (given is { } all)
            return all - steps;
        if (_appStart is { } start)
            return start + App - steps;
        long signs = bus.Controller.Operations + bus.Flash.Writes + bus.Uarts.Sum(uart => uart.Sent);
        if (signs != _signs)
            (_signs, _lastSign) = (signs, steps);
        return Math.Min(_lastSign + Silence, hasUpdate ? WithUpdate : WithoutUpdate) - steps;
    }

    /// <summary>The app begins.</summary>
    public void StartApp(long steps) => _appStart = steps;
}
