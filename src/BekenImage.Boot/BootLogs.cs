using BekenImage.Boot.Device;

namespace BekenImage.Boot;

/// <summary>Which of the UARTs is the device's log: that of its chip; where nothing was printed there, the one with the most.</summary>
internal static class BootLogs
{
    /// <param name="uarts">All of them.</param>
    /// <param name="usual">The chip's, counted from 1.</param>
    /// <returns>Counted from 0.</returns>
    public static int Choose(IReadOnlyList<Uart> uarts, int usual)
    {
        int chosen = usual - 1;
        if (uarts[chosen].Sent > 0)
            return chosen;
        for (int at = 0; at < uarts.Count; at++)
        {
            if (uarts[at].Sent > uarts[chosen].Sent)
                chosen = at;
        }
        return chosen;
    }
}
