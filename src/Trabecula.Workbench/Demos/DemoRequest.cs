namespace Trabecula.Workbench.Demos;

/// <summary>What the demonstration makes and where.</summary>
public sealed record DemoRequest
{
    /// <summary>Fewer subjects than this leave too few events to hold some out.</summary>
    public const int FewestSubjects = 30;

    /// <summary>More subjects than this show nothing more, and take hours.</summary>
    public const int MostSubjects = 5000;

    /// <summary>Configurations of each model that are tried where nothing else is said, and those of the paper.</summary>
    public const int Few = 20, Many = 100;

    /// <summary>The folder to write, made where it does not exist; empty, or that of an earlier run, whose files are replaced.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The origin of all random choices.</summary>
    public ulong Seed { get; init; } = 2026;

    /// <summary>Whether each model tries the paper's hundred configurations, and not <see cref="Few"/>.</summary>
    public bool Full { get; init; }

    /// <summary>Configurations of each model.</summary>
    public int Configurations => ConfigurationsGiven ?? (Full ? Many : Few);

    /// <summary>Another number of them, for tests.</summary>
    internal int? ConfigurationsGiven { get; init; }

    /// <summary>The families of the study; null for all.</summary>
    internal IReadOnlyList<string>? Models { get; init; }

    /// <summary>Subjects of the imaging cohort, <see cref="FewestSubjects"/> to <see cref="MostSubjects"/>.</summary>
    public int Subjects { get; init; } = 120;

    /// <summary>How many cases are worked on at the same time, from 1; results do not change.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Everything that is wrong with the request; empty where it can be run.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Subjects is < FewestSubjects or > MostSubjects)
            problems.Add($"--subjects {Subjects}: give {FewestSubjects} to {MostSubjects}.");
        if (Jobs < 1)
            problems.Add($"--jobs {Jobs}: give 1 or more.");
        if (string.IsNullOrWhiteSpace(OutputFolder))
            problems.Add("--out is empty: name a folder.");
        return problems;
    }
}

/// <summary>How far the demonstration is.</summary>
/// <param name="Stage">What is being done, as in <c>Generating volumes</c>.</param>
/// <param name="Done">Finished subjects or models of this stage; 0 where it begins with one that takes long.</param>
/// <param name="Total">All subjects or models of this stage; 0 where <paramref name="Stage"/> is a remark.</param>
public readonly record struct DemoProgress(string Stage, int Done, int Total);

/// <summary>What the imaging cohort gave, in plain numbers.</summary>
/// <param name="Subjects">Subjects generated.</param>
/// <param name="Failed">Subjects without features.</param>
/// <param name="Training">Subjects that the model was fitted on.</param>
/// <param name="HeldOut">Subjects that it was evaluated on.</param>
/// <param name="HeldOutEvents">Those of them with the event.</param>
/// <param name="Features">Columns of the model, clinical ones included.</param>
/// <param name="Auroc">AUROC of the model on held-out subjects.</param>
/// <param name="AurocLower">Lower end of its 95 % interval (DeLong, log odds).</param>
/// <param name="AurocUpper">Upper end of its 95 % interval (DeLong, log odds).</param>
/// <param name="TrueRiskAuroc">AUROC of the true risk on the same subjects.</param>
/// <param name="ReportPath">The report.</param>
public sealed record ImagingSummary(
    int Subjects, int Failed, int Training, int HeldOut, int HeldOutEvents, int Features,
    double Auroc, double AurocLower, double AurocUpper, double TrueRiskAuroc, string ReportPath);

/// <summary>The demonstration cannot run or cannot write. The message names cause and cure.</summary>
public sealed class DemoException : Exception
{
    internal DemoException(string message, Exception? cause = null) : base(message, cause) { }
}
