using Trabecula.Radiomics;
using Trabecula.Workbench.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Extraction;

/// <summary>Interrupted runs and how they continue.</summary>
public sealed class JournalTests : IDisposable
{
    private const int Cases = 12;
    private static readonly LabelSelection BothLabels = LabelSelection.Of(1, 2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];

    public JournalTests()
    {
        // The journal looks at the files of a case: they must be there.
        for (int i = 0; i < Cases; i++)
            _folder.Write($"abc{i}.nrrd", "image");
        _folder.Write("m", "mask");
        _folder.Write("c.csv", "ID,Image,Mask\n" + string.Concat(Enumerable.Range(0, Cases).Select(i => $"S{i},abc{i}.nrrd,m\n")));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(9, 1)]
    [InlineData(9, 3)]
    [InlineData(24, 2)]
    public void Run_StoppedAndContinued_GivesTheBytesOfAnUninterruptedRun(int cancelBefore, int jobs)
    {
        Run(new FakeLoader(), "whole.csv", BothLabels);
        int finished = Stop(cancelBefore, jobs, BothLabels);
        Assert.False(File.Exists(_folder["f.csv"]));

        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels, jobs);
        Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(_folder["f.csv"]));
        Assert.Equal(2 * Cases - finished, loader.Extractions);
        Assert.False(Directory.Exists(_folder["f.csv.partial"]));
    }

    [Fact]
    public void Run_StoppedAndContinued_KeepsTheNamesOfSegments()
    {
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(new FakeLoader { CancelBefore = 9, Cancel = cancel, NameOf = Name }, "f.csv", LabelSelection.All, stop: cancel));
        Run(new FakeLoader { NameOf = Name }, "f.csv", LabelSelection.All);
        Run(new FakeLoader { NameOf = Name }, "whole.csv", LabelSelection.All);

        string[] lines = File.ReadAllLines(_folder["f.csv"]);
        Assert.StartsWith("ID,Image,Mask,Label,Segment,diagnostics_Size,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("S0,abc0.nrrd,m,2,L2,", lines[2], StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(_folder["f.csv"]));

        static string Name(uint label) => $"L{label}";
    }

    [Fact]
    public void Run_Continued_SaysSo()
    {
        Stop(9, 1, BothLabels);
        Run(new FakeLoader(), "f.csv", BothLabels);
        Assert.Equal([$"Continuing: 4 of {Cases} cases are in {_folder["f.csv.partial"]} already."], _notices);
    }

    [Fact]
    public void Run_AllLabelsContinued_ReadsOnlyOpenCases()
    {
        Stop(9, 1, LabelSelection.All);
        var loader = new FakeLoader();
        Run(loader, "f.csv", LabelSelection.All);
        Assert.Equal((Cases - 4, 2 * Cases - 8), (loader.Loads, loader.Extractions));
    }

    [Fact]
    public void Run_OtherParameters_DoesNotUseTheJournalAndSaysSo()
    {
        Stop(9, 1, BothLabels);
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels, parameters: _folder.Write("p.yaml", "setting: {binWidth: 10}"));
        Assert.Equal(2 * Cases, loader.Extractions);
        Assert.Equal(8, Directory.EnumerateFiles(_folder["f.csv.partial"]).Count());
        Assert.Equal([$"Not used: 8 results in {_folder["f.csv.partial"]}, made with other parameters, inputs or another version."], _notices);
    }

    [Fact]
    public void Run_OutputIsThere_IsRefusedUnlessThisRunWasStopped()
    {
        _folder.Write("f.csv", "of another run");
        ExtractionException fault = Assert.Throws<ExtractionException>(() => Run(new FakeLoader(), "f.csv", BothLabels));
        Assert.Equal($"{_folder["f.csv"]} exists. Name another file, or add --overwrite to replace it.", fault.Message);
        Assert.Equal("of another run", File.ReadAllText(_folder["f.csv"]));

        File.Delete(_folder["f.csv"]);
        Stop(9, 1, BothLabels);
        _folder.Write("f.csv", "that it was told to replace");
        Run(new FakeLoader(), "whole.csv", BothLabels);
        Run(new FakeLoader(), "f.csv", BothLabels);
        Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(_folder["f.csv"]));
    }

    [Fact]
    public void Run_ImageChanged_ExtractsItAgain()
    {
        Stop(9, 1, BothLabels);
        _folder.Write("abc1.nrrd", "another image");
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels);
        Assert.Equal(2 * Cases - 6, loader.Extractions);
    }

    [Fact]
    public void Run_TargetOfALinkChanged_ExtractsItAgain()
    {
        _folder.Write("store", "image");
        File.Delete(_folder["abc1.nrrd"]);
        File.CreateSymbolicLink(_folder["abc1.nrrd"], "store");
        Stop(9, 1, BothLabels);
        _folder.Write("store", "another image");
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels);
        Assert.Equal(2 * Cases - 6, loader.Extractions);
    }

    [Theory]
    [InlineData(".nhdr")]
    [InlineData(".hdr")]
    [InlineData(".IMG")]
    public void Run_VoxelsInAnotherFile_AreNotKept(string extension)
    {
        for (int i = 0; i < Cases; i++)
            File.Move(_folder[$"abc{i}.nrrd"], _folder[$"abc{i}{extension}"]);
        _folder.Write("c.csv", File.ReadAllText(_folder["c.csv"]).Replace(".nrrd", extension, StringComparison.Ordinal));
        Assert.Equal(0, Stop(9, 1, BothLabels));
        Assert.False(Directory.Exists(_folder["f.csv.partial"]));
    }

    [Fact]
    public void Run_EntryCannotBeRead_ExtractsItAgain()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file that gives a fault when it is read.");
        Stop(9, 1, BothLabels);
        foreach (string entry in Directory.EnumerateFiles(_folder["f.csv.partial"]))
        {
            File.Delete(entry);
            File.CreateSymbolicLink(entry, "/proc/self/mem");
        }
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels);
        Assert.Equal(2 * Cases, loader.Extractions);
    }

    [Fact]
    public void Run_EntryCannotBeRemoved_IsOnlyANotice()
    {
        Stop(9, 1, BothLabels);
        // A folder of an entry's name: it is not read as an entry, and the written one cannot replace it.
        string folder = _folder["f.csv.partial"];
        var loader = new FakeLoader { OnExtraction = number => Obstruct(number, folder) };
        Run(loader, "f.csv", BothLabels);
        Assert.True(File.Exists(_folder["f.csv"]));
        Assert.StartsWith($"{folder} could not be removed", _notices[^1], StringComparison.Ordinal);

        static void Obstruct(int number, string folder)
        {
            if (number != 3)
                return;
            string entry = Directory.EnumerateFiles(folder, "*.case").First();
            File.Delete(entry);
            Directory.CreateDirectory(entry);
        }
    }

    [Fact]
    public void AtomicFile_WrittenTwiceAtATime_IsWhole()
    {
        AtomicFile.Write(_folder["entry"], outer =>
        {
            AtomicFile.Write(_folder["entry"], inner => inner.Write("inner"u8));
            outer.Write("outer"u8);
        });
        Assert.Equal("outer", File.ReadAllText(_folder["entry"]));
        Assert.DoesNotContain(_folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_EntryDamaged_ExtractsItAgain()
    {
        Stop(9, 1, BothLabels);
        string entry = Directory.EnumerateFiles(_folder["f.csv.partial"]).First();
        byte[] content = File.ReadAllBytes(entry);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(entry, content);
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels);
        Assert.Equal(2 * Cases - 7, loader.Extractions);
    }

    [Fact]
    public void Run_LinksInACircle_FailsOnlyItsCase()
    {
        File.Delete(_folder["abc1.nrrd"]);
        File.CreateSymbolicLink(_folder["abc1.nrrd"], "abc1.nrrd");
        var loader = new FakeLoader();
        Run(loader, "f.csv", BothLabels);
        Assert.Equal(Cases, loader.Loads);
    }

    [Fact]
    public void Run_OutputOfARunningExtraction_IsRefused()
    {
        ExtractionException? refusal = null;
        Run(new FakeLoader(), "f.csv", BothLabels, during: () =>
            refusal ??= Assert.Throws<ExtractionException>(() => Run(new FakeLoader(), "f.csv", BothLabels)));
        Assert.Contains("is being written by another run", refusal!.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsInputFault);
        Assert.True(File.Exists(_folder["f.csv"]));
        Assert.DoesNotContain("f.csv.lock", _folder.Names);
    }

    [Fact]
    public void Run_LockOfAKilledRun_DoesNotStopTheNext()
    {
        _folder.Write("f.csv.lock", "");
        Run(new FakeLoader(), "f.csv", BothLabels);
        Assert.DoesNotContain("f.csv.lock", _folder.Names);
    }

    [Fact]
    public void Run_JournalCannotBeWritten_IsOneMessageAndLeavesNothingHalf()
    {
        _folder.Write("f.csv.partial", "a file where the journal's folder should be");
        ExtractionException exception = Assert.Throws<ExtractionException>(() => Run(new FakeLoader(), "f.csv", BothLabels, 3));
        Assert.StartsWith($"{_folder["f.csv.partial"]} cannot be written: ", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["f.csv"]));
        Assert.DoesNotContain(_folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Format_EveryKindOfValue_ComesBackBitForBit()
    {
        var vector = new FeatureVector(
            [
                new("none", DiagnosticValue.None), new("text", DiagnosticValue.Text("Ü\n")), new("yes", DiagnosticValue.Boolean(true)),
                new("whole", DiagnosticValue.Integer(long.MinValue)), new("tuple", DiagnosticValue.Floats(0.1, -0.0)),
                new("list", new DiagnosticValue.ListValue([DiagnosticValue.Integer(1), DiagnosticValue.Text("a")])),
                new("block", DiagnosticValue.Dictionary([new("k", DiagnosticValue.Dictionary([]))])),
            ],
            [new("a", double.NaN), new("b", double.Epsilon), new("c", -0.0)],
            ["left out"]);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        JournalFormat.WriteFeatures(writer, vector);
        stream.Position = 0;
        FeatureVector back = JournalFormat.ReadFeatures(new BinaryReader(stream));
        Assert.Equal(vector.Diagnostics.Select(d => (d.Name, PythonText.Of(d.Value))), back.Diagnostics.Select(d => (d.Name, PythonText.Of(d.Value))));
        Assert.Equal(
            vector.Features.Select(f => (f.Name, BitConverter.DoubleToInt64Bits(f.Value))),
            back.Features.Select(f => (f.Name, BitConverter.DoubleToInt64Bits(f.Value))));
        Assert.Equal(vector.Warnings, back.Warnings);
        Assert.Equal(stream.Length, stream.Position);
    }

    private int Stop(int cancelBefore, int jobs, LabelSelection labels)
    {
        using var cancel = new CancellationTokenSource();
        var loader = new FakeLoader { CancelBefore = cancelBefore, Cancel = cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => Run(loader, "f.csv", labels, jobs, stop: cancel));
        string journal = _folder["f.csv.partial"];
        return Directory.Exists(journal) ? Directory.EnumerateFiles(journal).Count() : 0;
    }

    private void Run(FakeLoader loader, string output, LabelSelection labels, int jobs = 1, string? parameters = null, CancellationTokenSource? stop = null, Action? during = null)
    {
        var request = new ExtractionRequest
        {
            Input = new ExtractionInput.Table(_folder["c.csv"]),
            Output = _folder[output],
            Labels = labels,
            Jobs = jobs,
            ParameterFile = parameters,
        };
        var extraction = new FeatureExtraction(request, _ => loader);
        extraction.Notice += _notices.Add;
        extraction.Run(during is null ? null : new Watcher(during), cancellationToken: stop?.Token ?? TestContext.Current.CancellationToken);
    }

    private sealed class Watcher(Action action) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => action();
    }
}
