using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>Which vector tables give a key, and which prove it: KeyRecovery.md, section 3, each word at its limit and beside it.</summary>
public class KeyRecoveryVectorsTests
{
    private const uint Address = 0x10000;
    private const uint Load = 0xE59FF000;
    private const uint Marker = 0xDEADBEEF;

    private static readonly BekenKey Key = new(0, 0, 0x5A17C3E1, 0x47000920);
    private static readonly KeyRecoveryCandidate Candidate = new(KeyRecoverySettings.FromControl(Key.Coefficient3), Key.Coefficient2);

    [Fact]
    public void Find_UsualTable_IsProvenAndGivesTheKey()
    {
        var table = Assert.Single(Find(Usual(), Address));
        Assert.Equal(Address, table.Address);
        Assert.True(table.IsProven);
        Assert.Contains(Candidate, table.Candidates);
    }

    [Fact]
    public void Find_TableUnderEveryKeySetting_GivesThatSetting()
    {
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            var candidate = new KeyRecoveryCandidate(setting, 0x5A17C3E1);
            var found = KeyRecoveryVectors.Find(new KeyRecoveryInput(PlainReference.Apply(candidate.ToKey(), Address, Usual()), Address));
            Assert.Contains(candidate, Assert.Single(found).Candidates);
        }
    }

    [Fact]
    public void Find_FewerBytesThanATable_IsNone()
    {
        Assert.Empty(Find(Usual().AsSpan(0, 0x3F).ToArray(), Address));
        Assert.Single(Find(Usual().AsSpan(0, 0x40).ToArray(), Address));
    }

    [Theory]
    [InlineData(0x10001u)]
    [InlineData(0x10002u)]
    [InlineData(0x10003u)]
    public void Find_TableOffTheWords_IsNone(uint address) => Assert.Empty(Find(Usual(), address));

    // The literals of vectors 1 to 7 lie at 8 + distance + 4 * vector: from right behind the vectors to as far as is looked.
    [Theory]
    [InlineData(0x10u, false)]
    [InlineData(0x14u, true)]
    [InlineData(0x18u, true)]
    [InlineData(0x50u, true)]
    [InlineData(0x78u, true)]
    [InlineData(0x7Cu, true)]
    [InlineData(0x80u, false)]
    public void Find_LoadsOfADistance_AreSeenWithinTheLimits(uint distance, bool isSeen)
    {
        byte[] table = Spread(distance);
        Assert.Equal(isSeen, IsProven(table));
        // Without the word of the marker there is no proof, but the distance fits; without the last literal it does not.
        Assert.False(IsProven(Without(table, Literal(distance, 7) + 4)));
        Assert.Equal(isSeen, Gives(Without(table, Literal(distance, 7) + 4)));
        Assert.Equal(isSeen, Gives(table.AsSpan(0, Math.Max(0x40, Literal(distance, 7) + 4)).ToArray()));
        if (distance > 0x18)
            Assert.False(Gives(table.AsSpan(0, Math.Max(0x40, Literal(distance, 7))).ToArray()));
    }

    // One literal for all seven, which comes nearer from load to load. Only the marker proves it.
    [Theory]
    [InlineData(0x14u, false)]
    [InlineData(0x18u, true)]
    [InlineData(0x2Cu, true)]
    [InlineData(0x40u, true)]
    [InlineData(0x7Cu, true)]
    [InlineData(0x80u, false)]
    public void Find_LoadsOfOneLiteral_AreSeenWithinTheLimits(uint distance, bool isSeen)
    {
        byte[] table = Filled();
        for (int vector = 1; vector < 8; vector++)
            Put(table, vector, unchecked(Load + distance - (uint)(vector - 1) * 4));
        Put(table, (int)(distance + 12) / 4, 0x00010400);
        Put(table, (int)(distance + 12) / 4 + 1, Marker);
        Assert.Equal(isSeen, IsProven(table));
        Put(table, (int)(distance + 12) / 4 + 1, Marker + 1);
        Assert.False(IsProven(table));
        Assert.Equal(isSeen, Gives(table));
    }

    [Theory]
    [InlineData(0x00000000u, true)]
    [InlineData(0x00FFFFFCu, true)]
    [InlineData(0x01000000u, false)]
    [InlineData(0xFFFFFFFCu, false)]
    public void Find_HandlerAddress_LiesBelowTheFamilysLimit(uint handler, bool isSeen)
    {
        for (int vector = 1; vector < 8; vector++)
        {
            byte[] table = Usual();
            Put(table, 7 + vector, handler);
            Assert.Equal(isSeen, Gives(table));
        }
    }

    [Theory]
    [InlineData(0xEA00000Eu, true)]
    [InlineData(0xE59FF014u, true)]
    [InlineData(0xE59FF018u, true)]
    [InlineData(0xEB00000Eu, false)]
    [InlineData(0xE1A00000u, false)]
    [InlineData(0x00000000u, false)]
    public void Find_ResetVector_IsABranchOrALoad(uint reset, bool isSeen)
    {
        byte[] table = Usual();
        Put(table, 0, reset);
        Assert.Equal(isSeen, Gives(table));
    }

    [Theory]
    [InlineData(0xE1A00000u, 5, true)]
    [InlineData(0xE1A00000u, 4, false)]
    [InlineData(0xE1A00000u, 6, false)]
    [InlineData(0xE1A00001u, 5, false)]
    [InlineData(0x00000000u, 5, false)]
    [InlineData(0xE59FF018u, 7, false)]
    public void Find_NoLoad_IsTheReservedVectorAlone(uint word, int vector, bool isSeen)
    {
        byte[] table = Usual();
        Put(table, vector, word);
        Assert.Equal(isSeen, Gives(table));
    }

    // The loader passes its exceptions on: seven literals that lead to the same vectors of one other program.
    [Fact]
    public void Find_LiteralsThatPassOn_ProveTheTableWithoutAMarker()
    {
        byte[] table = PassingOn(0x00010000);
        Assert.True(IsProven(table));
        Assert.True(IsProven(PassingOn(0x003E0000)));
        Assert.False(IsProven(PassingOn(0x00000000)));
        Assert.False(IsProven(PassingOn(0x003F0000)));
        Assert.False(IsProven(PassingOn(0x00010100)));
        for (int vector = 1; vector < 8; vector++)
        {
            byte[] other = (byte[])table.Clone();
            Put(other, 7 + vector, 0x00020000 + (uint)vector * 4);
            Assert.False(IsProven(other));
            Assert.True(Gives(other));
            Put(other, 7 + vector, 0x00010000 + (uint)vector * 4 + 4);
            Assert.False(IsProven(other));
        }
    }

    [Fact]
    public void Find_NoProof_KeepsEveryDistanceThatFits()
    {
        // Handlers everywhere: each distance of the loads is as good as the next.
        byte[] table = Filled();
        for (int vector = 1; vector < 8; vector++)
            Put(table, vector, Load | 0x30);
        var found = Assert.Single(Find(table, Address));
        Assert.False(found.IsProven);
        Assert.Contains(Candidate, found.Candidates);
        // One constant for each distance that is tried, under the key's setting.
        Assert.Equal(
            Enumerable.Range(0, 27).Select(step => Candidate.Constant ^ 0x30 ^ (0x14 + (uint)step * 4)).Order(),
            found.Candidates.Where(one => one.Setting == Candidate.Setting).Select(one => one.Constant).Order());
    }

    [Fact]
    public void Find_ProgramsOnTheGridOfAddresses_AreFoundInsideAStretch()
    {
        byte[] bytes = new byte[0x20000 + 0x40];
        Usual().AsSpan(0, 0x40).CopyTo(bytes.AsSpan(0x10000));
        Usual().AsSpan(0, 0x40).CopyTo(bytes.AsSpan(0x20000));
        Usual().AsSpan(0, 0x40).CopyTo(bytes.AsSpan(0x18000));
        Assert.Equal([0x10000u, 0x20000], Find(bytes, 0).Select(table => table.Address));
        Assert.Equal([0x10000u], Find(bytes.AsSpan(0, 0x2003F).ToArray(), 0).Select(table => table.Address));
        Assert.Equal([0x30000u, 0x40000], Find(bytes, 0x20000).Select(table => table.Address));
        // The start of a stretch counts wherever it lies; from there on the grid does.
        Assert.Equal([0x18000u, 0x20000], Find(bytes.AsSpan(0x18000).ToArray(), 0x18000).Select(table => table.Address));
        Assert.Equal([0xFFFF8000u, 0u], Find(bytes.AsSpan(0x18000).ToArray(), 0xFFFF8000).Select(table => table.Address));
    }

    [Fact]
    public void Find_SeveralStretches_AreLookedAtEach()
    {
        KeyRecoveryStretch[] stretches =
        [
            new(PlainReference.Apply(Key, 0, Usual()), 0),
            new(new byte[0x40], 0x8000),
            new(PlainReference.Apply(Key, 0x10000, PassingOn(0x20000)), 0x10000),
        ];
        Assert.Equal([0u, 0x10000], KeyRecoveryVectors.Find(new KeyRecoveryInput(stretches)).Select(table => table.Address));
    }

    private static List<KeyRecoveryVectorTable> Find(byte[] plain, uint address) =>
        KeyRecoveryVectors.Find(new KeyRecoveryInput(PlainReference.Apply(Key, address, plain), address));

    private static bool Gives(byte[] plain) => Find(plain, Address).Exists(table => table.Candidates.Contains(Candidate));

    private static bool IsProven(byte[] plain) => Find(plain, Address).Exists(table => table.IsProven && table.Candidates.Contains(Candidate));

    private static byte[] Usual() => Spread(0x14);

    // Loads of one distance, a handler at each literal, the marker behind them; zeros, which are handlers too, everywhere else.
    private static byte[] Spread(uint distance)
    {
        byte[] table = Filled();
        for (int vector = 1; vector < 8; vector++)
        {
            Put(table, vector, Load | distance);
            Put(table, Literal(distance, vector) / 4, 0x00010400 + (uint)vector * 0x20);
        }
        Put(table, Literal(distance, 7) / 4 + 1, Marker);
        for (int vector = 1; vector < 8 && distance == 0x10; vector++)
            Put(table, vector, Load | distance);
        return table;
    }

    private static byte[] PassingOn(uint target)
    {
        byte[] table = Usual();
        for (int vector = 1; vector < 8; vector++)
            Put(table, 7 + vector, target + (uint)vector * 4);
        Put(table, 15, 0);
        return table;
    }

    private static byte[] Filled()
    {
        byte[] table = new byte[0x100];
        for (int word = 8; word < 64; word++)
            Put(table, word, 0x00010400 + (uint)word * 0x20);
        Put(table, 0, 0xEA00000E);
        return table;
    }

    private static byte[] Without(byte[] table, int offset)
    {
        byte[] other = (byte[])table.Clone();
        Put(other, offset / 4, 0x00010500);
        return other;
    }

    private static int Literal(uint distance, int vector) => vector * 4 + 8 + (int)distance;

    private static void Put(byte[] table, int word, uint value) => KeyRecoverySyntheticCode.Put(table, word, value);
}
