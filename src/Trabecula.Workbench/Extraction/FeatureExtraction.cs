using System.Globalization;
using System.Reflection;
using Trabecula.Imaging;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.Extraction;

/// <summary>
/// Extracts radiomic features of one case or of a table of cases into one file. Finished cases are kept on disk at once, a failed case
/// does not stop the others, and the file's bytes depend neither on the number of jobs nor on interruptions.
/// </summary>
public sealed class FeatureExtraction
{
    private readonly ExtractionRequest _request;
    private readonly ExtractionParameters _parameters;
    private readonly ICaseLoader _loader;
    private readonly ResultWriter _writer;
    private readonly FailureList _failures;

    /// <summary>Reads the parameter file and checks what can be checked before the work.</summary>
    /// <exception cref="ExtractionException">Parameters or output do not allow an extraction.</exception>
    public FeatureExtraction(ExtractionRequest request) : this(request, parameters => new CaseLoader(parameters)) { }

    internal FeatureExtraction(ExtractionRequest request, Func<ExtractionParameters, ICaseLoader> loader)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Jobs, 1);
        _request = request;
        _writer = ResultWriter.For(request.Output);
        _failures = new FailureList(request.Output);
        RefuseOverwriting(request);
        _parameters = ReadParameters(request.ParameterFile);
        _loader = loader(_parameters);
    }

    /// <summary>The page of all overlays, in their folder.</summary>
    public const string ContactSheetName = Overlays.OverlaySheet.ContactSheetName;

    /// <summary>What to tell the user before the work, such as that it continues an interrupted run.</summary>
    public event Action<string>? Notice;

    /// <summary>Where finished cases are kept until the output is complete.</summary>
    public string JournalFolder => Journal.FolderOf(_request.Output);

    /// <summary>Whether a run that was stopped kept cases there.</summary>
    public bool HasKeptCases => Journal.HoldsCases(JournalFolder);

    /// <summary>Extracts all cases and writes the output, and <c>failures.csv</c> beside it where cases failed.</summary>
    /// <param name="progress">Told of each finished case.</param>
    /// <param name="cancellationToken">Stops between two steps of a case; what is finished stays in the journal.</param>
    /// <exception cref="ExtractionException">The table has problems, or the output cannot be written.</exception>
    public ExtractionReport Run(IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var table = CaseTable.Of(_request);
        ExtractionException.Guard(_request.Output, () => AtomicFile.Probe(_request.Output));
        _failures.Probe();

        using OutputClaim claim = OutputClaim.Take(_request.Output);

        var recorder = new FeatureRecorder();
        using Journal? journal = OpenJournal(table);
        var beside = new CaseCompanions(_request, table);
        CasePlan plan = CasePlan.Make(table, _request.Labels, _parameters.Settings.Label, journal, recorder, beside);
        // Cases that are kept are of this very run: it was stopped, also where it had begun to replace what is there.
        if (plan.Finished == 0)
            ExistingOutput.Require([ExistingOutput.FileRefusal(_request.Output, _request.Overwrites), .. beside.Refusals()]);
        foreach (string notice in _parameters.Notices)
            Notice?.Invoke(notice);
        Announce(plan, journal);
        beside.Begin();
        new CaseRunner(_loader, _request.Jobs, visitsAll: beside.IsAny).Run(plan, progress, cancellationToken);

        List<CaseResult> results = [.. plan.Cases.SelectMany(planned => planned.Results)];
        List<CaseFailure> failures = [.. results.Where(result => result.Failure is not null).Select(result => result.Failure!)];
        var rows = new ResultTable(table, results, showLabel: ShowsLabel());
        // A wrong path must not cost a good result of an earlier run, nor leave a file without a feature in the way of the next.
        bool isWritten = failures.Count < results.Count;
        if (isWritten)
            ExtractionException.Guard(_request.Output, () => AtomicFile.Write(_request.Output, stream => _writer.Write(stream, rows)));
        string? failureFile = _failures.Write(failures);
        Forget(journal);
        IEnumerable<CaseWarning> warnings = results.Where(result => result.Features is not null)
            .SelectMany(result => result.Features!.Warnings.Select(text => new CaseWarning(result.Row.Title, result.Label!.Value, text)));
        return new ExtractionReport(table.Rows.Count, results.Count, failures, failureFile, [.. warnings]) { IsWritten = isWritten, Beside = beside.End() };
    }

    private static void RefuseOverwriting(ExtractionRequest request)
    {
        if (Path.GetFileName(request.Output) == FailureList.FileName)
            throw ExtractionException.Input($"--out {request.Output}: this name is for the list of failed cases. Choose another.");
        string?[] inputs = request.Input switch
        {
            ExtractionInput.Pair pair => [pair.Image, pair.Mask, request.ParameterFile],
            ExtractionInput.Table table => [table.Path, request.ParameterFile],
            _ => [request.ParameterFile],
        };
        ExistingOutput.Require(ExistingOutput.FileRefusal(request.Output, overwrites: true, inputs));
        string failures = RealPath.Of(new FailureList(request.Output).Path);
        foreach (string input in inputs.OfType<string>())
        {
            if (RealPath.Of(input) == failures)
                throw ExtractionException.Input($"{input}: a file of this name beside --out is overwritten with the list of failed cases. Rename it, or write to another folder.");
        }
    }

    internal static ExtractionParameters ReadParameters(string? path)
    {
        if (path is null)
            return ExtractionParameters.Default;
        try
        {
            return ParameterFile.Read(path);
        }
        catch (ParameterException exception)
        {
            throw ExtractionException.Input(exception.Message, exception);
        }
    }

    // A single result is written as soon as it is there: a journal would only be a second copy.
    private Journal? OpenJournal(CaseTable table)
    {
        bool oneResult = table.Rows.Count == 1 && (_request.Labels is null || (_request.Labels.Labels?.Count ?? _request.Labels.Names?.Count) == 1);
        return oneResult ? null : new Journal(_request.Output, RunKey());
    }

    // The result is complete: entries that stay are no reason to call the run a failure.
    private void Forget(Journal? journal)
    {
        try
        {
            journal?.DeleteUsed();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Notice?.Invoke($"{JournalFolder} could not be removed ({exception.Message.TrimEnd('.')}). It is no longer needed: delete it.");
        }
    }

    // The version alone is the same for two builds in between, whose values may differ; so may those of two runtimes.
    private string RunKey()
    {
        string version = typeof(FeatureExtraction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        IEnumerable<string> classes = _parameters.FeatureClasses.Select(selection =>
            $"{selection.Class}:{(selection.Features is null ? "all" : string.Join(",", selection.Features.Order(StringComparer.Ordinal)))}");
        string builds = string.Join('\n', ((Type[])[typeof(FeatureExtractor), typeof(Volume), typeof(FeatureExtraction)]).Select(type => type.Module.ModuleVersionId));
        return $"{version}\n{builds}\n{Environment.Version}\n{PythonText.Of(_parameters.SettingsDiagnostic)}\n{PythonText.Of(_parameters.ImageTypesDiagnostic)}\n{string.Join(";", classes)}";
    }

    private void Announce(CasePlan plan, Journal? journal)
    {
        if (plan.Finished > 0)
        {
            Notice?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"Continuing: {plan.Finished} of {plan.Cases.Count} cases are in {JournalFolder} already."));
        }
        if (journal is { Unused: > 0 })
        {
            Notice?.Invoke(string.Create(CultureInfo.InvariantCulture,
                $"Not used: {journal.Unused} results in {JournalFolder}, made with other parameters, inputs or another version."));
        }
    }

    private bool ShowsLabel() => _request.Labels is { } labels && (labels.Labels?.Count ?? labels.Names?.Count) != 1;
}
