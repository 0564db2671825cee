using System.Buffers.Binary;

namespace BekenImage.Boot.Cpu;

// Fetching: out of the stretch of memory at work while it reaches, else through the bus.
internal sealed partial class ArmCpu
{
    private readonly IArmCode? _codeSource;
    private ArmCode _code = new(Array.Empty<byte>(), 0, 0, 0);

    private void ForgetCode() => _code = new ArmCode(Array.Empty<byte>(), 0, 0, 0);

    private bool TryFetchArm(out uint instruction)
    {
        uint offset = _current - _code.Address;
        if (offset >= _code.Length)
            return TryFetchAnew(isThumb: false, out instruction);
        instruction = BinaryPrimitives.ReadUInt32LittleEndian(_code.Bytes.AsSpan(_code.Offset + (int)offset));
        return true;
    }

    private bool TryFetchThumb(out uint instruction)
    {
        uint offset = _current - _code.Address;
        if (offset >= _code.Length)
            return TryFetchAnew(isThumb: true, out instruction);
        instruction = BinaryPrimitives.ReadUInt16LittleEndian(_code.Bytes.AsSpan(_code.Offset + (int)offset));
        return true;
    }

    private bool TryFetchAnew(bool isThumb, out uint instruction)
    {
        if (_codeSource != null && _codeSource.TryGetCode(_current, out var code) && _current - code.Address < code.Length)
        {
            _code = code;
            return isThumb ? TryFetchThumb(out instruction) : TryFetchArm(out instruction);
        }

        instruction = isThumb ? _bus.FetchThumb(_current) : _bus.FetchArm(_current);
        if (!_bus.HasFault)
            return true;
        Undo(ArmOutcome.BusFault);
        return false;
    }
}
