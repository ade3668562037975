namespace Trabecula.Learning.Models;

/// <summary>
/// Self-supervised pretraining of a TabNet: some values of every row are hidden, and the network learns to reconstruct them from the others.
/// The classifier then starts from its weights in place of random ones.
/// </summary>
/// <remarks>
/// Source: Arik and Pfister 2021, section 3.5; names and defaults follow pytorch-tabnet 4. Each value is hidden with probability
/// <see cref="MaskRatio"/>, by itself of each row in each epoch: the network reads the column's mean in its place, with prior 0 in the
/// first step. Loss: mean over the hidden values of their squared error divided by the column's variance, so that 1 is as good as the mean.
/// Mean and variance are those of all rows that train, where the reference takes those of a batch, whose variance can be 0; a constant
/// column is not counted. Vectors of categorical levels keep their first values meanwhile: to train what is to be reconstructed would
/// make it small. Rows, batches, learning rate and clipping are those of the training; outcomes and the rows kept for early stopping have no part in it.
/// </remarks>
public sealed record Pretraining
{
    /// <summary>Epochs of pretraining, from 1.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Share of the values that is hidden, between 0 and 1.</summary>
    public double MaskRatio { get; init; } = 0.5;

    /// <summary>Gated layers of the decoder whose weights all steps share, from 0.</summary>
    public int NShared { get; init; } = 1;

    /// <summary>Gated layers of the decoder that each step has for itself, from 0.</summary>
    public int NIndependent { get; init; } = 1;
}
