namespace BekenImage.Boot.Cpu;

// Modes and their registers: R13 and R14 have a bank each, R8-R12 one for FIQ and one for the rest, SPSR one for each exception mode
// (A2.3).
internal sealed partial class ArmCpu
{
    private const int UserBank = 0;
    private const int FiqBank = 1;

    private readonly uint[] _bankedR13 = new uint[6];
    private readonly uint[] _bankedR14 = new uint[6];
    private readonly uint[] _spsr = new uint[6];
    private readonly uint[] _userHigh = new uint[5];
    private readonly uint[] _fiqHigh = new uint[5];

    /// <summary>The status register. A value with no valid mode leaves the mode as it is.</summary>
    public uint Cpsr
    {
        get => _cpsr;
        set => SetCpsr(value);
    }

    /// <summary>
    /// The saved status of this mode; in User and System there is none: UNPREDICTABLE, here CPSR is read and nothing written.
    /// </summary>
    public uint Spsr
    {
        get => Bank is int bank && bank != UserBank ? _spsr[bank] : _cpsr;
        set => _spsr[Bank] = Bank == UserBank ? 0 : value;
    }

    public ArmMode Mode => (ArmMode)(_cpsr & StatusBits.Mode);

    /// <summary>True in every mode but User.</summary>
    private bool IsPrivileged => Mode != ArmMode.User;

    private int Bank => BankOf(_cpsr);

    /// <summary>R8-R14 of a mode, whichever is at work.</summary>
    public uint BankedRegister(ArmMode mode, int register)
    {
        int bank = BankOf((uint)mode);
        bool isLive = register switch
        {
            < 8 or 15 => true,
            < 13 => (bank == FiqBank) == (Bank == FiqBank),
            _ => bank == Bank,
        };
        if (isLive)
            return Registers[register];
        return register switch
        {
            13 => _bankedR13[bank],
            14 => _bankedR14[bank],
            _ => (bank == FiqBank ? _fiqHigh : _userHigh)[register - 8],
        };
    }

    /// <summary>SPSR of a mode.</summary>
    public uint BankedSpsr(ArmMode mode) => _spsr[BankOf((uint)mode)];

    private static int BankOf(uint status) => (ArmMode)(status & StatusBits.Mode) switch
    {
        ArmMode.Fiq => FiqBank,
        ArmMode.Irq => 2,
        ArmMode.Supervisor => 3,
        ArmMode.Abort => 4,
        ArmMode.Undefined => 5,
        _ => UserBank,
    };

    private static bool IsMode(uint status) =>
        BankOf(status) != UserBank || (ArmMode)(status & StatusBits.Mode) is ArmMode.User or ArmMode.System;

    private void SetCpsr(uint value)
    {
        if (!IsMode(value))
            value = value & ~StatusBits.Mode | _cpsr & StatusBits.Mode;
        SwitchBank(Bank, BankOf(value));
        _cpsr = value;
    }

    private void SwitchBank(int from, int to)
    {
        if (from == to)
            return;
        _bankedR13[from] = Registers[13];
        _bankedR14[from] = Registers[14];
        Registers[13] = _bankedR13[to];
        Registers[14] = _bankedR14[to];
        if (from != FiqBank && to != FiqBank)
            return;
        Array.Copy(Registers, 8, from == FiqBank ? _fiqHigh : _userHigh, 0, 5);
        Array.Copy(to == FiqBank ? _fiqHigh : _userHigh, 0, Registers, 8, 5);
    }

    // A register as User mode sees it: LDM and STM with ^.
    private uint UserRegister(int register) => BankedRegister(ArmMode.User, register);

    private void SetUserRegister(int register, uint value)
    {
        if (register is >= 13 and < 15 && Bank != UserBank)
            (register == 13 ? _bankedR13 : _bankedR14)[UserBank] = value;
        else if (register is >= 8 and < 13 && Bank == FiqBank)
            _userHigh[register - 8] = value;
        else
            Registers[register] = value;
    }

    private void ClearBanks()
    {
        foreach (uint[] bank in new[] { _bankedR13, _bankedR14, _spsr, _userHigh, _fiqHigh })
            Array.Clear(bank, 0, bank.Length);
    }
}
