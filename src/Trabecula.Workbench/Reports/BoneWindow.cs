namespace Trabecula.Workbench.Reports;

/// <summary>The greys of slices in reports and measurements: 900 HU wide around 200 HU.</summary>
internal static class BoneWindow
{
    private const double LowHu = -250, HighHu = 650;

    internal static byte Grey(double hu) => (byte)Math.Round(255 * Math.Clamp((hu - LowHu) / (HighHu - LowHu), 0, 1));
}
