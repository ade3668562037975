namespace Trabecula.Workbench.Studies;

/// <summary>A study that cannot be run or read. The message names the file or the part at fault and the cure.</summary>
public sealed class StudyException : Exception
{
    internal StudyException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
