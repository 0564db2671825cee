namespace BekenImage.Tests.Images;

public class LoadStreamTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 + i / 256))];

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(200_000)]
    public void Load_OfAStreamThatKnowsItsLength_ReadsFromItsPosition(int position)
    {
        using var stream = new MemoryStream(Bytes) { Position = position };
        Assert.Equal(Bytes[position..], FlashImage.Load(stream).Source.ToArray());
        Assert.True(stream.CanRead);
    }

    // Short reads, and a length that is unknown, too small, too large or nonsense.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 100)]
    [InlineData(true, 150_000)]
    [InlineData(true, 300_000)]
    [InlineData(true, -1)]
    [InlineData(true, long.MaxValue)]
    public void Load_OfAStreamThatDoesNotKnowItsLength_ReadsToItsEnd(bool canSeek, long length)
    {
        using var stream = new LyingStream(Bytes, canSeek, length);
        Assert.Equal(Bytes, FlashImage.Load(stream).Source.ToArray());
    }

    private sealed class LyingStream(byte[] bytes, bool canSeek, long length) : MemoryStream(bytes)
    {
        public override bool CanSeek => canSeek;

        public override long Length => length;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 4097));
    }
}
