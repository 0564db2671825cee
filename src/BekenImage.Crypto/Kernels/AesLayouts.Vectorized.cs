#if NET8_0_OR_GREATER
namespace BekenImage.Crypto.Kernels;

/// <summary>How far apart units lie where a loop reads them and where it writes them: 32 bytes, or 34 with their CRC.</summary>
internal interface IAesLayout
{
    static abstract nuint InputSize { get; }

    static abstract nuint OutputSize { get; }
}

/// <summary>Data to data.</summary>
internal readonly struct AesLayoutUnits : IAesLayout
{
    public static nuint InputSize => FlashPages.DataSize;

    public static nuint OutputSize => FlashPages.DataSize;
}

/// <summary>Pages to data: CRCs are checked.</summary>
internal readonly struct AesLayoutFromPages : IAesLayout
{
    public static nuint InputSize => FlashPages.PageSize;

    public static nuint OutputSize => FlashPages.DataSize;
}

/// <summary>Data to pages: CRCs are made.</summary>
internal readonly struct AesLayoutToPages : IAesLayout
{
    public static nuint InputSize => FlashPages.DataSize;

    public static nuint OutputSize => FlashPages.PageSize;
}
#endif
