namespace BekenImage.TestSupport;

/// <summary>What a piece of work allocates on its thread.</summary>
internal static class Allocation
{
    private const int Times = 8;

    /// <summary>
    /// The least of several runs: the first sets up what is there once for the process, and a collection that other tests cause adds what is left
    /// of the thread's share of the heap. Work that allocates does so each time.
    /// </summary>
    public static long LeastOf(Action work)
    {
        long least = long.MaxValue;
        for (int time = 0; time < Times && least > 0; time++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
