namespace Trabecula.Benchmarks;

/// <summary>An image, a mask and a label, with the name that the reference measurements give them.</summary>
/// <param name="Name">As in <c>times.json</c>.</param>
/// <param name="Image">Path from the shared folder.</param>
/// <param name="Mask">Path from the shared folder.</param>
/// <param name="Label">The label that is extracted.</param>
internal sealed record BenchmarkCase(string Name, string Image, string Mask, uint Label)
{
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Vertebra("v01_3mm"),
        Vertebra("v02_oblique"),
        new("spineL3", "data/spine-tptbox/sub-ct_label-22_ct.nii.gz", "data/spine-tptbox/sub-ct_seg-vert_label-22_msk.nii.gz", 22),
        SoftTissueSarcoma("sts008", "STS_008"),
        SoftTissueSarcoma("sts002", "STS_002"),
        SoftTissueSarcoma("sts005", "STS_005"),
        new("ibsi1ct", "data/ibsi1-ct-phantom/nifti/image/phantom.nii.gz", "data/ibsi1-ct-phantom/nifti/mask/mask.nii.gz", 1),
        new("clinic", "bench/clinic_image.nii.gz", "bench/clinic_mask.nii.gz", 1),
    ];

    /// <summary>The parameter files that every case is measured with.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["paper", "default"];

    private static BenchmarkCase Vertebra(string name) =>
        new(name, $"golden/pyradiomics/images/{name}_image.nrrd", $"golden/pyradiomics/images/{name}_mask.nrrd", 1);

    private static BenchmarkCase SoftTissueSarcoma(string name, string subject) =>
        new(name, $"data/ct-sts/{subject}_CT_image.nii.gz", $"data/ct-sts/{subject}_CT_mask.nii.gz", 1);
}
