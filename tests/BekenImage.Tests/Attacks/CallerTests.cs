using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>A24, A25: streams that lie or break, an image used from everywhere at once, a buffer that is changed under the reader.</summary>
public sealed class CallerTests
{
    /// <summary>More than there may be, without an end: it is refused when that much was read, whatever the stream says of its length.</summary>
    [Theory]
    [InlineData(0L)]
    [InlineData(100L)]
    [InlineData(long.MaxValue)]
    public void Stream_WithoutEnd_IsRefusedAtTheLimit(long length)
    {
        using var stream = new OddStream(length, (_, count) => count);
        var error = Assert.Throws<BekenImageException>(() => FlashImage.Load(stream));
        Assert.Equal(FindingCode.TooLarge, error.Code);
        Assert.InRange(stream.Given, FlashImage.MaximumLength, FlashImage.MaximumLength + (1 << 20));
    }

    [Fact]
    public async Task Stream_ThatBreaks_GivesItsOwnException()
    {
        using var stream = new OddStream(1 << 20, (given, count) => given > 100_000 ? throw new IOException("the cable was pulled") : count);
        Assert.Equal("the cable was pulled", Assert.Throws<IOException>(() => FlashImage.Load(stream)).Message);
        using var again = new OddStream(1 << 20, (given, count) => given > 100_000 ? throw new IOException("the cable was pulled") : count);
        await Assert.ThrowsAsync<IOException>(() => FlashImage.LoadAsync(again, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Stream_OfOneByteAtATime_GivesTheWhole()
    {
        using var stream = new OddStream(0, (given, _) => given < 5000 ? 1 : 0);
        Assert.Equal(5000, FlashImage.Load(stream).Length);
    }

    /// <summary>Everything that is lazy is asked for at once, by everybody first.</summary>
    [Fact]
    public void Image_AskedFromManyThreadsAtOnce_GivesEachTheSameAnswers()
    {
        for (int round = 0; round < 2; round++)
        {
            var image = FlashImage.Parse(DataImages.Full());
            using var start = new Barrier(4);
            var answers = new string[4];
            var threads = Enumerable.Range(0, answers.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                Properties.Touch(image);
                var secrets = ImageSecrets.Find(image);
                answers[i] = string.Join('|', image.Findings) + secrets.Count + image.Edit().Sanitize().Changes.Count + ImageSplitter.Split(image).Contents.Count;
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Single(answers.Distinct());
        }
    }

    /// <summary>An image keeps the caller's bytes. Who changes them meanwhile gets an answer to neither state, and never a failure of ours.</summary>
    [Fact]
    public void Buffer_ThatIsChangedMeanwhile_BreaksNothing()
    {
        byte[][] files = [DataImages.Full()[0x1C0000..], SyntheticImage.ObkNFirmware().WithRf(0x1D0000).WithConfig(0x1D1000).Dump()];
        foreach (byte[] bytes in files)
        {
            bool isOver = false;
            var changer = new Thread(() =>
            {
                var random = new Random(5);
                while (!Volatile.Read(ref isOver))
                {
                    int at = random.Next(bytes.Length - 64);
                    byte before = bytes[at];
                    bytes[at] = (byte)random.Next(256);
                    Thread.SpinWait(20);
                    bytes[at] = before;
                }
            });
            changer.Start();
            try
            {
                for (int i = 0; i < 6; i++)
                {
                    var image = FlashImage.Parse(bytes);
                    Properties.Touch(image);
                    ImageSecrets.Find(image);
                }
            }
            finally
            {
                Volatile.Write(ref isOver, true);
                changer.Join();
            }
        }
    }

    private sealed class OddStream(long length, Func<long, int, int> give) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => length > 0;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = give(Given, count);
            Given += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
