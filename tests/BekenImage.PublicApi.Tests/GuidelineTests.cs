using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using BekenImage;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Report;
using Xunit;

namespace PublicApi
{
    /// <summary>The framework's design guidelines, as far as a program can judge them, on every public member.</summary>
    public class GuidelineTests
    {
        private static readonly Assembly[] Libraries = { typeof(BekenKey).Assembly, typeof(FlashImage).Assembly, typeof(ImageBooter).Assembly, typeof(ImageReport).Assembly };

        private static IEnumerable<Type> Types => Libraries.SelectMany(library => library.GetExportedTypes());

        private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        private static IEnumerable<MethodInfo> Methods => Types.SelectMany(type => type.GetMethods(Declared));

        [Fact]
        public void TryMethods_WithAnObjectAsResult_SayThatItIsThereWhenTheyReturnTrue()
        {
            var outs = Methods.Where(method => method.Name.StartsWith("Try", StringComparison.Ordinal) && method.ReturnType == typeof(bool))
                .SelectMany(method => method.GetParameters())
                .Where(parameter => parameter.IsOut && !parameter.ParameterType.GetElementType()!.IsValueType)
                .Where(IsNullable)
                .ToArray();
            Assert.NotEmpty(outs);
            Assert.Empty(outs.Where(parameter => parameter.GetCustomAttribute<NotNullWhenAttribute>()?.ReturnValue != true).Select(Name));
        }

        [Fact]
        public void Signatures_OfPublicMembers_NameNoPairOfObjects() =>
            Assert.Empty(Methods.Where(method => Mentioned(method).Any(IsPairOfObjects)).Select(Name));

        [Fact]
        public void Collections_OfPublicMembers_AreInterfaces() =>
            Assert.Empty(Methods.Where(method => IsMadeFrom(typeof(List<>), method.ReturnType)).Select(Name));

        [Fact]
        public void TakersOfSpans_InCryptoAndFormats_TakeArraysToo()
        {
            // A program without System.Memory has arrays only.
            var missing = Methods.Where(method => method.DeclaringType!.Namespace != nameof(BekenImage))
                .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ReadOnlySpan<byte>)))
                .Where(method => !method.DeclaringType!.GetMethods().Any(other => other.Name == method.Name && IsForArrays(method, other)))
                .Select(Name);
            Assert.Empty(missing);
        }

        [Fact]
        public void Models_OfAnImage_PrintThemselves()
        {
            foreach (var type in new[]
            {
                typeof(Finding), typeof(VerifyCheck), typeof(VerifyResult), typeof(LintResult), typeof(Partition), typeof(ImageKey),
                typeof(RblContainer), typeof(SplitFile), typeof(ImageRegion), typeof(PageScan), typeof(FlashRange), typeof(FalPartition),
                typeof(BekenImage.Formats.Rbl.RblHeader), typeof(BekenImage.Formats.Rf.RfTable), typeof(BekenImage.Formats.Obk.ObkConfig),
                typeof(BekenImage.Formats.Tuya.TuyaValue), typeof(BekenImage.Formats.LittleFs.LittleFsVolume),
                typeof(BekenImage.Formats.LittleFs.LittleFsEntry),
            })
                Assert.Equal(type, type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType);
        }

        [Fact]
        public void FindingCode_OfADefault_IsNone() => Assert.Equal(FindingCode.None, default(FindingCode));

        [Fact]
        public void Exceptions_OfTheLibrary_HaveTheStandardConstructors()
        {
            var inner = new InvalidOperationException();
            Assert.Equal(FindingCode.None, new BekenImageException().Code);
            Assert.Equal("text", new BekenImageException("text").Message);
            Assert.Same(inner, new BekenImageException("text", inner).InnerException);
            Assert.Equal(FindingCode.None, new ImageGuardException().Code);
            Assert.Equal("text", new ImageGuardException("text").Message);
            Assert.Same(inner, new ImageGuardException("text", inner).InnerException);
        }

        [Fact]
        public void FalPartition_Printed_SaysWhichAddressesItMeans() =>
            Assert.Equal(
                "app in beken_onchip_crc at 0x10000+0x108700, logical",
                new FalPartition("app", FalPartition.StripedFlash, 0x10000, 0x108700).ToString());

        private static bool IsForArrays(MethodInfo spans, MethodInfo arrays)
        {
            var left = spans.GetParameters();
            var right = arrays.GetParameters();
            return left.Length == right.Length &&
                left.Zip(right, (span, array) => span.ParameterType == array.ParameterType || array.ParameterType == typeof(byte[]) ||
                    array.ParameterType == typeof(string)).All(fits => fits) &&
                right.All(parameter => parameter.ParameterType != typeof(ReadOnlySpan<byte>));
        }

        private static IEnumerable<Type> Mentioned(MethodInfo method) =>
            method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).SelectMany(WithArguments);

        private static IEnumerable<Type> WithArguments(Type type) => type.GetGenericArguments().SelectMany(WithArguments).Prepend(type);

        private static bool IsPairOfObjects(Type type) =>
            IsMadeFrom(typeof(KeyValuePair<,>), type) && type.GetGenericArguments().Contains(typeof(object));

        private static bool IsMadeFrom(Type definition, Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

        private static bool IsNullable(ParameterInfo parameter) =>
            new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull;

        private static string Name(MemberInfo member) => member.DeclaringType + "." + member.Name;

        private static string Name(ParameterInfo parameter) => Name(parameter.Member) + ": " + parameter.Name;
    }
}
