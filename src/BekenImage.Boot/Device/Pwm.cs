namespace BekenImage.Boot.Device;

/// <summary>
/// The PWM block: at 0x802A80 behind the timers, on the oldest chip at 0x802A00 in their place. Of each channel's four bits of control the
/// first enables it and the second its interrupt; a written 1 clears the flag. Source: hardware.md, section 5.
/// </summary>
internal sealed class Pwm(RegisterStorage storage, uint start) : Peripheral(storage, start), ITicking
{
    public const uint Old = 0x00802A00;
    public const uint New = 0x00802A80;

    private const uint Control = 0x00;
    private const uint Status = 0x04;
    private const int Channels = 6;
    private const int BitsOfChannel = 4;
    private const uint EnabledWithInterrupt = 0x3;
    private const uint Line = 1u << 9;

    private uint _flags;

    public uint Lines => _flags != 0 ? Line : 0;

    public override uint Read(uint offset) => offset == Status ? _flags : base.Read(offset);

    public override void Write(uint offset, uint value)
    {
        if (offset == Status)
            _flags &= ~value;
        else
            base.Write(offset, value);
    }

    public void Tick()
    {
        uint control = base.Read(Control);
        for (int channel = 0; channel < Channels; channel++)
        {
            if ((control >> BitsOfChannel * channel & EnabledWithInterrupt) == EnabledWithInterrupt)
                _flags |= 1u << channel;
        }
    }
}
