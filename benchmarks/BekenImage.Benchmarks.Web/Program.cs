using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using BekenImage.Benchmarks.Ratio;
using BekenImage.Crypto.Kernels;

[assembly: SupportedOSPlatform("browser")]

namespace BekenImage.Benchmarks.Web;

/// <summary>The kernels a browser can run, each against a copy of the same bytes; wwwroot/main.js asks and shows.</summary>
internal static partial class Program
{
    private const int Samples = 25;
    private const double WarmUpSeconds = 1.5;

    private static void Main()
    {
    }

    [JSExport]
    internal static string Measure()
    {
        var pages = new PageOperations();
        if (!pages.AllAgree())
            return "the kernels do not agree with the definition";
        var copy = pages.MakeCopy();
        Measurement[] all = [copy, .. PageKernel.Available.SelectMany(pages.MakeFor)];
        foreach (var measurement in all)
        {
            measurement.WarmUp(int.MaxValue, WarmUpSeconds);
            measurement.Calibrate();
        }
        // Round by round: what the machine does besides hits all of them.
        for (int sample = 0; sample < Samples; sample++)
        {
            foreach (var measurement in all)
                measurement.Sample();
        }
        return string.Join('\n', all.OrderBy(measurement => measurement.Operation, StringComparer.Ordinal).Select(measurement => FormattableString.Invariant(
            $"{measurement.Operation,-8} {measurement.Kernel,-10} {measurement.GBps,8:0.000} GB/s  {measurement.GBps / copy.GBps,7:0.0000} of the copy")));
    }
}
