using System.Text;
using System.Text.Json;
using BekenImage.Documents.Json;
using CsCheck;

namespace BekenImage.Documents.Tests.Json;

/// <summary>The reader against System.Text.Json: it takes what that takes, but for the bounds it states.</summary>
public sealed class JsonReaderTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"", "\\", "\\u0041", "\\ud83d\\ude00", "\\ud800", "0", "-", "1", "01", "1.5",
        ".5", "1e5", "1e999",
        "9223372036854775807", "9223372036854775808", "99999999999999999999", "true", "false", "null", "nul", " ", "\n", "\t", "\u00a0",
        "é", "\u0000", "/**/", "NaN",
    ];

    [Fact]
    public void Read_AnyPieces_AgreesWithTheReference() => Gen.Int[0, Pieces.Length - 1].Array[1, 9]
        .Select(picked => string.Concat(picked.Select(index => Pieces[index]))).Sample(AssertAgrees, iter: 20_000);

    [Fact]
    public void Read_MutatedJson_AgreesWithTheReference() =>
        Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Char[" \"\\{}[],:019.eE+-tfnu\n\u0007é"])
        .Sample((position, character) =>
            AssertAgrees(Sample.Substring(0, position) + character + Sample.Substring(position + 1)), iter: 5_000);

    [Theory]
    [InlineData("[1,2")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("{'a':1}")]
    [InlineData("\"\u0001\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("\ufeff")]
    [InlineData("{} {}")]
    [InlineData("// c\n1")]
    public void Read_OfNoJson_IsASentenceWithTheLine(string json)
    {
        var error = Assert.Throws<BekenImageException>(() => JsonReader.Read(json));
        Assert.Equal(FindingCode.WrongKind, error.Code);
        Assert.StartsWith("it is no JSON that can be read (line ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ErrorInTheThirdLine_NamesItAndRepeatsNoValue()
    {
        var error = Assert.Throws<BekenImageException>(() => JsonReader.Read("{\n\"wifiPass\": \"geheim\",\n\"b\" x}"));
        Assert.Contains("(line 3)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ANameTwice_IsRefused() => Assert.Contains(
        "'a' stands twice", Assert.Throws<BekenImageException>(() =>
        JsonReader.Read("{\"a\":1,\"b\":{\"a\":2},\"\\u0061\":3}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Read_NestedDeeply_IsBounded(char bracket)
    {
        string open = bracket == '[' ? "[" : "{\"a\":";
        string close = bracket == '[' ? "]" : "}";
        string inner = bracket == '[' ? "[]" : "{}";
        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat(open, depth - 1)) + inner + string.Concat(Enumerable.Repeat(close, depth - 1));
        Assert.NotNull(JsonReader.Read(Nested(64)));
        Assert.Contains("64 deep", Assert.Throws<BekenImageException>(() => JsonReader.Read(Nested(65))).Message, StringComparison.Ordinal);
        Assert.Throws<BekenImageException>(() => JsonReader.Read(string.Concat(Enumerable.Repeat(open, 1_000_000))));
    }

    [Fact]
    public void Read_TooLarge_IsRefused()
    {
        Assert.Throws<BekenImageException>(() => JsonReader.Read(new string(' ', JsonReader.MaximumLength + 1)));
        Assert.Throws<BekenImageException>(() => JsonReader.Read(new byte[JsonReader.MaximumLength + 1]));
    }

    [Fact]
    public void Read_Utf8_TakesAByteOrderMarkAndRefusesWhatIsNoText()
    {
        Assert.Equal("é", JsonReader.Read([0xEF, 0xBB, 0xBF, .. "\"é\""u8]));
        Assert.Contains("no UTF-8", Assert.Throws<BekenImageException>(() =>
            JsonReader.Read([0x22, 0xE9, 0x22])).Message, StringComparison.Ordinal);
        Assert.Throws<BekenImageException>(() => JsonReader.Read("\"a\ud800\""));
    }

    private const string Sample = "{\"schema\":1,\"a\":[0,-1.5e3,true,null,\"x\\n\\u00e9\"]," +
        "\"b\":{\"c\":\"d\",\"e\":false},\"f\":18446744073709551615}";

    // What it may refuse besides: a name twice, numbers no double holds. Half surrogates the reference takes and then throws on.
    private static void AssertAgrees(string json)
    {
        object? own;
        try
        {
            own = JsonReader.Read(json);
        }
        catch (BekenImageException error)
        {
            Assert.True(
                !TryReference(json, out _) || error.Message.Contains("twice", StringComparison.Ordinal) ||
                    error.Message.Contains("out of range", StringComparison.Ordinal),
                $"{error.Message}: {json}");
            return;
        }
        Assert.True(TryReference(json, out object? expected), "the reference refuses " + json);
        Assert.Equal(Flat(expected), Flat(own));
    }

    private static bool TryReference(string json, out object? value)
    {
        value = null;
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            value = Plain(document.RootElement);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number =>
            element.TryGetInt64(out long number) ? number : element.TryGetUInt64(out ulong large) ? large : (object)element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Object =>
            element.EnumerateObject().Select(member => new NamedValue(member.Name, Plain(member.Value))).ToList(),
        _ => null,
    };

    private static string Flat(object? value) => value switch
    {
        null => "null",
        List<object?> list => "[" + string.Join(",", list.Select(Flat)) + "]",
        List<NamedValue> map =>
            "{" + string.Join(",", map.Select(member => member.Name + "=" + Flat(member.Value))) + "}",
        _ => value.GetType().Name + " " + Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
