using System.Runtime.InteropServices;

namespace BekenImage.Tests.Crypto;

/// <summary>
/// Memory with an unreadable page before and behind it: one byte too far, on either side, ends the test run. Only on Linux; elsewhere the
/// test is skipped.
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int None = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private static readonly int SystemPage = Environment.SystemPageSize;

    private readonly byte* _start;
    private readonly nuint _size;
    private readonly int _usable;

    public GuardedMemory(int length)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Guard pages are made with mmap and mprotect.");
        _usable = (length + SystemPage - 1) / SystemPage * SystemPage;
        _size = (nuint)(_usable + 2 * SystemPage);
        _start = Map(null, _size, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)_start);
        Assert.Equal(0, Protect(_start, (nuint)SystemPage, None));
        Assert.Equal(0, Protect(_start + SystemPage + _usable, (nuint)SystemPage, None));
    }

    /// <summary>The first bytes behind the unreadable page in front.</summary>
    public Span<byte> First(int length) => new(_start + SystemPage, length);

    /// <summary>The last bytes before the unreadable page behind.</summary>
    public Span<byte> Last(int length) => new(_start + SystemPage + _usable - length, length);

    public void Dispose() => Unmap(_start, _size);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(byte* address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(byte* address, nuint length);
}
