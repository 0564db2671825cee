using BekenImage.Cli.Files;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>Patterns in file names, where the shell left them: Windows expects programs to expand them.</summary>
public sealed class WildcardTests
{
    [Fact]
    public void Pattern_IsTheFilesThatMatch_InOrder()
    {
        using var folder = new TestFolder();
        folder.Write("b.bin", Samples.ObkN);
        folder.Write("a.bin", Samples.TuyaN);
        folder.Write("c.txt", "no image");
        folder.Write(".d.bin", "hidden");
        Assert.Equal(new[] { folder["a.bin"], folder["b.bin"] }, Wildcards.Expand(folder["*.bin"]));
        Assert.Equal(new[] { folder["a.bin"], folder["b.bin"] }, Wildcards.Expand(folder["?.bin"]));
        string[] files = Tool.Run("inspect", folder["*.bin"], "--json").Succeeds().JsonLines.Select(line => line.GetProperty("file").GetString()!).ToArray();
        Assert.Equal(new[] { folder["a.bin"], folder["b.bin"] }, files);
        Assert.Equal(3, Tool.Run("verify", folder["*.bin"], folder["no*.bin"]).ExitCode);
    }

    [Fact]
    public void Pattern_MayBeInAFolder()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["one"]);
        Directory.CreateDirectory(folder["two"]);
        folder.Write("two/x.bin", "2");
        folder.Write("one/x.bin", "1");
        Assert.Equal(new[] { folder["one/x.bin"], folder["two/x.bin"] }, Wildcards.Expand(folder["*/x.bin"]));
        Assert.Equal(new[] { folder["one/x.bin"], folder["two/x.bin"] }, Wildcards.Expand(folder["*/*.bin"]));
    }

    [Fact]
    public void Pattern_ThatMatchesNothing_IsAnInputThatCannotBeRead()
    {
        using var folder = new TestFolder();
        string pattern = folder["no*.bin"];
        Tool.Run("verify", pattern).Fails(3, "BKI8010", "no file has such a name");
        var result = Tool.Run("inspect", pattern, "--json");
        Assert.Equal((3, pattern), (result.ExitCode, result.Json.GetProperty("file").GetString()));
        Tool.Run("split", pattern).Fails(3, "BKI8010", "no file has such a name");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Name_ThatExists_IsThatFile_WhateverItLooksLike()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No file can have such a name there.");
        using var folder = new TestFolder();
        string odd = folder.Write("a*.bin", Samples.TuyaN);
        folder.Write("ab.bin", Samples.ObkN);
        Assert.Equal(odd, Tool.Run("inspect", odd, "--json").Succeeds().Json.GetProperty("file").GetString());
    }

    [Fact]
    public void Verb_OfOneFile_TakesTheOneThatMatches_AndNotSeveral()
    {
        using var folder = new TestFolder();
        folder.Write("dump-1.bin", Samples.TuyaN);
        Tool.Run("fal", "show", folder["dump-*.bin"]).Succeeds();
        folder.Write("dump-2.bin", Samples.TuyaN);
        var result = Tool.Run("fal", "show", folder["dump-*.bin"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is too much", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_AreNoPatterns()
    {
        using var folder = new TestFolder();
        string image = folder.OpenBekenDevice();
        Tool.Run("obk", "set", image, "mqttHost=*", "-o", folder["out.bin"]).Succeeds();
        Assert.Equal("*", Tool.Run("obk", "show", folder["out.bin"], "--json").Json.GetProperty("mqttHost").GetString());
    }
}
