namespace BekenImage.Tests.Explaining;

public class ExplanationsTests
{
    [Theory]
    [InlineData("BKI3005", "BKI3005")]
    [InlineData("bki3005", "BKI3005")]
    [InlineData(" 3005 ", "BKI3005")]
    [InlineData("UpdateAddressesDiffer", "BKI3005")]
    [InlineData("striped", "striped")]
    [InlineData("Qio", "QIO")]
    [InlineData("MAC 00:00:00", "MAC 00:00:00")]
    [InlineData("mac 000000", "MAC 00:00:00")]
    [InlineData("user-param-key", "user_param_key")]
    [InlineData("t34", "BK7231N")]
    [InlineData("T5", "BK7258")]
    [InlineData("510fb093 a3cbeadc 5993a17e c7adeb03", "tuya key")]
    public void Find_InAnyForm_GivesTheOne(string asked, string term) => Assert.Equal(term, Explanations.Find(asked)?.Term);

    [Theory]
    [InlineData("page", "UA", "UG", "RBL", "FAL", "physical address", "logical address", "coefficients", "rotation", "zero", "uascent")]
    [InlineData("Armino", "manifest", "MCUboot", "UF2", "OTA", "key", "LibreTiny", "OpenBeken", "vectors", "sector", "TuyaMCU")]
    public void Find_TheWordsOfTheContract_AreThere(params string[] terms) => Assert.All(terms, term => Assert.NotNull(Explanations.Find(term)));

    // Every name of an area that a document may print.
    [Fact]
    public void Find_EveryPartitionName_IsThere() => Assert.All(
        typeof(PartitionNames).GetFields().Select(field => (string)field.GetRawConstantValue()!), name => Assert.True(Explanations.Find(name) is not null, name));

    [Fact]
    public void Find_EveryNameOfEveryChip_GivesThatChip() => Assert.All(BekenChips.Names, name =>
    {
        Assert.True(BekenChips.TryParse(name, out var chip));
        Assert.Equal(chip.ToString(), Explanations.Find(name)?.Term);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("BKI0000")]
    [InlineData("9999")]
    [InlineData("no such word")]
    public void Find_WhatIsNotExplained_GivesNull(string? asked) => Assert.Null(Explanations.Find(asked));

    [Theory]
    [InlineData("strped", "striped")]
    [InlineData("BKI3050", "BKI3005")]
    [InlineData("coeficients", "coefficients")]
    public void Nearest_AMistypedName_IsAmongThem(string asked, string near) => Assert.Contains(near, Explanations.Nearest(asked));

    [Fact]
    public void Nearest_ALongText_IsNotSearchedFor() => Assert.Empty(Explanations.Nearest(new string('z', 5000)));

    [Fact]
    public void Names_OfAllExplanations_AreEachOnce()
    {
        var names = Explanations.Terms.Concat(Explanations.Findings)
            .SelectMany(known => Explanations.Names(known).Select(Explanations.Simplify).Distinct().Select(name => (name, known.Term)));
        Assert.Empty(names.GroupBy(pair => pair.name).Where(group => group.Count() > 1).Select(group => string.Join(", ", group)));
    }

    [Fact]
    public void Meanings_AreSentences() => Assert.All(Explanations.Terms, term =>
    {
        Assert.Matches(@"^[A-Z0-9].*\.$", term.Meaning);
        Assert.DoesNotContain("--", term.Meaning, StringComparison.Ordinal);
        Assert.True(term is { Code: null, Cause: null, Cure: null });
    });
}
