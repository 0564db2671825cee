using BekenImage.Tests.Images;

namespace BekenImage.Tests.Attacks;

/// <summary>A10: twice the input, not four times the cost. Counted in bytes allocated, since a clock tells of the machine.</summary>
public sealed class GrowthTests
{
    private const int Length = 512 << 10;
    // Some searches begin at a length, and cost the same from there on.
    private const long Free = 8 << 20;

    public static TheoryData<string> Names => new(WorstCases.All.Keys.Where(name => name.StartsWith("A10", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Cost_OfTwiceTheInput_IsLessThanThreeTimes(string name)
    {
        Cost(name, 0x10000);
        long once = Cost(name, Length), twice = Cost(name, 2 * Length);
        Assert.True(twice <= Math.Max(Free, 3 * once), $"{once >> 10} KiB for {Length >> 10} KiB, {twice >> 10} KiB for twice as much");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Findings_OfOneThingOverAndOver_AreCounted_NotListedWithoutEnd(string name) =>
        Assert.True(FlashImage.Parse(WorstCases.All[name](Length)).Findings.Count <= 1000);

    private static long Cost(string name, int length)
    {
        byte[] bytes = WorstCases.All[name](length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Properties.Touch(FlashImage.Parse(bytes));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
