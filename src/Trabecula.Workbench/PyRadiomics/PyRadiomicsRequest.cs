namespace Trabecula.Workbench.PyRadiomics;

/// <summary>The arguments of PyRadiomics' command <c>pyradiomics</c>, under the names of its options.</summary>
public sealed record PyRadiomicsRequest
{
    /// <summary>An image, or with <c>.csv</c> at its end a table of cases.</summary>
    public required string Input { get; init; }

    /// <summary>The mask of the image.</summary>
    public string? Mask { get; init; }

    /// <summary><c>--param</c>.</summary>
    public string? ParameterFile { get; init; }

    /// <summary><c>--setting</c>: <c>key:value</c>, any number of them.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary><c>--label</c>, deprecated.</summary>
    public int? Label { get; init; }

    /// <summary><c>--jobs</c>: cases at the same time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary><c>--validate</c>: look whether the files exist, and no more.</summary>
    public bool Validate { get; init; }

    /// <summary><c>--out</c>: the file to append to; null is the standard output.</summary>
    public string? Output { get; init; }

    /// <summary><c>--out-dir</c>: the folder for a file of each case, or for feature maps.</summary>
    public string? OutputFolder { get; init; }

    /// <summary><c>--mode voxel</c>: feature maps.</summary>
    public bool IsVoxelMode { get; init; }

    /// <summary><c>--skip-nans</c>: leave out features that are not a number.</summary>
    public bool SkipsNans { get; init; }

    /// <summary><c>--format</c>: <c>txt</c>, <c>csv</c> or <c>json</c>.</summary>
    public string Format { get; init; } = "txt";

    /// <summary><c>--format-path</c>: <c>absolute</c>, <c>relative</c> or <c>basename</c>.</summary>
    public string PathFormat { get; init; } = "absolute";

    /// <summary><c>--unix-path</c>: <c>/</c> in paths, on every system.</summary>
    public bool HasUnixPaths { get; init; }
}

/// <summary>The levels of Python's logging.</summary>
public enum LogLevel
{
    /// <summary>Everything.</summary>
    Debug = 10,
    /// <summary>Progress.</summary>
    Info = 20,
    /// <summary>Something is left out or is not as it may be meant.</summary>
    Warning = 30,
    /// <summary>A case failed.</summary>
    Error = 40,
    /// <summary>Nothing that this program writes.</summary>
    Critical = 50,
}
