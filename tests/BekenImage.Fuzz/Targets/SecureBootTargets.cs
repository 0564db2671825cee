using System.Text;
using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;
using BekenImage.Fuzz.Engine;
using BekenImage.Programs;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>Secure boot of BK7236 and its kin, and programs as bytes.</summary>
internal static class SecureBootTargets
{
    // One key for all runs: the signatures of a seed are random, its length is not.
    private static readonly SyntheticSecureBoot Signer = new();

    private static readonly byte[] Program = SyntheticArmino.Program(0x100, 0x3E00, 11);

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("secure/manifest", () => [Signer.Manifest(Program, 0x02003E00), [.. Signer.Manifest(Program, 0x02003E00).AsSpan(0, 0xD5)]], Manifest, typeof(Bl1Manifest)) { ShortRuns = 100 },
        new FuzzTarget("secure/mcuboot", () => [Signer.McuBoot(Program), Signer.McuBoot(Program, hashSigned: false)], McuBoot, typeof(McuBootImage))
            { ShortRuns = 100, Words = [[0x3D, 0xB8, 0xF3, 0x96], [0x07, 0x69], [0x08, 0x69], [0x10, 0, 32, 0], [0x22, 0], [0x50, 0, 4, 0]] },
        new FuzzTarget("secure/table", () => [SecureTable(), OldTable(), [.. SecureTable(), .. SecureTable()]], Table, typeof(SecurePartitionTable), typeof(SecurePartitionWriter))
            { Words = FuzzTarget.Texts("bl2", "primary_all", "secondary_all", "sys_rf", "primary_manifest", "bl1_control") },
        new FuzzTarget("secure/csv", () => [.. FuzzTarget.Texts(
            "Name,Offset,Size,Execute,Read,Write\nbl2,0x0,96k,TRUE,TRUE,FALSE\nsys_rf,,4k,FALSE,TRUE,TRUE\n",
            "FLASH_CAPACITY=4M,\nName,Offset,Size,Type,Read,Write\nbootloader,0x0,68K,code,TRUE,FALSE\napplication,,2312K,code,TRUE,TRUE\n",
            "Name,Type,SubType,Offset,Size,Flags\nbl2,app,,,96k,\nprimary_tfm_s,app,,0x20000,68k,\nprimary_cpu0_app,app,,,136k,\nsys_rf,data,,,4k,flash_encrypted | customer_8\n")],
            Csv, typeof(PartitionCsv)) { Words = FuzzTarget.Texts(",", "\n", "0x", "4k", "96K", "16M", "FALSE", "encrypted", "|", "primary_cpu0_app,app,,,136k,\n") },
        new FuzzTarget("secure/keys", () => [.. FuzzTarget.Texts(
            "{ \"Flash Aes key\": { \"content\": \"" + new string('1', 64) + "\", \"byte_lenth\": 32 } }",
            "[ { \"name\": \"bl1_rotpk_hash\", \"data\": \"" + new string('2', 64) + "\" } ]"), new byte[0x300]], Keys, typeof(SecureBootKeys))
            { Words = FuzzTarget.Texts("\"name\":", "\"data\":", "\"content\":", "bl1_rotpk_hash", "bl2_rotpk_hash", "flash_aes_key", "{", "}", "\"") },
        new FuzzTarget("secure/flag", () => [BekenImage.Formats.SecureBoot.BootFlag.Write(true), XipStatus.Write()], Flag, typeof(BootFlag), typeof(XipStatus)),
        new FuzzTarget("programs/bootloader", () => [new SyntheticImage().StoredBootloader(), new SyntheticImage { Key = SyntheticKey.Zero, Boot = SyntheticBoot.Dreo }.PlainBootloader()],
            Bootloader, typeof(BootloaderPayload)) { MaximumLength = 0x4000, ShortRuns = 60, Sealing = bytes => Seals.Fal(bytes), Words = FuzzTarget.Texts("01PE", "BK7231", "app", "download"), Cost = (4 << 20, 64) },
        new FuzzTarget("programs/encrypt", () => [SyntheticPrograms.App(0x400, SyntheticImage.TuyaN)], VendorPair, typeof(VendorEncrypt)),
        new FuzzTarget("programs/pages", () => [PlainFormats.Pages(SyntheticPrograms.Noise(320, 1))], PageFiles, typeof(PageFile)) { Sealing = bytes => Seals.Pages(bytes) },
        new FuzzTarget("programs/code", () => [SyntheticPrograms.App(0x400, SyntheticImage.TuyaN), Program, SyntheticPrograms.Bootloader(0xEA000B48, ["BK7231N_1.0.1"], SyntheticLayout.N.Table(), true, length: 0xC00)],
            Code, typeof(SdkFlashTable)),
    ];

    private static byte[] SecureTable() => SyntheticSecureBoot.Table(SyntheticSecureBoot.Record("bl2", 0, 0, 0x18000, 0), SyntheticSecureBoot.Record("sys_rf", 1, 0x18000, 0x1000, 2));

    private static byte[] OldTable() => SyntheticSecureBoot.Table(SyntheticSecureBoot.OldRecord("bl1_control", 0, 0x1000), SyntheticSecureBoot.OldRecord("bl2", 0x1000, 0x18000));

    private static void Manifest(ReadOnlyMemory<byte> input)
    {
        if (!Bl1Manifest.TryRead(input.Span, out var manifest))
            return;
        Walk.Everything(manifest);
        Walk.Everything(manifest.CheckSignature());
        Walk.Everything(manifest.Verify(Program));
        Walk.Everything(manifest.FindImage(input));
        Promise.Holds(manifest.With(7, 0x02004000, Program).HashFits(Program), "With makes another hash");
    }

    private static void McuBoot(ReadOnlyMemory<byte> input)
    {
        if (!McuBootImage.TryRead(input, out var image))
            return;
        Walk.Everything(image);
        Walk.Everything(image.CheckSignature());
        Walk.Everything(image.Verify());
        Walk.Everything(image.Find(0x10));
    }

    private static void Table(ReadOnlyMemory<byte> input)
    {
        if (!SecurePartitionTable.TryRead(input, out var table))
            return;
        Walk.Everything(table);
        Promise.Same(input.Span[..table.ToArray().Length], table.ToArray(), "a table is not its bytes");
        foreach (var partition in table.Partitions)
            _ = table.IsCode(partition);
        if (table.Version != 2 || table.Partitions.Count == 0)
            return;
        Promise.Holds(SecurePartitionTable.TryRead(SecurePartitionWriter.Write(table.Partitions), out var again), "Write makes no table");
        Promise.Holds(again!.Partitions.Select(partition => (partition.Name, partition.Offset, partition.Length, partition.Flags))
            .SequenceEqual(table.Partitions.Select(partition => (partition.Name, partition.Offset, partition.Length, partition.Flags)).Take(again.Partitions.Count)), "Read of Write");
    }

    private static void Csv(ReadOnlyMemory<byte> input)
    {
        if (!PartitionCsv.TryRead(Encoding.UTF8.GetString(input.Span), out var source))
            return;
        Walk.Everything(source);
        Promise.Answered(() =>
        {
            var table = source.ToTable();
            byte[] written = SecurePartitionWriter.Write(table, copies: 2);
            Promise.Holds(SecurePartitionTable.TryRead(written, out var read) || table.Count == 0, "the table of a source is no table");
            Promise.Holds(read is null || read.Partitions.Count == table.Count, "the table of a source has other partitions");
        });
        Promise.Answered(() => new SecurePackageBuilder(source).BuildDownload([new SecurePackagePart("bl2", Program), new SecurePackagePart("partition")], new List<Finding>()));
    }

    private static void Keys(ReadOnlyMemory<byte> input)
    {
        if (SecureBootKeys.TryReadText(Encoding.UTF8.GetString(input.Span), out var keys))
            Walk.Everything(keys);
        if (SecureBootKeys.TryReadOtp(input.Span, out keys))
            Walk.Everything(keys);
    }

    private static void Flag(ReadOnlyMemory<byte> input)
    {
        if (BootFlag.TryRead(input.Span, out var flag))
            Walk.Everything(flag);
        _ = XipStatus.IsSet(input.Span);
        foreach (bool second in new[] { false, true })
            Promise.Holds(BootFlag.TryRead(BootFlag.Write(second), out var again) && again.IsSecond == second, "Read of Write");
    }

    private static void Bootloader(ReadOnlyMemory<byte> input)
    {
        foreach (var key in new[] { BekenKey.Tuya, BekenKey.Zero })
        {
            Promise.Answered(() => Walk.Everything(BootloaderPayload.FromFile(input.Span, key)));
            if (!BootloaderPayload.TryRead(input.Span, key, out var payload))
                continue;
            Walk.Everything(payload);
            Promise.Same(input.Span[..payload.Stored.Length], payload.ToArray(), "a bootloader is not its bytes");
            Promise.Answered(() => Promise.Same(payload.WithKey(key).ToArray(), payload.ToArray(), "the same key makes another bootloader"));
            Promise.Answered(() =>
            {
                var changed = payload.WithFal(payload.Fal.Partitions);
                Promise.Holds(changed.Fal.Partitions.Count == payload.Fal.Partitions.Count, "WithFal of its own table");
            });
        }
    }

    private static void VendorPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        uint address = data.Bool() ? 0x10000u : 0;
        byte[] plain = data.Rest();
        byte[] stored = VendorEncrypt.Encrypt(plain, BekenKey.Tuya, address);
        Promise.Holds(VendorEncrypt.TryDecrypt(stored, BekenKey.Tuya, address, out byte[]? back), "what Encrypt makes is not decrypted");
        Promise.Same(plain, back.AsSpan(0, plain.Length), "Decrypt of Encrypt");
        VendorEncrypt.TryDecrypt(input.Span, BekenKey.Tuya, address, out _);
    }

    private static void PageFiles(ReadOnlyMemory<byte> input)
    {
        Promise.Answered(() => Walk.Everything(PageFile.Check(input.Span)));
        Promise.Answered(() => PageFile.Strip(input.Span, BekenKey.Tuya, 0x10000, out _));
        Promise.Answered(() => Promise.Holds(PageFile.Check(PageFile.Repair(input.Span).ToArray()).Bad == 0, "Repair leaves bad pages"));
        Promise.Same(PageFile.Pad(input.Span), PageFile.Strip(PageFile.Add(input.Span)), "Strip of Add");
    }

    private static void Code(ReadOnlyMemory<byte> input)
    {
        Walk.Everything(SdkFlashTable.Find(input.Span));
        _ = (CortexVectors.Match(input.Span), CortexVectors.OffsetIn(input.Span, 0x9000), ArmVectors.Match(input.Span), ArmVectors.LinkBase(input.Span));
        _ = (VendorTail.LengthIn(input.Span, BekenKey.Tuya), PagedFile.IsPaged(input.Span), BootloaderUpdates.Read(input.Span, BekenKey.Tuya));
        Promise.Answered(() => FirmwareBuilder.CheckApp(input.ToArray()));
    }
}
