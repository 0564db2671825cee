using System.Text;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>A21: blanking secrets in what is damaged, anywhere and in every way: no exception, no secret left where it was found before.</summary>
[Trait("Attack", "A21")]
public sealed class SanitizeDamageTests
{
    private static readonly string[] OfConfig = ["pass phrase C", "broker pass 7", "web password 8", "script pass"];

    private static byte[] Sector(byte[] config) => [.. config, .. Enumerable.Repeat((byte)0xFF, 4096 - config.Length)];

    /// <summary>Versions, lengths of texts, pins and flags: every byte of the head and a spread of the rest.</summary>
    [Fact]
    public void Configuration_DamagedAnywhere_IsSanitized()
    {
        byte[] sector = Sector(DataImages.ObkConfig());
        int[] places = [.. Enumerable.Range(0, 0x20), .. Enumerable.Range(1, 27).Select(i => i * 0x80 + i % 32)];
        foreach (int at in places)
        {
            byte[] damaged = sector.ToArray();
            damaged[at] = at % 3 == 0 ? (byte)0xFF : (byte)(sector[at] + 1);
            AssertClean(damaged, $"0x{at:x} = {damaged[at]:x}");
        }
    }

    /// <summary>Cut short, erased from some place on, and with its neighbour's bytes behind it.</summary>
    [Fact]
    public void Configuration_CutOrHalfErased_IsSanitized()
    {
        byte[] sector = Sector(DataImages.ObkConfig());
        for (int at = 0x40; at < 0xE00; at += 0x120)
        {
            byte[] erased = sector.ToArray();
            erased.AsSpan(at).Fill(0xFF);
            AssertClean(erased, $"erased from 0x{at:x}");
            AssertClean(sector[..at], $"cut at 0x{at:x}");
            AssertClean([.. erased, .. sector], $"before a whole one, erased from 0x{at:x}");
        }
    }

    /// <summary>Every area of a whole chip, damaged under the eyes of every reader.</summary>
    [Fact]
    public void Chip_DamagedInSeveralAreas_NeverThrows_AndTwiceIsOnce()
    {
        byte[] image = DataImages.Full()[0x1C0000..];
        int[] areas = [DataImages.FastConnectOffset, DataImages.NetParamOffset, DataImages.FlashVarsOffset, DataImages.ProtectedOffset, TuyaImages.KeyOffset, TuyaImages.KeyOffset + 0x1000];
        var random = new Random(2026);
        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = image.ToArray();
            foreach (int area in areas)
            {
                for (int flips = random.Next(4); flips > 0; flips--)
                    damaged[area - 0x1C0000 + random.Next(random.Next(2) == 0 ? 64 : 4096)] = (byte)random.Next(256);
            }
            byte[] clean = FlashImage.Parse(damaged).Edit().Sanitize().ToArray();
            Assert.Empty(FlashImage.Parse(clean).Edit().Sanitize().Changes);
        }
    }

    // What is read as a configuration before is clean after; what is none stays, and holds what it held.
    private static void AssertClean(byte[] bytes, string what)
    {
        var image = FlashImage.Parse(bytes);
        byte[] clean = image.Edit().Sanitize().ToArray();
        Assert.Equal(bytes.Length, clean.Length);
        if (image.ObkConfig is null)
            return;
        string text = Encoding.Latin1.GetString(clean);
        foreach (string secret in OfConfig)
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{what}: {secret}");
        Assert.True(FlashImage.Parse(clean).Edit().Sanitize().Changes.Count == 0, what);
    }
}
