using Xunit;

namespace Trabecula.Imaging.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("trabecula-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string[] Files => [.. Directory.GetFiles(_path).Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal)!];

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public Volume Read(string name) => VolumeFile.Read(this[name], TestContext.Current.CancellationToken);

    public void Write(string name, Volume volume) => VolumeFile.Write(this[name], volume, TestContext.Current.CancellationToken);

    public ImagingException Refusal(string name) => Assert.Throws<ImagingException>(() => Read(name));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
