using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BekenImage;
using BekenImage.Crypto;
using Xunit;

namespace PublicApi
{
    /// <summary>Uses every name of the contract the way a C# 8 program would. Most of the test is that this file compiles.</summary>
    public class ContractNamesTests
    {
        [Fact]
        public void BekenKey_FromCSharp8_HasTheContractsNames()
        {
            var key = new BekenKey(0x510fb093, 0xa3cbeadc, 0x5993a17e, 0xc7adeb03);
            Assert.True(BekenKey.TryParse("UQ+wk6PL6txZk6F+x63rAw==", out BekenKey parsed));
            Assert.True(BekenKey.TryParse("tuya".AsSpan(), out BekenKey named));
            Assert.Equal(key, parsed);
            Assert.True(key.IsEquivalentTo(named));
            Assert.True(((IEquatable<BekenKey>)key).Equals(BekenKey.Tuya));
            Assert.True(BekenKey.Zero.IsIdentity);
            Assert.False(BekenKey.Uascent.IsIdentity);
        }

        [Fact]
        public void FlashPages_FromCSharp8_RoundTripsByteArraysAndSpans()
        {
            Assert.Equal(32, FlashPages.DataSize);
            Assert.Equal(34, FlashPages.PageSize);
            var data = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
            var pages = new byte[68];
            var back = new byte[64];
            FlashPages.Encode(data, pages);
            FlashPages.Encode(data.AsSpan(), pages.AsSpan(), BekenKey.Tuya, 0x10000);
            PageScan scan = FlashPages.Decode(pages, back, BekenKey.Tuya, 0x10000);
            Assert.Equal(data, back);
            Assert.Equal(2, scan.Valid);
            Assert.Equal(0, scan.Erased + scan.Bad);
            Assert.Equal(-1, scan.FirstBad);
            Assert.Equal(2, scan.LeadingValid);
            Assert.Equal(scan, FlashPages.Check(pages));
            Assert.Equal(scan, FlashPages.Decode(pages, back));
            FlashCipher.Apply(BekenKey.Tuya, 0x10000, back.AsSpan(), back.AsSpan());
            Assert.Equal(data, back);
        }

        [Fact]
        public void KeyRecovery_OfTooLittle_ClaimsNoKey()
        {
            KeyRecoveryResult result = KeyRecovery.Recover(new byte[100].AsSpan(), 0x10000);
            Assert.Equal(KeyRecoveryStatus.Unknown, result.Status);
            Assert.Null(result.Key);
            Assert.Empty(result.Candidates);
            Assert.Equal(KeyRecoveryStatus.Unknown, KeyRecovery.Recover(new[] { new KeyRecoveryStretch(new byte[100], 0) }).Status);
        }

        [Fact]
        public void FlashImage_OfGarbage_IsParsedAndNeverThrows()
        {
            var image = FlashImage.Parse(new byte[] { 1, 2, 3 }, new FlashImageOptions { Key = BekenKey.Zero });
            Assert.Equal(ImageKind.Unknown, image.Kind);
            Assert.Equal(BekenChip.Unknown, image.Chip);
            Assert.Equal(FirmwareFlavor.Unknown, image.Flavor);
            Assert.Equal(0, image.Rotation);
            Assert.Equal(3, image.Length);
            Assert.NotNull(image.Key);
            Assert.Empty(image.Partitions);
            Assert.Null(image.Fal);
            Assert.Empty(image.Containers);
            Assert.Null(image.Rf);
            Assert.Empty(image.RfTables);
            Assert.Null(image.ObkConfig);
            Assert.Null(image.TuyaStorage);
            Assert.Null(image.LittleFs);
            Assert.NotEmpty(image.Findings);
            Assert.Equal(3, FlashImage.Parse(new ReadOnlyMemory<byte>(new byte[3])).Length);
            Assert.Equal(3, FlashImage.Load(new MemoryStream(new byte[3])).Length);
        }

        [Fact]
        public void FlashImage_WithoutAKnownKey_HasNoKeyInsteadOfTheZeroKey() => Assert.Null(FlashImage.Parse(new byte[100]).Key.Value);

        [Fact]
        public void ImageCombiner_WithUnfitInputs_PlansARefusalAndThrowsOnlyWhenBuilt()
        {
            var garbage = FlashImage.Parse(new byte[100]);
            var combiner = new ImageCombiner(garbage, garbage, new CombineOptions { Chip = BekenChip.BK7231N });
            CombinePlan plan = combiner.Plan();
            Assert.False(plan.CanBuild);
            IReadOnlyList<Finding> findings = plan.Findings;
            IReadOnlyList<ImageRegion> regions = plan.Regions;
            Assert.NotEmpty(findings);
            Assert.Empty(regions);
            Assert.ThrowsAny<BekenImageException>(() => plan.ToArray());
            Assert.ThrowsAny<BekenImageException>(() => plan.WriteTo(new MemoryStream()));
        }

        [Fact]
        public void ImageGuardException_IsABekenImageException() => Assert.True(typeof(BekenImageException).IsAssignableFrom(typeof(ImageGuardException)));
    }
}
