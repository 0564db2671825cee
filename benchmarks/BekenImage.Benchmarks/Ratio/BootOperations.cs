using System.Buffers.Binary;
using System.Diagnostics;
using BekenImage.Crypto;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>
/// What is measured of the interpreter: a bootloader of a dozen instructions, which adds up words of its RAM some hundred thousand times
/// and then jumps. No real one is needed.
/// </summary>
internal static class BootOperations
{
    private const int Rounds = 7;
    private const int FlashSize = 0x200000;
    private const uint Loops = 0x20000;
    private const uint LoopLength = 8;
    private const int Code = 0x80;
    private const int App = 0x10000;

    public static RatioBoot Measure()
    {
        var image = FlashImage.Parse(Flash());
        var seconds = new List<double>();
        BootReport report = ImageBooter.Boot(image);
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            report = ImageBooter.Boot(image);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        if (report.Accepted != true || report.Steps < Loops * LoopLength)
            throw new InvalidOperationException(report.Verdict);
        seconds.Sort();
        double median = seconds[Rounds / 2];
        return new RatioBoot(report.Steps, Math.Round(median * 1000, 2), Math.Round(report.Steps / median / 1e6, 1));
    }

    private static byte[] Flash()
    {
        byte[] flash = new byte[FlashSize];
        flash.AsSpan().Fill(0xFF);
        FlashPages.Encode(Program(Code, Loader()), flash.AsSpan(0, 0x200 / FlashPages.DataSize * FlashPages.PageSize), AppPartition.Key, 0);
        FlashPages.Encode(
            Program(Code, [0xEAFFFFFE]), flash.AsSpan(App / FlashPages.DataSize * FlashPages.PageSize, 0x200 / FlashPages.DataSize * FlashPages.PageSize),
            AppPartition.Key, App);
        return flash;
    }

    // Words by ARM DDI 0100, A3.
    private static uint[] Loader() =>
    [
        0xE3A01501, // MOV  r1, #0x400000
        0xE3A02802, // MOV  r2, #0x20000, the loops
        0xE3A03000, // MOV  r3, #0
        0xE5910000, // loop: LDR r0, [r1]
        0xE0833000, // ADD  r3, r3, r0
        0xE2833001, // ADD  r3, r3, #1
        0xE1A04123, // MOV  r4, r3, LSR #2
        0xE0244003, // EOR  r4, r4, r3
        0xE5814000, // STR  r4, [r1]
        0xE2522001, // SUBS r2, r2, #1
        0x1AFFFFF7, // BNE  loop
        0xE3A00801, // MOV  r0, #0x10000
        0xE12FFF10, // BX   r0
    ];

    // Eight vectors, the literals they load, and the code.
    private static byte[] Program(int codeOffset, uint[] code)
    {
        byte[] plain = new byte[0x200];
        Put(plain, 0, 0xEA000000 | (uint)(codeOffset - 8) / 4);
        for (int vector = 1; vector < 8; vector++)
            Put(plain, 4 * vector, 0xE59FF014);
        for (int literal = 0; literal < 8; literal++)
            Put(plain, 0x20 + 4 * literal, (uint)(codeOffset + 4 * literal));
        for (int at = 0; at < code.Length; at++)
            Put(plain, codeOffset + 4 * at, code[at]);
        return plain;
    }

    private static void Put(byte[] bytes, int at, uint word) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), word);
}
