namespace Trabecula.Learning.Models.Network;

/// <summary>The learning rate of each epoch.</summary>
internal sealed class LearningRate(TabNet options)
{
    private double _factor = 1;
    private double _best = double.NegativeInfinity;
    private int _sinceBest;

    /// <summary>The rate of an epoch; epochs are asked for once, in order from 0.</summary>
    internal double Of(int epoch)
    {
        switch (options.Schedule)
        {
            case Schedule.Step when epoch > 0 && epoch % options.ScheduleEpochs == 0:
                _factor *= options.ScheduleFactor;
                break;
            case Schedule.Cosine:
                _factor = 0.5 * (1 + CosineOfPi(epoch / (double)options.MaxEpochs));
                break;
        }
        return options.LearningRate * _factor;
    }

    /// <summary>Hears the AUROC of an epoch.</summary>
    internal void Observe(double auroc)
    {
        if (options.Schedule != Schedule.Plateau)
            return;
        _sinceBest = auroc > _best ? 0 : _sinceBest + 1;
        _best = Math.Max(_best, auroc);
        if (_sinceBest > options.ScheduleEpochs)
            (_factor, _sinceBest) = (_factor * options.ScheduleFactor, 0);
    }

    /// <summary>cos(π t) for t from 0 to 1, by the series of the sine: the C library's differs in the last digit between processors.</summary>
    private static double CosineOfPi(double t)
    {
        double x = Math.PI * (0.5 - t), square = x * x, sum = 1;
        for (int n = 23; n > 1; n -= 2)
            sum = 1 - sum * square / (n * (n - 1));
        return x * sum;
    }
}
