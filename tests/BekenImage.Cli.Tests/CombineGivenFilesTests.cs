using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

public class CombineGivenFilesTests
{
    [Fact]
    public void Combine_WithTableAndConfigFromFiles_NamesEachRegionsOwnFile()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        verbs.Do("obk", "set", device, "mqttHost=broker", "-o", verbs["set.bin"]);
        verbs.Do("extract", verbs["set.bin"], "rf", "-o", verbs["rf.bin"]);
        verbs.Do("extract", verbs["set.bin"], "0x1D1000+0xE00", "-o", verbs["config.bin"]);
        verbs.Do("combine", verbs["factory.bin"], verbs["firmware.bin"], "--rf", verbs["rf.bin"], "--obk-config", verbs["config.bin"], "-o", verbs["out.bin"], "--json");
        string FileOf(string name) => verbs.Json.GetProperty("regions").EnumerateArray()
            .Single(region => region.GetProperty("name").GetString() == name && region.GetProperty("origin").GetString() != "erased")
            .GetProperty("fromFile").GetString()!;
        Assert.Equal((verbs["rf.bin"], verbs["config.bin"]), (FileOf("rf"), FileOf("obk-config")));
    }
}
