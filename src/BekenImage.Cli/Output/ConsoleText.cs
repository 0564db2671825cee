using System.Text;

namespace BekenImage.Cli.Output;

/// <summary>
/// Standard output and standard error in UTF-8 without a mark. Windows would write the code page of the console, in which most names of
/// devices and networks cannot be said; elsewhere it is UTF-8 already.
/// </summary>
internal sealed class ConsoleText : IDisposable
{
    private readonly Action? _restore;

    private ConsoleText(Action? restore) => _restore = restore;

    /// <summary>For as long as the process works; the console belongs to the shell again afterwards.</summary>
    public static ConsoleText Begin() => Begin(OperatingSystem.IsWindows(), () => Console.OutputEncoding, encoding => Console.OutputEncoding = encoding);

    /// <inheritdoc cref="Begin()"/>
    /// <param name="isWindows">Whether it must be asked for.</param>
    /// <param name="get">Gives the encoding.</param>
    /// <param name="set">Sets it.</param>
    internal static ConsoleText Begin(bool isWindows, Func<Encoding> get, Action<Encoding> set)
    {
        if (!isWindows)
            return new ConsoleText(null);
        try
        {
            var before = get();
            set(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return new ConsoleText(() => set(before));
        }
        catch (IOException)
        {
            // There is no console.
            return new ConsoleText(null);
        }
    }

    public void Dispose()
    {
        try
        {
            _restore?.Invoke();
        }
        catch (IOException)
        {
        }
    }
}
