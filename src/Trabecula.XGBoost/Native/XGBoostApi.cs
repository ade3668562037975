using System.Reflection;
using System.Runtime.InteropServices;
using Trabecula.Learning;

namespace Trabecula.XGBoost.Native;

/// <summary>The functions of XGBoost's C interface that are used, as <c>xgboost/c_api.h</c> of 1.7 declares them; each gives 0 or an error.</summary>
internal static unsafe partial class XGBoostApi
{
    private const string Library = "xgboost";

    static XGBoostApi() => NativeLibrary.SetDllImportResolver(typeof(XGBoostApi).Assembly, Resolve);

    [LibraryImport(Library)]
    internal static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library)]
    internal static partial byte* XGBGetLastError();

    [LibraryImport(Library)]
    internal static partial int XGDMatrixCreateFromMat(float* data, ulong rows, ulong columns, float missing, out MatrixHandle matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetFloatInfo(MatrixHandle matrix, string field, float* values, ulong length);

    [LibraryImport(Library)]
    internal static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Library)]
    internal static partial int XGBoosterCreate(nint* matrices, ulong length, out BoosterHandle booster);

    [LibraryImport(Library)]
    internal static partial int XGBoosterFree(nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Library)]
    internal static partial int XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, MatrixHandle training);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterPredictFromDMatrix(
        BoosterHandle booster, MatrixHandle matrix, string configuration, out ulong* shape, out ulong dimensions, out float* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSaveModelToBuffer(BoosterHandle booster, string configuration, out ulong length, out byte* buffer);

    [LibraryImport(Library)]
    internal static partial int XGBoosterLoadModelFromBuffer(BoosterHandle booster, byte* buffer, ulong length);

    [LibraryImport(Library)]
    internal static partial int XGBoosterBoostedRounds(BoosterHandle booster, out int rounds);

    /// <summary>Turns an error of the library into one for the reader.</summary>
    /// <exception cref="LearningException">The code is not 0.</exception>
    internal static void Check(int code)
    {
        if (code == 0)
            return;
        // The first line says what is wrong; the rest is a trace of the library's own calls.
        string message = Marshal.PtrToStringUTF8((nint)XGBGetLastError()) ?? "no reason given";
        string first = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? message;
        throw new LearningException($"XGBoost stopped with an error: {first}.", "Change the value that it names.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library ? XGBoostLibrary.Handle : 0;
}
