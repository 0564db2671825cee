namespace BekenImage.Boot.Device;

/// <summary>
/// A UART: what is sent goes into a log; it is always ready to send, and nothing is ever received. Source: hardware.md, section 7.
/// </summary>
internal sealed class Uart(RegisterStorage storage, uint start) : Peripheral(storage, start)
{
    public const uint First = 0x00802100;
    public const uint Second = 0x00802200;
    public const uint Third = 0x00802500;

    /// <summary>More than any boot prints; a program that prints for ever fills no memory.</summary>
    public const int LogLimit = 4 * 1024 * 1024;

    private const uint FifoStatus = 0x08;
    private const uint Port = 0x0C;
    private const uint InterruptStatus = 0x14;

    // Nothing to send, nothing received, ready to be written to: bits 17, 19 and 20.
    private const uint Ready = 0x001A0000;

    private readonly List<byte> _log = [];

    public IReadOnlyList<byte> Log => _log;

    /// <summary>How many bytes were sent, those behind the limit too.</summary>
    public long Sent { get; private set; }

    public override uint Read(uint offset) => offset switch
    {
        FifoStatus => Ready,
        Port or InterruptStatus => 0,
        _ => base.Read(offset),
    };

    public override void Write(uint offset, uint value)
    {
        if (offset != Port)
        {
            base.Write(offset, value);
            return;
        }
        Sent++;
        if (_log.Count < LogLimit)
            _log.Add((byte)value);
    }
}
