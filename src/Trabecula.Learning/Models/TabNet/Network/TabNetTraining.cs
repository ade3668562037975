using Trabecula.Learning.Splitting;

namespace Trabecula.Learning.Models.Network;

/// <summary>Training in 32 bits: epochs of shuffled batches, until the AUROC of the rows kept for it has not risen for some time.</summary>
internal sealed unsafe class TabNetTraining : IDisposable
{
    private readonly TabNet _options;
    private readonly TabNetArchitecture _architecture;
    private readonly NetworkState<float> _state;
    private readonly Adam<float> _optimizer;
    private readonly TrainingStep<float> _step;
    private readonly InputTable<float> _rows;
    private readonly int[] _classes;
    private readonly double[] _weights;
    private readonly Batches _batches;
    private readonly int[] _batchClasses;
    private readonly bool _hasEmbeddings;

    private TabNetTraining(TabNet options, FeatureTable training, Seed seed)
    {
        int rows = training.RowCount;
        if (options.DropLast && rows < options.BatchSize)
            throw new LearningException(
                $"TabNet: drop_last leaves no batch, since {rows} training rows do not fill one of batch_size {options.BatchSize}.",
                "Set drop_last to false or batch_size to fewer rows.");
        _options = options;
        _architecture = TabNetArchitecture.Of(options, training.Schema);
        _rows = new InputTable<float>(training, _architecture);
        _state = new NetworkState<float>(_architecture);
        _state.Initialize(seed.Derive("weights").Open());
        _optimizer = new Adam<float>(_state);
        _batches = new Batches(options, rows, seed.Derive("batches"));
        _step = new TrainingStep<float>(_state, _batches.MostRows);
        _classes = [.. training.Outcomes.Select(outcome => outcome ? 1 : 0)];
        ClassWeights weights = ClassWeights.Of(options.ClassWeight, rows - training.EventCount, training.EventCount);
        _weights = [weights.Control, weights.Case];
        _batchClasses = new int[_batches.MostRows];
        _hasEmbeddings = _architecture.Columns.Any(column => column.Levels > 0);
    }

    /// <summary>Trains a network.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="training">Rows to learn from.</param>
    /// <param name="validation">Rows to stop by; null to train all epochs.</param>
    /// <param name="origin">The split that the rows are of.</param>
    /// <param name="seed">The origin of first weights and batches.</param>
    /// <param name="cancellationToken">Heard between virtual batches.</param>
    /// <exception cref="LearningException">The loss or a score stopped being finite.</exception>
    internal static FittedTabNet Fit(
        TabNet options, FeatureTable training, FeatureTable? validation, SplitOrigin? origin, Seed seed, CancellationToken cancellationToken)
    {
        using var fit = new TabNetTraining(options, training, seed);
        return fit.Run(training, validation, origin, seed.Derive("pretraining"), cancellationToken);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _state.Dispose();
        _optimizer.Dispose();
        _step.Dispose();
    }

    private FittedTabNet Run(
        FeatureTable training, FeatureTable? validation, SplitOrigin? origin, Seed pretrainingSeed, CancellationToken cancellationToken)
    {
        double[] pretrainingCurve = _options.Pretraining is null ? [] : TabNetPretraining.Run(_rows, _state, training.Schema, pretrainingSeed, cancellationToken);
        using var prediction = new Prediction<float>(_state);
        using InputTable<float>? kept = validation is null ? null : new InputTable<float>(validation, _architecture);
        ScoreRanking? ranking = validation is null ? null : new ScoreRanking([.. validation.Outcomes]);
        var logits = new double[2 * (validation?.RowCount ?? 0)];
        var scores = new double[validation?.RowCount ?? 0];
        float[] bestParameters = [], bestRunning = [];
        var curve = new List<TrainingEpoch>(_options.MaxEpochs);
        var rates = new LearningRate(_options);
        int best = -1;
        for (int epoch = 0; epoch < _options.MaxEpochs; epoch++)
        {
            double rate = rates.Of(epoch);
            (double loss, double entropy) = RunEpoch(epoch, rate, cancellationToken);
            double auroc = double.NaN;
            if (kept is not null)
            {
                prediction.Run(kept, logits);
                for (int row = 0; row < scores.Length; row++)
                    Divergence.Require(scores[row] = logits[2 * row + 1] - logits[2 * row], "score of a kept row", epoch, _options.LearningRate);
                auroc = ranking!.Auroc(scores);
                rates.Observe(auroc);
            }
            curve.Add(new TrainingEpoch(loss, entropy, rate, auroc));
            if (kept is null || best < 0 || auroc > curve[best].ValidationAuroc)
            {
                best = epoch;
                if (kept is not null)
                    Keep(ref bestParameters, ref bestRunning);
            }
            else if (epoch - best >= _options.Patience)
            {
                break;
            }
        }
        if (kept is null)
            Keep(ref bestParameters, ref bestRunning);
        return new FittedTabNet(origin, _options, training.Schema, bestParameters, bestRunning, curve, pretrainingCurve, best, training);
    }

    private (double Loss, double Entropy) RunEpoch(int epoch, double rate, CancellationToken cancellationToken)
    {
        _batches.Shuffle();
        double loss = 0, entropy = 0;
        int seen = 0;
        for (ReadOnlySpan<int> rows = _batches.From(0); rows.Length > 0; rows = _batches.From(seen))
        {
            int count = rows.Length;
            for (int i = 0; i < count; i++)
                _batchClasses[i] = _classes[rows[i]];
            _rows.Gather(rows, _state.Parameters, _step.Raw);
            _state.Transpose();
            BatchLoss batch = _step.Run(_batchClasses.AsSpan(0, count), _weights, _hasEmbeddings, cancellationToken);
            if (_hasEmbeddings)
                _rows.Scatter(rows, _step.RawGradient, _state.Gradients);
            Divergence.Require(batch.CrossEntropy, "loss", epoch, _options.LearningRate);
            Divergence.Require(
                _optimizer.Step(rate, _options.WeightDecay, _options.ClipValue), "length of the gradient", epoch, _options.LearningRate);
            loss += batch.CrossEntropy * count;
            entropy += batch.Entropy * count;
            seen += count;
        }
        return (loss / seen, entropy / seen);
    }

    private void Keep(ref float[] parameters, ref float[] running)
    {
        if (parameters.Length == 0)
            (parameters, running) = (new float[_architecture.ParameterLength], new float[_architecture.RunningLength]);
        _state.ParameterValues.CopyTo(parameters);
        _state.RunningValues.CopyTo(running);
    }
}
