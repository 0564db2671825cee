using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using BekenImage.Boot.Cpu;
using BekenImage.Boot.Tests.Cpu.Vectors;

namespace BekenImage.Boot.Tests.Cpu;

public class DisassemblerTests
{
    [Theory]
    [InlineData(0xE3A0_1000u, "MOV R1, #0x0")]
    [InlineData(0xE25E_F004u, "SUBS PC, LR, #0x4")]
    [InlineData(0x308F_F101u, "ADDCC PC, PC, R1, LSL #2")]
    [InlineData(0x11B0_0061u, "MOVSNE R0, R1, RRX")]
    [InlineData(0xE321_F0D2u, "MSR CPSR_c, #0xD2")]
    [InlineData(0xE51F_F004u, "LDR PC, [PC, #-4]")]
    [InlineData(0xE8BD_8010u, "LDMIA SP!, {R4, PC}")]
    [InlineData(0xEBFF_FFFEu, "BL 0x00001000")]
    [InlineData(0xFB00_0001u, "BLX 0x0000100E")]
    [InlineData(0xEF00_0042u, "SWI #66")]
    [InlineData(0xE120_0070u, "BKPT #0")]
    [InlineData(0xEE01_0F10u, "MCR p15, 0, R0, c1, c0, 0")]
    [InlineData(0xE7F0_00F0u, "DCD 0xE7F000F0")]
    public void Arm_ReadsAsTheManualWritesIt(uint instruction, string expected) =>
        Assert.Equal(expected, ArmDisassembler.Arm(instruction, 0x1000));

    [Theory]
    [InlineData(0xF001u, 0xF801u, "BL 0x00002006")]
    [InlineData(0xF000u, 0xE802u, "BLX 0x00001008")]
    [InlineData(0xF000u, 0x0000u, "BL first half, 0x00001004")]
    [InlineData(0xD1FEu, 0u, "BNE 0x00001000")]
    [InlineData(0xE7FEu, 0u, "B 0x00001000")]
    [InlineData(0xBD10u, 0u, "POP {R4, PC}")]
    [InlineData(0x4902u, 0u, "LDR R1, [PC, #8]")]
    [InlineData(0x4687u, 0u, "MOV PC, R0")]
    [InlineData(0xDF01u, 0u, "SWI #1")]
    [InlineData(0xDE00u, 0u, "DCW 0xDE00")]
    public void Thumb_ReadsAsTheManualWritesIt(uint instruction, uint next, string expected) =>
        Assert.Equal(expected, ArmDisassembler.Thumb((ushort)instruction, 0x1000, (ushort)next));

    [Fact]
    public void Text_Assembled_IsTheInstructionAgain()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(static folder => File.Exists(Path.Combine(folder, "arm-none-eabi-as"))), "arm-none-eabi-as is not installed");
        var all = InstructionVectors.ByPattern.SelectMany(static row => row.Value.Select(vector => (row.Key.Length, vector.Instruction))).ToList();
        uint[] arm = all.Where(static one => one.Length == 32 && IsWritable(one.Instruction)).Select(static one => one.Instruction).ToArray();
        uint[] thumb = all.Where(static one => one.Length == 16 && IsWritableThumb(one.Instruction)).Select(static one => one.Instruction).ToArray();
        Assert.True(arm.Length > 18_000 && thumb.Length > 9_000, $"{arm.Length}, {thumb.Length}");

        byte[] armCode = Assemble(".syntax unified\n.arm\n", arm.Select(static one => ArmDisassembler.Arm(one, 0)));
        byte[] thumbCode = Assemble(".syntax divided\n.thumb\n", thumb.Select(static one => ArmDisassembler.Thumb((ushort)one, 0)));
        for (int at = 0; at < arm.Length; at++)
        {
            Assert.True(arm[at] == BinaryPrimitives.ReadUInt32LittleEndian(armCode.AsSpan(at * 4)),
                $"{arm[at]:X8} {ArmDisassembler.Arm(arm[at], 0)}");
        }

        for (int at = 0; at < thumb.Length; at++)
        {
            Assert.True(thumb[at] == BinaryPrimitives.ReadUInt16LittleEndian(thumbCode.AsSpan(at * 2)),
                $"{thumb[at]:X4} {ArmDisassembler.Thumb((ushort)thumb[at], 0)}");
        }
    }

    // Branches have addresses; MSR of no byte has no name, and the assembler knows no number in two parts there.
    private static bool IsWritable(uint instruction)
    {
        var row = DecodeIndex.FindArm(instruction)!;
        if (row.Name == "MSR")
            return row.Field(instruction, 'f') != 0 && ArmDisassembler.Arm(instruction, 0).Count(static letter => letter == ',') == 1;
        // The assembler takes the sum of R15 and a number for an address within reach.
        if (row.Name is "ADD" or "SUB" && row.Pattern.Contains('r') && row.Field(instruction, 'n') == 15)
            return false;
        return !(row.Name is "B" or "BL" or "BLX" && row.Pattern.Contains('o'));
    }

    // ADD and MOV of two low registers, and a small number added to the register itself, have another way that the assembler takes.
    private static bool IsWritableThumb(uint instruction)
    {
        if (instruction > 0xFFFF)
            return false;
        var row = DecodeIndex.FindThumb((ushort)instruction)!;
        bool isShort = row.Pattern.StartsWith("010001", StringComparison.Ordinal) && row.Name[0] != 'B' && (instruction & 0xC0) == 0;
        bool isOwn = instruction >> 10 == 7 && (instruction >> 3 & 7) == (instruction & 7);
        return !isShort && !isOwn && !(row.Name is "B" or "BL" or "BLX" && row.Pattern.Contains('o'));
    }

    private static byte[] Assemble(string head, IEnumerable<string> lines)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string source = Path.Combine(folder, "text.s");
            File.WriteAllText(source, head + string.Join("\n", lines) + "\n", new UTF8Encoding(false));
            Run("arm-none-eabi-as", "-march=armv5te", "-mno-warn-deprecated", "-W", "-o", Path.Combine(folder, "text.o"), source);
            Run("arm-none-eabi-objcopy", "-O", "binary", "-j", ".text", Path.Combine(folder, "text.o"), Path.Combine(folder, "text.bin"));
            return File.ReadAllBytes(Path.Combine(folder, "text.bin"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Length > 2000 ? errors[..2000] : errors);
    }
}
