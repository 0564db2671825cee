namespace BekenImage.Boot.Cpu;

/// <summary>
/// An instruction in words, read off the row of its decode table: in ARM the unified syntax, in Thumb the older one, whose names the table
/// has. Targets of branches are addresses.
/// </summary>
internal static class ArmDisassembler
{
    private static readonly string[] Shifts = { "LSL", "LSR", "ASR", "ROR" };
    private static readonly string[] Directions = { "DA", "IA", "DB", "IB" };

    /// <summary>An ARM instruction; a word that is none as data.</summary>
    public static string Arm(uint instruction, uint address)
    {
        var row = DecodeIndex.FindArm(instruction);
        if (row == null)
            return $"DCD 0x{instruction:X8}";
        var fields = new Fields(row, instruction);
        string condition = row.IsConditional ? ArmConditions.Names[instruction >> 28] : "";
        return $"{ArmName(fields)}{condition} {ArmOperands(fields, address)}";
    }

    /// <summary>A Thumb instruction; of BL and BLX the first half tells the target when the second is given.</summary>
    public static string Thumb(ushort instruction, uint address, ushort next = 0)
    {
        var row = DecodeIndex.FindThumb(instruction);
        return row == null ? $"DCW 0x{instruction:X4}" : new ThumbText(new Fields(row, instruction), address, next).ToString();
    }

    public static string Register(uint number) => number switch
    {
        13 => "SP",
        14 => "LR",
        15 => "PC",
        _ => $"R{number}",
    };

    public static string List(uint list)
    {
        var names = new List<string>();
        for (uint n = 0; n < 16; n++)
        {
            if ((list >> (int)n & 1) != 0)
                names.Add(Register(n));
        }

        return "{" + string.Join(", ", names) + "}";
    }

    private static string ArmName(Fields f)
    {
        string name = f.Row.Name;
        if (name is "LDM" or "STM")
            return name + Directions[f['P'] << 1 | f['U']];
        if (f.Has('y'))
            return name + (f.Has('x') ? Half(f['x']) : "") + Half(f['y']);
        if (f.Has('P') && f.Has('W') && f['P'] == 0 && f['W'] == 1)
            return name + "T";
        return f.Has('S') && f['S'] == 1 ? name + "S" : name;
    }

    private static string Half(uint top) => top == 0 ? "B" : "T";

    private static string ArmOperands(Fields f, uint address)
    {
        string name = f.Row.Name;
        switch (name)
        {
            case "B" or "BL" or "BLX" when f.Has('o'):
                uint target = address + 8 + (uint)((int)(f['o'] << 8) >> 6) + (f.Has('H') ? f['H'] << 1 : 0);
                return $"0x{target:X8}";
            case "SWI" or "BKPT":
                return $"#{f['i']}";
            case "MRS":
                return $"{f.R('d')}, {Status(f)}";
            case "MSR":
                return $"{Status(f)}_{Mask(f['f'])}, {SecondOperand(f)}";
            case "LDM" or "STM":
                return $"{f.R('n')}{(f['W'] == 1 ? "!" : "")}, {List(f['l'])}{(f['S'] == 1 ? "^" : "")}";
            case "MCR" or "MRC":
                return $"p{f['p']}, {f['o']}, {f.R('d')}, c{f['n']}, c{f['m']}, {f['q']}";
            case "SWP" or "SWPB":
                return $"{f.R('d')}, {f.R('m')}, [{f.R('n')}]";
            case "LDRD" or "STRD":
                return $"{f.R('d')}, {Register(f['d'] + 1 & 15)}, {Address(f)}";
            case "PLD":
                return Address(f);
        }

        if (f.Has('U'))
            return $"{f.R('d')}, {Address(f)}";
        if (f.Has('h'))
            return f.Join("lhms");
        if (f.Has('s') && !f.Has('t'))
            return f.Join("dmsn");
        if (name[0] == 'Q')
            return f.Join("dmn");
        if (!f.Has('r') && !f.Has('t'))
            return f.Join("dm");
        return f.Join("dn") + ", " + SecondOperand(f);
    }

    private static string Status(Fields f) => f['R'] == 1 ? "SPSR" : "CPSR";

    private static string Mask(uint fields) =>
        ((fields & 8) != 0 ? "f" : "") + ((fields & 4) != 0 ? "s" : "") + ((fields & 2) != 0 ? "x" : "") + ((fields & 1) != 0 ? "c" : "");

    private static string SecondOperand(Fields f)
    {
        if (!f.Has('r'))
            return ShiftedRegister(f);
        uint value = f['i'];
        int by = (int)f['r'] * 2;
        uint rotated = value >> by | value << -by;
        // A number that a smaller rotation also makes is written in its two parts.
        for (int less = 0; less < by; less += 2)
        {
            if ((rotated << less | rotated >> -less) <= 0xFF)
                return $"#{value}, {by}";
        }

        return $"#0x{rotated:X}";
    }

    private static string ShiftedRegister(Fields f)
    {
        string register = f.R('m');
        if (!f.Has('t'))
            return register;
        string kind = Shifts[f['t']];
        if (f.Has('s'))
            return $"{register}, {kind} {f.R('s')}";
        uint amount = f['a'];
        if (amount != 0)
            return $"{register}, {kind} #{amount}";
        return kind switch
        {
            "LSL" => register,
            "ROR" => $"{register}, RRX",
            _ => $"{register}, {kind} #32",
        };
    }

    private static string Address(Fields f)
    {
        string sign = f['U'] == 1 ? "" : "-";
        string offset = f.Has('m') ? sign + ShiftedRegister(f) : $"#{sign}{f['o']}";
        if (f.Has('P') && f['P'] == 0)
            return $"[{f.R('n')}], {offset}";
        return $"[{f.R('n')}, {offset}]{(f.Has('W') && f['W'] == 1 ? "!" : "")}";
    }
}
