using BekenImage.Boot.Device;
using BekenImage.Boot.Tests.Support;
using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;
using static BekenImage.Boot.Tests.Support.TinyArm;

namespace BekenImage.Boot.Tests;

public class BudgetAndChipTests
{
    [Fact]
    public void Budget_WithoutANumber_EndsWhereNothingHappens()
    {
        var bus = new DeviceBus(new FlashChip([], 0x200000, 0), BekenKey.Zero, BootHardware.Usual);
        var budget = new BootBudget(bus, given: null, hasUpdate: false);
        Assert.Equal(100_000_000, budget.Left(0));
        Assert.Equal(40_000_000, budget.Left(60_000_000));
        bus.WriteWord(0x80220C, 'x');
        Assert.Equal(100_000_000, budget.Left(90_000_000));
        // Somebody who prints for ever comes to an end too.
        for (long steps = 100_000_000; steps < 500_000_000; steps += 50_000_000)
        {
            bus.WriteWord(0x80220C, 'x');
            Assert.InRange(budget.Left(steps), 1, 100_000_000);
        }
        bus.WriteWord(0x80220C, 'x');
        Assert.Equal(0, budget.Left(500_000_000));
    }

    [Fact]
    public void Budget_OfAnUpdate_IsLonger_AndThatOfAnAppBeginsWithIt()
    {
        var bus = new DeviceBus(new FlashChip([], 0x200000, 0), BekenKey.Zero, BootHardware.Usual);
        var budget = new BootBudget(bus, given: null, hasUpdate: true);
        bus.WriteWord(0x803000, 1u << 29 | 5u << 24);
        Assert.Equal(100_000_000, budget.Left(3_000_000_000));
        budget.StartApp(3_000_000_000);
        Assert.Equal(30_000_000, budget.Left(3_000_000_000));
    }

    [Fact]
    public void ChipThatIsAddedInOneFile_IsRunAsItDescribesItself()
    {
        const BekenChip chip = (BekenChip)7299;
        var family = new ChipFamily("BK7299")
        {
            Signs = new ChipSigns { TuyaBootPrefix = "BK7299_" },
            Hardware = new BootHardware { ChipId = 0x41, LogUart = 1, FlashIds = new Dictionary<int, uint> { [0x200000] = 0x42 } },
            Chips = [new ChipFacts(chip, "BK7299")],
        };
        // Prints its chip id on UART1 and the flash's id behind it, and something on UART2.
        var loader = new TinyArm().Begin().Number(R6, 0x802100).Number(R7, 0x800000)
            .Print("not the log").Load(R0, R7).Store(R0, R6, 0x0C).Flash(20, 0).Load(R0, R5, 0x10).Store(R0, R6, 0x0C).JumpToApp();
        byte[] flash = TinyDevice.Image(loader, key: SyntheticKey.Zero).Dump();
        Rewrite(flash, 0x900, page => "\0BK7299_2.0.0\0"u8.CopyTo(page));
        // BK7231N's marker in the app would contradict it.
        Rewrite(flash, 0x10100, page => page.AsSpan().Clear());

        using var registered = ChipRegistry.With(family);
        var image = FlashImage.Parse(flash);
        Assert.Equal((chip, "AB"), (image.Chip, ImageBooter.Boot(image).LogText));
    }

    private static void Rewrite(byte[] flash, uint logical, Action<byte[]> change)
    {
        int at = PlainFormats.ToPhysical(logical);
        byte[] page = PlainFormats.Strip(flash.AsSpan(at, 34), out _);
        change(page);
        PlainFormats.Pages(page).CopyTo(flash, at);
    }
}
