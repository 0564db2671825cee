using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace PublicApi
{
    /// <summary>
    /// What a net472 program gets, read from the output of tests/NetFx. .NET Framework without binding redirects loads an assembly only
    /// in the very version that is referenced; Mono takes any, so that running the program there would not tell.
    /// </summary>
    public class DeployedAssembliesTests
    {
        private static readonly string[] Ours = { "BekenImage", "BekenImage.Boot", "BekenImage.Crypto", "BekenImage.Documents", "BekenImage.Report" };

        // System.Memory 4.5.5 and what it needs.
        private static readonly string[] Others =
        {
            "System.Buffers", "System.Memory", "System.Numerics.Vectors", "System.Runtime.CompilerServices.Unsafe",
        };

        // 1.9 MB of us and 0.3 MB of System.*, which such programs mostly have already; BouncyCastle alone would be 4.9 MB.
        [Fact]
        public void NetFrameworkProgram_Carries_UsAndSystemMemory()
        {
            Assert.Equal(Ours.Concat(Others).OrderBy(name => name, StringComparer.Ordinal),
                Read().Keys.Where(name => name != "NetFx" && name != "DumpReader").OrderBy(name => name, StringComparer.Ordinal));
        }

        // All of them, not only ours: the loader asks for each in the same way.
        [Fact]
        public void References_OfEveryDeployedAssembly_AreOfTheVersionsDeployed()
        {
            Dictionary<string, Deployed> deployed = Read();
            var wrong = new List<string>();
            foreach (Deployed assembly in deployed.Values)
            {
                foreach (KeyValuePair<string, Version> reference in assembly.References)
                {
                    if (deployed.TryGetValue(reference.Key, out Deployed? target) && target.Version != reference.Value)
                        wrong.Add($"{assembly.Name} references {reference.Key} {reference.Value}, deployed is {target.Version}");
                }
            }
            Assert.Empty(wrong);
        }

        [Fact]
        public void References_OfOurs_AreNetStandardSystemMemoryAndEachOther()
        {
            Dictionary<string, Deployed> deployed = Read();
            // System.Memory needs Unsafe as well, in this version: whoever has the one has the other.
            Assert.Equal(new[] { "System.Memory", "System.Runtime.CompilerServices.Unsafe", "netstandard" }, Names(deployed["BekenImage.Crypto"]));
            Assert.Equal(deployed["System.Memory"].References["System.Runtime.CompilerServices.Unsafe"],
                deployed["BekenImage.Crypto"].References["System.Runtime.CompilerServices.Unsafe"]);
            Assert.Equal(new[] { "BekenImage.Crypto", "System.Memory", "netstandard" }, Names(deployed["BekenImage"]));
            Assert.Subset(new HashSet<string> { "BekenImage", "BekenImage.Crypto", "System.Memory", "netstandard" },
                new HashSet<string>(Names(deployed["BekenImage.Boot"])));
            Assert.Subset(new HashSet<string> { "BekenImage", "BekenImage.Boot", "BekenImage.Crypto", "System.Memory", "netstandard" },
                new HashSet<string>(Names(deployed["BekenImage.Documents"])));
            Assert.Subset(new HashSet<string> { "BekenImage", "BekenImage.Boot", "BekenImage.Crypto", "BekenImage.Documents", "System.Memory", "netstandard" },
                new HashSet<string>(Names(deployed["BekenImage.Report"])));
        }

        // System.Memory's own netstandard2.0 build is compiled against System.Buffers 4.0.2.0, its net461 build against the 4.0.3.0 that is
        // deployed. NuGet gives net472 the latter, and only therefore nothing more is needed.
        [Fact]
        public void SystemMemory_ForNetFramework_IsTheBuildThatFits()
        {
            Dictionary<string, Deployed> deployed = Read();
            Assert.Equal(new Version(4, 0, 1, 2), deployed["System.Memory"].Version);
            Assert.Equal(new Version(4, 0, 3, 0), deployed["System.Memory"].References["System.Buffers"]);
            Assert.Contains("mscorlib", deployed["System.Memory"].References.Keys);
        }

        // These tests lie in .../CONFIGURATION/net10.0/, wherever that is; the program in tests/NetFx/bin/CONFIGURATION/net472/ of the repository.
        private static string Folder
        {
            get
            {
                DirectoryInfo configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!;
                var root = configuration;
                while (!File.Exists(Path.Combine(root.FullName, "BekenImage.sln")))
                    root = root.Parent!;
                return Path.Combine(root.FullName, "tests", "NetFx", "bin", configuration.Name, "net472");
            }
        }

        private static Dictionary<string, Deployed> Read() =>
            Directory.EnumerateFiles(Folder).Where(file => Path.GetExtension(file) == ".dll" || Path.GetExtension(file) == ".exe")
                .Select(file => new Deployed(file)).ToDictionary(assembly => assembly.Name);

        private static IEnumerable<string> Names(Deployed assembly) => assembly.References.Keys.OrderBy(name => name, StringComparer.Ordinal);

        private sealed class Deployed
        {
            public Deployed(string file)
            {
                using var portable = new PEReader(File.OpenRead(file));
                MetadataReader reader = portable.GetMetadataReader();
                AssemblyDefinition definition = reader.GetAssemblyDefinition();
                Name = reader.GetString(definition.Name);
                Version = definition.Version;
                References = reader.AssemblyReferences.Select(reader.GetAssemblyReference)
                    .ToDictionary(reference => reader.GetString(reference.Name), reference => reference.Version);
            }

            public string Name { get; }

            public Version Version { get; }

            public IReadOnlyDictionary<string, Version> References { get; }
        }
    }
}
