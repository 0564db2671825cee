// What somebody found out about a dump once stays true: of the dump, and of the library that reads it.
//
//     dotnet run --project src/BekenImage.Cli -- demo -o dumps
//     DUMPS=dumps dotnet run --project samples/DumpFacts
//
// DUMPS names the folder of the dumps, which are nobody else's business and lie in no repository. A new dump gets a row in facts.json.

using BekenImage;

namespace DumpFacts;

public sealed class DumpTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("DUMPS");

    public static TheoryData<string> Names => [.. DumpFact.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Dump_IsWhatItWas(string name)
    {
        var image = Open(name);
        var fact = DumpFact.All[name];
        Assert.Equal((fact.Kind, fact.Chip, fact.Flavor, fact.Key), (image.Kind, image.Chip, image.Flavor, image.Key.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Dump_HoldsTheCalibrationOfItsDevice(string name)
    {
        var rf = Open(name).Rf;
        var fact = DumpFact.All[name];
        Assert.Equal((fact.Mac, fact.CalibrationAt), (rf?.Mac?.ToString(), rf is null ? null : $"0x{rf.Offset:x}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Dump_IsJudgedAsItWas(string name)
    {
        var verdict = ImageVerifier.Verify(Open(name));
        var fact = DumpFact.All[name];
        Assert.Equal((fact.Boots, fact.Backup), (verdict.Boots, verdict.Backup));
    }

    // The codes keep their meaning; the words may change.
    [Theory]
    [MemberData(nameof(Names))]
    public void Dump_HasTheFindingsItHad(string name) =>
        Assert.Equal(
            DumpFact.All[name].Findings, Open(name).Findings.Where(finding => finding.Severity != FindingSeverity.Info).Select(finding => finding.CodeText));

    private static FlashImage Open(string name)
    {
        Assert.SkipWhen(Folder is null, "DUMPS names no folder");
        return FlashImage.Load(Path.Combine(Folder!, name));
    }
}
