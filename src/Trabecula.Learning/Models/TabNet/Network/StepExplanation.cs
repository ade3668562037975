using System.Numerics;

namespace Trabecula.Learning.Models.Network;

/// <summary>What the masks of each step say about the table's columns.</summary>
internal static unsafe class StepExplanation
{
    /// <summary>Reads masks and weights of a block of rows out of the network.</summary>
    /// <param name="architecture">The network's layers.</param>
    /// <param name="encoder">After its forward pass over the block.</param>
    /// <param name="first">The block's first row.</param>
    /// <param name="rows">Its number of rows.</param>
    /// <param name="masks">For each step rows of columns; receives the masks.</param>
    /// <param name="weights">For each step the weight of each row.</param>
    /// <param name="explain">Rows of columns; the masks times the weights of their steps are added.</param>
    internal static void Read<T>(TabNetArchitecture architecture, EncoderPass<T> encoder, int first, int rows, double[][] masks, double[][] weights, double[] explain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int step = 0; step < encoder.Steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                T* mask = encoder.Mask(step) + (nint)row * architecture.Features.Stride;
                T* output = encoder.StepOutput(step) + (nint)row * architecture.Hidden.Stride;
                double weight = 0;
                for (int i = 0; i < architecture.Decision.Count; i++)
                    weight += Math.Max(double.CreateTruncating(output[i]), 0);
                weights[step][first + row] = weight;
                for (int c = 0; c < architecture.Columns.Count; c++)
                {
                    InputColumn column = architecture.Columns[c];
                    double sum = 0;
                    for (int k = 0; k < column.Size; k++)
                        sum += double.CreateTruncating(mask[column.Input + k]);
                    int at = (first + row) * architecture.Columns.Count + c;
                    masks[step][at] = sum;
                    explain[at] += sum * weight;
                }
            }
        }
    }
}
