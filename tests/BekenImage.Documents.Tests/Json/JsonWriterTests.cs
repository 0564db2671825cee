using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using BekenImage.Documents.Json;
using CsCheck;

namespace BekenImage.Documents.Tests.Json;

/// <summary>The writer against System.Text.Json: the same form and numbers; texts that read back the same and steer nothing.</summary>
public sealed class JsonWriterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_EveryKindOfValue_HasTheFormOfTheReference(bool indented)
    {
        var json = new JsonWriter(indented);
        json.StartObject();
        json.Text("text", "a\"b\\c\n\t\r\b\f/");
        json.Text("none", null);
        json.Number("long", -5);
        json.Number("null", (long?)null);
        json.Number("ulong", ulong.MaxValue);
        json.Boolean("yes", true);
        json.Boolean("maybe", null);
        json.StartArray("empty");
        json.EndArray();
        json.StartObject("nothing");
        json.EndObject();
        json.Array("objects", [1, 2], number => json.Number("n", number));
        var map = new NamedValue[] { new("k", new object[] { "v" }) };
        json.Plain("plain", new object?[] { 1L, 2, 3UL, "x", null, false, 0.5, map });
        json.EndObject();

        var buffer = new MemoryStream();
        using (var reference = new Utf8JsonWriter(buffer, Reference(indented)))
        {
            reference.WriteStartObject();
            reference.WriteString("text", "a\"b\\c\n\t\r\b\f/");
            reference.WriteNull("none");
            reference.WriteNumber("long", -5);
            reference.WriteNull("null");
            reference.WriteNumber("ulong", ulong.MaxValue);
            reference.WriteBoolean("yes", true);
            reference.WriteNull("maybe");
            reference.WriteStartArray("empty");
            reference.WriteEndArray();
            reference.WriteStartObject("nothing");
            reference.WriteEndObject();
            reference.WriteStartArray("objects");
            foreach (int number in new[] { 1, 2 })
            {
                reference.WriteStartObject();
                reference.WriteNumber("n", number);
                reference.WriteEndObject();
            }
            reference.WriteEndArray();
            reference.WriteStartArray("plain");
            foreach (int number in new[] { 1, 2, 3 })
                reference.WriteNumberValue(number);
            reference.WriteStringValue("x");
            reference.WriteNullValue();
            reference.WriteBooleanValue(false);
            reference.WriteNumberValue(0.5);
            reference.WriteStartObject();
            reference.WriteStartArray("k");
            reference.WriteStringValue("v");
            reference.WriteEndArray();
            reference.WriteEndObject();
            reference.WriteEndArray();
            reference.WriteEndObject();
        }
        Assert.Equal(Encoding.UTF8.GetString(buffer.ToArray()), json.ToString());
    }

    [Fact]
    public void Text_OfAnyCharacters_ReadsBackTheSameAndSteersNothing() =>
        Gen.Char.Array[0, 40].Select(characters => new string(characters)).Sample(text =>
        {
            string json = Written(text);
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(expected, JsonDocument.Parse(json).RootElement.GetString());
            Assert.Equal(expected, JsonReader.Read(json));
            AssertHarmless(json);
        });

    [Fact]
    public void Text_OfEveryCodePoint_ReadsBackTheSameAndSteersNothing()
    {
        for (int start = 0; start <= 0x10FFFF; start += 0x800)
        {
            if (start == 0xD800)
                continue;
            string text = string.Concat(Enumerable.Range(start, 0x800).Select(char.ConvertFromUtf32));
            string json = Written(text);
            Assert.Equal(text, JsonDocument.Parse(json).RootElement.GetString());
            Assert.Equal(text, JsonReader.Read(json));
            AssertHarmless(json);
        }
    }

    [Theory]
    [InlineData("it's \"so\" & + größe 輸出 Ω 😀 >", "\"it's \\\"so\\\" & + größe 輸出 Ω 😀 >\"")]
    [InlineData("\u001b[2J\u007f\u009b\u00ad", "\"\\u001B[2J\\u007F\\u009B\\u00AD\"")]
    [InlineData("\u2028\u2029\u202e\u2066\u200b\ufeff", "\"\\u2028\\u2029\\u202E\\u2066\\u200B\\uFEFF\"")]
    [InlineData("\ue000\udb40\udc41", "\"\\uE000\\uDB40\\uDC41\"")]
    [InlineData("</script>", "\"\\u003C/script>\"")]
    public void Text_IsReadableAndHarmless(string text, string expected) => Assert.Equal(expected, Written(text));

    [Fact]
    public void Text_WithHalfASurrogatePair_IsStillText() => Assert.Equal("\"a\\uFFFDb\\uFFFD\"", Written("a\ud800b\udc00"));

    [Fact]
    public void Real_OfAnyFiniteNumber_IsWhatTheReferenceWrites() => Gen.Double.Where(double.IsFinite).Sample(number =>
    {
        var json = new JsonWriter(false);
        json.Real(null, number);
        Assert.Equal(number.ToString("R", CultureInfo.InvariantCulture), json.ToString());
        Assert.Equal(JsonSerializer.Serialize(number), json.ToString());
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Real_NotFinite_IsRefused(double number) => Assert.Throws<ArgumentException>(() => new JsonWriter(false).Real(null, number));

    [Fact]
    public void Plain_OfAForeignType_IsRefused() => Assert.Throws<ArgumentException>(() => new JsonWriter(false).Plain(null, Guid.Empty));

    [Fact]
    public void Start_WithoutEnd_IsBounded()
    {
        var json = new JsonWriter(false);
        Assert.Throws<InvalidOperationException>(() =>
        {
            for (int depth = 0; depth <= JsonWriter.MaximumDepth; depth++)
                json.StartArray();
        });
    }

    internal static void AssertHarmless(string json)
    {
        foreach (var rune in json.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            bool steers = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
            Assert.False(steers && rune.Value != '\n', $"U+{rune.Value:X4} is not escaped");
        }
        Assert.DoesNotMatch(new Regex("<|\ufffd"), json);
    }

    private static JsonWriterOptions Reference(bool indented) =>
        new() { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Written(string text)
    {
        var json = new JsonWriter(false);
        json.Text(null, text);
        return json.ToString();
    }
}
