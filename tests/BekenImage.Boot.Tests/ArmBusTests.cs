using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests;

public class ArmBusTests
{
    [Fact]
    public void Bus_IsNoPublicName()
    {
        Assert.False(typeof(IArmBus).IsPublic);
    }
}
