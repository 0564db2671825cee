namespace BekenImage.Boot.Cpu;

/// <summary>A Thumb instruction in words.</summary>
internal readonly record struct ThumbText(Fields Fields, uint Address, ushort Next)
{
    private const uint SecondHalf = 0xF800;

    public override string ToString() => $"{Name} {Operands}";

    private string Pattern => Fields.Row.Pattern;

    // The halves of a call are two instructions; the first has the name of the second.
    private bool IsFirstHalf => Pattern.StartsWith("11110", StringComparison.Ordinal);

    private string Name
    {
        get
        {
            if (IsFirstHalf && (Next & SecondHalf) == 0xE800)
                return "BLX";
            return Fields.Row.Name + (Fields.Has('c') ? ArmConditions.Names[Fields['c']] : "");
        }
    }

    private string Operands => Fields.Row.Name switch
    {
        "B" => Target(Fields['o'], Fields.Has('c') ? 8 : 11),
        "BL" or "BLX" when Fields.Has('o') => Call,
        "BX" or "BLX" => Fields.R('m'),
        "SWI" or "BKPT" => $"#{Fields['i']}",
        "PUSH" => ArmDisassembler.List(Fields['l'] | Fields['R'] << 14),
        "POP" => ArmDisassembler.List(Fields['l'] | Fields['R'] << 15),
        "LDMIA" or "STMIA" => $"{Fields.R('n')}!, {ArmDisassembler.List(Fields['l'])}",
        "LDR" or "STR" => $"{Fields.R('d')}, {Memory(4)}",
        "LDRH" or "STRH" or "LDRSH" => $"{Fields.R('d')}, {Memory(2)}",
        "LDRB" or "STRB" or "LDRSB" => $"{Fields.R('d')}, {Memory(1)}",
        _ when Fields.Has('o') => StackOrAddress,
        _ => Registers,
    };

    private string Registers
    {
        get
        {
            if (Fields.Has('D') || Fields.Has('N'))
            {
                uint first = Fields.Has('D') ? Fields['D'] << 3 | Fields['d'] : Fields['N'] << 3 | Fields['n'];
                return $"{ArmDisassembler.Register(first)}, {Fields.R('m')}";
            }

            string registers = Fields.Join("dnms");
            if (Fields.Has('i'))
                return $"{registers}, #{Fields['i']}";
            if (!Fields.Has('a'))
                return registers;
            uint amount = Fields['a'];
            return $"{registers}, #{(amount == 0 && Fields.Row.Name != "LSL" ? 32 : amount)}";
        }
    }

    private string StackOrAddress
    {
        get
        {
            string offset = $"#{Fields['o'] * 4}";
            if (!Fields.Has('d'))
                return $"SP, {offset}";
            return $"{Fields.R('d')}, {(Pattern[4] == '1' ? "SP" : "PC")}, {offset}";
        }
    }

    private string Call
    {
        get
        {
            if (!IsFirstHalf)
                return $"second half, +0x{Fields['o'] * 2:X}";
            uint high = Address + 4 + (uint)((int)(Fields['o'] << 21) >> 9);
            bool isToArm = (Next & SecondHalf) == 0xE800;
            if (!isToArm && (Next & SecondHalf) != SecondHalf)
                return $"first half, 0x{high:X8}";
            uint target = high + (uint)(Next & 0x7FF) * 2;
            return $"0x{(isToArm ? target & ~3u : target):X8}";
        }
    }

    private string Memory(uint size)
    {
        if (Fields.Has('m'))
            return $"[{Fields.R('n')}, {Fields.R('m')}]";
        string start = Fields.Has('n') ? Fields.R('n') : Pattern[0] == '1' ? "SP" : "PC";
        return $"[{start}, #{Fields['o'] * size}]";
    }

    private string Target(uint offset, int bits) => $"0x{Address + 4 + (uint)((int)(offset << (32 - bits)) >> (31 - bits)):X8}";
}
