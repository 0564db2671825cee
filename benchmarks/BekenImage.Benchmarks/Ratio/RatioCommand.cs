using System.Globalization;
using System.Text.Json;
using BekenImage.Crypto.Kernels;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>
/// The <c>ratio</c> mode. Absolute speeds depend on the machine and on its neighbours; ratios inside one run much less. So everything runs
/// in one process, in many short rounds of one sample each, and the median of each measurement is kept.
/// </summary>
internal static class RatioCommand
{
    private const int Rounds = 401;
    private const int SlowRounds = 5;
    private const int ImageRounds = 101;

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        bool json = false;
        var commands = new List<string>();
        byte[]? dump = null, firmware = null;
        for (int at = 0; at < arguments.Length; at++)
        {
            if (arguments[at] == "--json")
            {
                json = true;
            }
            else if (arguments[at] == "--command" && at + 1 < arguments.Length && File.Exists(arguments[at + 1]))
            {
                commands.Add(arguments[++at]);
            }
            else if (arguments[at] == "--images" && at + 2 < arguments.Length && File.Exists(arguments[at + 1]) && File.Exists(arguments[at + 2]))
            {
                (dump, firmware) = (File.ReadAllBytes(arguments[++at]), File.ReadAllBytes(arguments[++at]));
            }
            else
            {
                errors.WriteLine($"ratio: '{arguments[at]}' is not known here; it takes --json, --command PROGRAM and --images DUMP FIRMWARE");
                return 2;
            }
        }
        var pages = new PageOperations();
        var aes = new AesOperations();
        if (!pages.AllAgree() || !aes.AllAgree())
        {
            errors.WriteLine("ratio: the kernels of this machine do not agree; nothing was measured");
            return 1;
        }
        var fast = PageKernel.Available.Where(kernel => kernel is not ScalarKernel).SelectMany(pages.MakeFor)
            .Prepend(pages.MakeCopy())
            .Concat(AesFlashKernel.Available.Where(kernel => !AesOperations.IsSlow(kernel)).SelectMany(aes.MakeFor));
        var images = ImageOperations.Make(dump, firmware);
        // The scalar definition and the bitwise tool take milliseconds for each call: few rounds, not among the fast ones.
        var slow = PageKernel.Available.OfType<ScalarKernel>().SelectMany(pages.MakeFor).Concat(pages.MakeBitwise())
            .Concat(AesFlashKernel.Available.Where(AesOperations.IsSlow).SelectMany(aes.MakeFor));
        var report = Measure([.. fast], [.. slow], [.. images]) with { Processes = ProcessOperations.Measure(commands) };
        if (json)
            output.WriteLine(JsonSerializer.Serialize(report, RatioJson.Default.RatioReport));
        else
            Print(report, output);
        return 0;
    }

    private static RatioReport Measure(Measurement[] fast, Measurement[] slow, Measurement[] images)
    {
        // Thirty calls make a method hot, then the optimised code is compiled in the background; loops are replaced while they run.
        for (int pass = 0; pass < 4; pass++)
        {
            foreach (var measurement in fast)
                measurement.WarmUp(40, 0.1);
            foreach (var measurement in images)
                measurement.WarmUp(40, 0.4);
            foreach (var measurement in slow)
                measurement.WarmUp(10, 0.1);
            Thread.Sleep(150);
        }
        Sample(slow, SlowRounds);
        Sample(images, ImageRounds);
        Sample(fast, Rounds);
        return new RatioReport(Cpu.Name, Round(fast.First(m => m.Operation == Measurement.Copy).GBps), Compare([.. fast, .. slow]),
            Of(images), BootOperations.Measure(), []);
    }

    private static RatioImage[] Of(Measurement[] images)
    {
        double copy = images.First(m => m.Operation == Measurement.Copy).Milliseconds;
        double hash = images.First(m => m.Operation == ImageOperations.Hash).Milliseconds;
        return [.. images.Select(m => new RatioImage(
            m.Operation, Round(m.Milliseconds), Round(m.LeastMilliseconds), Round(m.Milliseconds / copy), Round(m.Milliseconds / hash), m.AllocatedBytes))];
    }

    /// <summary>One entry for each operation and kernel, operations together in the order in which they first come.</summary>
    private static RatioOperation[] Compare(Measurement[] all)
    {
        double? To(Measurement measurement, Func<Measurement, bool> isOther) =>
            all.FirstOrDefault(isOther) is { } other ? Round(measurement.GBps / other.GBps) : null;
        var operations =
            from measurement in all
            where measurement.Operation != Measurement.Copy && measurement.Kernel != Measurement.Bitwise
            let name = measurement.Operation
            group new RatioOperation(name, measurement.Kernel, IsSelected(measurement.Kernel), Round(measurement.GBps),
                To(measurement, m => m.Operation == Measurement.Copy && m.PayloadBytes == measurement.PayloadBytes) ?? 0,
                To(measurement, m => m.Operation == name && m.Kernel == ScalarKernel.KernelName),
                To(measurement, m => m.Operation == name && m.Kernel == Measurement.Bitwise),
                measurement.AllocatedBytes) by name;
        return [.. operations.SelectMany(operation => operation)];
    }

    private static bool IsSelected(string kernel) => kernel == PageKernel.Selected.Name || kernel == AesFlashKernel.Best.Name;

    private static void Sample(Measurement[] measurements, int rounds)
    {
        foreach (var measurement in measurements)
            measurement.Calibrate();
        for (int round = 0; round < rounds; round++)
        {
            foreach (var measurement in measurements)
                measurement.Sample();
        }
    }

    private static void Print(RatioReport report, TextWriter output)
    {
        output.WriteLine($"{report.Cpu}");
        output.WriteLine(Invariant($"memcpy of the same {AppPartition.AppData} bytes: {report.MemcpyGBps:0.0} GB/s"));
        output.WriteLine();
        output.WriteLine("operation    kernel            GB/s  x memcpy  x scalar  x bitwise  allocated");
        foreach (var operation in report.Operations)
        {
            output.WriteLine(Invariant(
                $"{operation.Name,-11}{(operation.Selected ? '*' : ' ')} {operation.Kernel,-14}{operation.Gbps,8:0.00}{operation.ToMemcpy,10:0.000}") +
                Invariant($"{OneDecimal(operation.ToScalar),10}{OneDecimal(operation.ToBitwise),11}{operation.AllocatedBytes,10} B"));
        }
        output.WriteLine();
        output.WriteLine(Invariant(
            $"bootloader: {report.Boot.MillionPerSecond:0.0} million instructions per second; a boot of {report.Boot.Instructions} takes {report.Boot.Milliseconds:0.0} ms"));
        output.WriteLine();
        output.WriteLine("a dump       median ms  least ms  x memcpy  x sha256    allocated");
        foreach (var image in report.Images)
        {
            output.WriteLine(Invariant(
                $"{image.Name,-12}{image.Milliseconds,10:0.00}{image.LeastMilliseconds,10:0.00}{image.ToMemcpy,10:0.0}{image.ToHash,10:0.00}{image.AllocatedBytes,11} B"));
        }
        output.WriteLine();
        output.WriteLine("whole process     CPU ms   wall ms  x nothing");
        foreach (var process in report.Processes)
        {
            output.WriteLine(Invariant(
                $"{process.Name,-14}{process.Milliseconds,10:0.0}{process.WallMilliseconds,10:0.0}{OneDecimal(process.ToNothing),11}  {process.Program}"));
        }
        output.WriteLine();
        output.WriteLine("* used here. GB/s count payload bytes, 32 of every 34.");
    }

    // Not everything has a scalar twin to be compared with.
    private static string OneDecimal(double? ratio) => ratio?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
