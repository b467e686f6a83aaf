using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>A column of a hot table: how its value is read from an entity, converted as the model says and bound, compiled once.</summary>
/// <typeparam name="T">The entity.</typeparam>
internal sealed class HotColumn<T>
{
    private static readonly MethodInfo Day = ((Func<DateOnly, string>)TextOf).Method;

    private readonly Action<T, HotStatement, int> _bind;

    /// <summary>Compiles a property.</summary>
    /// <param name="property">The property as the model knows it.</param>
    public HotColumn(IProperty property)
    {
        Property = property;
        Quoted = $"\"{property.GetColumnName()}\"";
        _bind = Compile(property);
    }

    /// <summary>The property.</summary>
    public IProperty Property { get; }

    /// <summary>Name of the column as it stands in a statement.</summary>
    public string Quoted { get; }

    /// <summary>Binds an entity's value.</summary>
    /// <param name="row">The entity.</param>
    /// <param name="statement">Where it is bound.</param>
    /// <param name="parameter">Number of the parameter, from 1.</param>
    public void Bind(T row, HotStatement statement, int parameter) => _bind(row, statement, parameter);

    private static Action<T, HotStatement, int> Compile(IProperty property)
    {
        var info = property.PropertyInfo ?? throw new InvalidOperationException($"{property.Name} has no property to read from.");
        var (row, statement, parameter) = (Expression.Parameter(typeof(T)), Expression.Parameter(typeof(HotStatement)), Expression.Parameter(typeof(int)));
        var value = Expression.Variable(info.PropertyType);
        var known = Nullable.GetUnderlyingType(info.PropertyType) is null ? (Expression)value : Expression.Property(value, nameof(Nullable<int>.Value));
        if (property.GetTypeMapping().Converter is { } converter)
        {
            known = Expression.Invoke(converter.ConvertToProviderExpression, Expression.Convert(known, converter.ModelClrType));
        }

        Expression bind = Expression.Call(statement, nameof(HotStatement.Bind), null, parameter, Stored(known, property));
        if (!info.PropertyType.IsValueType || Nullable.GetUnderlyingType(info.PropertyType) is not null)
        {
            bind = Expression.IfThenElse(
                Expression.Equal(value, Expression.Constant(null, info.PropertyType)), Expression.Call(statement, nameof(HotStatement.BindNull), null, parameter), bind);
        }

        return Expression.Lambda<Action<T, HotStatement, int>>(
            Expression.Block([value], Expression.Assign(value, Expression.Property(row, info)), bind), row, statement, parameter).Compile();
    }

    // SQLite stores whole numbers, numbers, texts and bytes, and Entity Framework a day as text; anything else would need words of
    // its own here.
    private static Expression Stored(Expression value, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        return type == typeof(string) || type == typeof(byte[]) ? value
            : type == typeof(bool) ? Expression.Condition(Expression.Convert(value, type), Expression.Constant(1L), Expression.Constant(0L))
            : type == typeof(DateOnly) ? Expression.Call(Day, Expression.Convert(value, type))
            : type == typeof(double) || type == typeof(float) ? Expression.Convert(value, typeof(double))
            : type == typeof(long) || type == typeof(int) || type == typeof(short) || type == typeof(byte) ? Expression.Convert(Expression.Convert(value, type), typeof(long))
            : throw new InvalidOperationException($"A hot table cannot store {property.DeclaringType.DisplayName()}.{property.Name}, a {type.Name}.");
    }

    private static string TextOf(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
