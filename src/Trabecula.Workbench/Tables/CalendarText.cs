using System.Globalization;

namespace Trabecula.Workbench.Tables;

/// <summary>Dates as tables hold them: <c>2024-05-17</c>, with the time where there is one.</summary>
internal static class CalendarText
{
    public static string Of(DateTime value) =>
        value.ToString(value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
