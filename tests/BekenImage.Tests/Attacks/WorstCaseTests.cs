using System.Diagnostics;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>
/// Content cannot cost more than its size, whatever it says of itself: memory is counted, time only kept from running away, since machines
/// differ. docs/limits.md has the measured table.
/// </summary>
public class WorstCaseTests
{
    public static TheoryData<string> Names => new(WorstCases.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Input_Of2MiB_CostsNoMoreThanAFewTimesItsSize(string name) => AssertCost(WorstCases.All[name](2 << 20), 128, TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("A4 RBL headers that share one deflate stream")]
    [InlineData("A7 64 striped entries of one range")]
    [InlineData("A8 LittleFS create tags without end")]
    public void Input_Of64MiB_CostsNoMoreThanAFewTimesItsSize(string name) => AssertCost(WorstCases.All[name](64 << 20), 1024, TimeSpan.FromSeconds(120));

    /// <summary>The doctor makes, reads and examines a whole image for each repair it tries: the worst content is read as often.</summary>
    [Theory]
    [InlineData("A4 RBL headers that share one deflate stream")]
    [InlineData("A7 64 striped entries of one range")]
    [InlineData("A10 RBL magic")]
    [InlineData("A10 RF tables")]
    public void Doctor_OfADeviceWithProblems_CostsNoMoreThanAFewTimesItsSize(string name)
    {
        byte[] device = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN), AppVersion = "1.18.300" }
            .WithRf(0x1E0000).WithConfig(0x1D3000).Dump();
        WorstCases.All[name](2 << 20).AsSpan(0, 0xA6000).CopyTo(device.AsSpan(0x12A000));
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();

        var problems = ImageDoctor.Examine(FlashImage.Parse(device));

        Assert.True(problems.Count > 1, string.Join("; ", problems));
        AssertCost(before, watch, 128, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Headers_ThatShareAStream_OneIsJudgedAndTheOthersSayWhy()
    {
        var image = FlashImage.Parse(WorstCases.All["A4 RBL headers that share one deflate stream"](0x20000));
        var packages = image.Containers.Where(container => !container.IsBehindPayload).ToArray();
        Assert.Equal(64, packages.Length);
        Assert.All(packages.Skip(1), package => Assert.Null(package.PayloadHashOk));
        var reasons = image.Findings.Where(finding => finding.Code == FindingCode.PackageNotUnpacked).ToArray();
        Assert.True(reasons.Length >= 63, $"{reasons.Length}");
        Assert.Contains("is the one that counts", reasons[0].Message, StringComparison.Ordinal);
        Assert.Equal(packages[1].Offset, reasons[0].Offset);
    }

    [Fact]
    public void StripedEntries_ThatHoldMoreThanTheFlash_AreSaidAndNotDecoded()
    {
        var image = FlashImage.Parse(WorstCases.All["A7 64 striped entries of shifted ranges"](2 << 20));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.FalEntriesNotDecoded);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.FalTableUnusual && finding.Message.Contains("overlap", StringComparison.Ordinal));
        Assert.True(image.Partitions.Where(partition => partition.IsStriped).Sum(partition => partition.Length) <= 2L * image.Length);
        Assert.NotNull(image.FindPartition("bootloader"));
        Assert.NotNull(image.FindPartition("app"));
    }

    private static void AssertCost(byte[] bytes, long megabytes, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var image = FlashImage.Parse(bytes);
        Properties.Touch(image);
        FirmwareLinter.Lint(image, image);
        ImageSplitter.Split(image);
        AssertCost(before, watch, megabytes, time);
    }

    private static void AssertCost(long before, Stopwatch watch, long megabytes, TimeSpan time)
    {
        long allocated = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;
        Assert.True(allocated <= megabytes, $"{allocated} MiB were allocated");
        Assert.True(watch.Elapsed < time, $"{watch.Elapsed}");
    }
}
