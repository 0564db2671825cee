using System.Text;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Planning;

/// <summary>What is true of every plan, asked by means of the tests' own: flash, CRC, sets of sectors, and verify on each state.</summary>
internal static class PlanAssert
{
    private const int Sector = 0x1000;

    /// <param name="plan">The plan.</param>
    /// <param name="before">What the flash holds.</param>
    /// <param name="expected">What it shall hold afterwards.</param>
    /// <param name="options">How the images are read.</param>
    /// <param name="deep">Asks verify also in the middle of steps.</param>
    public static void Holds(FlashPlan plan, byte[] before, byte[] expected, FlashImageOptions? options = null, bool deep = false)
    {
        AssertMinimal(plan, before, expected);
        byte[] flash = (byte[])before.Clone();
        var state = plan.Before;
        bool had = HasCalibration(before);
        bool rewrites = plan.Findings.Any(finding => finding.Code == FindingCode.PlanRewritesCalibration);
        bool givesUp = plan.Findings.Any(finding => finding.Code is FindingCode.PlanLosesCalibration or FindingCode.PlanOtherDevice);
        AssertState(plan.Before, flash, before, expected, options);
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            if (deep)
                AssertWithin(step, flash, options);
            Run(flash, step, step.Length);
            BytesAssert.Equal(flash, plan.Apply(before, i + 1));
            Assert.Equal(Crc(flash.AsSpan((int)step.Offset, (int)step.Length)), step.Crc32);
            AssertState(step.IfStopped, flash, before, expected, options);
            Assert.True(step.WhileRunning <= state && step.WhileRunning <= step.IfStopped, step.ToString());
            if (had && !rewrites && !givesUp)
                Assert.True(HasCalibration(flash), $"{step}: no calibration is left");
            state = step.IfStopped;
        }
        BytesAssert.Equal(expected, flash);
        BytesAssert.Equal(expected, plan.Result.Span);
        BytesAssert.Equal(expected, plan.Apply(before));
    }

    /// <summary>The plan is as small as it can be, and ends there.</summary>
    public static void Ends(FlashPlan plan, byte[] before, byte[] expected)
    {
        AssertMinimal(plan, before, expected);
        byte[] flash = (byte[])before.Clone();
        foreach (var step in plan.Steps)
        {
            Run(flash, step, step.Length);
            Assert.Equal(Crc(flash.AsSpan((int)step.Offset, (int)step.Length)), step.Crc32);
        }
        BytesAssert.Equal(expected, flash);
    }

    /// <summary>Verify's answer, in the words of a plan.</summary>
    public static StoppedState Verified(byte[] flash, FlashImageOptions? options)
    {
        var result = ImageVerifier.Verify(FlashImage.Parse((byte[])flash.Clone(), options));
        if (result.Boots)
            return StoppedState.Boots;
        bool isWhole = result.BootChecks.Where(check => check.Name is "bootloader-vectors" or "bootloader-pages").All(check => check.Status == CheckStatus.Pass);
        return isWhole ? StoppedState.Recoverable : StoppedState.NeedsBootloader;
    }

    /// <summary>CRC-32, initial value FFFFFFFF, reflected, no final XOR: bit by bit.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }

    // One sector after the other: which must be erased, which written, and nothing else.
    private static void AssertMinimal(FlashPlan plan, byte[] before, byte[] expected)
    {
        Assert.Equal(before.Length, plan.FlashSize);
        var erased = new Dictionary<long, int>();
        var written = new Dictionary<long, int>();
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            Assert.True(step.Offset % plan.SectorSize == 0 && step.Length % plan.SectorSize == 0 && step.Length > 0, step.ToString());
            var sectors = step.Action == FlashStepAction.Erase ? erased : written;
            for (long at = step.Offset; at < step.Range.End; at += plan.SectorSize)
                Assert.True(sectors.TryAdd(at, i), $"{step}: 0x{at:x} twice");
            Assert.Equal(step.Action == FlashStepAction.Write ? step.Length : 0, step.Bytes.Length);
            Assert.NotEmpty(step.Reason);
        }
        var kept = new StringBuilder();
        for (int at = 0; at < before.Length; at += plan.SectorSize)
        {
            var old = before.AsSpan(at, plan.SectorSize);
            var next = expected.AsSpan(at, plan.SectorSize);
            bool changes = !old.SequenceEqual(next);
            Assert.Equal(changes && old.ContainsAnyExcept((byte)0xFF), erased.ContainsKey(at));
            Assert.Equal(changes && next.ContainsAnyExcept((byte)0xFF), written.ContainsKey(at));
            if (erased.TryGetValue(at, out int erase) && written.TryGetValue(at, out int write))
                Assert.True(erase < write, $"0x{at:x} is written before it is erased");
            if (!changes)
                kept.Append(at).Append(' ');
        }
        var said = plan.Kept.SelectMany(range => Enumerable.Range(0, (int)(range.Range.Length / plan.SectorSize)).Select(i => range.Range.Start + i * plan.SectorSize));
        Assert.Equal(kept.ToString(), string.Concat(said.Select(at => at + " ")));
        Assert.All(plan.Kept.Zip(plan.Kept.Skip(1)), pair => Assert.True(pair.First.Range.End < pair.Second.Range.Start));
    }

    // Where programs are neither old nor new, verify may see less than the plan knows; everywhere else the two say the same.
    private static void AssertState(StoppedState claimed, byte[] flash, byte[] before, byte[] expected, FlashImageOptions? options)
    {
        var verified = Verified(flash, options);
        if (verified == claimed)
            return;
        Assert.True(claimed < verified, $"claimed {claimed}, verify says {verified}");
        Assert.True(IsMixture(flash, before, expected, options), $"claimed {claimed}, verify says {verified}, of whole programs");
    }

    private static bool IsMixture(byte[] flash, byte[] before, byte[] expected, FlashImageOptions? options)
    {
        var programs = new[] { before, expected }.SelectMany(bytes => FlashImage.Parse(bytes, options).Partitions).Where(partition => partition.IsStriped);
        return programs.Any(program => !Same(program.Range, before) && !Same(program.Range, expected));

        bool Same(FlashRange range, byte[] other) =>
            flash.AsSpan((int)range.Start, (int)range.Length).SequenceEqual(other.AsSpan((int)range.Start, (int)range.Length));
    }

    private static void AssertWithin(FlashStep step, byte[] flash, FlashImageOptions? options)
    {
        long sectors = step.Length / Sector;
        // All of them, of a long step the ends and some between.
        var stops = Enumerable.Range(0, (int)sectors).Where(i => sectors < 12 || i is < 3 || i > sectors - 3 || i % 37 == 0);
        foreach (int stop in stops)
        {
            foreach (int part in new[] { 0, 0x800, 0x7F })
            {
                byte[] partial = (byte[])flash.Clone();
                Run(partial, step, stop * (long)Sector + part);
                var verified = Verified(partial, options);
                Assert.True(verified >= step.WhileRunning, $"{step}, stopped 0x{stop * Sector + part:x} bytes on: claimed {step.WhileRunning}, verify says {verified}");
            }
        }
    }

    private static void Run(byte[] flash, FlashStep step, long length)
    {
        for (long i = 0; i < length; i++)
            flash[step.Offset + i] = step.Action == FlashStepAction.Erase ? (byte)0xFF : (byte)(flash[step.Offset + i] & step.Bytes.Span[(int)i]);
    }

    private static bool HasCalibration(byte[] flash) => FlashImage.Parse(flash).RfTables.Any(table => table is { IsCalibrated: true, IsGeneric: false });
}
