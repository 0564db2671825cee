using System.Runtime.InteropServices;

namespace BekenImage.Release;

/// <summary>What compiling ahead to a native file needs of the machine: it is made on the system it is for.</summary>
internal static class NativeLinker
{
    /// <summary>The system of this machine, as packages know it.</summary>
    public static string System { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The properties of a native publish; null where nothing can link it. On Windows the SDK finds the C++ build tools itself.</summary>
    public static IReadOnlyList<string>? Properties()
    {
        if (OperatingSystem.IsWindows())
            return ["-p:BekenNativeAot=true"];
        return new[] { "clang", "gcc" }.FirstOrDefault(compiler => Command.Ask(compiler, ["--version"]) is not null) switch
        {
            "clang" => ["-p:BekenNativeAot=true"],
            "gcc" => ["-p:BekenNativeAot=true", "-p:CppCompilerAndLinker=gcc"],
            _ => null,
        };
    }
}
