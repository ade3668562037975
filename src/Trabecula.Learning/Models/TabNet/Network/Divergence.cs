namespace Trabecula.Learning.Models.Network;

/// <summary>Stops a training whose numbers are no numbers any more.</summary>
internal static class Divergence
{
    /// <exception cref="LearningException">The value is not finite.</exception>
    internal static void Require(double value, string what, int epoch, double learningRate)
    {
        if (!double.IsFinite(value))
            throw new LearningException(
                FormattableString.Invariant($"TabNet: training diverged in epoch {epoch + 1}: the {what} is {value}."),
                FormattableString.Invariant($"Use a learning rate (lr) below {learningRate}, and scaled columns."));
    }
}
