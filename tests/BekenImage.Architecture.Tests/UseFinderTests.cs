namespace BekenImage.Architecture.Tests;

/// <summary>The checker on small sources: a room below (IO) mentions something of a room above (Images), in every way C# has.</summary>
public class UseFinderTests
{
    private const string Above = """
        using System;
        using System.Collections;
        namespace BekenImage
        {
            public enum Kind { Dump }
            public class Image
            {
                public const int Limit = 3;
                public static int Count;
                public int Length { get; set; }
                public int this[int index] => index;
                public static Image operator -(Image left, int right) => left;
                public static implicit operator int(Image image) => 0;
                public static explicit operator Image(int number) => new Image();
                public void Deconstruct(out int a, out int b) { a = 0; b = 0; }
                public class Inner { }
            }
            public static class Extensions
            {
                public static int Doubled(this int number) => number;
                public static IEnumerator GetEnumerator(this Type type) => null!;
            }
            public class MarkAttribute : Attribute { }
            public interface IAsked { }
            public class Box<T> { }
            public delegate void Handler(int number);
        }
        """;

    [Theory]
    [InlineData("object M(BekenImage.Image image) => null!;", "BekenImage.Image")]
    [InlineData("BekenImage.Image[] field = null!;", "BekenImage.Image")]
    [InlineData("object M() => typeof(BekenImage.Image);", "BekenImage.Image")]
    [InlineData("object M() => typeof(System.Collections.Generic.List<BekenImage.Image>);", "BekenImage.Image")]
    [InlineData("object M() => typeof(BekenImage.Box<>);", "BekenImage.Box<T>")]
    [InlineData("object M() => new BekenImage.Box<int>();", "BekenImage.Box<T>")]
    [InlineData("object M() => new BekenImage.Image.Inner();", "BekenImage.Image.Inner")]
    [InlineData("const int Limit = BekenImage.Image.Limit;", "BekenImage.Image.Limit")]
    [InlineData("int M(int value = BekenImage.Image.Limit) => value;", "BekenImage.Image.Limit")]
    [InlineData("int M() => Limit;", "BekenImage.Image.Limit")]
    [InlineData("int M() => Alias.Count;", "BekenImage.Image.Count")]
    [InlineData("string M() => nameof(BekenImage.Image.Length);", "BekenImage.Image.Length")]
    [InlineData("string M() => nameof(BekenImage.Extensions.Doubled);", "BekenImage.Extensions.Doubled(int)")]
    [InlineData("int M() => 1.Doubled();", "BekenImage.Extensions.Doubled(int)")]
    [InlineData("System.Func<int, int> M() => BekenImage.Extensions.Doubled;", "BekenImage.Extensions.Doubled(int)")]
    [InlineData("void M() { foreach (object? item in typeof(int)) { } }", "BekenImage.Extensions.GetEnumerator(System.Type)")]
    [InlineData("[BekenImage.Mark] void M() { }", "BekenImage.MarkAttribute.MarkAttribute()")]
    [InlineData("[return: BekenImage.Mark] int M() => 0;", "BekenImage.MarkAttribute.MarkAttribute()")]
    [InlineData("[System.ComponentModel.DefaultValue(typeof(BekenImage.Image))] int P => 0;", "BekenImage.Image")]
    [InlineData("void M<T>() where T : BekenImage.IAsked { }", "BekenImage.IAsked")]
    [InlineData("class Heir : BekenImage.Image { }", "BekenImage.Image")]
    [InlineData("record Heir : BekenImage.IAsked;", "BekenImage.IAsked")]
    [InlineData("event BekenImage.Handler? Happened;", "BekenImage.Handler")]
    [InlineData("bool M(object o) => o is BekenImage.Image;", "BekenImage.Image")]
    [InlineData("bool M(object o) => o is BekenImage.Image { Length: 3 };", "BekenImage.Image.Length")]
    [InlineData("int M(object o) => o switch { BekenImage.Kind.Dump => 1, _ => 0 };", "BekenImage.Kind.Dump")]
    [InlineData("int M(int n) { switch (n) { case BekenImage.Image.Limit: return 1; default: return 0; } }", "BekenImage.Image.Limit")]
    [InlineData("void M() { try { } catch (System.Exception) when (BekenImage.Image.Count > 0) { } }", "BekenImage.Image.Count")]
    [InlineData("object M() => (System.Func<object>)(() => default(BekenImage.Kind));", "BekenImage.Kind")]
    [InlineData("string M() => $\"{BekenImage.Kind.Dump}\";", "BekenImage.Kind.Dump")]
    [InlineData("(int, BekenImage.Kind) M() => default;", "BekenImage.Kind")]
    [InlineData("unsafe void M(delegate*<BekenImage.Kind, void> call) { }", "BekenImage.Kind")]
    [InlineData("object M() { [BekenImage.Mark] int Local() => 0; return Local(); }", "BekenImage.MarkAttribute.MarkAttribute()")]
    [InlineData("object M() => from n in new[] { 1 } where n.Doubled() > 0 select n;", "BekenImage.Extensions.Doubled(int)")]
    public void Mention_OfSomethingAbove_IsFoundWithItsSymbol(string member, string symbol)
    {
        var use = Uses(member).FirstOrDefault(use => use.Symbol == symbol);
        Assert.NotNull(use);
        Assert.Equal(new Place("BekenImage", "IO"), use.From);
        Assert.Equal(new Place("BekenImage", "Images"), use.To);
        Assert.Equal("src/BekenImage/IO/Below.cs", use.File);
        Assert.Equal(8, use.Line);
    }

    // The member before, on line 7, names the type; what counts is line 8, which does not.
    [Theory]
    [InlineData("BekenImage.Image image = null!;", "int M() => image;", "BekenImage.Image.implicit operator int(BekenImage.Image)")]
    [InlineData("BekenImage.Image image = null!;", "object M() => image - 1;", "BekenImage.Image.operator -(BekenImage.Image, int)")]
    [InlineData("BekenImage.Image image = null!;", "int M() => image[1];", "BekenImage.Image.this[int]")]
    [InlineData("BekenImage.Image image = null!;", "void M() { var (a, b) = image; }", "BekenImage.Image.Deconstruct(out int, out int)")]
    [InlineData("BekenImage.Image image = null!;", "bool M() => image is (1, 2);", "BekenImage.Image.Deconstruct(out int, out int)")]
    [InlineData("BekenImage.Image image = null!;", "object M() { var copy = image; return copy; }", "BekenImage.Image")]
    [InlineData("BekenImage.Image[] images = null!;", "object M() { var copy = images; return copy; }", "BekenImage.Image")]
    [InlineData("BekenImage.Image image = null!;", "void M() { image = new(); }", "BekenImage.Image.Image()")]
    [InlineData("BekenImage.Image image = null!;", "void M() { image = new() { Length = 1 }; }", "BekenImage.Image.Length")]
    [InlineData("BekenImage.Image image = null!;", "void M() { image = default!; }", "BekenImage.Image")]
    public void Mention_WithoutAName_IsFound(string before, string member, string symbol) =>
        Assert.Contains(symbol, Uses(member, before).Select(use => use.Symbol));

    [Theory]
    [InlineData("/// <summary>See <see cref=\"BekenImage.Image\"/>.</summary> int M() => 0;")]
    [InlineData("// BekenImage.Image\n int M() => 0;")]
    [InlineData("string M() => \"BekenImage.Image\";")]
    [InlineData("int Image => 0;")]
    public void Text_ThatOnlyLooksLikeAMention_IsNone(string member) => Assert.Empty(Uses(member));

    private static IReadOnlyList<Use> Uses(string member, string before = "")
    {
        string below = $$"""
            using static BekenImage.Image; using Alias = BekenImage.Image; using BekenImage;
            using System.Linq;
            namespace BekenImage.IO
            {
                partial class Below
                {
                    {{before}}
                    {{member}}
                }
            }
            """;
        return
        [
            .. UseFinder.Find([Small.Library(("IO/Below.cs", below), ("Images/Image.cs", Above))])
                .Where(use => use.File == "src/BekenImage/IO/Below.cs" && use.Line >= 8),
        ];
    }
}
