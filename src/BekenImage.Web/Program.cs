using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace BekenImage.Web;

/// <summary>The page's program has no course of its own: the worker asks, <see cref="Exports"/> answers.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
