namespace BekenImage.Boot.Device;

/// <summary>The registers by address: those of a peripheral, or storage.</summary>
internal sealed class RegisterSpace
{
    private const uint Start = 0x00800000;
    private const uint Length = 0x4000;
    private const int BlockShift = 7;

    private readonly RegisterStorage _storage;
    private readonly Peripheral?[] _blocks = new Peripheral?[Length >> BlockShift];

    /// <param name="storage">Where everything else is kept.</param>
    /// <param name="peripherals">Each has a block of 128 bytes.</param>
    public RegisterSpace(RegisterStorage storage, IEnumerable<Peripheral> peripherals)
    {
        _storage = storage;
        foreach (var peripheral in peripherals)
            _blocks[(peripheral.Start - Start) >> BlockShift] = peripheral;
    }

    public uint Read(uint address) =>
        Find(address) is { } peripheral ? peripheral.Read(address - peripheral.Start) : _storage.Read(address);

    public void Write(uint address, uint value)
    {
        if (Find(address) is { } peripheral)
            peripheral.Write(address - peripheral.Start, value);
        else
            _storage.Write(address, value);
    }

    private Peripheral? Find(uint address) => address - Start < Length ? _blocks[(address - Start) >> BlockShift] : null;
}
