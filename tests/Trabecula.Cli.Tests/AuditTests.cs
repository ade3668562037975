using Xunit;

namespace Trabecula.Cli.Tests;

/// <summary><c>trabecula audit</c> as a user runs it.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly TrabeculaProcess _trabecula = new();

    public void Dispose() => _trabecula.Dispose();

    [Fact]
    public void Audit_TheExample_PrintsEachFindingAndExitsWithFindings()
    {
        Assert.Equal(0, _trabecula.Run("audit", "--example", "reported.yaml").ExitCode);
        TrabeculaProcess.Result result = _trabecula.Run("audit", "reported.yaml");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("does not fit TabNet, kappa 0.882\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("does not fit XGBoost, Brier 0.010 with AUROC 0.911\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(": 2 do not fit, 4 to look at.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Audit_NumbersThatFit_ExitsWithSuccess()
    {
        _trabecula.Write("reported.yaml", "schemaVersion: 1\nmodels: [{ name: Model, subjects: 10, events: 4, accuracy: 0.9 }]\n");
        TrabeculaProcess.Result result = _trabecula.Run("audit", "reported.yaml");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Audit_WhatCannotBeRead_IsRefusedWithTheCure()
    {
        TrabeculaProcess.Result missing = _trabecula.Run("audit", "nowhere.yaml");
        Assert.Equal((2, "nowhere.yaml: The file does not exist. 'trabecula audit --example FILE' writes a file to begin with.\n"), (missing.ExitCode, missing.Error));
        _trabecula.Write("reported.yaml", "schemaVersion: 1\nmodels: [{ name: Model, subjects: 10, events: 4, acuracy: 0.9 }]\n");
        TrabeculaProcess.Result misspelt = _trabecula.Run("audit", "reported.yaml");
        Assert.Equal((2, "reported.yaml: line 2: models[0].acuracy: 'acuracy' is no key here. Did you mean accuracy?\n"), (misspelt.ExitCode, misspelt.Error));
        Assert.Equal(2, _trabecula.Run("audit").ExitCode);
        Assert.Contains("exists. Name another file", _trabecula.Run("audit", "--example", "reported.yaml").Error, StringComparison.Ordinal);
    }
}
