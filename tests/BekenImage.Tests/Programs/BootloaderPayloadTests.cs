using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rbl;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Programs.BuildTestData;

namespace BekenImage.Tests.Programs;

public class BootloaderPayloadTests
{
    private static readonly BekenKey Other = new(0xDEADBEEF, 0x01234567, 0x89ABCDEF, 0x5500138C);

    public static TheoryData<string, int, int> Images => new()
    {
        // file, section length, offset of the key words
        { "OpenBK7231N_QIO_1.18.300.bin", 0x11000, 0x48 },
        { "OpenBK7231M_QIO_1.18.300.bin", 0x11000, 0x48 },
        { "OpenBK7231T_QIO_1.18.300.bin", 0x11000, 0x48 },
        { "BK7231T_Tuya_Globe_37783.bin", 0x11000, 0x44 },
        { "OpenBK7238_QIO_1.18.300.bin", 65280, 0x1F08 },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", 65280, 0x1F08 },
        { "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", 0x11000, -1 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void TryRead_OfRealBootloaders_FindsTableAndKeys(string file, int length, int keyOffset)
    {
        var (stored, key) = Take(file, length);
        Assert.True(BootloaderPayload.TryRead(stored, key, out var payload));
        BytesAssert.Equal(stored, payload!.Stored.Span);
        Assert.Equal(stored.Length - 192, payload.Fal.LogicalOffset);
        Assert.Equal(3, payload.Fal.Partitions.Count);
        Assert.Equal(keyOffset, payload.Keys.FlashKeyOffset ?? -1);
        if (keyOffset == 0x48)
            Assert.Equal(BekenKey.Tuya, payload.Keys.FlashKey);
        Assert.Equal(("0123456789ABCDEF0123456789ABCDEF", "0123456789ABCDEF"), (payload.Keys.AesKey, payload.Keys.AesIv));
        if (keyOffset == 0x1F08)
            Assert.Equal(new BekenKey(0x12345678, 0x2FAA55AA, 0x3AEE63DD, 0x4FEEAA00), payload.Keys.FlashKey);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void WithKey_OfRealBootloaders_MovesThemAndBack(string file, int length, int keyOffset)
    {
        var (stored, key) = Take(file, length);
        Assert.True(BootloaderPayload.TryRead(stored, key, out var payload));
        foreach (var to in (BekenKey[])[Other, BekenKey.Zero, BekenKey.Tuya, BekenKey.Uascent])
        {
            var moved = payload!.WithKey(to);
            Assert.True(BootloaderPayload.TryRead(moved.ToArray(), to, out var read));
            Assert.Equal((stored.Length, payload.Fal.LogicalOffset), (moved.Stored.Length, read!.Fal.LogicalOffset));
            BytesAssert.Equal(FalWriter.Write(payload.Fal), FalWriter.Write(read.Fal));

            // What the CPU sees is the same but for the key words.
            byte[] before = payload.Decipher(), after = moved.Decipher();
            if (keyOffset >= 0)
            {
                Assert.Equal(to, moved.Keys.FlashKey);
                before.AsSpan(keyOffset, 16).CopyTo(after.AsSpan(keyOffset));
            }
            BytesAssert.Equal(before, after);

            // And back: with the key words it had, every byte.
            byte[] back = moved.WithKey(key).Decipher();
            if (keyOffset >= 0)
                before.AsSpan(keyOffset, 16).CopyTo(back.AsSpan(keyOffset));
            BytesAssert.Equal(before, back);
            if (payload.Keys.FlashKey == key)
                BytesAssert.Equal(stored, moved.WithKey(key).Stored.Span);
        }
    }

    // The published N and M images hold the same bootloader, enciphered and plain.
    [Fact]
    public void WithKey_OfTheNBootloader_GivesTheMBootloaderButForItsKeyWords()
    {
        var (n, _) = Take("OpenBK7231N_QIO_1.18.300.bin", 0x11000);
        var (m, _) = Take("OpenBK7231M_QIO_1.18.300.bin", 0x11000);
        Assert.True(BootloaderPayload.TryRead(n, BekenKey.Tuya, out var payload));
        byte[] moved = payload!.WithKey(BekenKey.Zero).ToArray();
        Assert.All(moved.Skip(0x48).Take(16), value => Assert.Equal(0, value));
        m.AsSpan(0x48, 16).CopyTo(moved.AsSpan(0x48));
        BytesAssert.Equal(m, moved);
        BytesAssert.Equal(m, payload.Decipher());
        BytesAssert.Equal(n, BootloaderPayload.FromFile(m, BekenKey.Tuya).Stored.Span);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void WithFal_OfRealBootloaders_ChangesTheTableAlone(string file, int length, int keyOffset)
    {
        _ = keyOffset;
        var (stored, key) = Take(file, length);
        Assert.True(BootloaderPayload.TryRead(stored, key, out var payload));
        BytesAssert.Equal(stored, payload!.WithFal(payload.Fal.Partitions).Stored.Span);
        var moved = new FalPartition("download", FalPartition.RawFlash, 0x12A000, 0xA6000);
        var changed = payload.WithFal(payload.Fal.With(moved).Partitions);
        Assert.True(BootloaderPayload.TryRead(changed.ToArray(), key, out var read));
        Assert.Equal((0x12A000u, 0xA6000u), (read!.Fal.Find("download")!.Offset, read.Fal.Find("download")!.Length));
        BytesAssert.Equal(stored.AsSpan(0, stored.Length - 192), changed.Stored.Span.Slice(0, stored.Length - 192));

        var (header, _) = TakeSection(Corpus.Read(file), 0, length);
        var described = changed.Describe(header);
        Assert.True(described.HeaderCrcOk && RblChecks.PayloadCrcOk(described, changed.Stored.Span) && RblChecks.PayloadHashOk(described, changed.Stored.Span));
        BytesAssert.Equal(header.Bytes.Span.Slice(4, 0x48), described.Bytes.Span.Slice(4, 0x48));
    }

    [Fact]
    public void WithFal_OfAnotherCount_IsRefused()
    {
        var payload = BootloaderPayload.FromFile(Bootloader(3000), BekenKey.Tuya);
        foreach (var partitions in (IReadOnlyList<FalPartition>[])[payload.Fal.Without("app").Partitions,
            payload.Fal.With(new FalPartition("param", FalPartition.RawFlash, 0, 1)).Partitions])
        {
            Assert.Equal(FindingCode.FalTableSize, Assert.Throws<BekenImageException>(() => payload.WithFal(partitions)).Code);
        }
    }

    [Fact]
    public void FalTable_WithAndWithout_KeepOrderAndPlace()
    {
        var table = new FalTable(77, isPlain: false, Partitions);
        var changed = table.With(new FalPartition("app", FalPartition.RawFlash, 1, 2)).Without("bootloader");
        Assert.Equal(["app", "download"], changed.Partitions.Select(partition => partition.Name));
        Assert.Equal((1u, 2u, true), (changed.Partitions[0].Offset, changed.Partitions[0].Length, changed.Partitions[0].CrcOk));
        Assert.Equal((77, false), (changed.LogicalOffset, changed.IsPlain));
        Assert.Equal(3, table.Partitions.Count);
    }

    [Fact]
    public void FromFile_OfAPlainFileWithMarker_LeavesMarkerAndTableInTheClear()
    {
        byte[] plain = Bootloader(5000, withMarker: true);
        byte[] expected = Apply(plain, BekenKey.Tuya, 0);
        plain.AsSpan(0x100, 8).CopyTo(expected.AsSpan(0x100));
        plain.AsSpan(5000).CopyTo(expected.AsSpan(5000));
        BytesAssert.Equal(expected, BootloaderPayload.FromFile(plain, BekenKey.Tuya).Stored.Span);
        BytesAssert.Equal(plain, BootloaderPayload.FromFile(plain, BekenKey.Zero).Stored.Span);
    }

    [Fact]
    public void FromFile_OfAPlainFileWithoutMarker_EnciphersAsEncryptDoes()
    {
        byte[] plain = Bootloader(5003);
        byte[] expected = [.. VendorEncrypt.Encrypt(plain.AsSpan(0, 5003), BekenKey.Tuya, 0), .. plain.AsSpan(5003)];
        var payload = BootloaderPayload.FromFile(plain, BekenKey.Tuya);
        BytesAssert.Equal(expected, payload.Stored.Span);
        Assert.Equal(5024 + 16, payload.Fal.LogicalOffset);

        // Its forms lead back to it: enciphered, deciphered as a whole, in pages.
        foreach (byte[] form in (byte[][])[expected, Apply(expected, BekenKey.Tuya, 0), RblWriter.ToPages(expected),
            [.. RblWriter.ToPages(expected), .. Enumerable.Repeat((byte)0xFF, 345)], [.. expected, 0xFF, 0xFF]])
        {
            BytesAssert.Equal(expected, BootloaderPayload.FromFile(form, BekenKey.Tuya).Stored.Span);
        }
    }

    [Fact]
    public void FromFile_OfAFileEncipheredAsAWhole_KeepsItSo()
    {
        byte[] plain = Bootloader(5000, withMarker: true);
        byte[] stored = Apply(plain, BekenKey.Uascent, 0);
        plain.AsSpan(0x100, 8).CopyTo(stored.AsSpan(0x100)); // what cmake_encrypt_crc skips
        var payload = BootloaderPayload.FromFile(stored, BekenKey.Uascent);
        BytesAssert.Equal(stored, payload.Stored.Span);
        Assert.False(payload.Fal.IsPlain);
        BytesAssert.Equal(plain, payload.Decipher());
        var changed = payload.WithFal(payload.Fal.With(new FalPartition("download", FalPartition.RawFlash, 5, 6)).Partitions);
        Assert.True(BootloaderPayload.TryRead(changed.ToArray(), BekenKey.Uascent, out var read));
        Assert.Equal(5u, read!.Fal.Find("download")!.Offset);
        BytesAssert.Equal(stored.AsSpan(0, 5000), changed.Stored.Span.Slice(0, 5000));
        BytesAssert.Equal(stored, payload.WithKey(Other).WithKey(BekenKey.Uascent).Stored.Span);
    }

    [Fact]
    public void FromFile_OfWhatIsNoBootloader_SaysWhy()
    {
        byte[] plain = Bootloader(5000);
        byte[] tuya = BootloaderPayload.FromFile(plain, BekenKey.Tuya).ToArray();
        Assert.Equal(FindingCode.BuildBootloaderKey, Refusal(tuya, BekenKey.Zero));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal(tuya.AsSpan(0, 5000).ToArray(), BekenKey.Tuya));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal(App(5000), BekenKey.Zero));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal(App(5000), BekenKey.Tuya));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal(OtaTestData.Noise(5000), BekenKey.Tuya));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal([], BekenKey.Tuya));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal([.. plain, 1], BekenKey.Tuya));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Refusal([.. plain, 1], BekenKey.Zero));
    }

    private static FindingCode Refusal(byte[] file, BekenKey key) =>
        Assert.Throws<BekenImageException>(() => BootloaderPayload.FromFile(file, key)).Code;

    private static (byte[] Stored, BekenKey Key) Take(string file, int length)
    {
        byte[] stored = TakeSection(Corpus.Read(file), 0, length).Payload;
        string key = Corpus.Manifest(file).GetProperty("bootloader").GetProperty("key").GetString()!;
        Assert.True(BekenKey.TryParse(key == "none" ? "zero" : key, out var parsed), key);
        return (stored, parsed);
    }
}
