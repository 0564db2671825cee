using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BekenImage.Cli.Files;

/// <summary>What the framework has no method for: opening without waiting, and renames that replace nothing or exchange two names.</summary>
internal static class NativeFiles
{
    // <fcntl.h>, <linux/fs.h>; <sys/fcntl.h>, <stdio.h> of macOS.
    private const int LinuxNoWait = 0x800 | 0x80000;
    private const int MacNoWait = 0x4 | 0x1000000;
    private const int AtWorkingFolder = -100;
    private const uint LinuxNoReplace = 1;
    private const uint LinuxExchange = 2;
    private const uint MacExchange = 2;
    private const uint MacNoReplace = 4;

    /// <summary>True for a pipe with a name, which to open waits for somebody else; null where that cannot be told.</summary>
    public static bool? IsNamedPipe(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS() || !File.Exists(path))
            return null;
        try
        {
            int descriptor = Open(Bytes(path), OperatingSystem.IsLinux() ? LinuxNoWait : MacNoWait, 0);
            if (descriptor < 0)
                return null;
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            return !stream.CanSeek;
        }
        catch (Exception error) when (IsMissing(error) || error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Renames, unless the new name is taken: then, or where the system has no such rename, false.</summary>
    public static bool TryRenameNew(string from, string to) => TryRename(from, to, LinuxNoReplace, MacNoReplace);

    /// <summary>Exchanges two names in one step; false where the system cannot.</summary>
    public static bool TryExchange(string one, string other) => TryRename(one, other, LinuxExchange, MacExchange);

    private static bool TryRename(string from, string to, uint linux, uint mac)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return RenameAt2(AtWorkingFolder, Bytes(from), AtWorkingFolder, Bytes(to), linux) == 0;
            return OperatingSystem.IsMacOS() && RenameX(Bytes(from), Bytes(to), mac) == 0;
        }
        catch (Exception error) when (IsMissing(error))
        {
            return false;
        }
    }

    private static bool IsMissing(Exception error) => error is EntryPointNotFoundException or DllNotFoundException;

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + "\0");

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open(byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "renameat2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RenameAt2(int fromFolder, byte[] from, int toFolder, byte[] to, uint flags);

    [DllImport("libc", EntryPoint = "renamex_np")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RenameX(byte[] from, byte[] to, uint flags);
}
