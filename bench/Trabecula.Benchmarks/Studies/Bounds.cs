using System.Globalization;

namespace Trabecula.Benchmarks.Studies;

/// <summary>What a comparison with the reference must keep to: the bounds that the reference's own description states. What breaks one is collected, and fails the run.</summary>
internal sealed class Bounds
{
    private readonly List<string> _broken = [];

    /// <summary>How many bounds were looked at.</summary>
    internal int Count { get; private set; }

    /// <summary>Two numbers that may differ by a tolerance. A number that does not exist breaks the bound.</summary>
    internal void Near(string what, double ours, double theirs, double tolerance) =>
        Check(Math.Abs(ours - theirs) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{what}: {ours:F4}, the reference has {theirs:F4}, tolerance {tolerance}"));

    /// <summary>A difference that may be as large as a tolerance.</summary>
    internal void AtMost(string what, double difference, double tolerance) =>
        Check(difference <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{what}: differs by {difference:F4}, tolerance {tolerance}"));

    /// <summary>What must be equal.</summary>
    internal void Equal(string what, string ours, string theirs) => Check(ours == theirs, $"{what}: {ours}, the reference has {theirs}");

    /// <summary>Says what broke, on the error stream.</summary>
    /// <returns>The exit status: 0 where all bounds hold, 1 where one is broken or none was looked at.</returns>
    internal int Conclude()
    {
        foreach (string broken in _broken)
            Console.Error.WriteLine($"BROKEN {broken}");
        Console.Error.WriteLine($"{Count - _broken.Count} of {Count} bounds hold.");
        return Count > 0 && _broken.Count == 0 ? 0 : 1;
    }

    private void Check(bool holds, string text)
    {
        Count++;
        if (!holds)
            _broken.Add(text);
    }
}
