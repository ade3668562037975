namespace Trabecula.Cli;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The output could not be written, or a fault of the program.</summary>
    public const int NotWritten = 1;

    /// <summary>Arguments, parameter file or table are at fault; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Cases failed; what the others gave is there.</summary>
    public const int SomeFailed = 3;

    /// <summary>An audit found numbers that do not fit together or a fit that saw what it must not see; a check, an image outside of its protocol.</summary>
    public const int Findings = 4;

    /// <summary>Stopped by Ctrl-C, as shells report it.</summary>
    public const int Interrupted = 130;
}
