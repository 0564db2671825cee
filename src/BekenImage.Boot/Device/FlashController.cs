using System.Buffers.Binary;

namespace BekenImage.Boot.Device;

/// <summary>
/// The flash controller at 0x803000: an operation is started by a write, and done at once. It sees raw physical bytes, neither page CRC nor
/// cipher. Source: hardware.md, section 4.
/// </summary>
internal sealed class FlashController(RegisterStorage storage, FlashChip flash) : Peripheral(storage, Base)
{
    public const uint Base = 0x00803000;

    private const uint Operate = 0x00;
    private const uint DataToFlash = 0x04;
    private const uint DataFromFlash = 0x08;
    private const uint FlashId = 0x10;
    private const uint Status = 0x14;
    private const uint Config = 0x1C;

    private const int OpcodeShift = 24;
    private const uint OpcodeMask = 0x1F;
    private const uint AddressMask = 0x00FFFFFF;
    private const uint Go = 1u << 29;
    private const uint Busy = 1u << 31;
    private const uint WindowWritable = 1u << 9;
    private const int StatusDataShift = 10;

    // Opcodes.
    private const uint ReadStatus1 = 3;
    private const uint WriteStatus1 = 4;
    private const uint ReadLine = 5;
    private const uint ReadStatus2 = 6;
    private const uint WriteStatus = 7;
    private const uint ProgramLine = 12;
    private const uint EraseSector = 13;
    private const uint EraseHalfBlock = 14;
    private const uint EraseBlock = 15;
    private const uint EraseChip = 16;
    private const uint ReadId = 20;

    private const int Line = 32;
    private const int KiB = 1024;

    private readonly byte[] _out = new byte[Line];
    private readonly byte[] _in = new byte[Line];
    private int _outAt;
    private int _inAt;
    private uint _status;

    /// <summary>How many operations were started; a program that starts some is getting on.</summary>
    public long Operations { get; private set; }

    /// <summary>True while the processor may store through the window (bit 9 of the configuration).</summary>
    public bool IsWindowWritable { get; private set; }

    /// <summary>Told when bit 9 is cleared: what was stored is complete.</summary>
    public Action? WindowClosed { get; set; }

    public override uint Read(uint offset)
    {
        switch (offset)
        {
            case DataFromFlash:
                uint word = BinaryPrimitives.ReadUInt32LittleEndian(_in.AsSpan(_inAt));
                _inAt = (_inAt + sizeof(uint)) % Line;
                return word;
            case Status:
                return base.Read(offset) & ~0xFFu | _status;
            default:
                return base.Read(offset);
        }
    }

    public override void Write(uint offset, uint value)
    {
        switch (offset)
        {
            case Operate:
                // Never busy: what the loaders poll for has happened when they look.
                base.Write(offset, value & ~(Go | Busy));
                if ((value & Go) != 0)
                    Run(value >> OpcodeShift & OpcodeMask, value & AddressMask);
                break;
            case DataToFlash:
                BinaryPrimitives.WriteUInt32LittleEndian(_out.AsSpan(_outAt), value);
                _outAt = (_outAt + sizeof(uint)) % Line;
                break;
            case Config:
                base.Write(offset, value);
                bool wasWritable = IsWindowWritable;
                IsWindowWritable = (value & WindowWritable) != 0;
                if (wasWritable && !IsWindowWritable)
                    WindowClosed?.Invoke();
                break;
            default:
                base.Write(offset, value);
                break;
        }
    }

    // The controller sends the write enable itself; 1, 2, 17, 18 and 21 to 23 change nothing that shows.
    private void Run(uint opcode, uint address)
    {
        Operations++;
        switch (opcode)
        {
            case ReadStatus1:
                _status = flash.Status & 0xFFu;
                break;
            case ReadStatus2:
                _status = (uint)flash.Status >> 8;
                break;
            case WriteStatus1:
                flash.Status = (ushort)(flash.Status & 0xFF00 | StatusData() & 0xFF);
                break;
            case WriteStatus:
                flash.Status = StatusData();
                break;
            case ReadLine:
                flash.Read(address & ~(Line - 1u), _in);
                break;
            case ProgramLine:
                flash.Program(address & ~(Line - 1u), _out);
                break;
            case EraseSector:
                flash.Erase(address, 4 * KiB);
                break;
            case EraseHalfBlock:
                flash.Erase(address, 32 * KiB);
                break;
            case EraseBlock:
                flash.Erase(address, 64 * KiB);
                break;
            case EraseChip:
                flash.Erase(0, flash.Size);
                break;
            case ReadId:
                base.Write(FlashId, flash.Id);
                break;
        }
        _inAt = 0;
        _outAt = 0;
    }

    private ushort StatusData() => (ushort)(base.Read(Config) >> StatusDataShift);
}
