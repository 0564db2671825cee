using System.Buffers.Binary;
using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>A piece of memory for the processor; everything else is nowhere.</summary>
internal sealed class WindowBus : IArmBus
{
    private readonly uint _start;

    public WindowBus(uint start, int size)
    {
        _start = start;
        Memory = new byte[size];
    }

    public byte[] Memory { get; }

    public bool HasFault { get; set; }

    public bool IsIrqPending { get; set; }

    public bool IsFiqPending { get; set; }

    public uint ReadWord(uint address) => TryAt(address, 4, out int at) ? BinaryPrimitives.ReadUInt32LittleEndian(Memory.AsSpan(at)) : 0;

    public ushort ReadHalfword(uint address) =>
        TryAt(address, 2, out int at) ? BinaryPrimitives.ReadUInt16LittleEndian(Memory.AsSpan(at)) : (ushort)0;

    public byte ReadByte(uint address) => TryAt(address, 1, out int at) ? Memory[at] : (byte)0;

    public void WriteWord(uint address, uint value)
    {
        if (TryAt(address, 4, out int at))
            BinaryPrimitives.WriteUInt32LittleEndian(Memory.AsSpan(at), value);
    }

    public void WriteHalfword(uint address, ushort value)
    {
        if (TryAt(address, 2, out int at))
            BinaryPrimitives.WriteUInt16LittleEndian(Memory.AsSpan(at), value);
    }

    public void WriteByte(uint address, byte value)
    {
        if (TryAt(address, 1, out int at))
            Memory[at] = value;
    }

    public uint FetchArm(uint address) => ReadWord(address);

    public ushort FetchThumb(uint address) => ReadHalfword(address);

    // An access the processor should have aligned is a mistake of the processor, not of a program.
    private bool TryAt(uint address, int size, out int at)
    {
        Assert.Equal(0u, address & (uint)(size - 1));
        at = (int)(address - _start);
        bool isInside = address - _start <= (uint)(Memory.Length - size);
        HasFault |= !isInside;
        return isInside;
    }
}
