using BekenImage.Formats.Download;
using BekenImage.Formats.Fal;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.NvsKey;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.SecureBoot;
using BekenImage.Formats.Ua;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;
using BekenImage.TestSupport;
using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>Containers, tables and records whose writer makes all of them: what is read is the model, and makes the same bytes again.</summary>
internal static class FormatProperties
{
    internal static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 600];
    internal static readonly Gen<byte[]> SomeBytes = Gen.Byte.Array[1, 600];
    private static readonly Gen<uint> Word = Gen.UInt;

    internal static Gen<string> Name(int longest) => Gen.Char['!', '~'].Array[1, longest].Select(characters => new string(characters));

    public static void Fal() =>
        Gen.Select(Name(24), Gen.Bool, Word, Word).Array[1, 8].Sample(
            entries =>
            {
                var model = entries.Select(one => new FalPartition(one.Item1, one.Item2 ? "beken_onchip_crc" : "beken_onchip", one.Item3, one.Item4)).ToArray();
                byte[] bytes = FalWriter.Write(new FalTable(0, true, model));
                var read = FalReader.Find([.. new byte[64], .. bytes])!;
                Assert.Equal((64, true), (read.LogicalOffset, read.IsPlain));
                Assert.Equal(entries, read.Partitions.Select(one => (one.Name, one.Flash == "beken_onchip_crc", one.Offset, one.Length)));
                Assert.All(read.Partitions, one => Assert.True(one.CrcOk));
                BytesAssert.Equal(bytes, FalWriter.Write(read));
            }, iter: Rounds.Of(100), threads: 1);

    public static void Ug() => Gen.Select(Bytes, Name(12)).Sample(
        (body, version) =>
        {
            byte[] bytes = UgWriter.Pack(body, version);
            Assert.True(UgPackage.TryRead(bytes, out var read));
            Assert.Equal((version, (uint)body.Length, true, true), (read.Header.Version, read.Header.BodyLength, read.Header.HeaderSumOk, read.Header.EndOk));
            BytesAssert.Equal(body, read.Body.Span);
            BytesAssert.Equal(bytes, UgWriter.Pack(read.Body.ToArray(), read.Header.Version));
            BytesAssert.Equal(bytes, read.ToArray());
        }, iter: Rounds.Of(100), threads: 1);

    public static void Ua() => Gen.Select(Bytes, Word.Array[6]).Sample(
        (body, words) =>
        {
            byte[] bytes = UaWriter.Pack(body, new UaTrailer(words[0], words[1], words[2], words[3], words[4], words[5]));
            Assert.True(UaPackage.TryRead(bytes, out var read));
            var trailer = read.Trailer;
            Assert.Equal(words, new[] { trailer.FlashSize, trailer.Ability, trailer.BufferSize, trailer.Parts, trailer.BlockSize, trailer.Attribute });
            Assert.Equal((true, true), (read.BodyCrcOk, trailer.IsWhole));
            BytesAssert.Equal(body, read.Body.Span);
            BytesAssert.Equal(bytes, UaWriter.Pack(read.Body.ToArray(), trailer));
        }, iter: Rounds.Of(100), threads: 1);

    public static void Rbl()
    {
        Packages();
        Gen.Select(Bytes, Name(16), Name(24), Word).Sample(
            (stored, name, version, timestamp) =>
            {
                byte[] bytes = RblWriter.CreateFlashHeader(name, version, timestamp, stored).Bytes.ToArray();
                Assert.True(RblHeader.TryRead(bytes, out var read));
                Assert.Equal((name, version, timestamp, (uint)stored.Length), (read.Name, read.Version, read.Timestamp, read.RawSize));
                Assert.True(read.HeaderCrcOk && RblChecks.PayloadCrcOk(read, stored) && RblChecks.PayloadHashOk(read, stored));
                BytesAssert.Equal(bytes, RblWriter.Describe(read, stored).Bytes.Span);
            }, iter: Rounds.Of(60), threads: 1);
    }

    private static void Packages() =>
        Gen.Select(SomeBytes, Gen.Int[0, 3], Gen.Bool, Name(16), Name(24), Word).Sample(
            (firmware, compression, encrypted, name, version, timestamp) =>
            {
                var options = new OtaPackOptions
                {
                    Compression = (RblCompression)compression, Encryption = encrypted ? RblEncryption.Aes256 : RblEncryption.None,
                    Name = name, Version = version, Timestamp = timestamp,
                };
                byte[] bytes = OtaWriter.Pack(firmware, options);
                if (!encrypted && compression == 0)
                {
                    // Neither enciphered nor packed: algorithm 0, which is a header in flash and no package.
                    Assert.True(RblHeader.TryRead(bytes, out var inFlash) && !inFlash.DescribesPackage);
                    return;
                }
                Assert.True(OtaPackage.TryRead(bytes, out var read));
                Assert.Equal((name, version, timestamp), (read.Header.Name, read.Header.Version, read.Header.Timestamp));
                Assert.Equal((options.Compression, options.Encryption, true), (read.Header.Compression, read.Header.Encryption, read.Header.HeaderCrcOk));
                BytesAssert.Equal(firmware, read.Unpack());
                BytesAssert.Equal(bytes, read.ToArray());
                options.HeaderTemplate = read.Header;
                BytesAssert.Equal(bytes, OtaWriter.Pack(read.Unpack(), options));
            }, iter: Rounds.Of(60), threads: 1);

    public static void Download() =>
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Int[0, 0xFFF], Gen.Int[0, 0x1000], Bytes, Gen.Int[0, 1]).Array[0, 6], Gen.Bool).Sample(
            (kind, parts, coversImages) =>
            {
                var model = parts.Select(one => new DownloadPart(new FlashRange(one.Item1 * 0x1000L, one.Item3.Length + one.Item2), one.Item3, one.Item4)).ToArray();
                if (model.Any(part => part.Partition.End > DownloadPackage.LargestFlash))
                    return;
                byte[] bytes = DownloadWriter.Pack((DownloadKind)kind, model, coversImages);
                Assert.True(DownloadPackage.TryRead(bytes, out var read));
                Assert.Equal((DownloadKind)kind, read.Kind);
                Assert.True(read.HeaderCrcOk);
                Assert.Equal(model.Select(part => (part.Partition, part.Type)), read.Images.Select(image => (image.PartitionRange, image.Type)));
                for (int at = 0; at < model.Length; at++)
                    BytesAssert.Equal(model[at].Data.Span, read.Images[at].Data.Span);
                Assert.All(read.Images, image => Assert.True(image.CrcOk));
                var again = read.Images.Select(image => new DownloadPart(image.PartitionRange, image.Data.ToArray(), image.Type)).ToArray();
                BytesAssert.Equal(bytes, DownloadWriter.Pack(read.Kind, again, read.HeaderCrcCoversImages || model.Length == 0 && coversImages));
            }, iter: Rounds.Of(60), threads: 1);

    public static void McuUpdate()
    {
        Gen.Select(Word, SomeBytes, Word, Word).Array[1, 4].Sample(
            parts =>
            {
                var model = parts.Select(one => new McuUpdatePart(one.Item1, one.Item2, one.Item3, one.Item4)).ToArray();
                byte[] bytes = McuUpdateWriter.Pack(model);
                Assert.True(McuUpdatePackage.TryRead(bytes, out var read));
                Assert.True(read.HeaderCrcOk);
                Assert.Equal(
                    parts.Select(one => (one.Item1, one.Item3, one.Item4)), read.Images.Select(image => (image.FlashAddress, image.SecurityCounter, image.Flags)));
                for (int at = 0; at < model.Length; at++)
                    BytesAssert.Equal(parts[at].Item2, read.Images[at].Data.Span);
                var again = read.Images.Select(image => new McuUpdatePart(image.FlashAddress, image.Data.ToArray(), image.SecurityCounter, image.Flags)).ToArray();
                BytesAssert.Equal(bytes, McuUpdateWriter.Pack(again));
            }, iter: Rounds.Of(60), threads: 1);
        Gen.Select(Gen.Byte, Gen.Int[1, 0x18000], Bytes).Sample(
            (value, length, head) =>
            {
                var plain = new byte[Math.Max(length, head.Length)];
                plain.AsSpan().Fill(value);
                head.CopyTo(plain, 0);
                byte[] bytes = OverwriteBody.Pack(plain);
                Assert.True(OverwriteBody.TryRead(bytes, out var read));
                BytesAssert.Equal(plain, read.Unpack());
                BytesAssert.Equal(bytes, read.ToArray());
            }, iter: Rounds.Of(5), threads: 1);
    }

    public static void Uf2() =>
        Gen.Select(Word, Name(40), Gen.Select(Gen.Int[0, 0xFFFFFF], SomeBytes, Gen.Int[1, 63]).Array[1, 4]).Sample(
            (family, board, parts) =>
            {
                // One name each: pieces of one name that touch are one part when they are read.
                var model = parts.Select((one, at) => new Uf2Part("part" + at, Schemes(one.Item3), (uint)one.Item1, one.Item2)).ToArray();
                var tags = Uf2Writer.Describe(board, "firmware", "1.0", 5);
                byte[] bytes = Uf2Writer.Write(family, tags, model);
                Assert.True(Uf2Package.TryRead(bytes, out var read));
                Assert.Equal((family, board.ToLowerInvariant(), "firmware", "1.0", 5u), (read.Family, read.Board, read.FirmwareName, read.FirmwareVersion, read.BuildTime!.Value));
                Assert.Equal(model.Select(part => (part.Name, part.Offset)), read.Parts.Select(part => (part.Name, part.Offset)));
                for (int at = 0; at < model.Length; at++)
                {
                    Assert.Equal(model[at].Schemes, read.Parts[at].Schemes.Order());
                    BytesAssert.Equal(model[at].Data.Span, read.Parts[at].Data.Span);
                }
                var own = read.Tags.Where(tag => tag.Type is not (Uf2Tag.Format2 or Uf2Tag.PartList or Uf2Tag.PartInfo)).ToArray();
                BytesAssert.Equal(bytes, Uf2Writer.Write(read.Family!.Value, own, read.Parts));
            }, iter: Rounds.Of(60), threads: 1);

    public static void NvsKey() => Gen.Byte.Array[64].Sample(
        key =>
        {
            byte[] bytes = new NvsKeyRecord(key).Write();
            Assert.True(NvsKeyRecord.TryRead(bytes, out var read));
            BytesAssert.Equal(key, read.Key.Span);
            Assert.True(read.CrcOk);
            BytesAssert.Equal(bytes, read.Write());
        }, iter: Rounds.Of(60), threads: 1);

    public static void SecureBoot()
    {
        Gen.Select(Name(20), Gen.Byte, Gen.Byte, Word, Word, Gen.Int[0, 0xFFFF]).Array[1, 12].Sample(
            records =>
            {
                var model = records.Select(one => new SecurePartition(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6)).ToArray();
                Assert.Equal(records, model.Select(one => (one.Name, one.Type!.Value, one.SubType!.Value, one.Offset, one.Length, one.Flags)));
            }, iter: Rounds.Of(60), threads: 1);
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 0xFFFF], Gen.Int[0, 3]).Sample(
            (count, flags, type) =>
            {
                var model = Enumerable.Range(0, count).Select(at =>
                    new SecurePartition("part" + at, (byte)type, 0, (uint)(0x2000 + at * 0x10000), 0x10000, flags)).ToArray();
                byte[] bytes = SecurePartitionWriter.Write(model);
                Assert.True(SecurePartitionTable.TryRead(bytes, out var read));
                Assert.Equal(model.Select(one => one.ToString()), read.Partitions.Select(one => one.ToString()));
                BytesAssert.Equal(bytes, SecurePartitionWriter.Write(read.Partitions));
            }, iter: Rounds.Of(40), threads: 1);
        Gen.Select(Word, Gen.Int[0, 0xFFFFFF], SomeBytes, Gen.Byte.Array[65], Gen.Byte.Array[64]).Sample(
            (counter, address, image, key, signature) =>
            {
                uint placed = Bl1Manifest.FlashWindow + (uint)address;
                byte[] bytes = Bl1ManifestWriter.Write(counter, placed, image, key, signature);
                Assert.True(Bl1Manifest.TryRead(bytes, out var read));
                Assert.Equal((counter, placed, (uint)image.Length), (read.SecurityCounter, read.StaticAddress, read.ImageLength));
                Assert.True(read.HashFits(image));
                BytesAssert.Equal(bytes, Bl1ManifestWriter.Write(read.SecurityCounter, read.StaticAddress, image, read.PublicKey.ToArray(), read.Signature.ToArray()));
            }, iter: Rounds.Of(40), threads: 1);
        foreach (bool isSecond in new[] { false, true })
        {
            byte[] bytes = BootFlag.Write(isSecond);
            Assert.True(BootFlag.TryRead(bytes, out var read));
            Assert.Equal(isSecond, read.IsSecond);
            BytesAssert.Equal(bytes, BootFlag.Write(read.IsSecond!.Value));
        }
        Assert.True(XipStatus.IsSet(XipStatus.Write()));
    }

    private static Uf2Scheme[] Schemes(int bits) => Enumerable.Range(0, 6).Where(bit => (bits >> bit & 1) != 0).Select(bit => (Uf2Scheme)bit).ToArray();
}
