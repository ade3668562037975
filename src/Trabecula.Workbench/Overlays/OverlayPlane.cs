namespace Trabecula.Workbench.Overlays;

/// <summary>A plane of the body as it is shown: axial from below, coronal from the front, sagittal from the left, as radiologists expect.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Across">The patient's axis that runs to the right of the picture.</param>
/// <param name="Down">The patient's axis along the picture's height.</param>
/// <param name="DownSign">1 where the axis runs down the picture, -1 where it runs up.</param>
/// <param name="Normal">The axis across which the picture is cut.</param>
/// <param name="Letters">Sides of the body at the left, right, upper and lower edge.</param>
internal sealed record OverlayPlane(string Name, int Across, int Down, int DownSign, int Normal, string Letters)
{
    public static IReadOnlyList<OverlayPlane> All { get; } =
    [
        new("axial", 0, 1, 1, 2, "RLAP"),
        new("sagittal", 1, 2, -1, 0, "APSI"),
        new("coronal", 0, 2, -1, 1, "RLSI"),
    ];
}
