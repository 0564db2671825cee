using System.Runtime.InteropServices;

namespace BekenImage.Cli.Output;

/// <summary>Whether the console of this process gets colours: what the user asked for, and what it can show.</summary>
internal static class ConsoleColors
{
    /// <summary>False where NO_COLOR is set to anything (no-color.org), or TERM says that the terminal knows no codes.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static bool AreWanted(Func<string, string?> variable) => string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    /// <summary>On Windows the console must be told that codes come; older ones do not know them.</summary>
    public static bool CanBeShown() => !OperatingSystem.IsWindows() || Console.IsOutputRedirected || Windows.Enable();

    private static class Windows
    {
        private const int StandardOutput = -11;
        private const uint VirtualTerminalProcessing = 4;

        public static bool Enable()
        {
            nint console = GetStdHandle(StandardOutput);
            return GetConsoleMode(console, out uint mode) &&
                ((mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(console, mode | VirtualTerminalProcessing));
        }

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern nint GetStdHandle(int handle);

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool GetConsoleMode(nint console, out uint mode);

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool SetConsoleMode(nint console, uint mode);
    }
}
