using Trabecula.Learning.Preparation;
using Trabecula.Learning.Sampling;
using Trabecula.Learning.Selection;
using Trabecula.Workbench.Cohorts;
using Trabecula.Workbench.Studies;
using Trabecula.Workbench.Studies.Plans;
using Trabecula.Workbench.Synthesis;
using Xunit;

namespace Trabecula.Workbench.Tests.Studies;

public sealed class StudyExampleTests
{
    [Fact]
    public void Write_Folder_HoldsAStudyThatBothPlansCheckWithoutProblem()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trabecula-");
        try
        {
            StudyExample.Write(folder.FullName);
            foreach (string name in (string[])[StudyExample.SoundPlan, StudyExample.PaperPlan])
            {
                StudyCheck check = StudyCheck.Of(Path.Combine(folder.FullName, name));
                Assert.Empty(check.Problems);
                Assert.Contains("Screened: 1253", check.Facts);
                // Ge et al. 2025, figure 2: six inclusion and five exclusion criteria lead from 1,253 records to 856.
                CohortFlow flow = StudyInputs.Read(Path.Combine(folder.FullName, name)).Cohort.Flow;
                Assert.Equal(6, flow.Steps.Count(step => step.Reason == FlowReason.Inclusion));
                Assert.Equal(5, flow.Steps.Count(step => step.Reason == FlowReason.Exclusion));
                Assert.Equal([61, 74, 83, 38, 47, 21, 24, 12, 5, 14, 18, 0, 0], flow.Steps.Select(step => step.Left));
                Assert.Equal(856, flow.Steps[10].Remaining);
                Assert.Contains("Analysed: 856 subjects, 102 with the event (11.9 %)", check.Facts);
                Assert.Contains("Predictors: 11 clinical, 1223 radiomic, read by 2 readers", check.Facts);
                Assert.Contains("Sample size: 158 asked, 856 analysed (One proportion, 0.15 against 0.25, two-sided alpha 0.05, power 0.9)", check.Facts);
                Assert.Contains(check.Facts, fact => fact.Contains("600 training, too few (Development", StringComparison.Ordinal));
                Assert.Contains(check.Facts, fact => fact.Contains("256 held out, too few (Validation", StringComparison.Ordinal));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Plans_OfBothProfiles_HaveTheExamplesCohort()
    {
        foreach (string text in (string[])[StudyExample.Sound(), StudyExample.Paper()])
        {
            StudyPlan plan = Read(text).Plan;
            CohortDesign cohort = SyntheticStudyDesign.Cohort;
            Assert.True(plan.SyntheticData);
            Assert.StartsWith("# yaml-language-server: $schema=study-1.json\n# SYNTHETIC DATA", text, StringComparison.Ordinal);
            Assert.Equal(cohort.Clinical.Select(column => column.Column), plan.Predictors.Clinical.Select(predictor => predictor.Column));
            Assert.Equal(cohort.Criteria.Select(Content), StudyInputs.DesignOf(plan).Criteria.Select(Content));
            var scores = Assert.IsType<RepeatedScores>(cohort.Outcome);
            Assert.Equal(scores.Name, plan.Outcome.Name);
            Assert.Equal(scores.Scores, plan.Outcome.Scores);
            Assert.Equal(scores.OnDays, plan.Outcome.OnDays);
            Assert.Equal(scores.AtLeast, plan.Outcome.AtLeast);
            Assert.Equal(["logisticRegression", "randomForest", "svm", "xgboost", "tabNet"], plan.Models.Select(model => model.Family.Key));
        }

        static string Content(Criterion criterion) => $"{criterion.Role} {criterion.Description}: {string.Join(" and ", criterion.Tests.Select(TestOf))}";

        static string TestOf(ColumnTest test) => $"{test.Column} {string.Join('|', test.EqualTo)} {test.AtLeast} {test.AtMost} {test.Above} {test.Below} {test.Missing}";
    }

    [Fact]
    public void SoundPlan_Read_FitsEveryStepInTheFolds()
    {
        PlanReadout readout = Read(StudyExample.Sound());
        Assert.Empty(readout.Warnings);
        StudyPlan plan = readout.Plan;
        Assert.Equal((StudyProfile.Sound, 0, 0, false), (plan.Profile, plan.StepsBeforeSplit.Count, plan.Sampling.Count, plan.Search.FoldsAfterSampling));
        Assert.Equal(
            [typeof(AdaptiveScaler), typeof(ReproducibilityFilter), typeof(UnivariateScreening), typeof(Mrmr), typeof(AdaptiveScaler), typeof(UnivariateScreening)],
            plan.Steps.Select(step => step.GetType()));
    }

    [Fact]
    public void PaperPlan_Read_SelectsBeforeTheSplitAndDrawsFoldsAfterSampling()
    {
        PlanReadout readout = Read(StudyExample.Paper());
        Assert.Contains("leaks", Assert.Single(readout.Warnings).Expected, StringComparison.Ordinal);
        StudyPlan plan = readout.Plan;
        Assert.Equal((StudyProfile.Paper, true), (plan.Profile, plan.Search.FoldsAfterSampling));
        Assert.Equal(Read(StudyExample.Sound()).Plan.Steps, [.. plan.StepsBeforeSplit, .. plan.Steps]);
        Assert.Equal([typeof(Adasyn), typeof(TomekLinks)], plan.Sampling.Select(sampler => sampler.GetType()));
    }

    private static PlanReadout Read(string text) => PlanFile.Parse(text, "study.yaml", AppContext.BaseDirectory);
}
