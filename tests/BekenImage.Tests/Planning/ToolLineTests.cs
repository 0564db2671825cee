using System.Globalization;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Planning;

/// <summary>
/// The lines for a tool that erases only what it writes, carried out and cut after every sector: they keep the promise of the steps, that no
/// mixture of an old program and a new one has vectors to start by, and nothing staged is a mixture either.
/// </summary>
public class ToolLineTests
{
    private const int Sector = 0x1000;
    private const int App = 0x11000;
    private const int Download = 0x12A000;
    private const int Rf = 0x1D0000;

    private static readonly byte[] Blank = Enumerable.Repeat((byte)0xFF, Sector).ToArray();

    public static TheoryData<string, FlasherTool> Situations
    {
        get
        {
            var data = new TheoryData<string, FlasherTool>();
            foreach (string situation in new[] { "conversion", "longer app", "update", "same vectors", "same vectors, one sector", "staged", "restore" })
                data.Add(situation, FlasherTool.LtChipTool);
            data.Add("conversion", FlasherTool.EasyFlasher);
            data.Add("conversion", FlasherTool.Bk7231Tools);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void Lines_CutAnywhere_LeaveNoMixtureThatStarts(string situation, FlasherTool tool)
    {
        var (current, target) = Pair(situation);
        var plan = FlashPlanner.Plan(FlashImage.Parse(current), FlashImage.Parse(target), new FlashPlanOptions { Restore = situation == "restore" });
        var writes = Writes(FlashPlanFiles.Of(plan, tool), tool);
        // A tool may erase all of a range before it writes, or each sector in its turn.
        foreach (bool erasesFirst in new[] { true, false })
        {
            byte[] flash = (byte[])current.Clone();
            foreach (var (offset, bytes) in writes)
            {
                foreach (var (at, content) in Cuts(offset, bytes, erasesFirst))
                {
                    content.CopyTo(flash.AsSpan(at));
                    AssertNoMixture(flash, current, target, 0, App, $"{offset:x}, at {at:x}");
                    AssertNoMixture(flash, current, target, App, Download, $"{offset:x}, at {at:x}");
                    AssertNoMixture(flash, current, target, Download, Rf, $"{offset:x}, at {at:x}");
                }
            }
            Assert.True(flash.AsSpan().SequenceEqual(plan.Result.Span));
            Assert.True(flash.AsSpan().SequenceEqual(target));
        }
    }

    [Theory]
    [InlineData("conversion")]
    [InlineData("longer app")]
    [InlineData("restore")]
    public void Plan_WritesTheVectorsSectorByItself_AfterTheRestOfTheProgram(string situation)
    {
        var (current, target) = Pair(situation);
        var plan = FlashPlanner.Plan(FlashImage.Parse(current), FlashImage.Parse(target), new FlashPlanOptions { Restore = situation == "restore" });
        PlanAssert.Holds(plan, current, target);
        var app = plan.Steps.Where(step => step.Action == FlashStepAction.Write && step.Offset is >= App and < Download).ToArray();
        Assert.True(app.Length > 1);
        Assert.Equal(new FlashRange(App, Sector), app[^1].Range);
    }

    private static (byte[] Current, byte[] Target) Pair(string situation)
    {
        byte[] app = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN), other = (byte[])app.Clone();
        foreach (int at in new[] { 0x2000, 0x6000, 0x6FF0, 0x8000 })
            other[at] ^= 1;
        byte[] device = Device(app), odd = Synthetic.Images.TuyaN;
        SyntheticImage.ObkNFirmware().Qio().AsSpan(0, 0x3000).CopyTo(odd.AsSpan());
        return situation switch
        {
            "conversion" => (Synthetic.Images.Dreo, Combined(Synthetic.Images.Dreo, Synthetic.Images.ObkM)),
            "longer app" => (device, Device(SyntheticPrograms.App(0x1C000, SyntheticImage.ObkN))),
            "update" => (Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN),
                Combined(Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN), SyntheticImage.ObkNFirmware(appLength: 0xD010, seed: 8).Qio())),
            "same vectors" => (device, Device(other)),
            "same vectors, one sector" => (device, Device([.. app[..0x6000], (byte)(app[0x6000] ^ 1), .. app[0x6001..]])),
            "staged" => (Staged(seed: 4), Staged(seed: 5)),
            _ => (odd, Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN)),
        };
    }

    private static byte[] Device(byte[] app) => new SyntheticImage { App = app, HasAppHeader = false }.WithRf(Rf).Dump();

    private static byte[] Staged(int seed)
    {
        byte[] device = SyntheticImage.TuyaNDevice().WithPackage().Dump();
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x2800, SyntheticImage.ObkN, seed: seed)).CopyTo(device, Download);
        return device;
    }

    private static byte[] Combined(byte[] factory, byte[] firmware) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware)).Plan().ToArray();

    private static List<(int Offset, byte[] Bytes)> Writes(FlashPlanFiles files, FlasherTool tool)
    {
        var writes = new List<(int, byte[])>();
        foreach (string line in files.Commands!.Lines)
        {
            string[] words = line.Split(' ');
            bool isEasy = tool == FlasherTool.EasyFlasher;
            string offset = words[Array.IndexOf(words, isEasy ? "--addr" : "-s") + 1];
            string name = isEasy ? words[Array.IndexOf(words, "write_flash") + 1] : words[^1];
            byte[] bytes = files.Contents.Single(content => content.Key == name).Value.ToArray();
            if (isEasy)
                Assert.Equal($"0x{bytes.Length:x}", words[Array.IndexOf(words, "--size") + 1]);
            writes.Add((int.Parse(offset[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), bytes));
        }
        Assert.NotEmpty(writes);
        return writes;
    }

    private static IEnumerable<(int At, byte[] Content)> Cuts(int offset, byte[] bytes, bool erasesFirst)
    {
        for (int at = 0; at < bytes.Length && erasesFirst; at += Sector)
            yield return (offset + at, Blank);
        for (int at = 0; at < bytes.Length; at += Sector)
        {
            if (!erasesFirst)
                yield return (offset + at, Blank);
            yield return (offset + at, bytes[at..(at + Sector / 2)]);
            yield return (offset + at, bytes[at..(at + Sector)]);
        }
    }

    // What is told by its first sector, and holds of one what the other has not, and of the other what the one has not.
    private static void AssertNoMixture(byte[] flash, byte[] current, byte[] target, int start, int end, string cut)
    {
        if (flash.AsSpan(start, Sector).IndexOfAnyExcept((byte)0xFF) < 0)
            return;
        bool isOld = false, isNew = false;
        for (int at = start; at < end; at += Sector)
        {
            ReadOnlySpan<byte> now = flash.AsSpan(at, Sector), old = current.AsSpan(at, Sector);
            if (old.SequenceEqual(target.AsSpan(at, Sector)) || now.IndexOfAnyExcept((byte)0xFF) < 0)
                continue;
            if (now.SequenceEqual(old))
                isOld = true;
            else
                isNew = true;
        }
        Assert.False(isOld && isNew, $"cut in the write to {cut}: a mixture starts at {start:x}");
    }
}
