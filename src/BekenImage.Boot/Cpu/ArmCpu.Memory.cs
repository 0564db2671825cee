namespace BekenImage.Boot.Cpu;

// One access. A word at an address not divisible by 4 is read at the one below and rotated, so that the addressed byte comes lowest, and
// written at the one below (A2.7.3, as in ARMv5). For a half-word the manual says UNPREDICTABLE: here the low bit is dropped.
internal sealed partial class ArmCpu
{
    // True when the last access went nowhere: the instruction leaves all registers as they are.
    private bool IsLost
    {
        get
        {
            if (!_bus.HasFault)
                return false;
            Undo(ArmOutcome.BusFault);
            return true;
        }
    }

    private uint ReadWord(uint address)
    {
        uint value = _bus.ReadWord(address & ~3u);
        return (address & 3) == 0 ? value : RotateRight(value, (int)(address & 3) * 8);
    }

    private uint ReadHalfword(uint address) => _bus.ReadHalfword(address & ~1u);

    private void WriteWord(uint address, uint value) => _bus.WriteWord(address & ~3u, value);

    private void WriteHalfword(uint address, uint value) => _bus.WriteHalfword(address & ~1u, (ushort)value);
}
