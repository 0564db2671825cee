using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace BekenImage.Mutation;

/// <summary>A test, or one row of a theory, that is run here without a framework around it: a run takes as long as the test.</summary>
internal sealed class TestCase(Type type, MethodInfo method, object?[] values, string name)
{
    private const string SkipMark = "$XunitDynamicSkip$";

    public string Name => name;

    /// <summary>Runs it: null where it passes.</summary>
    /// <exception cref="SkippedException">It does not apply here.</exception>
    public Exception? Run()
    {
        object? instance = null;
        try
        {
            instance = method.IsStatic ? null : Make();
            object? result = method.Invoke(instance, values);
            if (result is Task task)
                task.GetAwaiter().GetResult();
            return null;
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
        {
            return inner.Message.StartsWith(SkipMark, StringComparison.Ordinal) ? throw new SkippedException() : inner;
        }
        catch (Exception thrown) when (thrown is not SkippedException)
        {
            return thrown.Message.StartsWith(SkipMark, StringComparison.Ordinal) ? throw new SkippedException() : thrown;
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    // A class may be given a place to print to: nobody reads it here.
    private object Make()
    {
        var constructor = type.GetConstructors()[0];
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => DispatchProxy.Create(parameter.ParameterType, typeof(Mute)))]);
    }

    /// <summary>The tests of the classes whose full names fit, in a fixed order.</summary>
    public static IReadOnlyList<TestCase> Find(Assembly assembly, IReadOnlyList<string> patterns) =>
    [
        .. assembly.GetTypes().Where(type => !type.IsAbstract && patterns.Any(pattern => Names.Match(pattern, type.FullName!)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                .OrderBy(method => method.Name, StringComparer.Ordinal).SelectMany(method => Of(type, method))),
    ];

    private static IEnumerable<TestCase> Of(Type type, MethodInfo method)
    {
        var attributes = method.GetCustomAttributes(inherit: true);
        string plain = $"{type.Name}.{method.Name}";
        if (attributes.Any(one => one.GetType().Name == "FactAttribute"))
            return [new TestCase(type, method, Fitted(method, []), plain)];
        if (!attributes.Any(one => one.GetType().Name == "TheoryAttribute") || method.IsGenericMethod)
            return [];
        return attributes.Where(one => one.GetType().GetInterfaces().Any(face => face.Name == "IDataAttribute"))
            .SelectMany(one => Rows(one, method)).Select((row, index) => new TestCase(type, method, Fitted(method, row), $"{plain}[{index}]"));
    }

    private static IEnumerable<object?[]> Rows(object attribute, MethodInfo method)
    {
        if (attribute.GetType().GetProperty("MemberName")?.GetValue(attribute) is string member)
        {
            var owner = attribute.GetType().GetProperty("MemberType")?.GetValue(attribute) as Type ?? method.DeclaringType!;
            foreach (object row in Member(owner, member, attribute.GetType().GetProperty("Arguments")?.GetValue(attribute) as object?[] ?? []))
                yield return ValuesOf(row);
            yield break;
        }
        var face = attribute.GetType().GetInterfaces().Single(one => one.Name == "IDataAttribute");
        var getData = face.GetMethod("GetData")!;
        object tracker = Activator.CreateInstance(getData.GetParameters()[1].ParameterType)!;
        object pending = getData.Invoke(attribute, [method, tracker])!;
        var task = (Task)pending.GetType().GetMethod("AsTask")!.Invoke(pending, null)!;
        task.GetAwaiter().GetResult();
        var rows = (IEnumerable)task.GetType().GetProperty("Result")!.GetValue(task)!;
        foreach (object row in rows)
            yield return ValuesOf(row);
    }

    private static IEnumerable Member(Type owner, string name, object?[] arguments)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        object? value = owner.GetProperty(name, any) is { } property ? property.GetValue(null)
            : owner.GetField(name, any) is { } field ? field.GetValue(null) : owner.GetMethod(name, any)!.Invoke(null, arguments);
        return (IEnumerable)value!;
    }

    private static object?[] ValuesOf(object row) => row switch
    {
        object?[] values => values,
        System.Runtime.CompilerServices.ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(at => tuple[at])],
        _ when row.GetType().GetInterfaces().FirstOrDefault(one => one.Name == "ITheoryDataRow") is { } face =>
            (object?[])face.GetMethod("GetData")!.Invoke(row, null)!,
        _ => [row],
    };

    private static object?[] Fitted(MethodInfo method, object?[] row)
    {
        var parameters = method.GetParameters();
        var values = new object?[parameters.Length];
        for (int index = 0; index < values.Length; index++)
        {
            var wanted = Nullable.GetUnderlyingType(parameters[index].ParameterType) ?? parameters[index].ParameterType;
            if (index == values.Length - 1 && wanted.IsArray && parameters[index].IsDefined(typeof(ParamArrayAttribute)) && !(index < row.Length && wanted.IsInstanceOfType(row[index])))
            {
                var rest = Array.CreateInstance(wanted.GetElementType()!, Math.Max(0, row.Length - index));
                for (int at = 0; at < rest.Length; at++)
                    rest.SetValue(row[index + at], at);
                values[index] = rest;
                continue;
            }
            object? value = index < row.Length ? row[index] : parameters[index].DefaultValue;
            values[index] = value is IConvertible && wanted.IsPrimitive && !wanted.IsInstanceOfType(value) ? Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture)
                : value is int number && wanted.IsEnum ? Enum.ToObject(wanted, number) : value;
        }
        return values;
    }
}

/// <summary>The test does not apply here: no corpus, no such instruction.</summary>
internal sealed class SkippedException : Exception;

/// <summary>Takes every call, and does nothing.</summary>
public class Mute : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
}
