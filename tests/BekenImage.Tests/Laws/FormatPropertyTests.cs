namespace BekenImage.Tests.Laws;

/// <summary>parse(build(model)) is the model, and write(parse(bytes)) is the bytes, for every format that is written.</summary>
public class FormatPropertyTests
{
    private const string Space = "BekenImage.Formats.";

    private static readonly Dictionary<string, (Action Check, string[] Writers)> Written = new(StringComparer.Ordinal)
    {
        ["Download"] = (FormatProperties.Download, ["DownloadWriter"]),
        ["Fal"] = (FormatProperties.Fal, ["FalWriter"]),
        ["FlashVars"] = (StoreProperties.FlashVars, ["EasyFlashWriter"]),
        ["LittleFs"] = (StoreProperties.LittleFs, ["LittleFsWriter"]),
        ["McuUpdate"] = (FormatProperties.McuUpdate, ["McuUpdateWriter"]),
        ["Net"] = (StoreProperties.Net, ["NetParamWriter"]),
        ["NvsKey"] = (FormatProperties.NvsKey, []),
        ["Obk"] = (StoreProperties.Obk, []),
        ["Rbl"] = (FormatProperties.Rbl, ["OtaWriter", "RblWriter"]),
        ["Rf"] = (StoreProperties.Rf, ["RfWriter"]),
        ["SecureBoot"] = (FormatProperties.SecureBoot, ["Bl1ManifestWriter", "SecurePartitionWriter"]),
        ["Tuya"] = (StoreProperties.Tuya, ["TuyaProtectedBlockWriter", "TuyaStorageWriter", "TuyaWriter", "UfWriter"]),
        ["Ua"] = (FormatProperties.Ua, ["UaWriter"]),
        ["Uf2"] = (FormatProperties.Uf2, ["Uf2Writer"]),
        ["Ug"] = (FormatProperties.Ug, ["UgWriter"]),
    };

    /// <summary>Read, and never written: archives, what other vendors' files are told by.</summary>
    private static readonly string[] ReadOnly = ["Archives", "Foreign"];

    public static TheoryData<string> Formats => new(Written.Keys);

    [Theory]
    [MemberData(nameof(Formats))]
    public void WhatIsWritten_IsReadAsItsModel_AndWrittenAgainTheSame(string format) => Written[format].Check();

    /// <summary>A format or a writer that is new fails here until it has a property.</summary>
    [Fact]
    public void EveryFormatAndEveryWriter_IsNamedHere()
    {
        var types = typeof(FlashImage).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith(Space, StringComparison.Ordinal) == true).ToArray();
        Assert.Equal(
            types.Select(type => type.Namespace![Space.Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Written.Keys.Concat(ReadOnly).Order(StringComparer.Ordinal));
        Assert.Equal(
            types.Where(type => type is { IsNested: false } && type.Name.EndsWith("Writer", StringComparison.Ordinal)).Select(type => type.Name).Order(StringComparer.Ordinal),
            Written.Values.SelectMany(one => one.Writers).Order(StringComparer.Ordinal));
    }
}
