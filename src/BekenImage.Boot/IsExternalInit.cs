#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants for <c>init</c>. PolySharp leaves it out here: it sees the one of BekenImage, which the compiler does not take.</summary>
internal static class IsExternalInit;
#endif
