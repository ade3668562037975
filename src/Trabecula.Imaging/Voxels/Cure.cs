namespace Trabecula.Imaging.Voxels;

/// <summary>What users can do about the faults that files have most often.</summary>
internal static class Cure
{
    public const string CopyAgain = "Copy or export the file again.";
    public const string CorrectHeader = "Correct the header, or export the image again.";
    public const string MatchHeader = "Header and data do not belong together: export the image again.";
    public const string CheckDisk = "Check the disk and copy the file again.";
    public const string Crop = "Crop or resample the image.";
}
