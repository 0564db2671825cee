using BekenImage.Boot.Device;
using BekenImage.Chips;
using BekenImage.Crypto;

namespace BekenImage.Boot.Tests.Device;

/// <summary>Memory map and registers. Source: hardware.md, sections 2, 5 and 8.1.</summary>
public class DeviceBusTests
{
    private readonly DeviceBus _bus = Bus(new BootHardware { ChipId = 0x7231A, DeviceId = 0x18520001 });

    [Theory]
    [InlineData(0x003F0000u, true)]
    [InlineData(0x003FFFFCu, true)]
    [InlineData(0x00400000u, true)]
    [InlineData(0x0043FFFCu, true)]
    [InlineData(0x00440000u, false)]
    [InlineData(0x003EFFFCu, false)]
    [InlineData(0x00800000u, true)]
    [InlineData(0x007FFFFCu, false)]
    [InlineData(0x00900100u, true)]
    [InlineData(0x00A05010u, true)]
    [InlineData(0x01000000u, true)]
    [InlineData(0xC000004Cu, true)]
    [InlineData(0xD0000000u, false)]
    public void Access_InsideTheKnownRanges_IsNoFault(uint address, bool isKnown)
    {
        _bus.ReadWord(address);
        Assert.Equal(!isKnown, _bus.HasFault);
        var other = Bus(BootHardware.Usual);
        other.WriteWord(address, 1);
        Assert.Equal(!isKnown, other.HasFault);
        Assert.Equal(isKnown ? 0 : address, other.FaultAddress);
    }

    [Theory]
    [InlineData(0x003F0010u)]
    [InlineData(0x00400010u)]
    [InlineData(0x00809010u)]
    public void MemoryAndStorage_KeepWordsHalvesAndBytes(uint address)
    {
        _bus.WriteWord(address, 0x11223344);
        _bus.WriteByte(address + 1, 0xAA);
        _bus.WriteHalfword(address + 2, 0xBBCC);
        Assert.Equal(0xBBCCAA44u, _bus.ReadWord(address));
        Assert.Equal((0xBBCC, 0xAA), (_bus.ReadHalfword(address + 2), _bus.ReadByte(address + 1)));
    }

    [Fact]
    public void StoreIntoTheClosedWindow_ChangesNothing()
    {
        _bus.WriteWord(0x10000, 0);
        Assert.False(_bus.HasFault);
        Assert.Equal((uint.MaxValue, 0), (_bus.ReadWord(0x10000), _bus.Flash.Writes));
    }

    [Fact]
    public void Chip_SaysWhoItIs() => Assert.Equal((0x7231Au, 0x18520001u), (_bus.ReadWord(0x800000), _bus.ReadWord(0x800004)));

    [Fact]
    public void Efuse_IsBlankAndReadAtOnce()
    {
        _bus.WriteWord(0x800074, 0x501);
        Assert.Equal((0x500u, 0x100u), (_bus.ReadWord(0x800074), _bus.ReadWord(0x800078)));
    }

    [Theory]
    [InlineData(0x30u, 1u)]
    [InlineData(0x20u, 0u)]
    [InlineData(0x10u, 0u)]
    public void Pin_FollowsItsPull(uint config, uint level)
    {
        _bus.WriteWord(0x802804, config);
        Assert.Equal(level, _bus.ReadWord(0x802804) & 1);
    }

    [Theory]
    [InlineData(0x802100u, 0)]
    [InlineData(0x802200u, 1)]
    [InlineData(0x802500u, 2)]
    public void Uart_KeepsWhatIsSent_AndIsAlwaysReady(uint start, int index)
    {
        Assert.Equal(0x001A0000u, _bus.ReadWord(start + 8));
        _bus.WriteWord(start + 0xC, 'x');
        Assert.Equal([(byte)'x'], _bus.Uarts[index].Log);
    }

    [Fact]
    public void Timer_RaisesItsFlag_ThatAWrittenOneClears()
    {
        _bus.WriteWord(0x802040, 0x100);
        _bus.WriteWord(0x802044, 1);
        _bus.Tick();
        Assert.False(_bus.IsIrqPending);
        _bus.WriteWord(0x802A4C, 1);
        _bus.Tick();
        Assert.True(_bus.IsIrqPending);
        Assert.Equal((0x81u, 0x100u), (_bus.ReadWord(0x802A4C), _bus.ReadWord(0x80204C)));
        // The status is no latch.
        _bus.WriteWord(0x80204C, 0x100);
        Assert.True(_bus.IsIrqPending);
        _bus.WriteWord(0x802A4C, 0x81);
        Assert.Equal((false, 1u, 0u), (_bus.IsIrqPending, _bus.ReadWord(0x802A4C), _bus.ReadWord(0x80204C)));
    }

    [Theory]
    [InlineData(true, 0x802A00u)]
    [InlineData(false, 0x802A80u)]
    public void Pwm_LiesWhereTheChipHasIt(bool isOld, uint start)
    {
        var bus = Bus(new BootHardware { HasOldPwm = isOld });
        bus.WriteWord(0x802040, 0x203);
        bus.WriteWord(0x802044, 1);
        bus.WriteWord(start, 7);
        bus.WriteWord(start + 8, 0xCB20);
        bus.Tick();
        Assert.True(bus.IsIrqPending);
        Assert.Equal((1u, 0x200u), (bus.ReadWord(start + 4), bus.ReadWord(0x80204C)));
        bus.WriteWord(start + 4, 1);
        Assert.Equal((false, 0u), (bus.IsIrqPending, bus.ReadWord(start + 4)));
    }

    [Fact]
    public void Interrupt_OfASourceThatIsMasked_DoesNotCome()
    {
        _bus.WriteWord(0x802A4C, 1);
        _bus.WriteWord(0x802040, 0x200);
        _bus.WriteWord(0x802044, 1);
        _bus.Tick();
        Assert.Equal((false, 0x100u, 0u), (_bus.IsIrqPending, _bus.ReadWord(0x802048), _bus.ReadWord(0x80204C)));
        _bus.WriteWord(0x802044, 0);
        _bus.WriteWord(0x802040, 0x100);
        Assert.False(_bus.IsIrqPending);
    }

    [Fact]
    public void Saradc_HasASampleOnceItIsStarted()
    {
        Assert.Equal(1u << 30, _bus.ReadWord(0x802C00) & 1u << 30);
        _bus.WriteWord(0x802C00, 1);
        _bus.Tick();
        Assert.Equal((0u, 330u), (_bus.ReadWord(0x802C00) & 1u << 30, _bus.ReadWord(0x802C10)));
        Assert.Equal(1u << 30, _bus.ReadWord(0x802C00) & 1u << 30);
    }

    private static DeviceBus Bus(BootHardware hardware) => new(new FlashChip([], 0x200000, 0), BekenKey.Tuya, hardware);
}
