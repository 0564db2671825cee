using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>The engines that the build under test has, by name: a test's output says which one failed.</summary>
internal static class AesEngines
{
    public static TheoryData<string> Names { get; } =
#if TESTING_NETSTANDARD
        ["platform"];
#else
        ["platform", "BouncyCastle"];
#endif

    public static AesEngine Named(string name) => name switch
    {
        "platform" => new PlatformAes(),
#if !TESTING_NETSTANDARD
        "BouncyCastle" => new BouncyCastleAes(),
#endif
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
