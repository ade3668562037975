using System.Globalization;
using Trabecula.Workbench.Extraction;

namespace Trabecula.Cli;

/// <summary>Progress as plain lines, for logs.</summary>
internal sealed class ProgressLines : IProgress<ExtractionProgress>
{
    /// <inheritdoc/>
    public void Report(ExtractionProgress value) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{value.Done}/{value.Total} cases, {value.Subject}{(value.Failed ? " failed" : "")}"));
}
