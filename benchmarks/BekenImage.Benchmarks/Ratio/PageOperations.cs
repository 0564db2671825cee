using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>What is measured of the byte layer: check, cipher, decode and encode of a whole app partition, by every kernel.</summary>
internal sealed class PageOperations
{
    private readonly byte[] _plain = AppPartition.MakeData(AppPartition.AppData);
    private readonly byte[] _pages;
    private readonly byte[] _data = new byte[AppPartition.AppData];
    private readonly byte[] _encoded;

    public PageOperations()
    {
        _pages = AppPartition.MakePages(_plain);
        _encoded = new byte[_pages.Length];
    }

    /// <summary>memcpy of the payload.</summary>
    public Measurement MakeCopy() => new(Measurement.Copy, Measurement.Copy, _plain.Length, () => _plain.AsSpan().CopyTo(_data));

    public IEnumerable<Measurement> MakeFor(PageKernel kernel)
    {
        var key = AppPartition.Key;
        uint address = AppPartition.LogicalAddress;
        yield return new("check", kernel.Name, _plain.Length, () => kernel.Check(_pages));
        yield return new("cipher", kernel.Name, _plain.Length, () => kernel.Apply(key, address, _plain, _data));
        yield return new("decode", kernel.Name, _plain.Length, () => kernel.Decode(_pages, _data, key, address));
        yield return new("encode", kernel.Name, _plain.Length, () => kernel.Encode(_plain, _encoded, key, address));
    }

    public IEnumerable<Measurement> MakeBitwise()
    {
        var key = AppPartition.Key;
        uint address = AppPartition.LogicalAddress;
        yield return new("check", Measurement.Bitwise, _plain.Length, () => BitwiseTool.CountBadPages(_pages));
        yield return new("cipher", Measurement.Bitwise, _plain.Length, () => BitwiseTool.Cipher(_plain, key, address));
        yield return new("decode", Measurement.Bitwise, _plain.Length, () => BitwiseTool.Decode(_pages, key, address));
        yield return new("encode", Measurement.Bitwise, _plain.Length, () => BitwiseTool.Encode(_plain, key, address));
    }

    /// <summary>True when the comparison and every kernel of this machine give the same bytes; a wrong result is not worth timing.</summary>
    public bool AllAgree()
    {
        var key = AppPartition.Key;
        uint address = AppPartition.LogicalAddress;
        bool agree = BitwiseTool.Encode(_plain, key, address).AsSpan().SequenceEqual(_pages) && BitwiseTool.CountBadPages(_pages) == 0;
        foreach (var kernel in PageKernel.Available)
        {
            agree &= kernel.Check(_pages).Valid * FlashPages.PageSize == _pages.Length;
            agree &= kernel.Decode(_pages, _data, key, address).Bad == 0 && _data.AsSpan().SequenceEqual(_plain);
            kernel.Encode(_plain, _encoded, key, address);
            agree &= _encoded.AsSpan().SequenceEqual(_pages);
            kernel.Apply(key, address, _plain, _data);
            agree &= BitwiseTool.Cipher(_plain, key, address).AsSpan().SequenceEqual(_data);
        }
        return agree;
    }
}
