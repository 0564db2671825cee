using BekenImage.Report.Model;

namespace BekenImage.Report.Tests;

/// <summary>Messages of the library as sentences of a page.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("the file is empty", "The file is empty.")]
    [InlineData("it's cut off: 3 bytes", "It's cut off: 3 bytes.")]
    [InlineData("note: all is well!", "Note: all is well!")]
    [InlineData("ff:ff:ff:ff:ff:ff is no MAC", "ff:ff:ff:ff:ff:ff is no MAC.")]
    [InlineData("nvs_key is missing", "nvs_key is missing.")]
    [InlineData("'pins' does not fit", "'pins' does not fit.")]
    public void Sentence_OfAMessage_BeginsWithACapitalWhereItBeginsWithAWord(string message, string sentence) => Assert.Equal(sentence, Words.Sentence(message));
}
