using System.Buffers.Binary;

namespace BekenImage.Boot.Tests.Support;

/// <summary>
/// An assembler of the dozen ARM instructions that a loader of a few lines needs. Words by ARM DDI 0100, A3; a load of a number is one of
/// a literal behind the code. It begins with the eight vectors; what an interrupt does is the code at the label <c>irq</c>, if there is
/// one.
/// </summary>
internal sealed class TinyArm(uint start = 0)
{
    public const int R0 = 0, R1 = 1, R2 = 2, R3 = 3, R4 = 4, R5 = 5, R6 = 6, R7 = 7, Sp = 13, Lr = 14;
    public const uint Always = 0xE, Equal = 0x0, NotEqual = 0x1;

    private const int CodeOffset = 0x1000;
    private const string Reset = "reset";

    private readonly List<uint> _words = [];
    private readonly Dictionary<string, int> _labels = new() { [Reset] = 0 };
    private readonly List<(int At, string Label)> _branches = [];
    private readonly List<(int At, uint Value, string? Label)> _literals = [];

    public TinyArm Label(string name)
    {
        _labels[name] = _words.Count;
        return this;
    }

    public TinyArm Word(uint word)
    {
        _words.Add(word);
        return this;
    }

    /// <summary>LDR rd, =value</summary>
    public TinyArm Number(int rd, uint value)
    {
        _literals.Add((_words.Count, value, null));
        return Word(0xE59F0000 | (uint)rd << 12);
    }

    /// <summary>LDR rd, =label</summary>
    public TinyArm Address(int rd, string label)
    {
        _literals.Add((_words.Count, 0, label));
        return Word(0xE59F0000 | (uint)rd << 12);
    }

    public TinyArm Load(int rd, int rn, uint offset = 0) => Word(0xE5900000 | (uint)rn << 16 | (uint)rd << 12 | offset);

    public TinyArm Store(int rd, int rn, uint offset = 0) => Word(0xE5800000 | (uint)rn << 16 | (uint)rd << 12 | offset);

    /// <summary>LDRB rd, [rn], #1</summary>
    public TinyArm NextByte(int rd, int rn) => Word(0xE4D00001 | (uint)rn << 16 | (uint)rd << 12);

    /// <summary>STR rd, [rn], #4</summary>
    public TinyArm StoreNext(int rd, int rn) => Word(0xE4800004 | (uint)rn << 16 | (uint)rd << 12);

    /// <summary>LDR rd, [rn], #4</summary>
    public TinyArm LoadNext(int rd, int rn) => Word(0xE4900004 | (uint)rn << 16 | (uint)rd << 12);

    public TinyArm Move(int rd, uint byteValue) => Word(0xE3A00000 | (uint)rd << 12 | byteValue);

    public TinyArm AddS(int rd, int rn, uint byteValue) => Word(0xE2900000 | (uint)rn << 16 | (uint)rd << 12 | byteValue);

    public TinyArm SubS(int rd, int rn, uint byteValue) => Word(0xE2500000 | (uint)rn << 16 | (uint)rd << 12 | byteValue);

    public TinyArm Compare(int rn, uint byteValue) => Word(0xE3500000 | (uint)rn << 16 | byteValue);

    public TinyArm Branch(string label, uint condition = Always)
    {
        _branches.Add((_words.Count, label));
        return Word(condition << 28 | 0x0A000000);
    }

    /// <summary>BX rn</summary>
    public TinyArm Jump(int rn) => Word(0xE12FFF10 | (uint)rn);

    /// <summary>Prints a text on the UART whose block R4 holds: TinyArm asks for no more than the port.</summary>
    public TinyArm Print(string text)
    {
        foreach (char character in text)
            Move(R0, character).Store(R0, R4, 0x0C);
        return this;
    }

    /// <summary>What a loader does first: R4 holds UART2, R5 the flash controller.</summary>
    public TinyArm Begin() => Number(R4, 0x00802200).Number(R5, 0x00803000);

    /// <summary>Starts an operation of the flash controller; R0 is used.</summary>
    public TinyArm Flash(uint opcode, uint address) => Number(R0, 1u << 29 | opcode << 24 | address).Store(R0, R5);

    public TinyArm JumpToApp() => Number(R0, 0x10000).Jump(R0);

    public byte[] Assemble(int length)
    {
        var bytes = new byte[length];
        var code = new List<uint>(_words);
        foreach (var (at, label) in _branches)
            code[at] |= (uint)(_labels[label] - at - 2) & 0x00FFFFFF;
        foreach (var (at, value, label) in _literals)
        {
            code[at] |= (uint)(code.Count - at - 2) * 4;
            code.Add(label is null ? value : start + CodeOffset + 4 * (uint)_labels[label]);
        }
        for (int at = 0; at < code.Count; at++)
            Put(bytes, CodeOffset + 4 * at, code[at]);
        Put(bytes, 0, 0xEA000000 | (CodeOffset - 8) / 4);
        for (int vector = 1; vector < 8; vector++)
        {
            Put(bytes, 4 * vector, 0xE59FF014);
            string handler = vector == 6 && _labels.ContainsKey("irq") ? "irq" : Reset;
            Put(bytes, 0x1C + 4 * vector, start + CodeOffset + 4 * (uint)_labels[handler]);
        }
        return bytes;
    }

    private static void Put(byte[] bytes, int at, uint word) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), word);
}
