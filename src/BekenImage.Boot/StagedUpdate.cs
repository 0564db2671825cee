using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage.Boot;

/// <summary>The update package that was staged before the run, and whether it is what the app's place holds afterwards.</summary>
internal sealed class StagedUpdate(BootSubject subject)
{
    /// <summary>
    /// True when the package's first sector was erased, which is what a loader does at the end of an update, and the app is what was in the
    /// package. Where its AES key is not known the erased sector and a changed app must do.
    /// </summary>
    public bool IsInstalled(ReadOnlySpan<byte> flash)
    {
        if (subject.Image.UpdatePackage is not { Offset: var offset } package || offset <= 0 || offset + RblHeader.Size > flash.Length)
            return false;
        var header = package.Header;
        if (!IO.ByteRuns.IsErased(flash.Slice((int)offset, RblHeader.Size)))
            return false;
        int pages = (int)((header.RawSize + FlashPages.DataSize - 1) / FlashPages.DataSize);
        int start = (int)(subject.AppAddress / FlashPages.DataSize) * FlashPages.PageSize;
        long length = (long)pages * FlashPages.PageSize;
        if (length == 0 || start + length > flash.Length)
            return false;
        var stored = flash.Slice(start, (int)length);
        if (start + length <= subject.Flash.Length && stored.SequenceEqual(subject.Flash.Span.Slice(start, (int)length)))
            return false;
        return Unpack() is not { } app || Holds(stored, app);
    }

    private byte[]? Unpack()
    {
        try
        {
            return subject.Image.UnpackUpdate();
        }
        catch (BekenImageException)
        {
            return null;
        }
    }

    private bool Holds(ReadOnlySpan<byte> stored, byte[] app)
    {
        var plain = new byte[stored.Length / FlashPages.PageSize * FlashPages.DataSize];
        var scan = FlashPages.Decode(stored, plain, subject.Key, subject.AppAddress);
        return scan.Bad == 0 && plain.AsSpan(0, app.Length).SequenceEqual(app);
    }
}
