using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using CsCheck;

namespace BekenImage.Tests.Planning;

/// <summary>Whatever two images differ in, the plan ends in the second, in as few sectors as there are, and says what verify says.</summary>
public class FlashPlanPropertyTests
{
    private const int Sector = 0x1000;

    // Which sector, what becomes of it, in which of the two.
    private static readonly Gen<(int Sector, int Kind, int Seed, bool InTarget)[]> Mutations =
        Gen.Select(Gen.Int[0, 0x1FF], Gen.Int[0, 3], Gen.Int[1, 1000], Gen.Bool).Array[1, 7];

    private static readonly byte[] Factory = SyntheticImage.DreoDevice().Dump();

    private static readonly byte[] Target =
        new ImageCombiner(FlashImage.Parse(Factory), FlashImage.Parse(Synthetic.Images.ObkM)).Plan().ToArray();

    [Fact]
    public void RandomPairs_EndInTheTarget() => Gen.Select(Mutations, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 2].Select(which => which == 2 ? 0x8000 : Sector))
        .Sample((mutations, isBack, includesBootloader, isSame, sectorSize) =>
        {
            var (current, target) = isSame ? (Target, Target) : isBack ? (Target, Factory) : (Factory, Target);
            AssertPlan(Mutated(current, mutations, inTarget: false), Mutated(target, mutations, inTarget: true), includesBootloader, sectorSize);
        }, iter: 20, threads: 1);

    public static TheoryData<string, string> CorpusPairs => new()
    {
        { "BK7231N_LSPA9_Clone_First.bin", "OpenBK7231N_QIO_1.18.300.bin" },
        { "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "OpenBK7231N_QIO_1.18.300.bin" },
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin" },
        { "BK7231T_Tuya_Brilo_8464455.bin", "OpenBK7231T_QIO_1.18.300.bin" },
        { "BK7231T_Tuya_Globe_37783.bin", "OpenBK7231T_QIO_1.18.300.bin" },
        { "BK7231T_Tuya_LED_Moon_rotated.bin", "OpenBK7231T_QIO_1.18.300.bin" },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "OpenBK7231N_QIO_1.18.300.bin" },
    };

    [Theory]
    [MemberData(nameof(CorpusPairs))]
    public void CorpusDump_ToItsCombinedImageAndBack_HoldsEveryPromise(string factory, string firmware)
    {
        var device = FlashImage.Parse(Corpus.Read(factory));
        byte[] before = device.Bytes.ToArray();
        byte[] target = new ImageCombiner(device, FlashImage.Parse(Corpus.Read(firmware))).Plan().ToArray();
        var there = FlashPlanner.Plan(device, FlashImage.Parse(target));
        PlanAssert.Holds(there, before, target);
        Assert.All(there.Steps, step => Assert.True(step.Offset >= 0x11000));
        PlanAssert.Holds(FlashPlanner.Plan(FlashImage.Parse(target), device, new FlashPlanOptions { Restore = true }), target, before);
    }

    [Theory]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    public void MutatedCorpusDump_EndsInTheTarget(string file)
    {
        byte[] bytes = Corpus.Read(file);
        Mutations.Sample(mutations => AssertPlan(Mutated(bytes, mutations, inTarget: false), Mutated(bytes, mutations, inTarget: true), true, Sector), iter: 3, threads: 1);
    }

    private static byte[] Mutated(byte[] image, (int Sector, int Kind, int Seed, bool InTarget)[] mutations, bool inTarget)
    {
        byte[] bytes = (byte[])image.Clone();
        foreach (var (sector, kind, seed, _) in mutations.Where(mutation => mutation.InTarget == inTarget))
        {
            var place = bytes.AsSpan(sector * Sector, Sector);
            switch (kind)
            {
                case 0:
                    place.Fill(0xFF);
                    break;
                case 1:
                    SyntheticPrograms.Noise(Sector, seed).CopyTo(place);
                    break;
                case 2:
                    place[seed * 4] ^= 0x10;
                    break;
                default:
                    place[..0x800].Clear();
                    break;
            }
        }
        return bytes;
    }

    private static void AssertPlan(byte[] current, byte[] target, bool includesBootloader, int sectorSize)
    {
        byte[] expected = (byte[])target.Clone();
        if (!includesBootloader)
            current.AsSpan(0, 0x11000).CopyTo(expected);
        FlashPlan plan;
        try
        {
            plan = FlashPlanner.Plan(FlashImage.Parse(current), FlashImage.Parse(target), new FlashPlanOptions
            {
                IncludeBootloader = includesBootloader, SectorSize = sectorSize, AllowOtherCalibration = true,
            });
        }
        catch (ImageGuardException refusal) when (refusal.Code == FindingCode.BootloaderProtected && sectorSize > Sector)
        {
            Assert.False(current.AsSpan(0x11000, sectorSize).SequenceEqual(expected.AsSpan(0x11000, sectorSize)));
            return;
        }
        PlanAssert.Holds(plan, current, expected);
    }
}
