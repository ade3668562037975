using Trabecula.Imaging;
using Trabecula.Radiomics.Preprocessing;
using Xunit;

namespace Trabecula.Radiomics.Tests;

/// <summary>Reference volumes as the steps of an extraction hold them.</summary>
internal static class GoldenVolume
{
    public static Volume Read(string path) => VolumeFile.Read(path, TestContext.Current.CancellationToken);

    public static WorkingImage ReadWorking(string path)
    {
        IntensitySource source = IntensitySource.Of(Read(path), null);
        return source.Read(VoxelBox.Whole(source.Geometry.Size));
    }
}
