namespace BekenImage.Documents.Tests;

/// <summary>
/// What the netstandard2.0 build needs beside the framework: System.Memory, whose version is the one a .NET Framework program without
/// binding redirects finds. This test means something in BekenImage.NetStandard.Tests.
/// </summary>
public sealed class ReferencesTests
{
    [Fact]
    public void References_OfThePackage_AreFewAndNoJsonLibrary()
    {
        string[] references = typeof(ImageDocuments).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();
#if TESTING_NETSTANDARD
        Assert.Empty(references.Except(["netstandard", "BekenImage", "BekenImage.Boot", "BekenImage.Crypto", "System.Memory"]));
        Assert.Contains("netstandard", references);
#endif
        Assert.DoesNotContain("System.Text.Json", references);
    }
}
