using System.Globalization;
using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Search;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Statistics;
using Trabecula.Workbench.Reports;
using Trabecula.Workbench.Studies;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class ComponentAnalysisTests
{
    private const int Subjects = 120, Columns = 30;

    private static readonly Transformer[] Steps =
        [new StandardScaler(), new UnivariateScreening { Alpha = 0.7, Scope = ColumnScope.Radiomic }, new Mrmr { Features = 5, Scope = ColumnScope.Radiomic }];

    private static readonly Seed Origin = new Seed(3).Derive("components");

    [Fact]
    public void Of_SoundOrder_DescribesTheTrainingSubjectsAfterScreeningAndSelection()
    {
        FeatureTable features = Noise(shared: 0);
        StudyResult result = Run(features, new StudyDesign { Preparation = new PreparationSteps(Steps), Models = Models });
        ComponentSummary components = ComponentAnalysis.Of(features, result, Origin)!;
        FeatureTable training = result.Splits[0].Final.Prepared.Table;
        Assert.Equal(("the training subjects", "screened", "selected", 5), (components.FittedOn, components.Before.Name, components.Selected.Name, components.Selected.Columns));
        Assert.Equal(result.Splits[0].Steps[1].Output.Count - 1, components.Before.Columns);
        Assert.Equal(training.Outcomes, components.Outcomes);
        // The selected columns as the models see them, standardised anew by hand; the clinical column, which stands first, is none of them.
        double[] values = new double[training.RowCount * 5];
        for (int column = 0; column < 5; column++)
        {
            double[] cells = training.Column(column + 1);
            double mean = cells.Average(), deviation = Math.Sqrt(cells.Average(cell => (cell - mean) * (cell - mean)));
            for (int row = 0; row < cells.Length; row++)
                values[row * 5 + column] = (cells[row] - mean) / deviation;
        }
        PrincipalComponents pca = PrincipalComponents.Of(values, 5, 1, TestContext.Current.CancellationToken);
        Assert.Equal(pca.ShareOfFirst(1), components.Selected.FirstShare, 1e-12);
        Assert.Equal(pca.ShareOfFirst(3), components.Selected.ThreeShare, 1e-12);
        Assert.All(pca.Scores(values).Zip(components.Selected.First), pair => Assert.Equal(pair.First, pair.Second, 0.0006));
        // Columns of noise have the shares of noise.
        Assert.InRange(Math.Abs(components.Before.FirstShare - components.Before.Noise.Mean) / components.Before.Noise.Deviation, 0, 4);
    }

    [Fact]
    public void Of_ColumnsWithAFactorInCommon_ExceedsNoise()
    {
        FeatureTable features = Noise(shared: 1);
        ComponentSummary components = ComponentAnalysis.Of(features, Run(features, new StudyDesign { Preparation = new PreparationSteps(Steps), Models = Models }), Origin)!;
        Assert.True(components.Before.FirstShare > 4 * components.Before.Noise.Mean);
        ReportTable table = ComponentAnalysis.Table(components);
        Assert.Equal(["measure", "screened", "selected", "selected / screened"], table.Columns);
        double Cell(int row, int column) => double.Parse(table.Rows[row][column], CultureInfo.InvariantCulture);
        Assert.Equal(100 * components.Selected.FirstShare, Cell(1, 2), 1e-9);
        Assert.Equal(components.Selected.FirstShare / components.Before.FirstShare, Cell(1, 3), 1e-12);
        Assert.Equal(components.Selected.ThreeShare / components.Selected.NoiseOfThree.Mean, Cell(6, 2), 1e-12);
    }

    [Fact]
    public void Of_SelectionBeforeTheSplit_DescribesAllSubjects()
    {
        FeatureTable features = Noise(shared: 0);
        ComponentSummary components = ComponentAnalysis.Of(features, Run(features, new StudyDesign { BeforeSplit = new PreparationSteps(Steps), Models = Models }), Origin)!;
        Assert.Equal(("all subjects", Subjects, Subjects), (components.FittedOn, components.Outcomes.Count, components.Selected.First.Count));
    }

    [Fact]
    public void Of_NoScreening_StandsBesideWhatWasSelectedFrom()
    {
        FeatureTable features = Noise(shared: 0);
        ComponentSummary components = ComponentAnalysis.Of(features, Run(features, new StudyDesign { Preparation = new PreparationSteps([Steps[2]]), Models = Models }), Origin)!;
        Assert.Equal(("before selection", Columns, 5), (components.Before.Name, components.Before.Columns, components.Selected.Columns));
    }

    [Fact]
    public void Of_NothingSelectedOrTooFewColumns_IsLeftOut()
    {
        FeatureTable features = Noise(shared: 0);
        Assert.Null(ComponentAnalysis.Of(features, Run(features, new StudyDesign { Preparation = new PreparationSteps([Steps[0]]), Models = Models }), Origin));
        Transformer[] two = [Steps[2] with { Scope = ColumnScope.Radiomic }, new Mrmr { Features = 2, Scope = ColumnScope.Radiomic }];
        Assert.Null(ComponentAnalysis.Of(features, Run(features, new StudyDesign { Preparation = new PreparationSteps(two), Models = Models }), Origin));
    }

    [Fact]
    public void Figure_OfASet_HasAMarkForEachSubject()
    {
        FeatureTable features = Noise(shared: 0);
        ComponentSummary components = ComponentAnalysis.Of(features, Run(features, new StudyDesign { BeforeSplit = new PreparationSteps(Steps), Models = Models }), Origin)!;
        string figure = ComponentFigure.Render(components.Selected, components.Outcomes, "<pain>");
        // One more of each kind stands in the legend.
        Assert.Equal(Subjects + 2, figure.Split("<circle").Length - 1);
        Assert.Contains("&lt;pain&gt;", figure, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", figure, StringComparison.Ordinal);
    }

    private static CandidateModel[] Models => [new CandidateModel("lr", [new Configuration("fixed", new LogisticRegression())])];

    private static StudyResult Run(FeatureTable features, StudyDesign design) =>
        StudyExecution.Run(features, design, 1, cancellationToken: TestContext.Current.CancellationToken);

    private static FeatureTable Noise(double shared)
    {
        RandomSequence random = new Seed(8).Derive("table").Open();
        FeatureColumn[] schema = [new("age", ColumnKind.Continuous, ColumnSource.Clinical), .. Enumerable.Range(0, Columns).Select(c => new FeatureColumn(FormattableString.Invariant($"f{c}")))];
        var values = new List<double>();
        for (int row = 0; row < Subjects; row++)
        {
            double factor = shared * random.NextGaussian();
            values.AddRange(Enumerable.Range(0, Columns + 1).Select(_ => 5 + factor + random.NextGaussian()));
        }
        return new FeatureTable(schema, [.. Enumerable.Range(0, Subjects).Select(i => FormattableString.Invariant($"s{i}"))], [.. Enumerable.Range(0, Subjects).Select(i => i % 4 == 0)], values.ToArray());
    }
}
