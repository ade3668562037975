using Trabecula.Learning;
using Trabecula.Learning.Models;
using Trabecula.Learning.Preparation;
using Trabecula.Learning.Selection;
using Trabecula.Learning.Splitting;
using Trabecula.Workbench.Studies.Plans;

namespace Trabecula.Workbench.Studies;

/// <summary>
/// A small model that the study's models must beat: a logistic regression with a mild L2 penalty (C = 1) on a few columns, filled,
/// encoded and standardised on the training rows. Nothing is searched.
/// </summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Pipeline">The choice of its columns, their preparation and the regression, fitted.</param>
public sealed record BaselineModel(string Name, FittedPipeline Pipeline)
{
    /// <exception cref="LearningException">A column is not there, or cannot be learned from.</exception>
    internal static BaselineModel Fit(BaselinePlan plan, TrainingSet training, Seed seed, CancellationToken cancellationToken)
    {
        var pipeline = new Pipeline(
            new PreparationSteps([new ColumnChoice { Names = plan.Columns, Source = plan.Source }, new Imputer(), new OneHotEncoder(), new StandardScaler()]), [],
            new LogisticRegression());
        try
        {
            return new BaselineModel(plan.Name, pipeline.Fit(training, seed, cancellationToken));
        }
        catch (LearningException fault)
        {
            throw new LearningException($"Baseline '{plan.Name}': {fault.Problem}", fault.Cure);
        }
    }
}
