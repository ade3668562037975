using Trabecula.Examples;

// dotnet run --project examples/Trabecula.Examples -- IMAGE MASK
if (args is not [string imagePath, string maskPath])
{
    Console.Error.WriteLine("Give an image and a mask (NIfTI, NRRD or DICOM).");
    return 2;
}
Extraction.Features(imagePath, maskPath, Console.Out);
Extraction.EveryLabel(imagePath, maskPath, Console.Out);
Extraction.Maps(imagePath, maskPath, Path.GetTempPath(), Console.Out);
Images.Describe(imagePath, Console.Out);
return 0;
