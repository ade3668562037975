using System.CommandLine;
using Trabecula.Cli;

var root = new RootCommand(
    "Trabecula goes from CT and mask to radiomic features equal to PyRadiomics', and from tables to risk models evaluated without leakage.\n" +
    "Research software, not a medical device.")
{
    InspectCommand.Create(),
    CheckCommand.Create(),
    ResampleCommand.Create(),
    ExtractCommand.Create(),
    PyRadiomicsCommand.Create(),
    ExplainCommand.Create(),
    SegmentCommand.Create(),
    MeasureCommand.Create(),
    DeidentifyCommand.Create(),
    AgreeCommand.Create(),
    StudyCommand.Create(),
    AuditCommand.Create(),
    DemoCommand.Create(),
};
return CommandLine.Run(root, args);
