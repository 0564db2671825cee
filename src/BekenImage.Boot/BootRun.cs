using BekenImage.Boot.Cpu;
using BekenImage.Boot.Device;

namespace BekenImage.Boot;

/// <summary>One run: a chip is switched on, and followed until it jumps, stands still, or its steps are used up.</summary>
internal sealed class BootRun
{
    /// <summary>
    /// A tick of the timers: so many instructions are the 2 ms the loaders ask for. Which number it is no loader notices.
    /// </summary>
    private const int InstructionsPerTick = 10_000;

    /// <summary>So much of the end of the log is looked at for a loader's last words.</summary>
    private const int LastWords = 512;

    private readonly BootSubject _subject;
    private readonly BootOptions _options;
    private readonly DeviceBus _bus;
    private readonly ArmCpu _cpu;
    private readonly BootBudget _budget;
    private readonly uint[] _jumpTargets;
    private long? _jumped;
    private long _stepsToJump;
    private int[] _logAtJump = [];
    private long _storesBefore = -1;
    private long _sentBefore;

    public BootRun(BootSubject subject, BootOptions options)
    {
        _subject = subject;
        _options = options;
        var flash = new FlashChip(subject.Flash.Span, subject.Size, options.FlashId ?? subject.Hardware.FlashIdOf(subject.Size))
        {
            PowerCutAfter = options.PowerCutAfterFlashWrites,
        };
        _bus = new DeviceBus(flash, subject.Key, subject.Hardware);
        _cpu = new ArmCpu(_bus) { StopsAtUndefined = true };
        _budget = new BootBudget(_bus, options.Steps, subject.Image.UpdatePackage is not null);
        _jumpTargets = new[] { subject.AppAddress, FlashGeometry.AppLogicalAddress }.Distinct().ToArray();
        foreach (uint target in _jumpTargets)
            _cpu.StopAddresses.Add(target);
    }

    public BootReport Run()
    {
        var stop = Follow(out string? faultMessage, out uint faultAddress);
        _bus.Window.Flush();
        var fault = stop == BootStop.Fault ? BootFaults.Describe(_bus, _cpu, faultMessage!, faultAddress) : null;
        int log = BootLogs.Choose(_bus.Uarts, _subject.Hardware.LogUart);
        byte[] text = _bus.Uarts[log].Log.ToArray();
        int before = _jumped is null ? text.Length : _logAtJump[log];
        var facts = new BootFacts
        {
            Stop = stop,
            Fault = fault,
            Log = text,
            LogBeforeJump = before,
            ProgramCounter = _cpu.Registers[15],
            Jumped = _jumped,
            Steps = _cpu.StepCount,
            StepsToJump = _jumped is null ? null : _stepsToJump,
        };
        return new BootJudge(_subject, _options, _bus, facts).Report();
    }

    private BootStop Follow(out string? message, out uint address)
    {
        (message, address) = (null, 0);
        while (true)
        {
            if (ArrivesAtApp() && !_options.RunApp)
                return BootStop.Jumped;
            long left = _budget.Left(_cpu.StepCount);
            if (left <= 0)
                return BootStop.Steps;
            var outcome = _cpu.Run(Math.Min(left, InstructionsPerTick));
            _bus.Tick();
            if (_bus.Flash.IsPowerCut)
                return BootStop.Halted;
            switch (outcome)
            {
                case ArmOutcome.Budget or ArmOutcome.Breakpoint:
                    if (!IsAtApp && (StandsStill() || SaysItStops()))
                        return BootStop.Halted;
                    break;
                case ArmOutcome.Halted:
                    return BootStop.Halted;
                default:
                    address = _bus.HasFault ? _bus.FaultAddress : _cpu.Registers[15];
                    message = BootFaults.Message(_bus, outcome, address, _cpu.Registers[15]);
                    return BootStop.Fault;
            }
        }
    }

    // Between two slices the processor may stand there as well as at the stop address.
    private bool IsAtApp => _jumped is null && Array.IndexOf(_jumpTargets, _cpu.Registers[15]) >= 0;

    private bool ArrivesAtApp()
    {
        if (!IsAtApp)
            return false;
        _jumped = _cpu.Registers[15];
        _stepsToJump = _cpu.StepCount;
        _logAtJump = _bus.Uarts.Select(uart => uart.Log.Count).ToArray();
        _cpu.StopAddresses.Clear();
        _budget.StartApp(_stepsToJump);
        return true;
    }

    // The processor sees a jump to itself with its interrupts off. A loop of a few instructions that stores nothing and that no interrupt
    // can end is the same.
    private bool StandsStill()
    {
        const int longestLoop = 64;
        bool isIdle = _bus.Stores == _storesBefore && !_bus.CanInterrupt;
        _storesBefore = _bus.Stores;
        if (!isIdle)
            return false;
        var start = (uint[])_cpu.Registers.Clone();
        uint status = _cpu.Cpsr;
        for (int step = 0; step < longestLoop && _budget.Left(_cpu.StepCount) > 0; step++)
        {
            if (_cpu.Run(1) is not (ArmOutcome.Budget or ArmOutcome.Breakpoint))
                return false;
            if (_bus.Stores != _storesBefore || IsAtApp)
                return false;
            if (_cpu.Cpsr == status && _cpu.Registers.AsSpan().SequenceEqual(start))
                return true;
        }
        return false;
    }

    // Its own last words, once they are whole: what follows is an endless loop.
    private bool SaysItStops()
    {
        var uart = _bus.Uarts[BootLogs.Choose(_bus.Uarts, _subject.Hardware.LogUart)];
        if (_jumped is not null || uart.Sent == _sentBefore)
            return false;
        _sentBefore = uart.Sent;
        return LoaderWords.SaysItStops(BootText.Read(uart.Log.Skip(Math.Max(0, uart.Log.Count - LastWords)).ToArray()));
    }
}
