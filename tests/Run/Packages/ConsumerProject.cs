namespace BekenImage.TestRun.Packages;

/// <summary>A new project outside the repository, which knows the packages by name and version alone.</summary>
internal static class ConsumerProject
{
    private const string Sources = """
            <LangVersion>latest</LangVersion>
            <Nullable>enable</Nullable>
            <ImplicitUsings>disable</ImplicitUsings>
            <!-- As in the oldest callers: what does not fit without is not mended by the build. -->
            <AutoGenerateBindingRedirects>false</AutoGenerateBindingRedirects>
        """;

    private const string Usings = """
            <Using Include="System" />
            <Using Include="System.Collections.Generic" />
            <Using Include="System.Linq" />
        """;

    /// <summary>The sources every consumer has: what it does, and the device it does it to.</summary>
    public static void WriteSources(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in new[] { "tests/PackageUse/PackageChecks.cs", "src/BekenImage.Cli/Demo/SyntheticDevice.cs" })
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, Path.GetFileName(file)));
    }

    public static void WriteLibrary(string folder, string version)
    {
        WriteSources(folder);
        File.WriteAllText(Path.Combine(folder, "Library.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
            {Sources}
              </PropertyGroup>
              <ItemGroup>
            {Usings}
                <PackageReference Include="BekenImage.Report" Version="[{version}]" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <param name="folder">Where it is written.</param>
    /// <param name="framework">What it runs on.</param>
    /// <param name="version">Of the packages.</param>
    /// <param name="library">The project that does the work; null where the program does it itself.</param>
    /// <param name="runtime">The system whose runtime is to come with it; null where one is installed.</param>
    public static void WriteProgram(string folder, string framework, string version, string? library, string? runtime)
    {
        Directory.CreateDirectory(folder);
        if (library is null)
            WriteSources(folder);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return BekenImage.PackageUse.PackageChecks.Run();\n");
        string reference = library is null
            ? $"<PackageReference Include=\"BekenImage.Report\" Version=\"[{version}]\" />"
            : $"<ProjectReference Include=\"{library}\" />";
        string assemblies = framework.StartsWith("net4", StringComparison.Ordinal)
            ? "<PackageReference Include=\"Microsoft.NETFramework.ReferenceAssemblies\" Version=\"1.0.3\" PrivateAssets=\"all\" />"
            : string.Empty;
        string self = runtime is null
            ? string.Empty
            : $"<RuntimeIdentifier>{runtime}</RuntimeIdentifier><SelfContained>true</SelfContained>";
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                {self}
            {Sources}
              </PropertyGroup>
              <ItemGroup>
            {Usings}
                {reference}
                {assemblies}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The folder of packages beside the sources of this machine's own configuration, and nothing of the repository's build.</summary>
    public static void WriteSurroundings(string folder, string feed)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "NuGet.config"),
            $"<configuration><packageSources><add key=\"packed\" value=\"{feed}\" /></packageSources></configuration>\n");
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, file), "<Project />\n");
    }
}
