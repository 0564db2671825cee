using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using Guard = BekenImage.Planning.CalibrationGuard;

namespace BekenImage.Tests.Planning;

/// <summary>A device's calibration against the one a plan would leave: whose it is, and where a chip's is that nobody can read.</summary>
public class PlanCalibrationGuardTests
{
    private const string Mac = "021122334455";
    private const string OtherMac = "021122334499";

    private static readonly FlashImage None = Device();
    private static readonly FlashImage Own = Device((0x1D0000, RfTestData.CompleteTable(Mac)));

    private static FlashImage Device(params (int Offset, byte[] Table)[] tables)
    {
        var device = new SyntheticImage();
        foreach (var (offset, table) in tables)
            device = device.With(offset, RfTestData.Sector(table));
        return FlashImage.Parse(device.Dump());
    }

    private static FindingCode? Refused(FlashImage? current, FlashImage result)
    {
        var findings = new List<Finding>();
        Guard.Check(current, result, new FlashPlanOptions { AllowOtherCalibration = true }, findings);
        try
        {
            Guard.Check(current, result, new FlashPlanOptions(), []);
            Assert.Empty(findings);
            return null;
        }
        catch (ImageGuardException refusal)
        {
            var finding = Assert.Single(findings);
            Assert.Equal((FindingSeverity.Warning, refusal.Code, refusal.Offset), (finding.Severity, finding.Code, finding.Offset));
            Assert.Equal("target", refusal.Subject);
            return refusal.Code;
        }
    }

    [Fact]
    public void Check_NothingReadOrNothingThere_HasNothingToLose()
    {
        Assert.Null(Refused(null, Own));
        Assert.Null(Refused(None, None));
        Assert.Null(Refused(None, Own));
        Assert.Null(Refused(Device((0x1D0000, RfTestData.WorkedTable)), None));
    }

    [Fact]
    public void Check_ItsOwnTable_IsKept_WhereverAndUnderWhicheverMac()
    {
        Assert.Null(Refused(Own, Own));
        Assert.Null(Refused(Own, Device((0x1E0000, RfTestData.CompleteTable(Mac)))));
        Assert.Null(Refused(Own, Device((0x1D0000, RfTestData.CompleteTable(OtherMac)))));
        Assert.Null(Refused(Own, Device((0x1D0000, RfTestData.CompleteTable(Mac, seed: 5)))));
        // One of two is enough, on either side.
        Assert.Null(Refused(Own, Device((0x1D0000, RfTestData.CompleteTable(OtherMac, seed: 5)), (0x1E0000, RfTestData.CompleteTable(Mac)))));
        Assert.Null(Refused(Device((0x1D0000, RfTestData.CompleteTable(OtherMac, seed: 5)), (0x1E0000, RfTestData.CompleteTable(Mac))), Own));
    }

    [Fact]
    public void Check_NoTableOrAnothers_IsRefusedByName()
    {
        Assert.Equal(FindingCode.PlanLosesCalibration, Refused(Own, None));
        Assert.Equal(FindingCode.PlanLosesCalibration, Refused(Own, Device((0x1D0000, RfTestData.WorkedTable))));
        Assert.Equal(FindingCode.PlanOtherDevice, Refused(Own, Device((0x1D0000, RfTestData.CompleteTable(OtherMac, seed: 5)))));
    }

    [Fact]
    public void Check_SeveralTables_NamesTheFirstOfEither()
    {
        var current = Device((0x1D0000, RfTestData.CompleteTable(Mac)), (0x1E0000, RfTestData.CompleteTable("021122334466", seed: 2)));
        var result = Device((0x1D0000, RfTestData.CompleteTable(OtherMac, seed: 5)), (0x1E0000, RfTestData.CompleteTable("0211223344AA", seed: 6)));
        var refusal = Assert.Throws<ImageGuardException>(() => Guard.Check(current, result, new FlashPlanOptions(), []));
        Assert.Equal(0x1D0000, refusal.Offset);
        Assert.Contains("02:11:22:33:44:55", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("02:11:22:33:44:99", refusal.Message, StringComparison.Ordinal);
    }

    // A MAC that many have tells no device.
    [Fact]
    public void Check_PlaceholderMacOfBoth_IsNoSignOfOneDevice() => Assert.Equal(
        FindingCode.PlanOtherDevice,
        Refused(Device((0x1D0000, RfTestData.CompleteTable("C8478C428848"))), Device((0x1D0000, RfTestData.CompleteTable("C8478C428848", seed: 5)))));

    // No calibration of these chips is known: what lies in its place stays, in each place there may be one.
    [Theory]
    [InlineData(0x3FE000, true)]
    [InlineData(0x3FEFFF, true)]
    [InlineData(0x3FDFFF, false)]
    [InlineData(0x3FF000, false)]
    public void Check_OfAChipWhoseCalibrationCannotBeRead_KeepsThePlaceOfIt(int at, bool isKept)
    {
        byte[] bytes = SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x3000, 7));
        var erased = FlashImage.Parse((byte[])bytes.Clone());
        bytes[at] = 0x5A;
        var own = FlashImage.Parse((byte[])bytes.Clone());
        bytes[at] = 0x5B;
        var other = FlashImage.Parse(bytes);
        Assert.Null(Refused(own, own));
        Assert.Null(Refused(erased, own));
        Assert.Equal(isKept ? FindingCode.PlanLosesCalibration : null, Refused(own, erased));
        Assert.Equal(isKept ? FindingCode.PlanOtherDevice : null, Refused(own, other));
    }

    // Of a larger flash the last two sectors are meant, and those of the map as well.
    [Theory]
    [InlineData(0x7FE000, true)]
    [InlineData(0x7FF000, false)]
    [InlineData(0x7FC000, false)]
    public void Check_OfALargerFlash_KeepsTheSectorBeforeItsLast(int at, bool isKept)
    {
        byte[] bytes = SyntheticArmino.Dump(SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x3000, 7)), 0x800000);
        var erased = FlashImage.Parse((byte[])bytes.Clone());
        bytes[at] = 0x5A;
        Assert.Equal(isKept ? FindingCode.PlanLosesCalibration : null, Refused(FlashImage.Parse(bytes), erased));
    }

    // A flash of another length than the maps': its own last sectors, and no place behind its end.
    [Theory]
    [InlineData(0x5FE000, 0x600000, true)]
    [InlineData(0x5FF000, 0x600000, false)]
    [InlineData(0x5FD000, 0x600000, false)]
    [InlineData(0x7FE000, 0x900000, true)]
    [InlineData(0x8FE000, 0x900000, true)]
    public void Check_OfAFlashThatNoMapKnows_KeepsThePlacesInIt(int at, int length, bool isKept)
    {
        byte[] bytes = SyntheticArmino.Dump(SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x3000, 7)), length);
        var erased = FlashImage.Parse((byte[])bytes.Clone());
        bytes[at] = 0x5A;
        Assert.Equal(isKept ? FindingCode.PlanLosesCalibration : null, Refused(FlashImage.Parse(bytes), erased));
    }

    [Theory]
    [InlineData("sys_rf", true)]
    [InlineData("sys_net", false)]
    public void Check_OfATableThatNamesThePlace_KeepsIt(string name, bool isKept)
    {
        byte[] bytes = WithTable(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x231000), ("download", false, 0x242000, 0x185000), (name, false, 0x3F0000, 0x1000));
        var erased = FlashImage.Parse((byte[])bytes.Clone());
        bytes[0x3F0010] = 0x5A;
        Assert.Equal(isKept ? FindingCode.PlanLosesCalibration : null, Refused(FlashImage.Parse(bytes), erased));
    }

    // Where the table has a program there, no calibration is.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_PlaceThatAProgramTakes_IsTheProgramsOwn(bool isProgram)
    {
        byte[] bytes = WithTable(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, isProgram ? 0x3EE000u : 0x3E0000u), ("download", false, 0x3FF000, 0x1000));
        var erased = FlashImage.Parse((byte[])bytes.Clone());
        bytes[0x3FE000] = 0x5A;
        var own = FlashImage.Parse(bytes);
        Assert.Equal(isProgram, own.Programs.App!.Range.Contains(0x3FE000));
        Assert.Equal(isProgram ? null : FindingCode.PlanLosesCalibration, Refused(own, erased));
    }

    private static byte[] WithTable(params (string Name, bool Striped, uint Offset, uint Length)[] table) => SyntheticArmino.Dump(
        SyntheticArmino.Linear(null, (0, SyntheticArmino.Bootloader(table)), (SyntheticArmino.AppOffset, SyntheticArmino.App(0x3000, 7))), 0x400000);
}
