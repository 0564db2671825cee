// What the compiler asks for and .NET Standard 2.0 lacks. No generator: the one there is adds its files in another order in each build, and
// the same commit would not give the same assembly. Embedded types are nobody's but their assembly's, friends of it included.

namespace Microsoft.CodeAnalysis
{
    internal sealed partial class EmbeddedAttribute : System.Attribute
    {
    }
}

namespace System.Runtime.CompilerServices
{
    [Microsoft.CodeAnalysis.Embedded]
    internal static class IsExternalInit
    {
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }

    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.Method, Inherited = false)]
    internal sealed class DoesNotReturnAttribute : Attribute
    {
    }
}
