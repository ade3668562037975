using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary>The built program as its own process, started in a folder that goes when the test ends.</summary>
internal sealed partial class TrabeculaProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trabecula-");

    /// <summary>Variables of the program's environment beside those of the test.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string Folder => _folder.FullName;

    /// <summary>An image of the repository's reference set.</summary>
    public static string Image(string name) => Path.Combine(GoldenFolder, "images", name);

    public static string GoldenFolder { get; } = FindGolden();

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public Result Run(params string[] arguments)
    {
        using Running running = Start(arguments);
        return running.Finish();
    }

    /// <summary>Runs the program in a shell, with its streams redirected.</summary>
    public Result RunShell(string redirection, params string[] arguments)
    {
        using var running = new Running(Process.Start(Redirected(
            "/bin/sh", ["-c", $"exec dotnet \"$0\" \"$@\" {redirection}", Path.Combine(AppContext.BaseDirectory, "trabecula.dll"), .. arguments]))!);
        return running.Finish();
    }

    /// <summary>Starts the program and does not wait.</summary>
    public Running Start(params string[] arguments)
    {
        // A test run in the background passes an ignored SIGINT on to its children; env gives the program its own again.
        return new Running(Process.Start(Redirected(
            "/usr/bin/env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "trabecula.dll"), .. arguments]))!);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProcessStartInfo Redirected(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["COLUMNS"] = "120";
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    private static string FindGolden()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Trabecula.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "golden", "pyradiomics");
    }

    /// <summary>How the program ended.</summary>
    internal sealed partial record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>What stands on stderr but for the progress of slow stages, which depends on how busy the machine is.</summary>
        public string Complaints => Progress().Replace(Error, "");

        [GeneratedRegex(@"^.* \.\.\. [0-9]+ s\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
        private static partial Regex Progress();
    }

    /// <summary>The program while it runs.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _error = new();
        private readonly Task<string> _output;
        private readonly SemaphoreSlim _line = new(0);

        public Running(Process process)
        {
            _process = process;
            _process.ErrorDataReceived += (_, received) =>
            {
                if (received.Data is null)
                    return;
                lock (_error)
                    _error.Append(received.Data).Append('\n');
                _line.Release();
            };
            _process.BeginErrorReadLine();
            _output = _process.StandardOutput.ReadToEndAsync();
        }

        /// <summary>Waits for so many lines on stderr.</summary>
        public void WaitForLines(int count)
        {
            for (int i = 0; i < count; i++)
                Assert.True(_line.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), $"No line {i + 1} on stderr.");
        }

        /// <summary>Waits until something holds.</summary>
        /// <returns>False where the program ended before.</returns>
        public bool WaitUntil(Func<bool> holds)
        {
            while (!holds())
            {
                if (_process.WaitForExit(TimeSpan.FromMilliseconds(2)))
                    return false;
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
            return true;
        }

        public void Signal(string name)
        {
            using Process kill = Process.Start("/bin/sh", ["-c", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"kill -s {name} {_process.Id}")]);
            kill.WaitForExit();
        }

        public Result Finish()
        {
            _process.WaitForExit();
            lock (_error)
                return new Result(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.ToString());
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
            _line.Dispose();
        }
    }
}
