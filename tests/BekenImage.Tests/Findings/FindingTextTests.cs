using System.Text.RegularExpressions;

namespace BekenImage.Tests.Findings;

/// <summary>Every code is explained where it is declared, and nowhere else.</summary>
public class FindingTextTests
{
    public static TheoryData<FindingCode> Codes => new(Enum.GetValues<FindingCode>().Where(code => code != FindingCode.None));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Text_OfEveryCode_HasMeaningCauseAndCure(FindingCode code)
    {
        var text = FindingText.Of(code);
        Assert.True(text is { Meaning.Length: > 10, Cause.Length: > 3, Cure.Length: > 3 },
            $"{Finding.ToText(code)}: its comment in FindingCode.cs needs what it means, then 'Cause: ...', then 'Cure: ...' (it has '{text}')");
        Assert.Equal(code.ToString(), text.Name);
        Assert.All(new[] { text.Meaning, text.Cause, text.Cure }, part => Assert.Matches(@"^[^a-z].*[.)]$", part));
    }

    // A window shows them too: what to type is the command's own.
    [Theory]
    [MemberData(nameof(Codes))]
    public void Text_OfEveryCode_NamesNoOptionAndHasNoTag(FindingCode code) =>
        Assert.DoesNotMatch(new Regex("--[a-z]|[<>]|rf restore|rf set-mac|obk set|fs create"), $"{FindingText.Of(code)} {FindingText.Of(code)!.Cause} {FindingText.Of(code)!.Cure}");

    [Fact]
    public void All_AreTheCodesOfTheEnumeration_ByNumber() =>
        Assert.Equal(Enum.GetValues<FindingCode>().Where(code => code != FindingCode.None).Order(), FindingText.All.Select(text => text.Code));

    [Fact]
    public void Of_NoCode_IsNull()
    {
        Assert.Null(FindingText.Of(FindingCode.None));
        Assert.Null(FindingText.Of((FindingCode)1234));
    }

    [Fact]
    public void Read_Comments_TakesThemApart()
    {
        const string source = """
            /// <summary>The enumeration. Cause: none of its own.</summary>
            public enum FindingCode
            {
                /// <summary>No code.</summary>
                None = 0,

                /// <summary>A page is <c>odd</c>, see <see cref="FlashPages.Check"/>. Cause: a bad &amp; short read. Cure: read it again.</summary>
                Odd = 1,

                // ---- 2000 ----

                /// <summary>
                /// Two lines
                /// of it.
                /// </summary>
                Bare = 2000,
            }
            """;
        var texts = FindingText.Read(new StringReader(source)).ToArray();
        Assert.Equal(["Odd", "Bare"], texts.Select(text => text.Name));
        Assert.Equal("A page is odd, see Check.", texts[0].Meaning);
        Assert.Equal("A bad & short read.", texts[0].Cause);
        Assert.Equal("Read it again.", texts[0].Cure);
        Assert.Equal((FindingCode)2000, texts[1].Code);
        Assert.Equal("Two lines of it.", texts[1].Meaning);
        Assert.Empty(texts[1].Cause);
        Assert.Empty(texts[1].Cure);
    }
}
