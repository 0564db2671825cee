using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Comparing;

/// <summary>Images under secure boot: slots, manifest, unread data; enciphered and plain.</summary>
public class SecureImageDifferTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 3 + 5)).ToArray();
    private static readonly byte[] OtherKey = Enumerable.Range(0, 32).Select(i => (byte)(i * 11 + 2)).ToArray();

    private static FlashImage Read(byte[] bytes, byte[]? key) =>
        FlashImage.Parse(bytes, key is null ? null : new FlashImageOptions { AesKey = new AesFlashKey(key) });

    private static ImageComparison Compare(byte[] a, byte[] b, byte[]? key) => ImageDiffer.Compare(Read(a, key), Read(b, key));

    private static byte[] With(byte[] flash, int place)
    {
        byte[] other = (byte[])flash.Clone();
        other[place] ^= 0x40;
        return other;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Image_WithItself_IsIdentical(bool encrypted)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages: false);
        var comparison = Compare(made.Flash, (byte[])made.Flash.Clone(), encrypted ? Key : null);
        Assert.Equal((true, true, 0), (comparison.IsIdentical, comparison.IsSameContent, comparison.Differences.Count));
    }

    [Theory]
    [InlineData(false, SyntheticSecureImage.PrimaryOffset + 0x9000, DifferenceArea.App)]
    [InlineData(true, SyntheticSecureImage.PrimaryOffset + 0x9000, DifferenceArea.App)]
    [InlineData(false, SyntheticSecureImage.ManifestOffset + 0x20, DifferenceArea.Bootloader)]
    [InlineData(true, SyntheticSecureImage.ManifestOffset + 0x20, DifferenceArea.Bootloader)]
    [InlineData(false, SyntheticSecureImage.Bl2Offset + 0x900, DifferenceArea.Bootloader)]
    [InlineData(true, SyntheticSecureImage.Bl2Offset + 0x900, DifferenceArea.Bootloader)]
    public void Edit_OfASlot_IsOfThatSlotAlone(bool encrypted, int place, DifferenceArea area)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages: false);
        var comparison = Compare(made.Flash, With(made.Flash, place), encrypted ? Key : null);
        Assert.NotEmpty(comparison.Differences);
        Assert.All(comparison.Differences, difference => Assert.Equal(area, difference.Area));
        Assert.False(comparison.IsSameContent);
    }

    [Theory]
    [InlineData(0x2000, "sys_rf")]
    [InlineData(0x21000, "easyflash")]
    public void Edit_OfUnreadData_IsNamedByItsPartition(int place, string name)
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var difference = Assert.Single(Compare(made.Flash, With(made.Flash, place), null).Differences);
        Assert.Equal((DifferenceArea.Other, name, (long)place, 1L), (difference.Area, difference.Name, difference.OffsetB, difference.Length));
    }

    // The same signed programs; only the program pages are under the key, so nothing else may be named.
    [Fact]
    public void EncipheredAgainstPlain_DiffersInTheKeyAlone()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] enciphered = made.EncipheredWith(Key);
        foreach (var comparison in new[]
        {
            ImageDiffer.Compare(Read(made.Flash, null), Read(enciphered, Key)),
            ImageDiffer.Compare(Read(enciphered, Key), Read(made.Flash, null)),
        })
        {
            Assert.All(comparison.Differences, difference => Assert.True(difference.Area == DifferenceArea.Key, string.Join(", ", comparison.Differences)));
            Assert.NotEmpty(comparison.Differences);
            Assert.True(comparison.IsSameContent);
        }
    }

    [Fact]
    public void TwoKeys_AreToldApart_AndNotShown()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var comparison = ImageDiffer.Compare(Read(made.EncipheredWith(Key), Key), Read(made.EncipheredWith(OtherKey), OtherKey));
        Assert.NotEmpty(comparison.Differences);
        Assert.All(comparison.Differences, difference => Assert.True(difference.Area == DifferenceArea.Key, string.Join(", ", comparison.Differences)));
        Assert.All(comparison.Differences, difference => Assert.Equal((SecretMask.Text, SecretMask.Text + " (another)"), (difference.A, difference.B)));
        Assert.True(comparison.IsSameContent);
    }
}
