using BekenImage.Release;

namespace BekenImage.Architecture.Tests.Release;

/// <summary>The folder of a release: whole or not there, with sums that are right.</summary>
public sealed class ReleaseFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("beken-release-tests-").FullName;

    private string Target => Path.Combine(_parent, "release");

    // Source: FIPS 180-4, the SHA-256 of "abc" and of nothing.
    [Fact]
    public void Sums_AreThoseSha256sumChecks()
    {
        File.WriteAllText(Path.Combine(_parent, "b.zip"), "abc");
        File.WriteAllText(Path.Combine(_parent, "B.zip"), string.Empty);
        File.WriteAllText(Path.Combine(_parent, Sha256Sums.FileName), "an older one");
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  B.zip\n" +
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.zip\n",
            Sha256Sums.Of(_parent));
    }

    [Fact]
    public void Folder_ThatIsCompleted_IsThere()
    {
        Directory.CreateDirectory(Target);
        using (var folder = new WholeFolder(Target))
        {
            File.WriteAllText(Path.Combine(folder.Place, "file"), "text");
            Assert.Empty(Directory.EnumerateFiles(Target));
            folder.Complete();
        }
        Assert.Equal("text", File.ReadAllText(Path.Combine(Target, "file")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Folder_ThatIsNotCompleted_LeavesNothing()
    {
        using (var folder = new WholeFolder(Target))
            File.WriteAllText(Path.Combine(folder.Place, "file"), "text");
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Folder_WithSomethingInIt_IsRefused()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "file"), "text");
        Assert.Equal(ReleaseException.Usage, Assert.Throws<ReleaseException>(() => new WholeFolder(Target)).ExitCode);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Folder_ThatIsNoClone_IsRefusedUnlessToldOtherwise()
    {
        Assert.Contains("is no clone", Assert.Throws<ReleaseException>(() => SourceTree.Examine(_parent, allowDirty: false)).Message);
        Assert.Equal("a folder of sources that is no clone", SourceTree.Examine(_parent, allowDirty: true).Name);
    }

    [Fact]
    public void Program_ThatNamesAFolderOfTheMachine_IsRefused()
    {
        File.WriteAllText(Path.Combine(_parent, "program"), "at /home/somebody/source/Program.cs");
        Assert.Equal("program names /home/somebody", Assert.Throws<ReleaseException>(() => MachinePaths.Refuse([_parent], ["/home/somebody"])).Message);
        MachinePaths.Refuse([_parent], ["/home/nobody"]);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
