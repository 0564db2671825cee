namespace BekenImage.Boot.Device;

/// <summary>The pins, a word each: an input reads what its pull makes of it, up where bit 5 enables it and bit 4 says up.</summary>
internal sealed class Gpio(RegisterStorage storage) : Peripheral(storage, Base)
{
    public const uint Base = 0x00802800;

    private const uint Input = 1;
    private const uint PullUp = 1u << 4;
    private const uint PullEnabled = 1u << 5;

    public override uint Read(uint offset)
    {
        uint word = base.Read(offset);
        return (word & PullEnabled) == 0 ? word : (word & PullUp) != 0 ? word | Input : word & ~Input;
    }
}
