using BekenImage.Boot.Device;
using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests.Device;

/// <summary>The flash and its controller, register by register. Source: hardware.md, section 4.</summary>
public class FlashTests
{
    private const uint Go = 1u << 29;

    private readonly FlashChip _flash = new(new byte[0x100], 0x200000, 0xEB6015);
    private readonly FlashController _controller;

    public FlashTests() => _controller = new FlashController(new RegisterStorage(), _flash);

    [Fact]
    public void Chip_IsErasedBehindTheImage_AndKeepsItsOwnCopy()
    {
        byte[] image = [1, 2, 3];
        var flash = new FlashChip(image, 0x1000, 0);
        flash.Program(0, [0, 0, 0]);
        Assert.Equal([1, 2, 3], image);
        Assert.Equal([0, 0, 0, 0xFF], flash.Bytes[..4].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    public void Chip_OfAnotherSizeThanAPowerOfTwo_IsRefused(int size) => Assert.Throws<ArgumentException>(() => new FlashChip([], size, 0));

    [Fact]
    public void Program_OnlyClearsBits()
    {
        Program(0x1000, 0xF0F0F0F0);
        Program(0x1000, 0x0FFF00FF);
        Assert.Equal(0x00F000F0u, Read(0x1000));
        Assert.Equal(2, _flash.Writes);
    }

    [Theory]
    [InlineData(13u, 0x1000)]
    [InlineData(14u, 0x8000)]
    [InlineData(15u, 0x10000)]
    [InlineData(16u, 0x200000)]
    public void Erase_TakesTheBlockTheAddressIsIn(uint opcode, int size)
    {
        for (uint at = 0x10000; at < 0x40000; at += 0x1000)
            Program(at, 0);
        Do(opcode, 0x2F123);
        for (uint at = 0x10000; at < 0x40000; at += 0x1000)
            Assert.Equal(at / (uint)size == 0x2F123u / (uint)size ? uint.MaxValue : 0, Read(at));
    }

    [Fact]
    public void Read_GivesTheLineWordByWord_AndEveryOperationBeginsAnew()
    {
        for (uint word = 0; word < 8; word++)
            _controller.Write(0x04, word + 1);
        Do(12, 0x2000);
        Do(5, 0x201F);
        Assert.Equal([1u, 2, 3], Enumerable.Range(0, 3).Select(_ => _controller.Read(0x08)));
        Do(5, 0x2000);
        Assert.Equal(Enumerable.Range(1, 8).Select(word => (uint)word), Enumerable.Range(0, 8).Select(_ => _controller.Read(0x08)));
    }

    [Fact]
    public void Operation_IsDoneAtOnce_AndTheWriteProtectPinIsRead()
    {
        _controller.Write(0x00, Go | 1u << 30 | 5u << 24 | 0x123);
        Assert.Equal(1u << 30 | 5u << 24 | 0x123, _controller.Read(0x00));
    }

    [Fact]
    public void IdAndStatus_AreAnswered()
    {
        Do(20, 0);
        Assert.Equal(0xEB6015u, _controller.Read(0x10));
        Do(3, 0);
        Assert.Equal(0u, _controller.Read(0x14) & 0xFF);
        _controller.Write(0x1C, 0x1F015);
        Do(7, 0);
        Do(3, 0);
        Assert.Equal(0x7Cu, _controller.Read(0x14) & 0xFF);
    }

    [Fact]
    public void Addresses_WrapAtTheChipsSize()
    {
        Program(0x1000, 0x12345678);
        Assert.Equal(0x12345678u, Read(0x201000));
    }

    [Fact]
    public void Window_IsWhatThePhysicalBytesSay_WheneverTheyChange()
    {
        byte[] plain = SyntheticPrograms.Noise(64, 4);
        byte[] pages = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, plain));
        var flash = new FlashChip(new byte[0x100], 0x200000, 0);
        var window = new FlashWindow(flash, BekenKey.Tuya);
        Assert.Equal(WindowPage.Erased, window.StateOf(0x10000));
        Assert.Equal(uint.MaxValue, window.ReadWord(0x10004));

        flash.Program(0x11000, pages);
        Assert.Equal(PlainFormats.Word(plain, 4), window.ReadWord(0x10004));
        Assert.Equal((plain[40], WindowPage.Sound), (window.ReadByte(0x10028), window.StateOf(0x10028)));
        Assert.Equal(0, window.BadPages);

        flash.Program(0x11000, [0]);
        Assert.Equal((WindowPage.Bad, WindowPage.Sound), (window.StateOf(0x10000), window.StateOf(0x10020)));
        Assert.Equal((1, 0x11000L), (window.BadPages, window.FirstBadPage));

        flash.Erase(0x11000, 0x1000);
        Assert.Equal(WindowPage.Erased, window.StateOf(0x10020));
    }

    private void Program(uint address, uint word)
    {
        for (int at = 0; at < 8; at++)
            _controller.Write(0x04, word);
        Do(12, address);
    }

    private uint Read(uint address)
    {
        Do(5, address);
        return _controller.Read(0x08);
    }

    private void Do(uint opcode, uint address) => _controller.Write(0x00, Go | opcode << 24 | address);
}
