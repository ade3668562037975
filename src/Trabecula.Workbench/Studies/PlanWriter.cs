using System.Text;
using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Studies;

/// <summary>Writes the text of a plan.</summary>
internal static class PlanWriter
{
    /// <summary>Writes a plan, in one piece.</summary>
    /// <exception cref="TableException">The file cannot be written.</exception>
    internal static void Write(string path, string text)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TableException(path, $"cannot be written: {exception.Message.TrimEnd('.')}.", "Choose another place.", exception);
        }
    }
}
