namespace BekenImage.Boot.Cpu;

/// <summary>An instruction with its row: the fields by their letters.</summary>
internal readonly record struct Fields(Instruction Row, uint Instruction)
{
    public uint this[char letter] => Row.Field(Instruction, letter);

    public bool Has(char letter) => Row.Pattern.IndexOf(letter) >= 0;

    /// <summary>A field that is a register, by name.</summary>
    public string R(char letter) => ArmDisassembler.Register(this[letter]);

    /// <summary>Registers one after the other; what the row has not is left out.</summary>
    public string Join(string letters)
    {
        var fields = this;
        return string.Join(", ", letters.Where(fields.Has).Select(fields.R));
    }
}
