using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// The eight ARM exception vectors a program begins with: the one place that says what they look like. Whoever reads an image and whoever
/// recovers its key ask here. Forms and counts: KeyRecovery.md, section 3.
/// </summary>
internal static class ArmVectorTable
{
    /// <summary>Bytes of the vectors.</summary>
    public const int Size = 0x20;

    /// <summary>Vectors.</summary>
    public const int Count = 8;

    /// <summary>The vector no exception takes.</summary>
    public const int Reserved = 5;

    /// <summary><c>ldr pc, [pc, #0x14]</c>: the literals of vectors 1 to 7 begin behind the vectors.</summary>
    public const uint UsualLoad = 0xE59FF014;

    /// <summary><c>ldr pc, [pc, #0x18]</c>: each vector's literal lies 0x20 behind it. RT-Thread's loaders of BK7251 and BK7252.</summary>
    public const uint OwnPlaceLoad = 0xE59FF018;

    /// <summary>A branch to itself: an exception nobody expects.</summary>
    private const uint Halt = 0xEAFFFFFE;

    /// <summary><c>mov r0, r0</c>, where a vector is not used.</summary>
    public const uint Nop = 0xE1A00000;

    /// <summary>The word behind the literals in most of Beken's programs.</summary>
    public const uint Marker = 0xDEADBEEF;

    private const int WordsNeeded = 6;
    private const int LinkUnit = 0x10000;

    /// <summary>Flash as the CPU sees it ends at or below this; RAM begins above. A branch does not leave it.</summary>
    private const int FlashWindow = 0x200000;
    private const uint RamStart = 0x003F0000;

    /// <summary>
    /// True for a branch and seven equal loads of one of the two forms that were seen, when six of the eight words are right (a dump may have
    /// a damaged bit or two); and for any other eight branches and loads of the program counter,
    /// when all are right and the literals lie in order.
    /// </summary>
    public static bool Match(ReadOnlySpan<byte> plain) =>
        plain.Length >= Size && (CountRight(plain, UsualLoad) >= WordsNeeded || CountRight(plain, OwnPlaceLoad) >= WordsNeeded || AllLead(plain));

    /// <summary>True for <c>b</c>.</summary>
    public static bool IsBranch(uint word) => word >> 24 == 0xEA;

    /// <summary>True for <c>ldr pc, [pc, #n]</c> of any aligned offset, either way.</summary>
    public static bool IsLoad(uint word) => (word & 0xFF7FF003) == 0xE51FF000;

    /// <summary>Where the literal a vector loads lies: bytes behind the table's start. The program counter is two instructions ahead.</summary>
    /// <param name="word">A load.</param>
    /// <param name="vector">Which vector it is.</param>
    public static int LiteralOffset(uint word, int vector)
    {
        int distance = (int)(word & 0xFFF);
        return vector * sizeof(uint) + 8 + ((word & 0x00800000) != 0 ? distance : -distance);
    }

    /// <summary>
    /// Where a program is linked, told by the handlers its vectors load: the lowest 64 KiB that holds one. Vectors that lead to the same
    /// vectors of another program, each to its own, pass the exceptions on; only the program at 0, where exceptions enter, does that.
    /// </summary>
    /// <param name="plain">The program's beginning; literals behind its end do not count.</param>
    /// <returns>Null where no literal tells: branches have none, and handlers may lie in RAM.</returns>
    public static uint? LinkBase(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < Size)
            return null;
        uint lowest = uint.MaxValue;
        bool passesOn = false;
        for (int vector = 1; vector < Count; vector++)
        {
            uint word = Word(plain, vector);
            if (!IsLoad(word))
                continue;
            int at = LiteralOffset(word, vector);
            if (at < Size || at > plain.Length - sizeof(uint))
                continue;
            uint handler = BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(at));
            if (IsVectorOfAnother(handler, vector))
                passesOn = true;
            else if (handler < RamStart)
                lowest = Math.Min(lowest, handler);
        }
        return lowest != uint.MaxValue ? lowest & ~(LinkUnit - 1u) : passesOn ? 0u : null;
    }

    /// <summary>True where every vector but reset loads the same vector of one other program, from its own literal.</summary>
    public static bool PassesOn(ReadOnlySpan<byte> plain)
    {
        const int Distance = 0x20;
        if (plain.Length < Distance + Size)
            return false;
        uint target = unchecked(Word(plain, (Distance + Size) / sizeof(uint) - 1) - (Count - 1) * sizeof(uint));
        for (int vector = 1; vector < Count; vector++)
        {
            uint handler = Word(plain, Distance / sizeof(uint) + vector);
            if (Word(plain, vector) != OwnPlaceLoad || !IsVectorOfAnother(handler, vector) || handler - (uint)vector * sizeof(uint) != target)
                return false;
        }
        return true;
    }

    /// <summary>True for the address of a program's vector, the same one.</summary>
    public static bool IsVectorOfAnother(uint handler, int vector) =>
        handler >= LinkUnit && handler < RamStart && handler % LinkUnit == (uint)(vector * sizeof(uint));

    private static int CountRight(ReadOnlySpan<byte> plain, uint load)
    {
        int right = IsBranch(Word(plain, 0)) ? 1 : 0;
        for (int vector = 1; vector < Count; vector++)
        {
            if (Word(plain, vector) == load)
                right++;
        }
        return right;
    }

    private static bool AllLead(ReadOnlySpan<byte> plain)
    {
        if (Word(plain, 0) == Halt)
            return false;
        int loads = -1;
        int literal = 0;
        for (int vector = 0; vector < Count; vector++)
        {
            uint word = Word(plain, vector);
            if (!Leads(word, vector))
                return false;
            if (!IsLoad(word) || LiteralOffset(word, vector) < 0)
                continue;
            // One literal for all, one each in the vectors' order, or one behind the other: not just anywhere, as under a key that only
            // changes the lower half of words.
            int step = LiteralOffset(word, vector) - literal;
            if (loads >= 0 && step != 0 && step != sizeof(uint) && step != (vector - loads) * sizeof(uint))
                return false;
            loads = vector;
            literal += step;
        }
        return true;
    }

    // Away from the vectors, to itself, or to reset. A literal may also lie before them: an interrupt controller at the end of memory.
    private static bool Leads(uint word, int vector)
    {
        if (IsLoad(word))
            return LiteralOffset(word, vector) is < 0 or >= Size;
        if (!IsBranch(word))
            return vector == Reserved && (word is Nop or 0);
        int own = vector * sizeof(uint);
        int target = own + 8 + (unchecked((int)(word << 8)) >> 6);
        return target is < 0 or >= Size ? target is > -FlashWindow and < FlashWindow : target == own || target == 0;
    }

    private static uint Word(ReadOnlySpan<byte> plain, int index) => BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(index * sizeof(uint)));
}
