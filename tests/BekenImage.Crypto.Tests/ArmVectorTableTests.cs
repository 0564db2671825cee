using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>What ARM vectors look like; instructions by the ARM Architecture Reference Manual, A3.3 and A3.11.</summary>
public class ArmVectorTableTests
{
    // b +0x38; ldr pc, [pc, #0x14]; ldr pc, [pc, #0x18]; ldr pc, [pc, #-0xff0], an interrupt controller's; nop.
    private const uint Branch = 0xEA00000E;
    private const uint Usual = 0xE59FF014;
    private const uint OwnPlace = 0xE59FF018;
    private const uint Controller = 0xE51FFFF0;
    private const uint Nop = 0xE1A00000;

    public static TheoryData<string, uint[]> Forms => new()
    {
        { "usual", [Branch, Usual, Usual, Usual, Usual, Usual, Usual, Usual] },
        { "RT-Thread's", [Branch, OwnPlace, OwnPlace, OwnPlace, OwnPlace, OwnPlace, OwnPlace, OwnPlace] },
        { "branches", [0xEA000040, 0xEA000010, 0xEA000011, 0xEA000012, 0xEA000013, 0xEAFFFFFE, 0xEA000100, 0xEA000200] },
        { "halts and reset", [0xEA000040, 0xEAFFFFFE, 0xEAFFFFFD - 1, 0xEAFFFFFE, 0xEAFFFFFE, 0xEAFFFFFE, 0xEAFFFFFE, 0xEAFFFFFE] },
        { "all loads", [OwnPlace, OwnPlace, OwnPlace, OwnPlace, OwnPlace, Nop, Controller, OwnPlace] },
        { "far loads", [Branch, 0xE59FF1F4, 0xE59FF1F4, 0xE59FF1F4, 0xE59FF1F4, 0xE59FF1F4, 0xE59FF1F4, 0xE59FF1F4] },
        { "one literal", [Branch, 0xE59FF02C, 0xE59FF028, 0xE59FF024, 0xE59FF020, 0xE59FF01C, 0xE59FF018, 0xE59FF014] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Match_EveryFormOfVectors_IsOne(string form, uint[] words)
    {
        Assert.NotEmpty(form);
        Assert.True(ArmVectorTable.Match(Bytes(words)));
    }

    [Theory]
    [InlineData(Usual)]
    [InlineData(OwnPlace)]
    public void Match_TwoDamagedWords_AreForgiven_ThreeAreNot(uint load)
    {
        byte[] bytes = Bytes([Branch, load, load, load, load, load, load, load]);
        bytes[4] ^= 0x01;
        bytes[0x13] ^= 0x40;
        Assert.True(ArmVectorTable.Match(bytes));
        bytes[0x18] ^= 0x80;
        Assert.False(ArmVectorTable.Match(bytes));
    }

    [Theory]
    [InlineData(0x00000000u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0xEAEAEAEAu)]
    [InlineData(0xEAFFFFFEu)]
    [InlineData(Usual - 4)]
    public void Match_OneWordOverAndOver_IsNoTable(uint word) => Assert.False(ArmVectorTable.Match(Bytes(Enumerable.Repeat(word, 8).ToArray())));

    [Fact]
    public void Match_LoadsOfOtherRegistersOrInsideTheVectors_AreNone()
    {
        Assert.False(ArmVectorTable.Match(Bytes([Branch, 0xE59F0014, 0xE59F0014, 0xE59F0014, 0xE59F0014, 0xE59F0014, 0xE59F0014, 0xE59F0014])));
        Assert.False(ArmVectorTable.Match(Bytes([Branch, 0xE59FF000, 0xE59FF000, 0xE59FF000, 0xE59FF000, 0xE59FF000, 0xE59FF000, 0xE59FF000])));
        Assert.False(ArmVectorTable.Match(Bytes([Branch, Usual, Usual, Usual])));
    }

    /// <summary>Each of the words has to be right by chance: none of a million random blocks is a table, nor one under any wrong setting.</summary>
    [Fact]
    public void Match_RandomBytes_AreNone()
    {
        var random = new Random(11);
        var block = new byte[32];
        for (int i = 0; i < 1_000_000; i++)
        {
            random.NextBytes(block);
            Assert.False(ArmVectorTable.Match(block));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Match_VectorsUnderAWrongKey_AreNone(string form, uint[] words)
    {
        Assert.NotEmpty(form);
        byte[] plain = Bytes(words);
        var stored = new byte[32];
        // Branches say little against a key that is one constant; the named ones are tried on every image.
        var keys = BekenKey.Named.Select(named => named.Key).Where(key => !key.IsIdentity).ToList();
        var random = new Random(12);
        for (int i = 0; i < 20_000 && words[1] >> 24 != 0xEA; i++)
            keys.Add(new BekenKey((uint)random.Next(), (uint)random.Next(), (uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32) | 0xE0));
        foreach (var key in keys)
        {
            FlashCipher.Apply(key, 0, plain, stored);
            if (!stored.AsSpan().SequenceEqual(plain))
                Assert.False(ArmVectorTable.Match(stored), Convert.ToHexString(stored));
        }
    }

    [Theory]
    [InlineData(0x14u, 8, 0x00010400u, 0x10000u)]
    [InlineData(0x18u, 9, 0x00010400u, 0x10000u)]
    [InlineData(0x34u, 16, 0x00000400u, 0x0u)]
    public void LinkBase_FollowsTheLoads(uint distance, int firstLiteral, uint handler, uint expected)
    {
        uint[] words = new uint[40];
        words[0] = Branch;
        for (int i = 1; i < 8; i++)
        {
            words[i] = 0xE59FF000 | distance;
            words[firstLiteral + i - 1] = handler + (uint)i * 0x40;
        }
        Assert.Equal(expected, ArmVectorTable.LinkBase(Bytes(words)));
    }

    [Fact]
    public void LinkBase_VectorsThatPassOn_AreTheProgramAt0()
    {
        Assert.Equal(0u, ArmVectorTable.LinkBase(Bytes(Passing(0x10000))));
        Assert.True(ArmVectorTable.PassesOn(Bytes(Passing(0x10000))));
    }

    [Fact]
    public void LinkBase_BranchesAndHandlersInRam_DoNotTell()
    {
        Assert.Null(ArmVectorTable.LinkBase(Bytes([0xEA000040, 0xEA000010, 0xEA000011, 0xEA000012, 0xEA000013, 0xEAFFFFFE, 0xEA000100, 0xEA000200])));
        uint[] words = [Branch, Usual, Usual, Usual, Usual, Usual, Usual, Usual, .. Enumerable.Repeat(0x00400100u, 8)];
        Assert.Null(ArmVectorTable.LinkBase(Bytes(words)));
    }

    [Theory]
    [InlineData("passes on", KeyRecoveryEvidence.VectorTable)]
    [InlineData("own place", KeyRecoveryEvidence.VectorTable)]
    [InlineData("far", KeyRecoveryEvidence.VectorTable)]
    [InlineData("far with marker", KeyRecoveryEvidence.VectorTable)]
    [InlineData("one literal", KeyRecoveryEvidence.VectorTable)]
    public void Recover_EnciphersLoaderOfOtherVectors_FindsItsKey(string form, KeyRecoveryEvidence expected)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            byte[] plain = Loader(form, seed);
            var random = new Random(seed);
            var key = new BekenKey((uint)random.Next(), (uint)random.Next(), (uint)random.NextInt64(1L << 32), (uint)random.Next() & ~7u | 0x10u);
            var stored = new byte[plain.Length];
            FlashCipher.Apply(key, 0, plain, stored);

            var result = KeyRecovery.Recover(stored, 0);

            Assert.Equal((form, expected), (form, result.Evidence));
            Assert.NotEmpty(result.Candidates);
            foreach (var candidate in result.Candidates)
            {
                var back = new byte[stored.Length];
                FlashCipher.Apply(candidate, 0, stored, back);
                Assert.Equal(plain, back);
            }
        }
    }

    private static byte[] Loader(string form, int seed)
    {
        byte[] program = KeyRecoverySyntheticCode.Program(0xC000, 0, seed);
        uint distance = form switch { "far" or "far with marker" => 0x34u, "one literal" => 0x2Cu, _ => 0x18u };
        for (int i = 1; i < 8; i++)
        {
            uint offset = form == "one literal" ? distance - (uint)(i - 1) * 4 : distance;
            KeyRecoverySyntheticCode.Put(program, i, 0xE59FF000 | offset);
            int literal = (4 * i + 8 + (int)offset) / 4;
            KeyRecoverySyntheticCode.Put(program, literal, form == "passes on" ? 0x10000 + (uint)i * 4 : form == "one literal" ? 0x400 : 0x400 + (uint)i * 0x20);
        }
        if (form is "far with marker")
            KeyRecoverySyntheticCode.Put(program, (0x24 + (int)distance) / 4 + 1, 0xDEADBEEF);
        return program;
    }

    private static uint[] Passing(uint target) =>
        [0xEA000E35, .. Enumerable.Repeat(OwnPlace, 7), 1, .. Enumerable.Range(1, 7).Select(i => target + (uint)i * 4)];

    private static byte[] Bytes(uint[] words)
    {
        var bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }
}
