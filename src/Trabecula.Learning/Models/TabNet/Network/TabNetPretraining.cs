namespace Trabecula.Learning.Models.Network;

/// <summary>Pretraining in 32 bits: epochs of shuffled batches, each with values hidden anew, at the learning rate of the training.</summary>
internal sealed unsafe class TabNetPretraining : IDisposable
{
    private readonly TabNet _options;
    private readonly Pretraining _pretraining;
    private readonly InputTable<float> _rows;
    private readonly NetworkState<float> _state;
    private readonly ReconstructionStep<float> _step;
    private readonly Adam<float> _optimizer;
    private readonly Batches _batches;
    private readonly RandomSequence _hiding;

    private TabNetPretraining(TabNet options, IReadOnlyList<FeatureColumn> schema, InputTable<float> rows, Seed seed)
    {
        Pretraining pretraining = options.Pretraining!;
        (_options, _pretraining, _rows) = (options, pretraining, rows);
        _state = new NetworkState<float>(TabNetArchitecture.Of(options, schema, pretraining));
        _state.Initialize(seed.Derive("decoder").Open());
        _batches = new Batches(options, rows.Rows, seed.Derive("batches"));
        _step = new ReconstructionStep<float>(_state, _batches.MostRows);
        _optimizer = new Adam<float>(_state);
        _hiding = seed.Derive("hidden-values").Open();
    }

    private TabNetArchitecture Architecture => _state.Architecture;

    /// <summary>Pretrains a network.</summary>
    /// <param name="rows">The rows that the classifier trains on.</param>
    /// <param name="network">The classifier's first weights; becomes what pretraining made of them.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="seed">The origin of the decoder's first weights, of batches and of what is hidden.</param>
    /// <param name="cancellationToken">Heard between virtual batches.</param>
    /// <returns>The loss of every epoch.</returns>
    /// <exception cref="LearningException">The loss stopped being finite.</exception>
    internal static double[] Run(
        InputTable<float> rows, NetworkState<float> network, IReadOnlyList<FeatureColumn> schema, Seed seed, CancellationToken cancellationToken)
    {
        using var fit = new TabNetPretraining(network.Architecture.Options, schema, rows, seed);
        // The decoder's parameters lie behind those of the classifier.
        network.ParameterValues.CopyTo(fit._state.ParameterValues);
        (float[] means, float[] variances) = fit.ReadMoments();
        var curve = new double[fit._pretraining.Epochs];
        for (int epoch = 0; epoch < curve.Length; epoch++)
            curve[epoch] = fit.RunEpoch(epoch, cancellationToken);
        fit._state.ParameterValues[..network.ParameterValues.Length].CopyTo(network.ParameterValues);
        fit._state.RunningValues[..network.RunningValues.Length].CopyTo(network.RunningValues);
        // Rows without hidden values vary more than those that pretraining saw.
        NormLayer norm = network.Architecture.InitialNorm;
        means.CopyTo(network.RunningValues[norm.MeanOffset..]);
        variances.CopyTo(network.RunningValues[norm.VarianceOffset..]);
        return curve;
    }

    public void Dispose()
    {
        _state.Dispose();
        _step.Dispose();
        _optimizer.Dispose();
    }

    private double RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        _batches.Shuffle();
        double sum = 0;
        int seen = 0;
        for (ReadOnlySpan<int> rows = _batches.From(0); rows.Length > 0; rows = _batches.From(seen))
        {
            _rows.Gather(rows, _state.Parameters, _step.Targets);
            Hide(rows.Length);
            _state.Transpose();
            double loss = _step.Run(rows.Length, cancellationToken);
            Divergence.Require(loss, "loss of pretraining", epoch, _options.LearningRate);
            Divergence.Require(
                _optimizer.Step(_options.LearningRate, 0, _options.ClipValue), "length of the gradient in pretraining", epoch, _options.LearningRate);
            sum += loss * rows.Length;
            seen += rows.Length;
        }
        return sum / seen;
    }

    /// <summary>Draws the hidden values of a batch, all numbers of a column's vector together.</summary>
    private void Hide(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            float* hidden = _step.Hidden + (nint)row * Architecture.Features.Stride;
            for (int c = 0; c < Architecture.Columns.Count; c++)
            {
                InputColumn column = Architecture.Columns[c];
                float value = _hiding.NextDouble() < _pretraining.MaskRatio ? 1 : 0;
                new Span<float>(hidden + column.Input, column.Size).Fill(value);
            }
        }
    }

    /// <summary>Means and unbiased variances of the inputs over all rows, 0 and 1 of places without an input; readies the step by them.</summary>
    private (float[] Means, float[] Variances) ReadMoments()
    {
        int width = Architecture.Features.Width, count = Architecture.Features.Count, rows = _rows.Rows;
        double[] sums = new double[count], squares = new double[count];
        var one = new int[1];
        for (int row = 0; row < rows; row++)
        {
            Read(row);
            for (int i = 0; i < count; i++)
                sums[i] += _step.Targets[i];
        }
        for (int row = 0; row < rows; row++)
        {
            Read(row);
            for (int i = 0; i < count; i++)
            {
                double deviation = _step.Targets[i] - sums[i] / rows;
                squares[i] += deviation * deviation;
            }
        }
        float[] means = new float[width], variances = new float[width];
        variances.AsSpan().Fill(1);
        for (int i = 0; i < count; i++)
        {
            means[i] = _step.Means[i] = (float)(sums[i] / rows);
            variances[i] = (float)(squares[i] / (rows - 1));
            float inverse = (float)(rows / squares[i]);
            _step.InverseVariances[i] = float.IsFinite(inverse) && float.IsFinite(variances[i]) ? inverse : 0;
        }
        return (means, variances);

        void Read(int row)
        {
            one[0] = row;
            _rows.Gather(one, _state.Parameters, _step.Targets);
        }
    }
}
