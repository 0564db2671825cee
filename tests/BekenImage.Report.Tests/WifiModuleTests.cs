using BekenImage.Report.Model;

namespace BekenImage.Report.Tests;

public class WifiModuleTests
{
    public static TheoryData<string> Names => [.. WifiModule.All.Select(module => module.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Module_OfAnyFile_HasEachPinOnceAndOnOneEdge(string name)
    {
        var module = WifiModule.Find(name)!;
        Assert.Equal(Enumerable.Range(1, module.Pins.Count), module.Pins.Select(pin => pin.Pin));
        Assert.True(BekenChips.TryParse(module.Chip, out _));
        if (module.Width == 0)
        {
            Assert.Empty(module.Edges);
            return;
        }
        Assert.Equal(module.Pins.Select(pin => pin.Pin), module.Edges.SelectMany(edge => edge.Pins.Select(pin => pin.Pin)).Order());
        foreach (var (_, signal) in module.Pins)
            Assert.Matches("^(P[0-9]{1,2}|GND|3V3|5V|CEN|TEST|ANT|-)$", signal);
    }

    // Tuya's datasheets of the modules: power, and the GPIOs of a few pins.
    [Theory]
    [InlineData("CB2S", 1, "3V3")]
    [InlineData("CB2S", 2, "P6")]
    [InlineData("CB2S", 3, "GND")]
    [InlineData("CB2S", 5, "P10")]
    [InlineData("CB2S", 7, "P11")]
    [InlineData("CB2S", 8, "P23")]
    [InlineData("WB2S", 2, "P8")]
    [InlineData("WB3S", 8, "3V3")]
    [InlineData("WB3S", 9, "GND")]
    [InlineData("WB3S", 15, "P10")]
    [InlineData("WB3S", 16, "P11")]
    [InlineData("CB3S", 15, "P10")]
    [InlineData("CBU", 13, "GND")]
    [InlineData("CBU", 14, "3V3")]
    [InlineData("CBU", 15, "P11")]
    [InlineData("CBU", 16, "P10")]
    [InlineData("WB2L", 6, "GND")]
    [InlineData("WB2L", 7, "3V3")]
    public void Pin_OfAModule_IsThatOfItsDatasheet(string module, int pin, string signal) =>
        Assert.Equal(signal, WifiModule.Find(module)!.SignalOf(pin));

    [Theory]
    [InlineData("wb2l", "WB2L")]
    [InlineData("WB2L-M1", "WB2L_M1")]
    [InlineData(" cbu ", "CBU")]
    public void Find_OfANameInAnySpelling_Finds(string spelt, string name) => Assert.Equal(name, WifiModule.Find(spelt)!.Name);

    [Fact]
    public void Find_OfAnotherName_FindsNone()
    {
        Assert.Null(WifiModule.Find("ESP-12"));
        Assert.Null(WifiModule.Find(null));
    }
}
