using System;
using System.Linq;
using BekenImage;
using Xunit;

namespace PublicApi
{
    /// <summary>The recipes of samples/ compile as C# 8 and do what they say.</summary>
    public class RecipeTests
    {
        private static readonly byte[] Bytes = Enumerable.Range(0, 0x3000).Select(i => (byte)(i * 31 >> 3)).ToArray();

        [Fact]
        public void Split_WithoutAnEdit_GivesTheImageBack() => Assert.Equal(Bytes, SplitRecipe.Run(Bytes, files => Assert.NotEmpty(files)));

        [Fact]
        public void Split_WithAnEditedPart_GivesTheEditedImage()
        {
            byte[] expected = (byte[])Bytes.Clone();
            expected[7] ^= 0x55;
            byte[] edited = SplitRecipe.Run(Bytes, files => files.Values.Single(file => file.Length == Bytes.Length)[7] ^= 0x55);
            Assert.Equal(expected, edited);
        }

        [Fact]
        public void Lint_OfNoFirmware_SaysWhyNot() => Assert.NotEmpty(LintRecipe.Run(Bytes, Bytes));

        [Fact]
        public void Key_OfNoise_IsUnknown()
        {
            byte[] noise = new byte[34 * 64 + 5];
            new Random(1).NextBytes(noise);
            Assert.Null(KeyRecipe.Run(noise));
        }

        [Fact]
        public void Package_OfAnApp_UnpacksToIt() => Assert.Equal(Bytes, PackageRecipe.Unpack(PackageRecipe.Pack(Bytes, "1.2.3")));

        [Fact]
        public void Package_ThatIsNone_IsRefused() => Assert.Throws<BekenImageException>(() => PackageRecipe.Unpack(Bytes));
    }
}
