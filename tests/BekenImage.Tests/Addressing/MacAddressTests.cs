namespace BekenImage.Tests.Addressing;

public class MacAddressTests
{
    private static MacAddress Parsed(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new InvalidDataException(text);

    [Theory]
    [InlineData("01:23:45:67:89:ab")]
    [InlineData("01-23-45-67-89-AB")]
    [InlineData("0123456789ab")]
    [InlineData(" 0123456789AB ")]
    public void Text_InEachForm_GivesTheBytes(string text)
    {
        var mac = Parsed(text);
        Assert.Equal([0x01, 0x23, 0x45, 0x67, 0x89, 0xAB], mac.ToArray());
        Assert.Equal(new MacAddress([0x01, 0x23, 0x45, 0x67, 0x89, 0xAB]), mac);
        Assert.Equal("01:23:45:67:89:ab", mac.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789a")]
    [InlineData("0123456789abc")]
    [InlineData("01:23:45:67:89:a")]
    [InlineData("01:23:45:67:89-ab")]
    [InlineData("01.23.45.67.89.ab")]
    [InlineData("012:3:45:67:89:ab")]
    [InlineData("01:23:45:67:89:xy")]
    [InlineData("+123456789ab")]
    public void Text_OfAnotherForm_IsNone(string? text) => Assert.False(MacAddress.TryParse(text, out _));

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Bytes_MoreOrFewerThanSix_AreMisuse(int count) => Assert.Throws<ArgumentException>(() => new MacAddress(new byte[count]));

    // IEEE 802: the lowest bit of the first byte says that it is for many.
    [Theory]
    [InlineData("02:00:00:00:00:01", true, false)]
    [InlineData("fe:00:00:00:00:01", true, false)]
    [InlineData("01:00:00:00:00:01", false, true)]
    [InlineData("03:ff:ff:ff:ff:ff", false, true)]
    [InlineData("ff:ff:ff:ff:ff:ff", false, true)]
    [InlineData("00:00:00:00:00:00", false, false)]
    [InlineData("00:00:00:00:00:01", true, false)]
    [InlineData("00:01:01:01:01:01", true, false)]
    public void Station_IsWhatIsNeitherForManyNorZero(string text, bool station, bool multicast) =>
        Assert.Equal((station, multicast), (Parsed(text).IsStation, Parsed(text).IsMulticast));

    // C8:47:8C:00:00:00 of the SDKs and C8:47:8C:42:88:48 of Tuya's: what stands where nobody put one.
    [Theory]
    [InlineData("c8:47:8c:00:00:00", true)]
    [InlineData("c8:47:8c:42:88:48", true)]
    [InlineData("18:94:a3:00:00:00", true)]
    [InlineData("c8:47:8c:42:88:49", false)]
    [InlineData("c8:47:8c:00:00:01", false)]
    [InlineData("c8:47:8c:01:00:00", false)]
    [InlineData("c8:47:8d:42:88:48", false)]
    public void Placeholder_IsOneThatNoDeviceOwns(string text, bool expected) => Assert.Equal(expected, Parsed(text).IsPlaceholder);

    [Fact]
    public void Equality_IsThatOfTheBytes()
    {
        var (one, same, other) = (Parsed("0123456789ab"), Parsed("01:23:45:67:89:AB"), Parsed("0123456789ac"));
        Assert.True(one == same && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode() && !(one != same));
        Assert.True(one != other && !(one == other) && !one.Equals(other) && !one.Equals("01:23:45:67:89:ab"));
    }
}
