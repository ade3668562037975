using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;

namespace Trabecula.Workbench.Conformance;

/// <summary>What an image file or folder tells of how it was acquired.</summary>
/// <param name="Series">What DICOM tells; null for formats that keep nothing but the voxels.</param>
/// <param name="Matrix">Voxels along the rows and columns of a slice.</param>
/// <param name="SpacingMm">Distance between slices in millimetres; null where the slices form no volume.</param>
/// <param name="Problems">What keeps the image from being a regular volume.</param>
internal sealed record Acquisition(SeriesDescription? Series, (int Columns, int Rows) Matrix, double? SpacingMm, IReadOnlyList<string> Problems)
{
    /// <summary>Looks at an image without keeping its voxels.</summary>
    /// <exception cref="ImagingException">The image cannot be read, or holds no series or several.</exception>
    public static Acquisition Of(string path, CancellationToken cancellationToken)
    {
        if (!DicomReader.Recognizes(path))
            return Of(VolumeFile.Read(path, cancellationToken).Geometry);
        DicomInspection found = DicomInspection.Of(path, cancellationToken);
        if (found.Series.Count != 1)
        {
            throw new ImagingException(path, found.Series.Count == 0 ? "there is no image series."
                : FormattableString.Invariant($"mixed series: there are {found.Series.Count} volumes."),
                "Give the folder of the one series that is meant; 'trabecula inspect' lists them.");
        }
        SeriesDescription series = found.Series[0];
        return new(series, series.SliceSize, series.Geometry?.SpacingMm.Z, series.Problems);
    }

    private static Acquisition Of(VolumeGeometry geometry)
    {
        // Slices of CT lie across the axis that runs nearest to the feet; files without DICOM do not say how they were cut.
        int across = Enumerable.Range(0, 3).MaxBy(axis => Math.Abs(geometry.Direction[2, axis]));
        int[] within = [.. Enumerable.Range(0, 3).Where(axis => axis != across)];
        return new(null, (geometry.Size[within[0]], geometry.Size[within[1]]), geometry.SpacingMm[across], []);
    }
}
