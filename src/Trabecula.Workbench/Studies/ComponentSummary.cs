namespace Trabecula.Workbench.Studies;

/// <summary>The principal components of the radiomic columns before and after the last selection.</summary>
/// <param name="FittedOn">Which rows: the training subjects, or all where the selection saw all.</param>
/// <param name="Outcomes">The outcome of each row, in the order of <see cref="ComponentSet.First"/>.</param>
/// <param name="Before">The columns that screening left, or those before the last selection where nothing was screened.</param>
/// <param name="Selected">The columns that selection left.</param>
public sealed record ComponentSummary(string FittedOn, IReadOnlyList<bool> Outcomes, ComponentSet Before, ComponentSet Selected);

/// <summary>The principal components of one set of columns, each brought to mean 0 and deviation 1 on these rows.</summary>
/// <param name="Name">What the set is.</param>
/// <param name="Columns">Columns that vary.</param>
/// <param name="FirstShare">The first component's share of the variance, 0 to 1.</param>
/// <param name="ThreeShare">That of the first three together.</param>
/// <param name="Noise">What independent noise of the same rows and columns gives: mean and deviation of the first's share.</param>
/// <param name="NoiseOfThree">The same of the first three.</param>
/// <param name="First">Each row along the first component.</param>
/// <param name="Second">Each row along the second.</param>
public sealed record ComponentSet(
    string Name, int Columns, double FirstShare, double ThreeShare, NoiseShare Noise, NoiseShare NoiseOfThree, IReadOnlyList<double> First,
    IReadOnlyList<double> Second);

/// <summary>A share of variance over draws of noise.</summary>
/// <param name="Mean">Its mean, 0 to 1.</param>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record NoiseShare(double Mean, double Deviation);
