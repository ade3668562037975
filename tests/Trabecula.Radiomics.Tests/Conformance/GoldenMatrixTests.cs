using System.Text.Json;
using Trabecula.Imaging;
using Trabecula.Radiomics.Features;
using Trabecula.Radiomics.Features.Glcm;
using Trabecula.Radiomics.Tests.Features;
using Xunit;

namespace Trabecula.Radiomics.Tests.Conformance;

/// <summary>
/// The texture matrices of PyRadiomics on its own filtered images, so that a fault is located: discretisation and co-occurrence of the
/// engine, and the naive matrices that every other class is held to.
/// </summary>
public sealed class GoldenMatrixTests
{
    /// <summary>PyRadiomics' directions from (1, 1, 1) downwards; ours are their negatives, which symmetric matrices do not tell apart.</summary>
    private static readonly (int Z, int Y, int X)[] Angles =
    [
        (1, 1, 1), (1, 1, 0), (1, 1, -1), (1, 0, 1), (1, 0, 0), (1, 0, -1), (1, -1, 1), (1, -1, 0), (1, -1, -1), (0, 1, 1), (0, 1, 0), (0, 1, -1), (0, 0, 1),
    ];

    public static TheoryData<string, string> Images() => new()
    {
        { "v01_3mm", "original" }, { "v01_3mm", "wavelet-LLH" }, { "v02_oblique", "original" }, { "v02_oblique", "wavelet-LLH" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Levels_PyRadiomicsImage_FillItsDependenceMatrix(string name, string image)
    {
        Loaded loaded = Load(name, image);
        AssertCounts(Matrix(name, $"{image}_gldm"), loaded.Levels.PresentLevels, NaiveMatrices.Gldm(loaded.Levels));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void RunLengths_PyRadiomicsImage_EqualItsMatrix(string name, string image)
    {
        Loaded loaded = Load(name, image);
        Golden golden = Matrix(name, $"{image}_glrlm");
        var directions = NaiveMatrices.Glrlm(loaded.Levels);
        (int Dx, int Dy, int Dz)[] order = [.. loaded.Levels.Directions()];
        int[] present = loaded.Levels.PresentLevels;
        int[] lengths = [.. directions.SelectMany(d => d.Keys).Select(k => k.Size).Distinct().Order()];
        int angles = golden.Shape[3];
        Assert.Equal([1, present.Length, lengths.Length, order.Length], golden.Shape);
        for (int a = 0; a < angles; a++)
        {
            var counts = directions[IndexOf(order, a)];
            for (int i = 0; i < present.Length; i++)
            {
                for (int j = 0; j < lengths.Length; j++)
                    Assert.Equal(golden.Values[(i * lengths.Length + j) * angles + a], counts.GetValueOrDefault((present[i], lengths[j])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Zones_PyRadiomicsImage_EqualItsMatrix(string name, string image)
    {
        Loaded loaded = Load(name, image);
        AssertCounts(Matrix(name, $"{image}_glszm"), loaded.Levels.PresentLevels, NaiveMatrices.Glszm(loaded.Levels));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Differences_PyRadiomicsImage_EqualItsMatrix(string name, string image)
    {
        Loaded loaded = Load(name, image);
        Golden golden = Matrix(name, $"{image}_ngtdm");
        var actual = NaiveMatrices.Ngtdm(loaded.Levels);
        Assert.Equal(actual.Count, golden.Shape[1]);
        for (int i = 0; i < actual.Count; i++)
        {
            Assert.Equal(golden.Values[i * 3], actual[i].N);
            Assert.Equal(golden.Values[i * 3 + 1], actual[i].S, 1e-9 * actual[i].S + 1e-12);
            Assert.Equal(golden.Values[i * 3 + 2], actual[i].Level);
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Cooccurrence_PyRadiomicsImage_EqualsItsMatrix(string name, string image)
    {
        Loaded loaded = Load(name, image);
        Golden golden = Matrix(name, $"{image}_glcm");
        var grid = new LevelGrid<byte>(loaded.Grid);
        grid.Fill(loaded.Discretization.Ranks);
        int size = golden.Shape[1], angles = golden.Shape[3];
        Assert.Equal(loaded.Discretization.Levels.Length, size);
        (int, int, int)[] order = [.. loaded.Grid.Directions.Select(d => (d.Dx, d.Dy, d.Dz))];
        var matrix = new CooccurrenceMatrix();
        matrix.Prepare(grid, size);
        for (int a = 0; a < angles; a++)
        {
            matrix.Count(grid, loaded.Grid.Directions[IndexOf(order, a)]);
            for (int k = 0; k < size * size; k++)
                Assert.Equal(golden.Values[k * angles + a], matrix.Counts[k] / (double)matrix.Total, 1e-15);
        }
    }

    /// <summary>Levels and sizes that occur, and how often each pair does.</summary>
    private static void AssertCounts(Golden golden, int[] present, Dictionary<(int Level, int Size), int> actual)
    {
        int[] sizes = [.. actual.Keys.Select(k => k.Size).Distinct().Order()];
        Assert.Equal([1, present.Length, sizes.Length], golden.Shape);
        for (int i = 0; i < present.Length; i++)
        {
            for (int j = 0; j < sizes.Length; j++)
                Assert.Equal(golden.Values[i * sizes.Length + j], actual.GetValueOrDefault((present[i], sizes[j])));
        }
    }

    private static int IndexOf((int, int, int)[] order, int angle)
    {
        (int z, int y, int x) = Angles[angle];
        int index = Array.IndexOf(order, (x, y, z));
        return index >= 0 ? index : Array.IndexOf(order, (-x, -y, -z));
    }

    private sealed record Loaded(RegionGrid Grid, Discretization Discretization, NaiveRegion Levels);

    private sealed record Golden(int[] Shape, double[] Values);

    private static Loaded Load(string name, string image)
    {
        var filtered = (Volume<double>)VolumeFile.Read(RepositoryPaths.Golden("intermediates", name, $"{image}.nrrd"));
        var mask = (Volume<byte>)VolumeFile.Read(RepositoryPaths.Golden("intermediates", name, "loaded_mask.nrrd"));
        VolumeSize size = filtered.Geometry.Size;
        using JsonDocument document = Intermediates(name);
        int[] box = [.. document.RootElement.GetProperty("boundingBox").EnumerateArray().Select(v => v.GetInt32())];
        var inside = new byte[size.Count];
        for (int z = 0; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                for (int x = 0; x < size.X; x++)
                    inside[(z * size.Y + y) * size.X + x] = mask.Voxels[((z + box[4]) * mask.Geometry.Size.Y + y + box[2]) * mask.Geometry.Size.X + x + box[0]];
            }
        }
        var grid = new RegionGrid(inside, size.X, size.Y, size.Z);
        var voxels = new double[grid.VoxelCount];
        grid.Gather(filtered.Voxels, voxels);
        var discretization = new Discretization();
        discretization.Apply(voxels, voxels.Min(), voxels.Max(), Binning.OfWidth(25), image);
        var levels = new int[inside.Length];
        foreach (RegionGrid.Span span in grid.Spans)
        {
            for (int i = 0; i < span.Length; i++)
                levels[span.Box + i] = discretization.Levels[discretization.Ranks[span.Voxel + i] - 1];
        }
        return new Loaded(grid, discretization, new NaiveRegion(levels, size.X, size.Y, size.Z));
    }

    private static Golden Matrix(string name, string matrix)
    {
        using JsonDocument document = Intermediates(name);
        JsonElement element = document.RootElement.GetProperty("matrices").GetProperty(matrix);
        return new Golden(
            [.. element.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32())],
            [.. element.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())]);
    }

    private static JsonDocument Intermediates(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.Golden("intermediates", name, "intermediates.json")));
}
