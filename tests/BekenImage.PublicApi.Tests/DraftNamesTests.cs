using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BekenImage;
using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rf;
using Xunit;

namespace PublicApi
{
    /// <summary>The names the contract gives to changing an image, from C# 8: what compiles here stays.</summary>
    public class DraftNamesTests
    {
        [Fact]
        public async Task ImageDraft_HasTheContractsMembers()
        {
            FlashImage image = await FlashImage.LoadAsync(new MemoryStream(new byte[4096]), null, CancellationToken.None);
            ImageDraft draft = image.Edit();
            Func<string, byte[], ImageDraft> put = draft.Put;
            Func<MacAddress, ImageDraft> setMac = draft.SetMac;
            Func<string, string, ImageDraft> setObk = draft.SetObk;
            Func<string, string, ImageDraft> setTuya = draft.SetTuya;
            Func<string, byte[], ImageDraft> addFile = draft.AddFile;
            Func<RfTable, MacAddress?, bool, ImageDraft> restoreRf = draft.RestoreRf;
            Func<BekenKey, ImageDraft> rekey = draft.Rekey;
            Func<IReadOnlyList<FalPartition>, ImageDraft> setTable = draft.SetPartitionTable;
            Func<FlashImage, ImageDraft> replaceBootloader = draft.ReplaceBootloader;
            Assert.All(new Delegate[] { put, setMac, setObk, setTuya, addFile, restoreRf, rekey, setTable, replaceBootloader }, Assert.NotNull);

            draft.Put(new FlashRange(16, 4), new byte[] { 1, 2, 3, 4 }).Sanitize().Normalize();
            IReadOnlyList<ImageChange> changes = draft.Changes;
            IReadOnlyList<Finding> findings = draft.Findings;
            Assert.Equal(16, Assert.Single(changes).Range.Start);
            Assert.Empty(findings);
            using (var stream = new MemoryStream())
            {
                draft.WriteTo(stream);
                Assert.Equal(draft.ToArray(), stream.ToArray());
            }
            Assert.Equal(4, draft.ToImage().Source.Span[19]);
            Assert.Contains("\"verb\": \"inspect\"", ImageDocuments.Inspect(draft.ToImage(), "name.bin", showSecrets: false));
        }
    }
}
