using System.Globalization;

namespace Trabecula.Learning.Search;

/// <summary>Values that a hyper-parameter can take; it may have several such rules, of which one must hold.</summary>
public abstract record AllowedValue
{
    private AllowedValue()
    {
    }

    /// <summary>Whether a value obeys the rule.</summary>
    public abstract bool Accepts(ParameterValue value);

    /// <summary>A word.</summary>
    public sealed record Word(string Value) : AllowedValue
    {
        /// <inheritdoc/>
        public override bool Accepts(ParameterValue value) => value is ParameterValue.Word word && word.Value == Value;

        /// <inheritdoc/>
        public override string ToString() => Value;
    }

    /// <summary>No value: <c>null</c>.</summary>
    public sealed record None : AllowedValue
    {
        /// <inheritdoc/>
        public override bool Accepts(ParameterValue value) => value is ParameterValue.None;

        /// <inheritdoc/>
        public override string ToString() => "null";
    }

    /// <summary>Yes or no: <c>true</c> or <c>false</c>.</summary>
    public sealed record Flag : AllowedValue
    {
        /// <inheritdoc/>
        public override bool Accepts(ParameterValue value) => value is ParameterValue.Flag;

        /// <inheritdoc/>
        public override string ToString() => "true or false";
    }

    /// <summary>A whole number.</summary>
    /// <param name="Minimum">The least one.</param>
    /// <param name="Maximum">The largest one.</param>
    public sealed record Whole(int Minimum, int Maximum = int.MaxValue) : AllowedValue
    {
        /// <inheritdoc/>
        public override bool Accepts(ParameterValue value) => value is ParameterValue.Whole whole && whole.Value >= Minimum && whole.Value <= Maximum;

        /// <inheritdoc/>
        public override string ToString() => Minimum == Maximum ? Minimum.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture,
            $"a whole number from {Minimum}{(Maximum == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" to {Maximum}"))}");
    }

    /// <summary>A number.</summary>
    /// <param name="Minimum">The least one, itself allowed unless <paramref name="AboveMinimum"/>.</param>
    /// <param name="Maximum">The largest one; infinity for none.</param>
    /// <param name="AboveMinimum">Whether the minimum itself is refused.</param>
    /// <param name="Fraction">Whether it must have a decimal point, as where a whole number means something else.</param>
    /// <param name="BelowMaximum">Whether the maximum itself is refused.</param>
    public sealed record Number(double Minimum, double Maximum = double.PositiveInfinity, bool AboveMinimum = false, bool Fraction = false, bool BelowMaximum = false) : AllowedValue
    {
        /// <inheritdoc/>
        public override bool Accepts(ParameterValue value)
        {
            double? number = value switch
            {
                ParameterValue.Number fraction => fraction.Value,
                ParameterValue.Whole whole when !Fraction => whole.Value,
                _ => null,
            };
            return number >= Minimum && number <= Maximum && !(AboveMinimum && number == Minimum) && !(BelowMaximum && number == Maximum);
        }

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"a {(Fraction ? "fraction" : "number")} {(AboveMinimum ? "above" : "from")} {Minimum}{Upper}");

        private string Upper => double.IsPositiveInfinity(Maximum) ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{(BelowMaximum ? " and below" : AboveMinimum ? " and at most" : " to")} {Maximum}{(Fraction && Maximum == 1 ? ".0" : "")}");
    }
}
