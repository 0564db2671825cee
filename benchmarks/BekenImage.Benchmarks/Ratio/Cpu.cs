using System.Runtime.InteropServices;

namespace BekenImage.Benchmarks.Ratio;

internal static class Cpu
{
    /// <summary>The processor as the system names it, or its architecture where the system does not say.</summary>
    public static string Name { get; } = Find();

    private static string Find()
    {
        const string Linux = "/proc/cpuinfo";
        if (File.Exists(Linux))
        {
            string? line = File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            if (line is not null)
                return line.Substring(line.IndexOf(':') + 1).Trim();
        }
        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
