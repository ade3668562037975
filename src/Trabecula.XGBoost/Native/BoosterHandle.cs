using System.Globalization;
using System.Runtime.InteropServices;

namespace Trabecula.XGBoost.Native;

/// <summary>A model inside the library. Not for several threads at once.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    private static int s_live;

    public BoosterHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>Boosters of this process that the library holds memory for.</summary>
    internal static int Live => Volatile.Read(ref s_live);

    public override bool IsInvalid => handle == 0;

    /// <summary>A model without trees.</summary>
    /// <param name="training">What it will be trained on.</param>
    /// <param name="parameters">By XGBoost's names.</param>
    internal static unsafe BoosterHandle Of(MatrixHandle training, IEnumerable<(string Name, string Value)> parameters)
    {
        bool held = false;
        try
        {
            training.DangerousAddRef(ref held);
            nint matrix = training.DangerousGetHandle();
            return Ready(Create(&matrix, 1), booster =>
            {
                foreach ((string name, string value) in parameters)
                    XGBoostApi.Check(XGBoostApi.XGBoosterSetParam(booster, name, value));
            });
        }
        finally
        {
            if (held)
                training.DangerousRelease();
        }
    }

    /// <summary>The model that <see cref="ToBytes"/> wrote.</summary>
    internal static unsafe BoosterHandle OfBytes(ReadOnlySpan<byte> model)
    {
        fixed (byte* data = model)
        {
            // A lambda may not capture the pinned variable itself.
            byte* start = data;
            ulong length = (ulong)model.Length;
            return Ready(Create(null, 0), booster =>
            {
                XGBoostApi.Check(XGBoostApi.XGBoosterLoadModelFromBuffer(booster, start, length));
                XGBoostApi.Check(XGBoostApi.XGBoosterSetParam(booster, "nthread", "1"));
            });
        }
    }

    private static unsafe BoosterHandle Create(nint* matrices, ulong count)
    {
        XGBoostApi.Check(XGBoostApi.XGBoosterCreate(matrices, count, out BoosterHandle booster));
        Interlocked.Increment(ref s_live);
        return booster;
    }

    /// <summary>A booster that was made ready, or none left behind.</summary>
    private static BoosterHandle Ready(BoosterHandle booster, Action<BoosterHandle> prepare)
    {
        try
        {
            prepare(booster);
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    /// <summary>Adds a round.</summary>
    internal void Update(int round, MatrixHandle training) => XGBoostApi.Check(XGBoostApi.XGBoosterUpdateOneIter(this, round, training));

    /// <summary>The log odds of each row after the first rounds.</summary>
    internal unsafe double[] Margins(MatrixHandle matrix, int rounds)
    {
        string configuration = string.Create(
            CultureInfo.InvariantCulture, $$"""{"type": 1, "training": false, "iteration_begin": 0, "iteration_end": {{rounds}}, "strict_shape": true}""");
        XGBoostApi.Check(XGBoostApi.XGBoosterPredictFromDMatrix(this, matrix, configuration, out ulong* shape, out ulong dimensions, out float* result));
        var margins = new double[dimensions == 0 ? 0 : (int)shape[0]];
        for (int row = 0; row < margins.Length; row++)
            margins[row] = result[row];
        return margins;
    }

    /// <summary>The number of rounds.</summary>
    internal int Rounds()
    {
        XGBoostApi.Check(XGBoostApi.XGBoosterBoostedRounds(this, out int rounds));
        return rounds;
    }

    /// <summary>The model in a format of XGBoost's own, which its other bindings read too.</summary>
    /// <param name="format"><c>ubj</c>, binary JSON, or <c>json</c>.</param>
    internal unsafe byte[] ToBytes(string format)
    {
        XGBoostApi.Check(XGBoostApi.XGBoosterSaveModelToBuffer(this, $$"""{"format": "{{format}}"}""", out ulong length, out byte* buffer));
        return new ReadOnlySpan<byte>(buffer, checked((int)length)).ToArray();
    }

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref s_live);
        return XGBoostApi.XGBoosterFree(handle) == 0;
    }
}
