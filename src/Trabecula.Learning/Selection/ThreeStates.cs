using System.Numerics;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Statistics;

namespace Trabecula.Learning.Selection;

/// <summary>
/// Columns in three states, low, middle and high, as sets of rows: bit by bit, so that the rows that two states share are counted 64
/// at a time.
/// </summary>
internal sealed class ThreeStates
{
    private const int BitsPerWord = 64;
    private const double Rounding = 1e-14;

    private readonly ulong[] _low, _high;
    private readonly int[] _lowCounts, _highCounts;
    private readonly double[] _logs;
    private readonly int _words, _rows, _count;

    private ThreeStates(int count, int rows)
    {
        (_count, _rows, _words) = (count, rows, (rows + BitsPerWord - 1) / BitsPerWord);
        (_low, _high) = (new ulong[count * _words], new ulong[count * _words]);
        (_lowCounts, _highCounts) = (new int[count], new int[count]);
        _logs = [.. Enumerable.Range(0, rows + 1).Select(n => Math.Log(n))];
    }

    /// <summary>The states of columns: low is strictly below mean - width x sd, high strictly above mean + width x sd.</summary>
    internal static ThreeStates Of(ColumnMajor columns, int count, double width, MomentDivisor divisor)
    {
        var states = new ThreeStates(count, columns.Rows);
        for (int place = 0; place < count; place++)
        {
            ReadOnlySpan<double> column = columns[place];
            Moments moments = Moments.Of(column);
            double reach = width * (divisor == MomentDivisor.N ? moments.PopulationDeviation : moments.SampleDeviation);
            // The rounding of the mean of equal values would put all of them into one of the outer states.
            if (moments.Minimum < moments.Maximum)
                states.Fill(place, column, moments.Mean - reach, moments.Mean + reach);
        }
        return states;
    }

    /// <summary>The mutual information of each column and the outcome, in nats.</summary>
    internal double[] InformationOn(ReadOnlySpan<bool> outcomes)
    {
        var events = new ulong[_words];
        int eventCount = 0;
        for (int row = 0; row < outcomes.Length; row++)
        {
            if (!outcomes[row])
                continue;
            events[row / BitsPerWord] |= 1UL << (row % BitsPerWord);
            eventCount++;
        }
        var information = new double[_count];
        for (int place = 0; place < _count; place++)
        {
            int low = Shared(_low, place, events, 0), high = Shared(_high, place, events, 0);
            information[place] =
                Pair(low, _lowCounts[place], eventCount) + Pair(high, _highCounts[place], eventCount) +
                Pair(eventCount - low - high, Middle(place), eventCount) +
                Pair(_lowCounts[place] - low, _lowCounts[place], _rows - eventCount) +
                Pair(_highCounts[place] - high, _highCounts[place], _rows - eventCount) +
                Pair(Middle(place) - (eventCount - low - high), Middle(place), _rows - eventCount);
            // Columns that are independent of the outcome in these very counts have none; rounding must not give them some. The least that
            // counts of n rows can have above 0 is some n⁻³.
            if (Math.Abs(information[place]) < Rounding)
                information[place] = 0;
        }
        return information;
    }

    /// <summary>The mutual information of two columns, in nats.</summary>
    internal double Information(int a, int b)
    {
        int lowLow = Shared(_low, a, _low, b), lowHigh = Shared(_low, a, _high, b);
        int highLow = Shared(_high, a, _low, b), highHigh = Shared(_high, a, _high, b);
        int lowA = _lowCounts[a], highA = _highCounts[a], middleA = Middle(a);
        int lowB = _lowCounts[b], highB = _highCounts[b], middleB = Middle(b);
        int lowMiddle = lowA - lowLow - lowHigh, highMiddle = highA - highLow - highHigh;
        return Pair(lowLow, lowA, lowB) + Pair(lowMiddle, lowA, middleB) + Pair(lowHigh, lowA, highB) +
               Pair(lowB - lowLow - highLow, middleA, lowB) + Pair(middleB - lowMiddle - highMiddle, middleA, middleB) +
               Pair(highB - lowHigh - highHigh, middleA, highB) +
               Pair(highLow, highA, lowB) + Pair(highMiddle, highA, middleB) + Pair(highHigh, highA, highB);
    }

    private int Middle(int place) => _rows - _lowCounts[place] - _highCounts[place];

    private int Shared(ulong[] x, int a, ulong[] y, int b)
    {
        ReadOnlySpan<ulong> first = x.AsSpan(a * _words, _words), second = y.AsSpan(b * _words, _words);
        int shared = 0;
        for (int word = 0; word < first.Length; word++)
            shared += BitOperations.PopCount(first[word] & second[word]);
        return shared;
    }

    /// <summary>A cell's part, <c>c/n log(c n / (a b))</c>; the logarithms are paired so that a column of one state gives exactly 0.</summary>
    private double Pair(int cell, int a, int b) => cell == 0 ? 0 : cell * ((_logs[cell] - _logs[b]) + (_logs[_rows] - _logs[a])) / _rows;

    private void Fill(int place, ReadOnlySpan<double> column, double below, double above)
    {
        for (int row = 0; row < column.Length; row++)
        {
            ulong bit = 1UL << (row % BitsPerWord);
            int word = place * _words + row / BitsPerWord;
            if (column[row] > above)
            {
                _high[word] |= bit;
                _highCounts[place]++;
            }
            else if (column[row] < below)
            {
                _low[word] |= bit;
                _lowCounts[place]++;
            }
        }
    }
}

/// <summary>Mutual information with the chosen column, in nats.</summary>
internal sealed class InformationRedundancy(ThreeStates states) : Redundancy
{
    internal override void AddTo(int chosen, ReadOnlySpan<int> left, Span<double> sums)
    {
        foreach (int place in left)
            sums[place] += states.Information(place, chosen);
    }
}
