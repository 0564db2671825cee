namespace BekenImage.Boot.Cpu;

// Many registers at once (A5.4): the lowest register at the lowest address, whichever way it goes. The low two bits of the address are
// dropped. UNPREDICTABLE, and what happens here: no register in the list (nothing is moved, the base goes by 0x40, as ARMv5 cores do); the
// base in the list with write-back (LDM: the loaded value wins; STM: what it was is stored); ^ with write-back (the base of the mode at
// work is written).
internal sealed partial class ArmCpu
{
    private const uint UserBanked = 1 << 22;

    public void Ldm(uint instruction)
    {
        uint list = instruction & 0xFFFF;
        uint address = BlockStart(instruction, list, out uint end);
        bool holdsPc = (list & 0x8000) != 0;
        bool isUser = (instruction & UserBanked) != 0 && !holdsPc;
        if (!Load(list, address, isUser, instruction, end) || !holdsPc)
            return;
        if ((instruction & UserBanked) != 0)
            ReturnFromException(_loadedPc);
        else
            BranchExchange(_loadedPc);
    }

    public void Stm(uint instruction)
    {
        uint list = instruction & 0xFFFF;
        uint address = BlockStart(instruction, list, out uint end) & ~3u;
        bool isUser = (instruction & UserBanked) != 0;
        for (int register = 0; register < 16; register++)
        {
            if ((list >> register & 1) == 0)
                continue;
            uint value = isUser ? UserRegister(register) : Registers[register];
            _bus.WriteWord(address, value + (register == 15 ? 4u : 0));
            if (IsLost)
                return;
            address += 4;
        }

        if ((instruction & WritesBack) != 0)
            Registers[instruction >> 16 & 15] = end;
    }

    private readonly uint[] _loaded = new uint[16];
    private uint _loadedPc;

    // All is read before a register changes: an access to nowhere leaves them as they were.
    private bool Load(uint list, uint address, bool isUser, uint instruction, uint end)
    {
        address &= ~3u;
        for (int register = 0; register < 16; register++)
        {
            if ((list >> register & 1) == 0)
                continue;
            _loaded[register] = _bus.ReadWord(address);
            if (IsLost)
                return false;
            address += 4;
        }

        if ((instruction & WritesBack) != 0)
            Registers[instruction >> 16 & 15] = end;
        for (int register = 0; register < 15; register++)
        {
            if ((list >> register & 1) == 0)
                continue;
            if (isUser)
                SetUserRegister(register, _loaded[register]);
            else
                Registers[register] = _loaded[register];
        }

        _loadedPc = _loaded[15];
        return true;
    }

    // Where the lowest register lies, and what the base becomes.
    private uint BlockStart(uint instruction, uint list, out uint end)
    {
        uint size = list == 0 ? 0x40 : 4 * Count(list);
        uint start = Rn(instruction);
        bool isUp = (instruction & Upward) != 0;
        end = isUp ? start + size : start - size;
        if (!isUp)
            start = end;
        return (instruction & PreIndexed) != 0 == isUp ? start + 4 : start;
    }

    private static uint Count(uint list)
    {
        uint count = 0;
        for (; list != 0; list &= list - 1)
            count++;
        return count;
    }
}
