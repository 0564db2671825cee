using BekenImage.Crypto;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ua;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Firmware;

/// <summary>Update files tell their form by themselves; what is packed comes out again.</summary>
public sealed class UpdateFileTests : IDisposable
{
    private readonly SyntheticSecureBoot _signer = new();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("container/secure-plain/ota.bin", "container/secure-plain/primary_all_signed.bin", UpdateForm.McuBootPackage)]
    [InlineData("ug/app_ug.bin", "ug/ua_file.bin", UpdateForm.AppUg)]
    [InlineData("compress/compress.bin", "compress/in.bin", UpdateForm.OverwriteBody)]
    public void Vendor_File_IsUnpackedByItsOwnForm(string file, string expected, UpdateForm form)
    {
        Assert.True(UpdateFile.TryRead(Vector(file), out var update));
        Assert.Equal(form, update.Form);
        Assert.Empty(update.Findings);
        BytesAssert.Equal(Vector(expected), update.Unpack());
    }

    [Fact]
    public void Vendor_Files_ArePackedByteForByte()
    {
        BytesAssert.Equal(Vector("container/secure-plain/ota.bin"), ArminoUpdates.PackMcuBoot(Vector("container/secure-plain/primary_all_signed.bin"), 0x19000));
        BytesAssert.Equal(Vector("ug/app_ug.bin"), ArminoUpdates.WrapUa(Vector("ug/ua_file.bin"), BekenChip.BK7258));
        Assert.True(UaTrailer.TryRead(Vector("ug/app_ug.bin"), out var trailer));
        BytesAssert.Equal(Vector("ug/app_ug.bin"), ArminoUpdates.WrapUa(Vector("ug/ua_file.bin"), BekenChip.BK7236, trailer));
        Assert.True(UpdateFile.TryRead(ArminoUpdates.PackOverwrite(Vector("compress/in.bin")), out var packed));
        BytesAssert.Equal(Vector("compress/in.bin"), packed.Unpack());
    }

    [Fact]
    public void Published_Package_OpensWithItsKeyOnly()
    {
        byte[] bytes = Corpus.Read("armino/BK7236_ota_published_k09da.bin");
        Assert.True(UpdateFile.TryRead(bytes, out var update));
        byte[] signed = update.Unpack(AesFlashKey.BekenUtils);
        Assert.True(BekenImage.Formats.SecureBoot.McuBootImage.TryRead(signed, out var image));
        Assert.True(image.HashOk);
        Assert.Equal(FindingCode.UpdateEnciphered, Code(() => update.Unpack(AesFlashKey.SdkExample)));
    }

    [Fact]
    public void McuBootPackage_Enciphered_OpensWithItsKey()
    {
        const string key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        byte[] signed = _signer.McuBoot(SyntheticPrograms.Noise(0x2000, 5), 0x1000);
        byte[] filled = [.. signed, .. Enumerable.Repeat((byte)0xFF, (32 - signed.Length % 32) % 32)];
        byte[] body = SyntheticArmino.Pages(SyntheticAesPages.Cipher(key, 0x23012 / 34 * 32, filled, encrypt: true));
        Assert.True(UpdateFile.TryRead(ArminoUpdates.PackMcuBoot(body, 0x23000, 7), out var update));
        Assert.True(AesFlashKey.TryParse(key, out var aes));

        BytesAssert.Equal(filled, update.Unpack(aes));
        Assert.Equal(FindingCode.UpdateEnciphered, Code(() => update.Unpack()));
        Assert.Equal(FindingCode.BuildPartMissing, Code(() => ArminoUpdates.PackMcuBoot(body, 0x23000)));
        body[40] ^= 1;
        Assert.Equal(FindingCode.BadPage, Code(() => ArminoUpdates.PackMcuBoot(body, 0x23000, 7)));
        Assert.True(UpdateFile.TryRead(McuUpdateWriter.Pack([new McuUpdatePart(0x23000, body, 7)]), out var damaged));
        Assert.Equal(FindingCode.BadPage, Code(() => damaged.Unpack(aes)));
    }

    [Fact]
    public void SignedOverwrite_IsUnpackedAloneAndInItsPackage()
    {
        byte[] app = _signer.McuBoot(Enumerable.Repeat((byte)3, 0x12345).ToArray(), 0x1000);
        byte[] packed = _signer.McuBoot([.. ArminoUpdates.PackOverwrite(app), 0, 0, 1, 0, .. "BK7236"u8], 0x1000);
        Assert.True(UpdateFile.TryRead(packed, out var alone));
        Assert.Equal(UpdateForm.SignedOverwrite, alone.Form);
        BytesAssert.Equal(app, alone.Unpack());
        Assert.True(UpdateFile.TryRead(ArminoUpdates.PackMcuBoot(packed, 0x118000), out var inside));
        BytesAssert.Equal(app, inside.Unpack());
        packed[0x1010] ^= 1;
        Assert.True(UpdateFile.TryRead(packed, out var damaged));
        Assert.Equal(FindingCode.McuBootHash, Code(() => damaged.Unpack()));
    }

    [Fact]
    public void AbSlot_IsAppAndHeaderInPages()
    {
        byte[] app = SyntheticArmino.Program(0x3001, 0x10000, 6);
        var findings = new List<Finding>();
        byte[] slot = ArminoUpdates.PackAbSlot(app, 0x10000, new OtaPackOptions { Version = "2", Timestamp = 77 }, findings);

        Assert.Equal([FindingCode.BuildFromSources], findings.Select(finding => finding.Code));
        Assert.Equal(0x11000, slot.Length);
        byte[] data = slot.Chunk(34).SelectMany(page => page.Take(32)).ToArray();
        BytesAssert.Equal(SyntheticArmino.Pages(data), slot);
        BytesAssert.Equal(app, data.AsSpan(0, app.Length));
        // 96 bytes, 4 KiB before the end: no compression, no cipher, both sizes those of the app.
        Assert.True(RblHeader.TryRead(data.AsSpan(0xF000), out var header));
        Assert.Equal((true, 0u, 77u, "app", "2", 0x3001u, 0x3001u), (header.HeaderCrcOk, header.Algorithm, header.Timestamp, header.Name, header.Version, header.RawSize, header.PackageSize));

        Assert.True(UpdateFile.TryRead(slot, out var update));
        Assert.Equal(UpdateForm.AbSlot, update.Form);
        BytesAssert.Equal(app, update.Unpack());
        Assert.Equal(FindingCode.BuildNoRoom, Code(() => ArminoUpdates.PackAbSlot(app, 0x4000)));
        Assert.Equal(FindingCode.BuildSections, Code(() => ArminoUpdates.PackAbSlot(app, 0x1000)));
    }

    [Fact]
    public void AbSlot_WithADamagedPageBehindItsStart_SaysWhere()
    {
        byte[] slot = ArminoUpdates.PackAbSlot(SyntheticArmino.Program(0x3001, 0x10000, 6), 0x10000);
        slot[34 * 200 + 3] ^= 1;
        Assert.True(UpdateFile.TryRead(slot, out var damaged));
        var finding = Assert.Single(damaged.Findings);
        Assert.Equal((FindingCode.AbSlotDamaged, 34 * 200), (finding.Code, finding.Offset));
    }

    [Fact]
    public void DifferenceUpdate_IsRefusedByName()
    {
        byte[] bytes = new byte[128];
        "MMM\0"u8.CopyTo(bytes);
        Assert.True(UpdateFile.TryRead(bytes, out var update));
        Assert.Equal(UpdateForm.Difference, update.Form);
        Assert.Equal(FindingCode.UpdateFormRefused, Code(() => update.Unpack()));
    }

    [Fact]
    public void What_IsNoSuchFile_IsNone()
    {
        foreach (byte[] bytes in new byte[][] { [], new byte[100], SyntheticPrograms.Noise(0x3000, 1), SyntheticArmino.Program(0x3000, 0x10000, 1), SyntheticImage.ObkNFirmware().Qio() })
            Assert.False(UpdateFile.TryRead(bytes, out _));
        Assert.False(UpdateFile.TryRead(_signer.McuBoot(new byte[0x1000], 0x1000), out _));
    }

    [Fact]
    public void AppUg_OfWhatIsNoUpdateFile_IsRefused()
    {
        byte[] ug = ArminoUpdates.WrapUa(SyntheticArmino.Program(0x3000, 0x10000, 1), BekenChip.BK7258);
        Assert.Equal(FindingCode.PackageNotPlain, Code(() => ArminoUpdates.WrapUa(ug, BekenChip.BK7258)));
        Assert.Equal(FindingCode.BuildAppPaged, Code(() => ArminoUpdates.WrapUa(SyntheticArmino.Pages(new byte[0x1000]), BekenChip.BK7258)));
        Assert.Equal(FindingCode.UpdateFormRefused, Code(() => ArminoUpdates.WrapUa(new byte[100], BekenChip.BK7236)));
    }

    private static byte[] Vector(string file) => Corpus.ReadVector("armino/" + file);

    private static FindingCode Code(Action work) => Assert.ThrowsAny<BekenImageException>(work).Code;
}
