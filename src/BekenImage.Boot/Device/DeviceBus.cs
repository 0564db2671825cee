using System.Buffers.Binary;
using BekenImage.Boot.Cpu;
using BekenImage.Chips;
using BekenImage.Crypto;

namespace BekenImage.Boot.Device;

/// <summary>
/// Everything around the processor of one chip: the window into the flash, RAM, and the registers. What lies outside the known ranges is
/// a fault and not memory. Time is counted in instructions and passes when <see cref="Tick"/> is called. Source: hardware.md, section 2.
/// </summary>
internal sealed class DeviceBus : IArmBus, IArmCode
{
    /// <summary>Tightly coupled RAM.</summary>
    public const uint TcmBase = 0x003F0000;

    public const uint RamBase = 0x00400000;

    private const int TcmLength = 0x10000;

    private readonly byte[] _ram;
    private readonly byte[] _tcm = new byte[TcmLength];
    private readonly RegisterStorage _storage = new();
    private readonly RegisterSpace _registers;
    private readonly InterruptController _interrupts;
    private readonly ITicking[] _ticking;

    public DeviceBus(FlashChip flash, BekenKey key, BootHardware hardware)
    {
        Flash = flash;
        Window = new FlashWindow(flash, key);
        _ram = new byte[hardware.RamLength];
        Controller = new FlashController(_storage, flash) { WindowClosed = Window.Flush };
        Uarts = [new Uart(_storage, Uart.First), new Uart(_storage, Uart.Second), new Uart(_storage, Uart.Third)];
        var pwm = new Pwm(_storage, hardware.HasOldPwm ? Pwm.Old : Pwm.New);
        var saradc = new Saradc(_storage);
        var timers = new Timers(_storage);
        _ticking = hardware.HasOldPwm ? [pwm, saradc] : [timers, pwm, saradc];
        _interrupts = new InterruptController(_storage) { Sources = _ticking };
        Peripheral[] all =
        [
            new SystemControl(_storage, hardware.ChipId, hardware.DeviceId), _interrupts, .. Uarts, new Gpio(_storage), saradc, Controller,
            .. _ticking.OfType<Peripheral>(),
        ];
        _registers = new RegisterSpace(_storage, all);
    }

    public FlashChip Flash { get; }

    public FlashWindow Window { get; }

    public FlashController Controller { get; }

    public IReadOnlyList<Uart> Uarts { get; }

    public BusFaultKind Fault { get; private set; }

    /// <summary>Where the fault is.</summary>
    public uint FaultAddress { get; private set; }

    /// <summary>How many stores there were; a loop without one that is where it was does the same for ever.</summary>
    public long Stores { get; private set; }

    public bool HasFault => Fault != BusFaultKind.None;

    public bool IsIrqPending => _interrupts.IsIrqPending;

    public bool IsFiqPending => _interrupts.IsFiqPending;

    /// <summary>True while an interrupt can still come.</summary>
    public bool CanInterrupt => _interrupts.IsOpen;

    public Action? CodeChanged
    {
        get => Window.Changed;
        set => Window.Changed = value;
    }

    /// <summary>Time passes: every timer that is on comes to its end.</summary>
    public void Tick()
    {
        foreach (var source in _ticking)
            source.Tick();
        _interrupts.Update();
    }

    public uint ReadWord(uint address)
    {
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
            return BinaryPrimitives.ReadUInt32LittleEndian(_ram.AsSpan((int)at));
        if (address < Window.Length)
            return Window.ReadWord(address);
        at = address - TcmBase;
        return at < TcmLength ? BinaryPrimitives.ReadUInt32LittleEndian(_tcm.AsSpan((int)at)) : ReadRegister(address);
    }

    public ushort ReadHalfword(uint address)
    {
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
            return BinaryPrimitives.ReadUInt16LittleEndian(_ram.AsSpan((int)at));
        if (address < Window.Length)
            return Window.ReadHalfword(address);
        at = address - TcmBase;
        return at < TcmLength
            ? BinaryPrimitives.ReadUInt16LittleEndian(_tcm.AsSpan((int)at))
            : (ushort)(ReadRegister(address & ~3u) >> 8 * (int)(address & 2));
    }

    public byte ReadByte(uint address)
    {
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
            return _ram[at];
        if (address < Window.Length)
            return Window.ReadByte(address);
        at = address - TcmBase;
        return at < TcmLength ? _tcm[at] : (byte)(ReadRegister(address & ~3u) >> 8 * (int)(address & 3));
    }

    public void WriteWord(uint address, uint value)
    {
        Stores++;
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_ram.AsSpan((int)at), value);
            return;
        }
        at = address - TcmBase;
        if (at < TcmLength)
            BinaryPrimitives.WriteUInt32LittleEndian(_tcm.AsSpan((int)at), value);
        else if (address < Window.Length)
            StoreToWindow(address, value, sizeof(uint));
        else
            WriteRegister(address, value);
    }

    public void WriteHalfword(uint address, ushort value)
    {
        Stores++;
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_ram.AsSpan((int)at), value);
            return;
        }
        at = address - TcmBase;
        if (at < TcmLength)
            BinaryPrimitives.WriteUInt16LittleEndian(_tcm.AsSpan((int)at), value);
        else if (address < Window.Length)
            StoreToWindow(address, value, sizeof(ushort));
        else
            WritePart(address, value, 0xFFFF);
    }

    public void WriteByte(uint address, byte value)
    {
        Stores++;
        uint at = address - RamBase;
        if (at < (uint)_ram.Length)
        {
            _ram[at] = value;
            return;
        }
        at = address - TcmBase;
        if (at < TcmLength)
            _tcm[at] = value;
        else if (address < Window.Length)
            StoreToWindow(address, value, sizeof(byte));
        else
            WritePart(address, value, 0xFF);
    }

    public uint FetchArm(uint address)
    {
        if (address < Window.Length)
            return MayRun(address) ? Window.ReadWord(address) : 0;
        uint at = address - TcmBase;
        if (at < TcmLength)
            return BinaryPrimitives.ReadUInt32LittleEndian(_tcm.AsSpan((int)at));
        at = address - RamBase;
        return at < (uint)_ram.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(_ram.AsSpan((int)at)) : Fail(BusFaultKind.Nowhere, address);
    }

    public ushort FetchThumb(uint address)
    {
        if (address < Window.Length)
            return MayRun(address) ? Window.ReadHalfword(address) : (ushort)0;
        uint at = address - TcmBase;
        if (at < TcmLength)
            return BinaryPrimitives.ReadUInt16LittleEndian(_tcm.AsSpan((int)at));
        at = address - RamBase;
        return at < (uint)_ram.Length
            ? BinaryPrimitives.ReadUInt16LittleEndian(_ram.AsSpan((int)at)) : (ushort)Fail(BusFaultKind.Nowhere, address);
    }

    public bool TryGetCode(uint address, out ArmCode code)
    {
        code = address < Window.Length ? Window.StretchAt(address)
            : address - RamBase < (uint)_ram.Length ? new ArmCode(_ram, 0, RamBase, (uint)_ram.Length)
            : address - TcmBase < TcmLength ? new ArmCode(_tcm, 0, TcmBase, TcmLength) : default;
        return code.Length > 0;
    }

    // What the chip runs where a CRC is wrong or nothing was written is not known: the run ends there and says so.
    private bool MayRun(uint address)
    {
        var state = Window.StateOf(address);
        if (state == WindowPage.Sound)
            return true;
        Fail(state == WindowPage.Erased ? BusFaultKind.ErasedFlash : BusFaultKind.BadPage, address);
        return false;
    }

    // While it is closed, what is stored goes nowhere.
    private void StoreToWindow(uint address, uint value, int size)
    {
        if (Controller.IsWindowWritable)
            Window.Store(address, value, size);
    }

    private uint ReadRegister(uint address)
    {
        if (!RegisterStorage.Contains(address))
            return Fail(BusFaultKind.Nowhere, address);
        uint value = _registers.Read(address);
        // A sample that is taken out of a FIFO lowers its line.
        if (_interrupts.IsIrqPending)
            _interrupts.Update();
        return value;
    }

    private void WriteRegister(uint address, uint value)
    {
        if (!RegisterStorage.Contains(address))
        {
            Fail(BusFaultKind.Nowhere, address);
            return;
        }
        _registers.Write(address, value);
        _interrupts.Update();
    }

    private void WritePart(uint address, uint value, uint mask)
    {
        int shift = 8 * (int)(address & 3);
        uint word = address & ~3u;
        if (RegisterStorage.Contains(word))
            WriteRegister(word, _registers.Read(word) & ~(mask << shift) | value << shift);
        else
            Fail(BusFaultKind.Nowhere, address);
    }

    private uint Fail(BusFaultKind kind, uint address)
    {
        if (!HasFault)
            (Fault, FaultAddress) = (kind, address);
        return 0;
    }
}
