using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Trabecula.Architecture.Tests;

/// <summary>What a built dll says about itself, read from its metadata without loading it.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="References">Names of the assemblies that its code uses.</param>
/// <param name="TypeNames">Names of its types, public or not, without those that the compiler makes up.</param>
internal sealed record CompiledAssembly(string Name, IReadOnlyList<string> References, IReadOnlyList<string> TypeNames)
{
    public static CompiledAssembly Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return new(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name))
                .Where(name => !name.Contains('<', StringComparison.Ordinal))]);
    }

    /// <summary>The dll of a product assembly, which the build put beside these tests.</summary>
    public static CompiledAssembly OfProduct(string name) => Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
