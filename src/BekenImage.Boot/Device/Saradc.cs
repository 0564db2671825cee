namespace BekenImage.Boot.Device;

/// <summary>The analog converter: a sample that a warm room gives, and a FIFO that is empty until it is started.</summary>
internal sealed class Saradc(RegisterStorage storage) : Peripheral(storage, Base), ITicking
{
    public const uint Base = 0x00802C00;

    private const uint Config = 0x00;
    private const uint Data = 0x10;
    private const uint ModeMask = 0x3;
    private const uint Busy = 1u << 8;
    private const uint FifoEmpty = 1u << 30;
    private const uint Sample = 330;
    private const uint Line = 1u << 11;

    private bool _hasSample;

    public uint Lines => _hasSample ? Line : 0;

    public override uint Read(uint offset)
    {
        switch (offset)
        {
            case Config:
                return base.Read(offset) & ~(Busy | FifoEmpty) | (_hasSample ? 0 : FifoEmpty);
            case Data:
                _hasSample = false;
                return Sample;
            default:
                return base.Read(offset);
        }
    }

    public void Tick() => _hasSample |= (base.Read(Config) & ModeMask) != 0;
}
