using BekenImage.Crypto;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaUserParametersTests
{
    public static TheoryData<string> CorpusFiles => Corpus.Files;

    // Format notes 6.9: "{a:1}" gives 69; "123456789" gives 37.
    [Fact]
    public void Crc_OfTheWorkedExamples_IsAsNoted()
    {
        Assert.Equal(37, TuyaCrc7.Compute("123456789"));
        Assert.True(TuyaUserParameters.TryParse("{a:1,crc:69,}", out var parameters));
        Assert.Equal((69, 69, true), (parameters.StoredCrc!.Value, parameters.ComputedCrc, parameters.CrcOk));
        Assert.True(TuyaUserParameters.TryParse("{a:1,}", out parameters));
        Assert.Equal((69, false), (parameters.ComputedCrc, parameters.CrcOk));
    }

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void Text_OfCorpusStorage_HasTheRightCrcAndKeepsItsBytes(string file)
    {
        var value = TuyaReader.Read(ReadUnrotated(file)).Storage?.Find("user_param_key");
        if (value is null)
            return;
        Assert.True(TuyaUserParameters.TryParse(value.Data.Span, out var parameters));
        Assert.True(parameters.CrcOk);
        BytesAssert.Equal(value.Data.Span, parameters.ToBytes());
        // Every field can be set to what it is without a change of any byte.
        foreach (var field in parameters.Fields.Where(field => field.Name != "crc"))
            Assert.Equal(parameters.Text, parameters.With(field.Name, field.Value).Text);
    }

    [Fact]
    public void Fields_OfALooseText_AreReadAsWritten()
    {
        Assert.True(TuyaUserParameters.TryParse(Text("{Jsonver:1.0.3,irfunset:[[6,02],[7,1e]],code:00ff,n:-3,\"q\":\"a,b\",crc:1,}\0\0"), out var parameters));
        Assert.Equal(["Jsonver=1.0.3", "irfunset=[[6,02],[7,1e]]", "code=00ff", "n=-3", "q=a,b", "crc=1"], parameters.Fields.Select(field => field.Name + "=" + field.Value));
        Assert.Equal((-3, null), (parameters.Fields[3].Number, parameters.Fields[1].Number));
    }

    [Fact]
    public void With_ChangedAndNewFields_RenewsTheCrcAndNothingElse()
    {
        Assert.True(TuyaUserParameters.TryParse("{b:2,a:9,crc:3,}", out var parameters));
        Assert.Equal("{b:2,a:1,crc:" + Crc("{b:2,a:1}") + ",}", parameters.With("a", "1").Text);
        Assert.Equal("{b:2,a:9,c:[1,2],crc:" + Crc("{b:2,a:9,c:[1,2]}") + ",}", parameters.With("c", "[1,2]").Text);
        Assert.True(TuyaUserParameters.TryParse("{a:1,}", out parameters));
        Assert.Equal("{a:1,b:2,}", parameters.With("b", "2").Text);
    }

    [Theory]
    [InlineData("a", "1,c:2")]
    [InlineData("a", "1}")]
    [InlineData("a", "[1")]
    [InlineData("a", "")]
    [InlineData("a", "x\"")]
    [InlineData("crc", "5")]
    [InlineData("", "5")]
    [InlineData("x:y", "5")]
    public void With_WhatCouldNotBeReadBack_IsRefused(string name, string value)
    {
        Assert.True(TuyaUserParameters.TryParse("{a:7,b:2,crc:3,}", out var parameters));
        Assert.Equal(FindingCode.TuyaUserParamInvalid, Assert.Throws<BekenImageException>(() => parameters.With(name, value)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("abc")]
    [InlineData("{:::}")]
    [InlineData("{,,,]]]],}")]
    public void TryParse_OfNoText_SaysNo(string text) => Assert.False(TuyaUserParameters.TryParse(text, out _));

    [Fact]
    public void Finder_InAnApplication_CutsAtNulsAndSkipsTheParsersOwnConstants()
    {
        byte[] application = Text("code\0,module:\0Jsonver:\0xx\0{Jsonver:1.0.0,module:CB2S,crc:5,}\0more ,crc: without braces\0{a:1,crc:69,}");
        var found = TuyaUserParametersFinder.FindInApplication(application);
        Assert.Equal([26L, 87L], found.Select(item => item.Position));
        Assert.Equal(["CB2S", null], found.Select(item => item.Parameters["module"]));
    }

    // Format notes 6.9: where storage and application both hold a text, they never are equal.
    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin")]
    public void Finder_InCorpusImages_PutsTheStorageFirst(string file)
    {
        byte[] image = ReadUnrotated(file);
        byte[] application = new byte[0x108700];
        FlashPages.Decode(image.AsSpan(0x11000, application.Length / 32 * 34), application, BekenKey.Tuya, 0x10000);
        var found = TuyaUserParametersFinder.Find(TuyaReader.Read(image), application);
        Assert.Equal([TuyaUserParametersSource.Storage, TuyaUserParametersSource.OemConfigFile], found.Take(2).Select(item => item.Source));
        Assert.Equal(found[0].Parameters.Text, found[1].Parameters.Text);
        Assert.All(found.Where(item => item.Source == TuyaUserParametersSource.Application), item => Assert.NotEqual(found[0].Parameters.Text, item.Parameters.Text));
    }

    [Theory]
    [InlineData("{crc:1,a:[x,crc:5]}")]
    [InlineData("{a:1,crc:1,b:\"x,crc:5\",}")]
    [InlineData("{a:1,crc:1,b:{c:2,crc:7}}")]
    public void WithRenewedCrc_OfATextWithItsNameInAValue_RenewsTheFieldOrStatesNone(string text)
    {
        Assert.True(TuyaUserParameters.TryParse(text, out var parameters));
        var renewed = parameters!.WithRenewedCrc();
        Assert.True(renewed.CrcOk || renewed.StoredCrc is null, renewed.Text);
        Assert.Equal(renewed.StoredCrc is null, text.StartsWith("{crc", StringComparison.Ordinal));
    }

    [Fact]
    public void WithRenewedCrc_OfACrcWhoseQuotesReachFurther_ChangesNothing()
    {
        Assert.True(TuyaUserParameters.TryParse("{\"\",crc:\",\"x,\",crc:4}", out var parameters));
        Assert.Same(parameters, parameters!.WithRenewedCrc());
    }

    private static int Crc(string text)
    {
        int crc = 0;
        foreach (byte value in Text(text))
        {
            for (int bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (((crc ^ value >> bit) & 1) != 0 ? 0x48 : 0);
        }
        return crc;
    }
}
