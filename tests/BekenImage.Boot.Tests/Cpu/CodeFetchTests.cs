using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>A bus that hands out its memory is asked for it, and for nothing that lies outside, or has changed.</summary>
public class CodeFetchTests
{
    [Fact]
    public void Code_IsTakenFromTheStretch_AndBehindItsEndThroughTheBus()
    {
        // Two instructions in the stretch, the third outside, then a fault.
        var bus = new CodeBus(0x1000, 8, 0x4000);
        uint at = 0x1000;
        foreach (uint instruction in new[] { 0xE280_0001, 0xE280_0001, 0xE280_0010 })
            bus.Inner.WriteWord((at += 4) - 4, instruction);
        var cpu = new ArmCpu(bus);
        cpu.Reset(0x1000, 0xD3);
        Assert.Equal(ArmOutcome.Budget, cpu.Run(3));
        Assert.Equal((0x12u, 1, 1), (cpu.Registers[0], bus.Given, bus.Fetched));
    }

    [Fact]
    public void Code_ThatIsStored_RunsAsItIsNow()
    {
        // STR R1, [R2]; NOP at 0x1004 becomes MOV R0, #1.
        var bus = new CodeBus(0x1000, 0x100, 0x4000);
        bus.Inner.WriteWord(0x1000, 0xE582_1000);
        bus.Inner.WriteWord(0x1004, Board.Nop);
        var cpu = new ArmCpu(bus);
        cpu.Reset(0x1000, 0xD3);
        cpu.Registers[1] = 0xE3A0_0001;
        cpu.Registers[2] = 0x1004;
        cpu.Run(2);
        Assert.Equal((1u, 0), (cpu.Registers[0], bus.Fetched));
    }

    [Fact]
    public void Code_OfAnArrayThatIsNoLongerTheMemory_IsForgotten()
    {
        // STR R1, [R2]; NOP; the store replaces the array.
        var bus = new CodeBus(0x1000, 0x100, 0x4000) { ReplacesOnStore = true };
        bus.Inner.WriteWord(0x1000, 0xE582_1000);
        bus.Inner.WriteWord(0x1004, Board.Nop);
        var cpu = new ArmCpu(bus);
        cpu.Reset(0x1000, 0xD3);
        cpu.Registers[1] = 0xE3A0_0001;
        cpu.Registers[2] = 0x1004;
        cpu.Run(2);
        Assert.Equal((1u, 2), (cpu.Registers[0], bus.Given));
    }

    [Fact]
    public void Code_InThumb_IsTakenByHalfWords()
    {
        var bus = new CodeBus(0x1000, 8, 0x4000);
        foreach (uint at in new uint[] { 0x1002, 0x1004, 0x1006, 0x1008 })
            bus.Inner.WriteHalfword(at, 0x3001);
        var cpu = new ArmCpu(bus);
        cpu.Reset(0x1002, 0xF3);
        cpu.Run(4);
        Assert.Equal((4u, 1), (cpu.Registers[0], bus.Fetched));
    }

    private sealed class CodeBus(uint start, uint length, int size) : IArmBus, IArmCode
    {
        private byte[]? _copy;

        public WindowBus Inner { get; } = new(0, size);

        public bool ReplacesOnStore { get; init; }

        public int Given { get; private set; }

        public int Fetched { get; private set; }

        public Action? CodeChanged { get; set; }

        public bool HasFault => Inner.HasFault;

        public bool IsIrqPending => false;

        public bool IsFiqPending => false;

        public bool TryGetCode(uint address, out ArmCode code)
        {
            code = default;
            if (address - start >= length)
                return false;
            Given++;
            _copy = ReplacesOnStore ? (byte[])Inner.Memory.Clone() : Inner.Memory;
            code = new ArmCode(_copy, (int)start, start, length);
            return true;
        }

        public void WriteWord(uint address, uint value)
        {
            Inner.WriteWord(address, value);
            if (ReplacesOnStore)
                CodeChanged!();
        }

        public uint FetchArm(uint address)
        {
            Fetched++;
            return Inner.FetchArm(address);
        }

        public ushort FetchThumb(uint address)
        {
            Fetched++;
            return Inner.FetchThumb(address);
        }

        public uint ReadWord(uint address) => Inner.ReadWord(address);

        public ushort ReadHalfword(uint address) => Inner.ReadHalfword(address);

        public byte ReadByte(uint address) => Inner.ReadByte(address);

        public void WriteHalfword(uint address, ushort value) => Inner.WriteHalfword(address, value);

        public void WriteByte(uint address, byte value) => Inner.WriteByte(address, value);
    }
}
