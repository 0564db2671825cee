using BekenImage.Crypto;
using Xunit;

namespace PublicApi
{
    public class ContractNamesTests
    {
        [Fact]
        public void BekenKey_FromCSharp8_HasTheContractsNames()
        {
            Assert.True(BekenKey.TryParse("UQ+wk6PL6txZk6F+x63rAw==", out BekenKey key));
            Assert.True(key.IsEquivalentTo(BekenKey.Tuya));
        }
    }
}
