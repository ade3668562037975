namespace Trabecula.Learning.Splitting;

/// <summary>The two sides of a split.</summary>
/// <param name="Training">What may be fitted.</param>
/// <param name="HeldOut">What is kept for evaluation; shares no subject with <paramref name="Training"/>.</param>
public sealed record HoldOutSplit(TrainingSet Training, HeldOutSet HeldOut);
