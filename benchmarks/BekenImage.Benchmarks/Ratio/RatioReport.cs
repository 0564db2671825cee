using System.Text.Json.Serialization;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>The result of a run, in the shape of its JSON.</summary>
internal sealed record RatioReport(
    string Cpu, [property: JsonPropertyName("memcpyGBps")] double MemcpyGBps, RatioOperation[] Operations, RatioImage[] Images, RatioBoot Boot, RatioProcess[] Processes);

/// <summary>A program from its start to its end; medians.</summary>
/// <param name="Name">What it is told: <c>--version</c>, <c>inspect</c> of a 2 MB dump, a verb for 72 of them, or nothing.</param>
/// <param name="Program">What was started.</param>
/// <param name="Milliseconds">Of processors, the kernel's work for it included.</param>
/// <param name="WallMilliseconds">On the wall.</param>
/// <param name="ToNothing">How many times as much of processors as a .NET program that does nothing; null where that was not run.</param>
internal sealed record RatioProcess(string Name, string Program, double Milliseconds, double WallMilliseconds, double? ToNothing);

/// <summary>Something that is done with a whole dump, in process and warm.</summary>
/// <param name="Name">parse, verify, split, merge, combine; and what they are held against.</param>
/// <param name="Milliseconds">One of them; median.</param>
/// <param name="LeastMilliseconds">The fastest.</param>
/// <param name="ToMemcpy">How many times as long as a copy of the dump.</param>
/// <param name="ToHash">How many times as long as SHA-256 of the dump.</param>
/// <param name="AllocatedBytes">Managed bytes one allocates.</param>
internal sealed record RatioImage(string Name, double Milliseconds, double LeastMilliseconds, double ToMemcpy, double ToHash, long AllocatedBytes);

/// <summary>A bootloader in the interpreter.</summary>
/// <param name="Instructions">How many one boot takes.</param>
/// <param name="Milliseconds">A whole boot, the model of the chip made anew; median.</param>
/// <param name="MillionPerSecond">10^6 instructions a second.</param>
internal sealed record RatioBoot(long Instructions, double Milliseconds, double MillionPerSecond);

/// <summary>One operation by one kernel.</summary>
/// <param name="Name">check, cipher, decode or encode.</param>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Selected">True for the kernel the product uses on this machine.</param>
/// <param name="Gbps">10^9 payload bytes a second.</param>
/// <param name="ToMemcpy">Speed relative to memcpy of the payload in this run.</param>
/// <param name="ToScalar">Speed relative to the scalar definition; null where there is none.</param>
/// <param name="ToBitwise">Speed relative to a plain bit-by-bit tool; null where there is none.</param>
/// <param name="AllocatedBytes">Managed bytes a call allocates.</param>
internal sealed record RatioOperation(
    string Name, string Kernel, bool Selected, double Gbps, double ToMemcpy, double? ToScalar, double? ToBitwise, long AllocatedBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RatioReport))]
internal sealed partial class RatioJson : JsonSerializerContext;
