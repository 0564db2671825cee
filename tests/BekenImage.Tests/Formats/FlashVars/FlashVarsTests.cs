using System.Buffers.Binary;
using System.Text;
using BekenImage.Formats.FlashVars;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.FlashVars;

public partial class FlashVarsTests
{
    private const long Offset = EasyFlashStore.UsualOffset;

    [Fact]
    public void TryRead_StoreOfSeveralEntries_TakesTheCurrentOnes()
    {
        byte[] area = Area(
            Entry(0x0F, "OBK_FV", Variables(1)), Entry(0x2F, "OBK_FV", Variables(2)), Entry(0x3F, "OBK_FV", Variables(3)),
            Entry(0x1F, "HLW_CH0", [1, 2, 3, 4]), Entry(0x7F, "HLW_CH1", [5]));
        var findings = new List<Finding>();
        Assert.True(EasyFlashReader.TryRead(area, Offset, findings, out var store));
        Assert.Empty(findings);
        Assert.Equal((Offset, 8, 0x8000), (store!.Offset, store.Sectors, store.Bytes.Length));
        Assert.Equal(
            [EasyFlashStatus.Deleted, EasyFlashStatus.Deleted, EasyFlashStatus.Valid, EasyFlashStatus.Deleting, EasyFlashStatus.Writing],
            store.Entries.Select(entry => entry.Status));
        Assert.Equal(["OBK_FV", "HLW_CH0"], store.Names);
        Assert.Equal(3, store.Variables!.BootCount);
        BytesAssert.Equal([1, 2, 3, 4], store.Find("HLW_CH0")!.Value.Span);
        Assert.Null(store.Find("HLW_CH1"));
        BytesAssert.Equal(area, store.Bytes.Span);
    }

    [Fact]
    public void TryRead_InterruptedUpdate_TakesTheCompleteCopy()
    {
        byte[] unfinished = Entry(0x7F, "OBK_FV", Variables(6));
        EasyFlashReader.TryRead(Area(Entry(0x1F, "OBK_FV", Variables(5)), unfinished), Offset, null, out var before);
        Assert.Equal(5, before!.Variables!.BootCount);
        EasyFlashReader.TryRead(Area(Entry(0x1F, "OBK_FV", Variables(5)), Entry(0x3F, "OBK_FV", Variables(6))), Offset, null, out var after);
        Assert.Equal(6, after!.Variables!.BootCount);

        byte[] wrong = Entry(0x3F, "OBK_FV", Variables(6));
        wrong[^1] ^= 1;
        var findings = new List<Finding>();
        EasyFlashReader.TryRead(Area(Entry(0x1F, "OBK_FV", Variables(5)), wrong), Offset, findings, out var damaged);
        Assert.Equal(5, damaged!.Variables!.BootCount);
        Assert.Equal((FindingCode.FlashVarsEntryCrc, Offset + 16 + wrong.Length), (Assert.Single(findings).Code, findings[0].Offset!.Value));
    }

    [Fact]
    public void TryRead_EntryWithImpossibleLengths_IsSkippedAndTheNextIsFound()
    {
        foreach (uint length in new uint[] { 0, 1, 23, 25, 4081, 0x80000000, 0xFFFFFFFF })
        {
            byte[] broken = Entry(0x3F, "OBK_FV", Variables(1));
            BinaryPrimitives.WriteUInt32LittleEndian(broken.AsSpan(8), length);
            var findings = new List<Finding>();
            EasyFlashReader.TryRead(Area(broken, Entry(0x3F, "OBK_FV", Variables(2))), Offset, findings, out var store);
            Assert.Equal(2, store!.Variables!.BootCount);
            Assert.Equal(FindingCode.FlashVarsEntryDamaged, Assert.Single(findings).Code);
        }
    }

    [Fact]
    public void Variables_EveryField_IsDecoded()
    {
        EasyFlashReader.TryRead(Area(Entry(0x3F, "OBK_FV", Variables(513))), Offset, null, out var store);
        var variables = store!.Variables!;
        Assert.Equal((513, 7, 42L, 1700000000L, 31), (variables.BootCount, variables.BootSuccessCount, variables.EnergySaveCount, variables.EnergyResetTime, variables.EnergyDay));
        Assert.Equal([-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], variables.SavedValues);
        Assert.Equal([1.5, 0.1, 0], variables.Energy);
        Assert.Equal([2.5, 3.5], variables.EnergyHistory);
        Assert.Equal([10, 20, 30], variables.Rgb);
        Assert.Equal(9, variables.ToFields().Count);
    }

    [Fact]
    public void WithoutSecrets_EveryCopyOfFastConnectData_IsBlankedWithARightCrc()
    {
        byte[] secret = Encoding.ASCII.GetBytes("SECRET-psk");
        byte[] broken = Entry(0x3F, "fcdata", secret);
        broken[20] ^= 0x40;
        byte[] area = Area(Entry(0x0F, "fcdata", secret), Entry(0x3F, "OBK_FV", Variables(1)), Entry(0x3F, "fcdata", secret), broken, Entry(0x3F, "HLW_CH0", [9]));
        var findings = new List<Finding>();
        EasyFlashReader.TryRead(area, Offset, findings, out var store);
        Assert.Contains(findings, finding => finding.Code == FindingCode.FlashVarsCredentials);

        byte[] clean = EasyFlashWriter.WithoutSecrets(store!);
        Assert.Equal(-1, clean.AsSpan().IndexOf("SECRET"u8));
        findings.Clear();
        Assert.True(EasyFlashReader.TryRead(clean, Offset, findings, out var read));
        Assert.Equal([FindingCode.FlashVarsEntryDamaged], findings.Select(finding => finding.Code));
        Assert.Equal(["OBK_FV", "HLW_CH0"], read!.Names);
        Assert.All(read.Entries, entry => Assert.True(entry.CrcOk));
        Assert.Equal(store!.Entries.Select(entry => (entry.Position, entry.Name, entry.Value.Length)), read.Entries.Select(entry => (entry.Position, entry.Name, entry.Value.Length)));
        BytesAssert.Equal(clean, EasyFlashWriter.WithoutSecrets(read));
    }

    [Fact]
    public void WithoutSecrets_NoFastConnectData_ChangesNoByte()
    {
        byte[] area = Area(Entry(0x3F, "OBK_FV", Variables(1)));
        EasyFlashReader.TryRead(area, Offset, null, out var store);
        BytesAssert.Equal(area, EasyFlashWriter.WithoutSecrets(store!));
    }

    [Fact]
    public void TryRead_DamageOfAnyKind_NeverThrows()
    {
        byte[] area = Area(Entry(0x3F, "OBK_FV", Variables(1)), Entry(0x3F, "fcdata", new byte[70]));
        for (int i = 0; i < 260; i++)
        {
            byte[] flipped = area.AsSpan(0, 4096).ToArray();
            flipped[i] ^= 0xFF;
            if (EasyFlashReader.TryRead(flipped, Offset, new List<Finding>(), out var store))
                Assert.Equal(4096, EasyFlashWriter.WithoutSecrets(store!).Length);
            EasyFlashReader.TryRead(area.AsMemory(0, i), Offset, null, out _);
        }
        // A sector of nothing but marks, and one of noise.
        byte[] marks = Area();
        for (int i = 16; i + 4 <= 4096; i += 4)
            "KV40"u8.CopyTo(marks.AsSpan(i));
        Assert.True(EasyFlashReader.TryRead(marks, Offset, new List<Finding>(), out var full));
        Assert.Equal(0x8000, EasyFlashWriter.WithoutSecrets(full!).Length);
        new Random(3).NextBytes(marks.AsSpan(16, 4080));
        Assert.True(EasyFlashReader.TryRead(marks, Offset, new List<Finding>(), out _));
    }

    [Fact]
    public void Journal_SeveralCopies_TheLastCounts()
    {
        byte[] area = Journal(Variables(1), Variables(2), Variables(3));
        var findings = new List<Finding>();
        Assert.True(FlashVarsJournal.TryRead(area, 0x1D3000, findings, out var journal));
        Assert.Equal((3, 4 + 3 * 64), (journal!.Variables!.BootCount, journal.UsedSize));
        Assert.Empty(findings);

        Assert.True(FlashVarsJournal.TryRead(Journal(), 0x1D3000, findings, out var empty));
        Assert.Null(empty!.Variables);
        Assert.Empty(findings);
        Assert.False(FlashVarsJournal.TryRead(new byte[0x2000], 0x1D3000, findings, out _));
    }

    [Fact]
    public void Journal_DamagedOrCut_GivesAFindingAndNeverThrows()
    {
        byte[] area = Journal(Variables(1));
        foreach (int last in new[] { 0, 1, 63, 65, 254 })
        {
            area[4 + 63] = (byte)last;
            var findings = new List<Finding>();
            Assert.True(FlashVarsJournal.TryRead(area, 0x1D3000, findings, out var journal));
            Assert.Null(journal!.Variables);
            Assert.Equal(FindingCode.FlashVarsJournalDamaged, Assert.Single(findings).Code);
        }
        for (int length = 0; length < 80; length++)
            FlashVarsJournal.TryRead(area.AsMemory(0, length), 0x1D3000, null, out _);
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void TryRead_AnySectorOfACorpusImage_IsNeitherStoreNorJournal(string file)
    {
        byte[] image = Corpus.Read(file);
        for (int offset = 0; offset < image.Length; offset += 4096)
        {
            Assert.False(EasyFlashReader.TryRead(image.AsMemory(offset, Math.Min(4096, image.Length - offset)), offset, null, out _));
            Assert.False(FlashVarsJournal.TryRead(image.AsMemory(offset), offset, null, out _));
        }
    }
}
