using System.Text.Json.Nodes;
using Trabecula.Learning.Sampling;

namespace Trabecula.Learning.Calibration;

/// <summary><see cref="PriorShift"/> from the share of events that samplers and class weights let the model see to that of the training rows.</summary>
public sealed class PriorCorrection : Calibrator
{
    internal PriorCorrection(double from, double to) => (From, To) = (from, to);

    /// <inheritdoc/>
    public override string Name => "Prior shift";

    /// <summary>Share of events that the model's risks are for: <see cref="Classifier.EventShare"/> of the resampled rows.</summary>
    public double From { get; }

    /// <summary>Share of events among the training rows.</summary>
    public double To { get; }

    internal override bool MapsRisks => true;

    /// <inheritdoc/>
    public override double Calibrate(double value) => PriorShift.Correct(value, From, To);

    private protected override JsonObject State() => new() { ["from"] = From, ["to"] = To };
}
