using BekenImage.Formats.Rbl;

namespace BekenImage.Tests.Formats.Rbl;

public class PackagePaddingTests
{
    // PKCS#7 (RFC 5652, 6.3): n bytes of value n, a whole block where nothing is left over.
    [Fact]
    public void Padding_OfEveryLength_IsWhatTheRfcSays()
    {
        for (int length = 0; length <= 33; length++)
        {
            byte[] padded = PackagePadding.Add(new byte[length]);
            Assert.Equal(0, padded.Length % 16);
            int count = padded.Length - length;
            Assert.InRange(count, 1, 16);
            Assert.All(padded[length..], value => Assert.Equal(count, value));
            Assert.True(PackagePadding.IsAtEndOf(padded));
            Assert.True(PackagePadding.IsPadding(padded.AsSpan(length)));
        }
    }

    [Fact]
    public void Tail_OfSeventeenOrOfAnotherValue_IsNoPadding()
    {
        Assert.True(PackagePadding.IsPadding([]));
        Assert.True(PackagePadding.IsPadding(Enumerable.Repeat((byte)16, 16).ToArray()));
        Assert.False(PackagePadding.IsPadding(Enumerable.Repeat((byte)17, 17).ToArray()));
        Assert.False(PackagePadding.IsPadding([3, 3]));
        Assert.False(PackagePadding.IsPadding([2, 3]));
    }

    [Fact]
    public void End_OfBytes_IsPaddingWhereAllOfItIsThere()
    {
        Assert.False(PackagePadding.IsAtEndOf([]));
        Assert.False(PackagePadding.IsAtEndOf([0]));
        Assert.True(PackagePadding.IsAtEndOf([1]));
        Assert.True(PackagePadding.IsAtEndOf([9, 1]));
        Assert.True(PackagePadding.IsAtEndOf([2, 2]));
        Assert.False(PackagePadding.IsAtEndOf([2]));
        Assert.False(PackagePadding.IsAtEndOf([9, 3, 3]));
        Assert.True(PackagePadding.IsAtEndOf(Enumerable.Repeat((byte)16, 16).ToArray()));
        Assert.False(PackagePadding.IsAtEndOf(Enumerable.Repeat((byte)17, 17).ToArray()));
    }
}
