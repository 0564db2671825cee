// dotnet run -c Release --project benchmarks/BekenImage.Benchmarks -- ratio [--json] [--command PROGRAM]...
//     every kernel of this machine against memcpy, the scalar definition and a bit-by-bit tool, in one process, in about a minute; the
//     command as a whole process, and other builds of it
// dotnet run -c Release --project benchmarks/BekenImage.Benchmarks -- --filter '*Pages*'
//     BenchmarkDotNet, one class for each question

using BekenImage.Benchmarks;
using BekenImage.Benchmarks.Ratio;
using BenchmarkDotNet.Running;

if (args.Length == 1 && args[0] == ProcessOperations.Nothing)
    return 0;
if (args.Length > 0 && args[0] == "ratio")
    return RatioCommand.Run(args.AsSpan(1), Console.Out, Console.Error);

BenchmarkSwitcher.FromAssembly(typeof(PagesBenchmarks).Assembly).Run(args);
return 0;
