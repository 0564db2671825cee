namespace BekenImage.Boot.Device;

/// <summary>
/// The system control block at 0x800000: who the chip is, and its efuse, of which every byte is blank. Analog writes are done at once.
/// Source: hardware.md, section 8.1.
/// </summary>
internal sealed class SystemControl(RegisterStorage storage, uint chipId, uint deviceId) : Peripheral(storage, Base)
{
    public const uint Base = 0x00800000;

    private const uint ChipId = 0x00;
    private const uint DeviceId = 0x04;
    private const uint AnalogBusy = 0x40;
    private const uint EfuseControl = 0x74;
    private const uint EfuseData = 0x78;
    private const uint EfuseStart = 1;
    private const uint EfuseValidAndBlank = 0x100;

    public override uint Read(uint offset) => offset switch
    {
        ChipId => chipId,
        DeviceId => deviceId,
        AnalogBusy => 0,
        EfuseControl => base.Read(offset) & ~EfuseStart,
        EfuseData => EfuseValidAndBlank,
        _ => base.Read(offset),
    };
}
