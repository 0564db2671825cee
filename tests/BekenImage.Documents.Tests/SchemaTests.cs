using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BekenImage.Crypto;
using BekenImage.Documents.Tests.Support;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Uf2;
using BekenImage.TestSupport;
using Json.Schema;

namespace BekenImage.Documents.Tests;

/// <summary>Real documents validate, broken ones do not, and the folder docs/schemas is what the package carries.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, JsonSchema> Schemas =
        ImageDocuments.SchemaNames.ToDictionary(name => name, name => JsonSchema.FromText(ImageDocuments.Schema(name)));

    public static TheoryData<string> Names => new(ImageDocuments.SchemaNames.ToArray());

    public static TheoryData<string> Images =>
        new(nameof(Samples.TuyaN), nameof(Samples.Armino), nameof(Samples.ObkN), nameof(Samples.ObkDevice), nameof(Samples.Secrets),
        nameof(Samples.Wired), nameof(Samples.Package), nameof(Samples.Garbage), nameof(Samples.Blank),
        nameof(Samples.Uf2File), nameof(Samples.Archive), nameof(Samples.Zip));

    [Theory]
    [MemberData(nameof(Images))]
    public void Documents_OfASyntheticImage_Validate(string name) => AssertValid(Synthetic(name));

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Documents_OfACorpusImage_Validate(string file) => AssertValid(FlashImage.Parse(Corpus.Read(file)));

    [Fact]
    public void Documents_OfSyntheticImages_AreAllThereIs()
    {
        var seen = Images.SelectMany(row => Samples.DocumentsOf(Synthetic(row.Data))).Select(document => document.Schema)
            .Concat(Others().Select(document => document.Schema)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(ImageDocuments.SchemaNames, seen);
    }

    [Fact]
    public void Documents_OfWhatIsNoImageAlone_Validate()
    {
        foreach (var (schema, json) in Others())
            AssertValid(schema, json);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_OfABrokenDocument_Rejects(string name)
    {
        foreach (var (schema, json) in Everything().Where(document => document.Schema == name))
        {
            var document = JsonNode.Parse(json)!.AsObject();
            foreach (string member in document.Select(pair => pair.Key).ToArray())
            {
                if (IsOptional(name, member))
                    continue;
                var without = document.DeepClone().AsObject();
                without.Remove(member);
                Assert.False(IsValid(schema, without.ToJsonString()), $"{name} validates without {member}");
                var wrong = document.DeepClone().AsObject();
                wrong[member] = new JsonObject { ["none of ours"] = new JsonArray() };
                Assert.False(IsValid(schema, wrong.ToJsonString()), $"{name} validates with another {member}");
            }
            if (name is "device template" or "partition table" or "packager")
                continue;
            document["another"] = 1;
            Assert.False(IsValid(schema, document.ToJsonString()), $"{name} validates with a member nobody knows");
        }
    }

    [Fact]
    public void Schema_OfABrokenPart_Rejects()
    {
        string json = ImageDocuments.Inspect(Samples.TuyaN, "name.bin");
        (string, string)[] breaks =
        [
            ("\"striped\": true", "\"striped\": 1"), ("\"striped\"", "\"stripes\""), ("\"mac\": \"02:", "\"mac\": \"0g:"),
            ("\"kind\": \"dump\"", "\"kind\": \"dumps\""),
        ];
        foreach (var (from, to) in breaks)
        {
            string broken = json.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(json, broken);
            Assert.False(IsValid("inspect", broken), to);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_InTheFolder_IsTheOneInThePackage(string name)
    {
        string path = Path.Combine(Root(), "docs", "schemas", name.Replace(' ', '-') + ".json");
        // To renew the folder after a change: run with BEKENIMAGE_WRITE_SCHEMAS=1.
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_WRITE_SCHEMAS") == "1")
            File.WriteAllText(path, ImageDocuments.Schema(name) + "\n");
        Assert.Equal(ImageDocuments.Schema(name) + "\n", File.ReadAllText(path));
    }

    [Fact]
    public void Folder_HoldsNoOtherSchemas() => Assert.Equal(
        ImageDocuments.SchemaNames.Select(name => name.Replace(' ', '-') + ".json").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Root(), "docs", "schemas")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Schema_OfTheConfiguration_HasEveryFieldThereIs()
    {
        var properties = JsonDocument.Parse(ImageDocuments.Schema("obk show")).RootElement.GetProperty("properties");
        Assert.All(ObkFields.All, field => Assert.True(properties.TryGetProperty(field.Name, out _), field.Name));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("common")]
    public void Schema_OfAnUnknownName_IsRefused(string name) => Assert.Throws<ArgumentException>(() => ImageDocuments.Schema(name));

    private static FlashImage Synthetic(string name) => (FlashImage)typeof(Samples).GetProperty(name)!.GetValue(null)!;

    private static IEnumerable<(string Schema, string Json)> Everything() =>
        Images.SelectMany(row => Samples.DocumentsOf(Synthetic(row.Data))).Concat(Others());

    private static IEnumerable<(string Schema, string Json)> Others()
    {
        yield return ("combine", ImageDocuments.Combine(Samples.Combined(), "out.bin"));
        yield return ("combine", ImageDocuments.Combine(Samples.Combined(new CombineOptions { Extent = OutputExtent.App }), "out.bin", indented: false));
        yield return ("sanitize", ImageDocuments.Sanitize(Samples.Secrets.Edit().Sanitize(), "name.bin", "out.bin"));
        yield return ("changes", ImageDocuments.Changes(Samples.Secrets.Edit().SetMac(new MacAddress([2, 0, 0, 0, 0, 1])), "rf set-mac", "name.bin", "out.bin"));
        yield return ("crc check", ImageDocuments.CheckPages(FlashPages.Check(new byte[68]), "name.bin"));
        yield return ("crc check", ImageDocuments.CheckPages(default, "name.bin", indented: false));
        yield return ("rf compare", ImageDocuments.CompareRf(Samples.TuyaN.Rf!, "a.bin", Samples.Secrets.Rf!, "b.bin"));
        yield return ("error", ImageDocuments.Error("inspect", "name.bin", new BekenImageException(FindingCode.InputEmpty,
            "the file is empty")));
        yield return ("error", ImageDocuments.Error("fal show", null, new BekenImageException(FindingCode.WrongKind, "no", 5),
            indented: false));
        yield return ("demo", ImageDocuments.FolderManifest("demo", ["factory.bin"]));
        yield return ("uf2 info", ImageDocuments.Uf2(Samples.Uf2, "name.uf2"));
        yield return ("uf2 info", ImageDocuments.Uf2(BareUf2(), "name.uf2", indented: false));
        foreach (var image in new[] { Samples.Blank, Samples.ObkDevice, Samples.TuyaN })
        {
            yield return ("doctor", ImageDocuments.Doctor(image, "name.bin", ImageDoctor.Examine(image), "out.bin"));
            yield return ("doctor", ImageDocuments.Doctor(image, "name.bin", ImageDoctor.Examine(image, Samples.TuyaN), "out.bin", "old.bin", indented: false));
        }
        yield return ("update info", ImageDocuments.UpdateFile(McuBootPackage(), "ota.bin"));
        yield return ("update info", ImageDocuments.UpdateFile(AppUg(), "app_ug.bin", indented: false));
        yield return ("diff", ImageDocuments.Diff(Samples.TuyaN, "a.bin", Samples.Secrets, "b.bin"));
        // A bootloader of noise: it stops with a fault.
        yield return ("boot", ImageDocuments.Boot(ImageBooter.Boot(Samples.TuyaN, new BootOptions { Steps = 10_000 }), "a.bin"));
        yield return ("boot", ImageDocuments.Boot(ImageBooter.Boot(Samples.TuyaN, new BootOptions { Steps = 1 }), "a.bin", "a text", indented: false));
        yield return ("diff", ImageDocuments.Diff(Samples.Secrets, "a.bin", Samples.Secrets.Edit().SetObk("pins.6", "Rel;5").ToImage(), "b.bin", showSecrets: true));
        yield return ("diff", ImageDocuments.Diff(Samples.Zip, "a.zip", Samples.ObkDevice, "b.bin", indented: false));
        yield return ("diff", ImageDocuments.Diff(Samples.Blank, "a.bin", Samples.Blank, "b.bin"));
        var plan = FlashPlanner.Plan(Samples.TuyaN, FlashImage.Parse(Samples.Combined().ToArray()));
        yield return ("plan", ImageDocuments.Plan(plan, "a.bin", "b.bin"));
        yield return ("plan", ImageDocuments.Plan(plan, "a.bin", "b.bin", FlashPlanFiles.Of(plan, FlasherTool.LtChipTool, "steps"), indented: false));
        yield return ("plan", ImageDocuments.Plan(FlashPlanner.Plan(null, Samples.ObkN), "blank", "b.bin"));
        yield return ("report", ImageDocuments.Report("out.html", "html", [1, 2, 3],
            [new ReportedFile("a.bin", Samples.TuyaN.Sha256), new ReportedFile("b.bin", new BekenImageException(FindingCode.InputEmpty, "the file is empty"))]));
        yield return ("report", ImageDocuments.Report("out.md", "markdown", [], [], indented: false));
        yield return ("partition table", InputDocumentsTests.PartitionTable);
        yield return ("packager", InputDocumentsTests.Packager);
        var described = InputDocuments.ParseTuyaDescription(TuyaDescriptionTests.Storage);
        yield return ("tuya show", ImageDocuments.TuyaDescription(described, "storage.json"));
        yield return ("tuya template", ImageDocuments.TuyaDescriptionAsObk(described, "storage.json"));
        yield return ("tuya list", ImageDocuments.TuyaCatalogue(TuyaCatalog.Of(described), "storage.json"));
        yield return ("tuya list", ImageDocuments.TuyaCatalogue(TuyaCatalog.Of(Samples.Wired), "name.bin"));
        foreach (bool secrets in new[] { false, true })
            yield return ("tuya get", ImageDocuments.TuyaValue(TuyaCatalog.Of(Samples.Wired)[0], "name.bin", secrets, indented: secrets));
        yield return ("written", ImageDocuments.Written("merge", "x.split", "x.bin", new byte[] { 1, 2 }));
        yield return ("written", ImageDocuments.Written("build", null, "x.bin", new byte[] { 1, 2 }, Samples.Garbage.Findings, indented: false));
        yield return ("written", ImageDocuments.WrittenFolder("fs extract", "x.bin", "x.files", [new("www/index.html", new byte[] { 1 })], Samples.Garbage.Findings));
        yield return ("written", ImageDocuments.WrittenFolder("demo", null, null, [], indented: false));
        yield return ("completion", ImageDocuments.Completion("bash", "complete -F _bekenimage bekenimage\n"));
        foreach (string asked in new[] { "bki3005", "striped" })
            yield return ("explain", ImageDocuments.Explain(Explanations.Find(asked)!, asked));
        yield return ("obk roles", ImageDocuments.ObkRoles());
        yield return ("obk flags", ImageDocuments.ObkFlags());
        yield return ("obk channels", ImageDocuments.ObkChannels(indented: false));
        yield return ("chips", ImageDocuments.Chips());
        yield return ("layout", ImageDocuments.Layout(BekenChip.BK7231N, [FirmwareFlavor.OpenBeken]));
        foreach (var chip in BekenChips.All)
            yield return ("layout", ImageDocuments.Layout(chip.Chip, chip.Flavors, indented: false));
    }

    private static UpdateFile McuBootPackage() =>
        UpdateFile.TryRead(McuUpdateWriter.Pack([new McuUpdatePart(0x19000, new byte[64], 5)]), out var package) ? package : throw new InvalidOperationException();

    private static UpdateFile AppUg() =>
        UpdateFile.TryRead(ArminoUpdates.WrapUa(new byte[100], BekenChip.BK7258), out var file) ? file : throw new InvalidOperationException();

    // One that says nothing of itself, and is cut.
    private static Uf2Package BareUf2()
    {
        byte[] file = Uf2Writer.Write(0, [], [new Uf2Part("app", [Uf2Scheme.FlasherSingle], 0, new byte[1000])]);
        return Uf2Package.TryRead(file[..^512], out var package) ? package : throw new InvalidOperationException();
    }

    private static void AssertValid(FlashImage image)
    {
        foreach (var (schema, json) in Samples.DocumentsOf(image))
            AssertValid(schema, json);
    }

    private static void AssertValid(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        var result = Schemas[schema].Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (result.IsValid)
            return;
        var errors = new StringBuilder();
        foreach (var detail in result.Details ?? [])
        {
            foreach (var error in detail.Errors ?? new Dictionary<string, string>())
                errors.Append(detail.InstanceLocation).Append(": ").Append(error.Value).AppendLine();
        }
        Assert.Fail($"{schema}: {errors}");
    }

    private static bool IsValid(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schemas[schema].Evaluate(document.RootElement).IsValid;
    }

    // Newer fields of the configuration; of an input, what nobody reads.
    private static bool IsOptional(string name, string member) => name switch
    {
        "obk show" =>
            !(member is "schema" or "verb" or "file" or "offset" or "version" or "crcOk" or "startupCommand" or "pins" or "findings"),
        "device template" => true,
        "tuya show" => member is "values",
        _ => member is "magic" or "count" or "version",
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
