using Sylvan.Data.Csv;
using Trabecula.Imaging;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Masks;
using Trabecula.Radiomics;
using Trabecula.Radiomics.Parameters;

namespace Trabecula.Workbench.PyRadiomics;

/// <summary>Does what PyRadiomics' command does: the same files, the same exit codes, messages by level.</summary>
/// <param name="request">The arguments.</param>
/// <param name="log">Receives messages.</param>
public sealed class PyRadiomicsRun(PyRadiomicsRequest request, Action<LogLevel, string> log)
{
    private const int Success = 0, NoInput = 1, Failed = 3;

    /// <summary>Extracts all cases and appends them to the output.</summary>
    /// <param name="standardOutput">Where results go without <c>--out</c>.</param>
    /// <param name="cancellationToken">Stops the run; nothing is written then.</param>
    /// <returns>0 even where cases failed, as PyRadiomics returns; 1 where the input names no case; 3 for other faults.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public int Run(Func<Stream> standardOutput, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(standardOutput);
        try
        {
            IReadOnlyList<PyRadiomicsCase>? cases = PyRadiomicsCases.Read(request, log);
            if (cases is null)
                return NoInput;
            if (request.Validate)
                return Validate(cases);
            if (cases.Count == 0)
            {
                log(LogLevel.Error, "No cases to process...");
                return Failed;
            }
            ExtractionParameters parameters = ReadParameters();
            foreach (string notice in parameters.Notices)
                log(LogLevel.Warning, notice);
            if (request.OutputFolder is string folder)
                Directory.CreateDirectory(folder);
            var results = new List<KeyValuePair<string, DiagnosticValue>>[cases.Count];
            var extractor = new FeatureExtractor(parameters);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.Jobs), CancellationToken = cancellationToken };
            Parallel.For(0, cases.Count, options, i => results[i] = Process(extractor, cases[i], cancellationToken));
            Write(results, standardOutput);
            return Success;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ParameterException or CsvFormatException)
        {
            log(LogLevel.Error, exception.Message);
            return Failed;
        }
    }

    private ExtractionParameters ReadParameters()
    {
        var overrides = new List<SettingOverride>();
        foreach (string setting in request.Settings)
        {
            if (SettingOverride.Parse(setting, out string? problem) is SettingOverride parsed)
                overrides.Add(parsed);
            else
                log(LogLevel.Warning, problem!);
        }
        if (request.Label is int label)
        {
            log(LogLevel.Warning, "Argument \"label\" is deprecated. To specify a custom label, use argument \"setting\" as follows:\"--setting=label:N\", where N is the a label value.");
            overrides.Add(new SettingOverride("label", DiagnosticValue.Integer(label)));
        }
        return ParameterFile.Read(request.ParameterFile, overrides);
    }

    private int Validate(IReadOnlyList<PyRadiomicsCase> cases)
    {
        int faulty = 0;
        try
        {
            ReadParameters();
        }
        catch (ParameterException exception)
        {
            log(LogLevel.Error, $"Parameter validation failed! {exception.Message}");
        }
        foreach (PyRadiomicsCase @case in cases)
        {
            string[] missing = [.. ((string[])["Image", "Mask"]).Where(column => !File.Exists(@case[column]) && !Directory.Exists(@case[column]))];
            foreach (string column in missing)
                log(LogLevel.Error, FormattableString.Invariant($"{column} path for case ({@case.Position}/{cases.Count}) does not exist!"));
            faulty += missing.Length > 0 ? 1 : 0;
        }
        log(LogLevel.Info, FormattableString.Invariant($"Validation complete, errors found in {faulty} case(s)"));
        return Success;
    }

    private List<KeyValuePair<string, DiagnosticValue>> Process(FeatureExtractor extractor, PyRadiomicsCase @case, CancellationToken cancellationToken)
    {
        string? file = request.OutputFolder is string folder && !request.IsVoxelMode
            ? Path.Combine(folder, FormattableString.Invariant($"features_{@case.Position}.csv")) : null;
        if (file is not null && File.Exists(file))
        {
            log(LogLevel.Info, FormattableString.Invariant($"Patient {@case.Position} already processed, reading results..."));
            return ReadCase(file);
        }
        List<KeyValuePair<string, DiagnosticValue>> values = @case.Values();
        try
        {
            log(LogLevel.Info, FormattableString.Invariant($"Processing case {@case.Position}"));
            Volume image = VolumeFile.Read(@case["Image"]!, cancellationToken);
            (Mask mask, uint label) = ReadMask(@case, image, extractor.Parameters.Settings, cancellationToken);
            LoadedCase loaded = extractor.Load(image, mask, cancellationToken);
            if (request.IsVoxelMode)
                AddMaps(loaded.ExtractMaps(label, cancellationToken), @case, values, cancellationToken);
            else
                AddFeatures(loaded.Extract(label, cancellationToken), @case, values);
        }
        catch (Exception exception) when (exception is RadiomicsException or ImagingException or IOException or UnauthorizedAccessException or FormatException)
        {
            log(LogLevel.Error, FormattableString.Invariant($"Case {@case.Position}: Feature extraction failed! : {exception.Message}"));
            values = @case.Values();
        }
        if (file is not null)
            Keep(file, @case, values);
        return values;
    }

    private void Keep(string file, PyRadiomicsCase @case, List<KeyValuePair<string, DiagnosticValue>> values)
    {
        try
        {
            AtomicFile.Write(file, stream => PyRadiomicsOutput.WriteCase(stream, values));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log(LogLevel.Error, FormattableString.Invariant($"Case {@case.Position}: {file} cannot be written, the output has its features: {exception.Message}"));
        }
    }

    private static (Mask Mask, uint Label) ReadMask(PyRadiomicsCase @case, Volume image, ExtractionSettings settings, CancellationToken cancellationToken)
    {
        string path = @case["Mask"]!;
        var label = (uint)(@case.Number("Label") ?? settings.Label);
        bool isDicom = DicomReader.Recognizes(path);
        // Volumes keep the grid of their file, as PyRadiomics has it; contours need the image's.
        Segmentation mask = MaskFile.Read(path, isDicom ? image.Geometry : null, cancellationToken);
        // DICOM numbers its segments and knows no channels: where they overlap, which layer holds one is our own matter.
        if (isDicom && mask.Segments.FirstOrDefault(segment => segment.Label == label) is { } segment)
            return (mask.Layers[segment.Layer], segment.Value);
        int channel = @case.Number("Label_channel") is { } number ? (int)number : settings.LabelChannel;
        // A mask of single numbers has no channels, whichever is asked for.
        return mask.Layers.Count == 1 ? (mask.Layers[0], label)
            : isDicom ? throw new ImagingException(path, FormattableString.Invariant($"there is no segment {label}."),
                $"Give one of its numbers: {string.Join(", ", mask.Segments.Select(each => FormattableString.Invariant($"{each.Label} ({each.Name})")))}.")
            : channel < mask.Layers.Count ? (mask.Layers[channel], label)
            : throw new ImagingException(path, FormattableString.Invariant($"label_channel {channel} is asked for, and the segmentation has {mask.Layers.Count}."),
                FormattableString.Invariant($"Give a label_channel from 0 to {mask.Layers.Count - 1}."));
    }

    private void AddFeatures(FeatureVector vector, PyRadiomicsCase @case, List<KeyValuePair<string, DiagnosticValue>> values)
    {
        Warn(vector.Warnings, @case);
        values.AddRange(vector.Diagnostics.Select(diagnostic => KeyValuePair.Create(diagnostic.Name, diagnostic.Value)));
        values.AddRange(vector.Features.Select(feature => KeyValuePair.Create(feature.Name, DiagnosticValue.Float(feature.Value))));
    }

    private void AddMaps(FeatureMaps maps, PyRadiomicsCase @case, List<KeyValuePair<string, DiagnosticValue>> values, CancellationToken cancellationToken)
    {
        values.AddRange(maps.Diagnostics.Select(diagnostic => KeyValuePair.Create(diagnostic.Name, diagnostic.Value)));
        foreach (FeatureMap map in maps.Maps)
        {
            string target = Path.Combine(request.OutputFolder ?? ".", FormattableString.Invariant($"Case-{@case.Position}_{map.Name}.nrrd"));
            VolumeFile.Write(target, map.Image, cancellationToken);
            values.Add(KeyValuePair.Create(map.Name, DiagnosticValue.Text(request.HasUnixPaths ? target.Replace(Path.DirectorySeparatorChar, '/') : target)));
        }
        Warn(maps.Warnings, @case);
    }

    private void Warn(IReadOnlyList<string> warnings, PyRadiomicsCase @case)
    {
        foreach (string warning in warnings)
            log(LogLevel.Warning, FormattableString.Invariant($"Case {@case.Position}: {warning}"));
    }

    private static List<KeyValuePair<string, DiagnosticValue>> ReadCase(string file)
    {
        using CsvDataReader reader = CsvDataReader.Create(file, new CsvDataReaderOptions { Delimiter = ',', HasHeaders = false, BufferSize = 1 << 22 });
        string[][] rows = [[], []];
        for (int row = 0; row < 2 && reader.Read(); row++)
            rows[row] = [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)];
        return [.. rows[0].Zip(rows[1], (name, value) => KeyValuePair.Create(name, DiagnosticValue.Text(value)))];
    }

    private void Write(IReadOnlyList<List<KeyValuePair<string, DiagnosticValue>>> results, Func<Stream> standardOutput)
    {
        // PyRadiomics appends; a file that others add to cannot be replaced as a whole.
        using Stream stream = request.Output is string path ? new FileStream(path, FileMode.Append, FileAccess.Write) : standardOutput();
        PyRadiomicsOutput.Write(stream, request, results);
    }
}
