using System.Buffers;
using System.Runtime.InteropServices;

namespace BekenImage.Fuzz.Engine;

/// <summary>
/// Memory between two pages that cannot be read. An input lies at its end, or at its beginning: a read past it ends the process instead of
/// going unseen. The memory can be a file's, so that the input that ended the process is still there afterwards.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : MemoryManager<byte>
{
    private const int Page = 4096, ReadWrite = 3, Shared = 1, Private = 2, Anonymous = 0x20, Fixed = 0x10;

    private readonly byte* _start;
    private readonly int _capacity;
    private readonly byte[]? _plain;
    private readonly FileStream? _file;

    /// <param name="capacity">The longest input.</param>
    /// <param name="path">The file that shows the input being run; its first eight bytes are position and length. Null: none.</param>
    public GuardedBuffer(int capacity, string? path)
    {
        _capacity = (capacity + Page - 1) / Page * Page;
        if (!OperatingSystem.IsLinux())
        {
            _plain = GC.AllocateArray<byte>(_capacity, pinned: true);
            _start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_plain, 0);
            return;
        }
        // Page 0: what the file says of the input. Then nothing, the input, nothing.
        byte* all = Map(null, (nuint)(_capacity + 2 * Page), 0, Private | Anonymous, -1, 0);
        _start = all + Page;
        if (path is null)
        {
            Map(_start, (nuint)_capacity, ReadWrite, Private | Anonymous | Fixed, -1, 0);
            return;
        }
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _file.SetLength(_capacity + Page);
        Map(_start, (nuint)_capacity, ReadWrite, Shared | Fixed, (int)_file.SafeFileHandle.DangerousGetHandle(), Page);
        Head = Map(null, Page, ReadWrite, Shared, (int)_file.SafeFileHandle.DangerousGetHandle(), 0);
    }

    private byte* Head { get; }

    /// <summary>Copies an input to one of the two ends.</summary>
    public ReadOnlyMemory<byte> Put(ReadOnlySpan<byte> input, bool atEnd)
    {
        int at = atEnd ? _capacity - input.Length : 0;
        input.CopyTo(new Span<byte>(_start + at, input.Length));
        if (Head is not null)
        {
            ((int*)Head)[0] = at;
            ((int*)Head)[1] = input.Length;
        }
        return Memory.Slice(at, input.Length);
    }

    /// <summary>The input that lay in a file's memory last.</summary>
    public static byte[] Last(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return file.AsSpan(Page + BitConverter.ToInt32(file, 0), BitConverter.ToInt32(file, 4)).ToArray();
    }

    public override Span<byte> GetSpan() => new(_start, _capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _file?.Dispose();

    private static byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset)
    {
        byte* result = MMap(address, length, protection, flags, file, offset);
        return (nint)result != -1 ? result : throw new InvalidOperationException($"mmap: {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(byte* address, nuint length, int protection, int flags, int file, nint offset);
}
