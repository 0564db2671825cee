using System;
using System.Collections.Generic;
using System.Linq;

namespace BekenImage.NetFx
{
    /// <summary>What a check asserts.</summary>
    internal static class Check
    {
        public static void Equal<T>(T expected, T actual, string what)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
                throw new InvalidOperationException(what + ": " + actual + " instead of " + expected);
        }

        public static void Bytes(byte[] expected, byte[] actual, string what)
        {
            if (!expected.SequenceEqual(actual))
                throw new InvalidOperationException(what + " differs");
        }
    }
}
