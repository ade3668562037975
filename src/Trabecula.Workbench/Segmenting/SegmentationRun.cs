using System.Globalization;
using System.Numerics;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Imaging.Segmenting;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Workbench.Segmenting;

/// <summary>Makes a mask from an image by density, or by the preset of a vertebral body: a start for a human.</summary>
public static class SegmentationRun
{
    /// <summary>Said with every result.</summary>
    public const string Caution = "This mask is a start for a human, not a result: look at every slice of it and correct it before anything is computed from it.";

    private const string CutOff = "The body touches the border of the image. Where the scan cuts it off, put the seed where the middle of the whole body would be, and trust this mask still less.";

    /// <summary>Reads, segments and writes.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="progress">Told of each step as it begins.</param>
    /// <param name="cancellationToken">Checked within the steps.</param>
    /// <returns>What to say of the mask; a line each.</returns>
    /// <exception cref="ExtractionException">The image cannot be read, the seed lies outside of it, nothing is found, or the mask cannot be written.</exception>
    public static IReadOnlyList<string> Run(SegmentationRequest request, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return Segment(request, progress, cancellationToken);
        }
        catch (ImagingException exception)
        {
            throw ExtractionException.Input(exception.Path.Length == 0 ? $"{request.Image}: {exception.Message}" : exception.Message);
        }
    }

    private static IReadOnlyList<string> Segment(SegmentationRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("read the image");
        DicomImage? dicom = DicomReader.Recognizes(request.Image) ? DicomReader.Read(request.Image, cancellationToken) : null;
        Volume image = dicom?.Volume ?? VolumeFile.Read(request.Image, cancellationToken);
        (int X, int Y, int Z)? seed = SeedOf(request, image.Geometry);
        VoxelSet found = Found(request, image, seed, progress, cancellationToken);
        foreach (SegmentationStep step in request.Steps)
        {
            progress?.Report(step.Millimetres > 0 ? string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Millimetres} mm") : step.Name);
            found = step.Apply(found, image, seed, cancellationToken);
            RequireVoxels(found, $"what remains after the step '{step.Name}'");
        }
        progress?.Report("write the mask");
        MaskFile.Write(request.Output, MaskFile.Of(found.ToMask().Labels), dicom?.Source, cancellationToken: cancellationToken);
        VoxelBox box = found.Box()!.Value;
        return
        [
            .. dicom?.Warnings ?? [],
            string.Create(CultureInfo.InvariantCulture, $"{request.Output}: {found.Count} voxels, {found.VolumeMm3 / 1000:0.0} cm3, from voxel {box.X},{box.Y},{box.Z} to {box.Last(0)},{box.Last(1)},{box.Last(2)}"),
            .. request.VertebralBody && found.TouchesBorder() ? [CutOff] : Array.Empty<string>(),
            Caution,
        ];
    }

    private static VoxelSet Found(
        SegmentationRequest request, Volume image, (int X, int Y, int Z)? seed, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (request.VertebralBody)
        {
            progress?.Report("vertebral body");
            return VertebralBody.Around(image, seed ?? throw new ImagingException("", "the preset needs a seed.", "Give --seed or --seed-mm with a point in the middle of the body."), cancellationToken);
        }
        (double lowest, double highest) = request.Range ?? throw new ImagingException("", "there is no range of density.", "Give --range, or a preset.");
        progress?.Report("threshold");
        VoxelSet found = DensityThreshold.Between(image, lowest, highest, BoxOf(request, image.Geometry.Size));
        RequireVoxels(found, Range(lowest, highest));
        // A seed is there to be grown from; who names the step decides when.
        if (seed is not { } start || request.Steps.Any(step => step.Name == "grow"))
            return found;
        VoxelSet grown = ConnectedParts.Containing(found, start);
        if (grown.Count == 0)
        {
            double own = image.Accept(new Value(start));
            throw new ImagingException("", string.Create(CultureInfo.InvariantCulture, $"the seed, voxel ({start.X}, {start.Y}, {start.Z}), has the value {own:0.##}, ")
                + (own < lowest || own > highest ? string.Create(CultureInfo.InvariantCulture, $"outside of {Range(lowest, highest)}.") : "but lies outside of the box."),
                "Move the seed into the bone, widen the range, or widen the box. No mask was written.");
        }
        return grown;
    }

    private static string Range(double lowest, double highest) =>
        string.Create(CultureInfo.InvariantCulture, $"the range from {lowest}{(double.IsPositiveInfinity(highest) ? " on" : $" to {highest}")}");

    private readonly struct Value((int X, int Y, int Z) at) : IVolumeOperation<double>
    {
        public double Run<T>(Volume<T> volume) where T : unmanaged, INumber<T> =>
            double.CreateChecked(volume.Voxels[(at.Z * volume.Geometry.Size.Y + at.Y) * volume.Geometry.Size.X + at.X]);
    }

    private static (int X, int Y, int Z)? SeedOf(SegmentationRequest request, VolumeGeometry geometry)
    {
        if (request.SeedMm is null && request.Seed is null)
            return null;
        Vector3D at = request.SeedMm is { } mm ? geometry.PointToIndex(new(mm.X, mm.Y, mm.Z)) : new(request.Seed!.Value.X, request.Seed.Value.Y, request.Seed.Value.Z);
        (double x, double y, double z) = (Math.Round(at.X), Math.Round(at.Y), Math.Round(at.Z));
        VolumeSize size = geometry.Size;
        if (x >= 0 && y >= 0 && z >= 0 && x < size.X && y < size.Y && z < size.Z)
            return ((int)x, (int)y, (int)z);
        throw new ImagingException("", string.Create(CultureInfo.InvariantCulture, $"the seed is voxel ({x}, {y}, {z}), outside of the image, which has {size} voxels counted from 0."),
            "Give a voxel of the image, or with --seed-mm a point in the patient (LPS); a viewer that shows RAS has the first two signs turned.");
    }

    private static VoxelBox? BoxOf(SegmentationRequest request, VolumeSize size)
    {
        if (request.Box is not { } corners)
            return null;
        var box = VoxelBox.Between(corners.First, corners.Last);
        return box.X < size.X && box.Y < size.Y && box.Z < size.Z ? box : throw new ImagingException("",
            string.Create(CultureInfo.InvariantCulture, $"the box begins at voxel ({box.X}, {box.Y}, {box.Z}), outside of the image, which has {size} voxels counted from 0."), "Give a box within the image.");
    }

    private static void RequireVoxels(VoxelSet set, string where)
    {
        if (set.Count == 0)
            throw new ImagingException("", $"no voxel is left in {where}.", "Widen the range or the box, or use smaller radii. No mask was written.");
    }
}
