using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;

namespace BekenImage.Mutation;

/// <summary>What the build of a project hands to the compiler, asked of the build itself.</summary>
internal static class CompilerArguments
{
    public static CSharpCommandLineArguments Of(string folder, string project)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "msbuild", project + ".csproj", "-t:Compile", "-p:TargetFramework=net10.0", "-p:HasPublicApiFiles=false", "-p:BuildProjectReferences=false",
                "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-getItem:CscCommandLineArgs",
                // An output that is never there: else nothing is asked where all is up to date.
                "-p:NonExistentFile=none/none",
            },
        };
        using var build = Process.Start(start)!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidDataException($"{project} does not build: {text}");
        using var document = JsonDocument.Parse(text);
        var arguments = document.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!);
        return CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null);
    }
}
