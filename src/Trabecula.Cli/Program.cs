using System.CommandLine;
using Trabecula.Cli;

var root = new RootCommand(
    "Trabecula computes radiomic features of CT and other images, with PyRadiomics' values and file formats.\n" +
    "Research software, not a medical device.")
{
    InspectCommand.Create(),
    CheckCommand.Create(),
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
